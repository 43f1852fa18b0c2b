package io.tarn.testdata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

import static io.tarn.testdata.TestSampleLake.ungzip;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

/**
 * Reads the lake's bytes with Jackson and counts again what the generator says of itself.
 */
@TestInstance(PER_CLASS)
class TestFacts
{
    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("d/MMM/yyyy:HH:mm:ss", Locale.US);

    private final SampleLake lake = SampleLake.ofRows(20_000);
    private final Facts facts = lake.facts();
    private final List<JsonNode> activity = new ArrayList<>();
    private List<Map<String, String>> profiles;
    private List<Map<String, String>> zipCodes;

    @BeforeAll
    void read()
            throws Exception
    {
        ObjectMapper mapper = new ObjectMapper();
        for (SampleObject object : lake.userActivity()) {
            for (String line : new String(ungzip(object), UTF_8).lines().toList()) {
                activity.add(mapper.readTree(line));
            }
        }
        profiles = csv(lake.userProfile());
        zipCodes = csv(lake.zipCodes());
    }

    @Test
    void testActivityShape()
    {
        assertThat(activity).hasSize(20_000).allSatisfy(row -> {
            assertThat(row.fieldNames()).toIterable().containsExactly("ip_address", "username", "timestamp", "request", "http", "bytes");
            assertThat(row.get("timestamp").textValue()).matches("[1-9]\\d?/Jan/2018:\\d\\d:\\d\\d:\\d\\d");
            assertThat(row.get("request").textValue()).matches("(GET|PUT|DELETE) /petstore/\\w+/\\w+");
            assertThat(row.get("http").isIntegralNumber()).isTrue();
            assertThat(row.get("bytes").isIntegralNumber()).isTrue();
            assertThat(row.get("ip_address").textValue()).matches("10(\\.\\d{1,3}){3}");
        });
    }

    @Test
    void testProfileShape()
    {
        assertThat(profiles).hasSize(2000);
        assertThat(profiles.getFirst().keySet()).containsExactly(
                "first_name", "last_name", "username", "email", "gender", "ip_address", "phone", "zip", "cc", "password", "ssn", "age");
        assertThat(profiles).allSatisfy(row -> {
            assertThat(row.get("ssn")).as("never issued").matches("(000|9\\d\\d)-00-\\d{4}");
            assertThat(row.get("phone")).matches("\\d{3}-555-01\\d\\d");
            assertThat(row.get("email")).matches("[a-z]+\\d+@example\\.(com|net|org)");
            assertThat(row.get("zip")).matches("\\d{5}");
            assertThat(Integer.parseInt(row.get("age"))).isBetween(18, 90);
        });
        assertThat(profiles).anyMatch(row -> row.get("last_name").contains(", Jr."));
        assertThat(profiles).anyMatch(row -> row.get("password").contains(","));
        assertThat(profiles.stream().map(row -> row.get("username")).distinct()).hasSize(2000);
    }

    @Test
    void testZipCodeShape()
    {
        assertThat(zipCodes).hasSize(1680);
        assertThat(zipCodes.getFirst().keySet()).containsExactly(
                "Zipcode", "ZipCodeType", "City", "State", "LocationType", "Lat", "Long", "Location", "Decommisioned");
        assertThat(zipCodes.stream().map(row -> row.get("Zipcode")).distinct()).hasSize(1680);
        assertThat(zipCodes).allMatch(row -> row.get("Zipcode").matches("\\d{5}"));
        assertThat(zipCodes).anyMatch(row -> row.get("Zipcode").startsWith("0"));
        assertThat(zipCodes).anyMatch(row -> row.get("Location").contains(", "));
        assertThat(zipCodes).anyMatch(row -> row.get("Lat").isEmpty() && row.get("Long").isEmpty());
        assertThat(zipCodes).anyMatch(row -> row.get("Lat").matches("\\d+\\.\\d\\d") && row.get("Long").matches("-\\d+\\.\\d\\d"));
        assertThat(new String(lake.zipCodes().bytes(), UTF_8).split("\n")).allMatch(line -> line.endsWith("\r"));
        assertThat(facts.zipCodesByState()).hasSize(52);
    }

    @Test
    void testJoinsAreConsistent()
    {
        assertThat(names(profiles, "username")).containsAll(names(activity, "username"));
        assertThat(names(zipCodes, "Zipcode")).containsAll(names(profiles, "zip"));
    }

    @Test
    void testCounts()
    {
        assertThat(facts.requests()).isEqualTo(activity.size());
        assertThat(facts.profiles()).isEqualTo(profiles.size());
        assertThat(facts.zipCodes()).isEqualTo(zipCodes.size());
        assertThat(facts.bytes()).isEqualTo(activity.stream().mapToLong(row -> row.get("bytes").longValue()).sum());
        assertThat(facts.users()).isEqualTo(names(activity, "username").size());
        assertThat(facts.requestsByPage()).hasSize(12).isEqualTo(countBy(activity, TestFacts::page));
        assertThat(facts.requestsForPages("Dogs/")).isEqualTo(activity.stream().filter(row -> row.get("request").textValue().contains("/Dogs/")).count());
        assertThat(facts.requestsByMethod()).hasSize(3).isEqualTo(countBy(activity, row -> row.get("request").textValue().split(" ")[0]));
        assertThat(facts.requestsByPageAndMethod()).hasSize(12).isEqualTo(activity.stream()
                .collect(groupingBy(TestFacts::page, TreeMap::new, groupingBy(row -> row.get("request").textValue().split(" ")[0], TreeMap::new, counting()))));
        assertThat(facts.requestsByStatus()).hasSize(2).isEqualTo(countBy(activity, row -> row.get("http").intValue()));
        assertThat(facts.profilesByAge()).isEqualTo(countBy(profiles, row -> Integer.valueOf(row.get("age"))));
        assertThat(facts.zipCodesByState()).isEqualTo(countBy(zipCodes, row -> row.get("State")));
        assertThat(facts.requestsByDayAndPage()).hasSize(30).isEqualTo(activity.stream()
                .collect(groupingBy(row -> LocalDateTime.parse(row.get("timestamp").textValue(), TIMESTAMP).toLocalDate(), TreeMap::new, groupingBy(TestFacts::page, TreeMap::new, counting()))));
    }

    @Test
    void testJoinedCounts()
    {
        Map<String, Map<String, String>> profileOf = profiles.stream().collect(toMap(row -> row.get("username"), Function.identity()));
        Map<String, String> stateOf = zipCodes.stream().collect(toMap(row -> row.get("Zipcode"), row -> row.get("State")));
        assertThat(facts.requestsByGender()).hasSize(2).isEqualTo(countBy(activity, row -> profileOf.get(row.get("username").textValue()).get("gender")));
        assertThat(facts.usersByState()).isEqualTo(countBy(names(activity, "username"), name -> stateOf.get(profileOf.get(name).get("zip"))));
    }

    @Test
    void testTopUsers()
    {
        Map<String, Facts.TopUser> tops = new HashMap<>();
        countBy(activity, row -> page(row) + " " + row.get("username").textValue()).forEach((key, count) -> {
            String[] parts = key.split(" ");
            Facts.TopUser top = tops.get(parts[0]);
            // the keys ascend, so that of several the last stays
            if (top == null || count >= top.requests()) {
                tops.put(parts[0], new Facts.TopUser(parts[1], count));
            }
        });
        assertThat(facts.topUserByPage()).hasSize(12).isEqualTo(tops);
    }

    private static String page(JsonNode row)
    {
        return row.get("request").textValue().replaceFirst("^\\w+ /petstore/", "");
    }

    private static Set<String> names(List<?> rows, String column)
    {
        Set<String> names = new HashSet<>();
        for (Object row : rows) {
            names.add(row instanceof JsonNode json ? json.get(column).textValue() : (String) ((Map<?, ?>) row).get(column));
        }
        return names;
    }

    private static <T, K> Map<K, Long> countBy(Iterable<T> rows, Function<T, K> key)
    {
        Map<K, Long> counts = new TreeMap<>();
        rows.forEach(row -> counts.merge(key.apply(row), 1L, Long::sum));
        return counts;
    }

    private static List<Map<String, String>> csv(SampleObject object)
            throws Exception
    {
        try (MappingIterator<Map<String, String>> rows = new CsvMapper().readerForMapOf(String.class).with(CsvSchema.emptySchema().withHeader()).readValues(object.bytes())) {
            return rows.readAll();
        }
    }
}
