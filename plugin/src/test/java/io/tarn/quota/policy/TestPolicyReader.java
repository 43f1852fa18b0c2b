package io.tarn.quota.policy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.OptionalLong;
import java.util.stream.IntStream;

import static io.tarn.quota.policy.Policies.policy;
import static io.tarn.quota.policy.Policies.workgroups;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TestPolicyReader
{
    private static final String NAME = "1 to 128 of the characters A-Z, a-z, 0-9, _ and -";
    private static final String SIZE = "a size of less than 8EB with its unit (B, kB, MB, GB, TB, PB), such as \"10GB\"";
    private static final String PRICE = "a price of more than 0 and at most 1000000000 with at most 9 decimals";

    @Test
    void readsAllThatAPolicyHas()
    {
        QuotaPolicy policy = policy(
                """
                {
                  'administrators': {'users': ['admin'], 'groups': ['operators']},
                  'timeZone': 'Asia/Kolkata',
                  'pricing': {'currency': 'EUR', 'perTerabyte': 4.50, 'minimum': '5MB', 'rounding': '1kB'},
                  'workgroups': [
                    {
                      'name': 'analysts',
                      'enabled': false,
                      'selectors': [{'user': 'ann|bob', 'group': 'g.*', 'source': 's', 'clientTags': ['a', 'b'], 'resourceGroup': 'r', 'named': true}, {}],
                      'action': 'warn',
                      'limits': {'bytes': '1GB', 'rows': 1000000, 'price': 0.01},
                      'budgets': [
                        {'name': 'daily', 'per': 'user', 'period': 'day', 'timeZone': 'Europe/Berlin', 'bytes': '10GB', 'price': 1.50, 'thresholds': [100, 50]},
                        {'name': 'hourly', 'per': 'workgroup', 'period': 'hour', 'price': 0.000000001}],
                      'pricing': {'perTerabyte': 6},
                      'upperBound': 'refuse',
                      'partitionFilterRequired': ['weblogs.*', 'sales.orders']
                    },
                    {'name': 'bare'}
                  ]
                }
                """);
        assertThat(policy.administrators().users()).containsExactly("admin");
        assertThat(policy.administrators().groups()).containsExactly("operators");
        assertThat(policy.workgroups()).extracting(Workgroup::name).containsExactly("analysts", "bare", "primary");

        Workgroup analysts = policy.workgroup("analysts").orElseThrow();
        assertThat(analysts.enabled()).isFalse();
        assertThat(analysts.action()).isEqualTo(Action.WARN);
        assertThat(analysts.limits()).isEqualTo(new QueryLimits(OptionalLong.of(1 << 30), OptionalLong.of(1_000_000), OptionalLong.of(10_000_000)));
        assertThat(analysts.upperBound()).isEqualTo(UpperBound.REFUSE);
        assertThat(analysts.partitionFilterRequired()).containsExactly(new TablePattern("weblogs.*"), new TablePattern("sales.orders"));
        assertThat(analysts.pricing()).isEqualTo(new Pricing("EUR", BigDecimal.valueOf(6), 5 << 20, 1 << 10));
        assertThat(analysts.selectors()).hasSize(2).contains(Selector.EVERYBODY);
        assertThat(analysts.selectors().getFirst().clientTags()).containsExactlyInAnyOrder("a", "b");
        assertThat(analysts.selectors().getFirst().named()).isTrue();

        Budget daily = analysts.budget("daily").orElseThrow();
        assertThat(daily.per()).isEqualTo(Per.USER);
        assertThat(daily.period()).isEqualTo(Period.DAY);
        assertThat(daily.zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
        assertThat(daily.bytes()).hasValue(10L << 30);
        assertThat(daily.price()).hasValue(1_500_000_000);
        assertThat(daily.thresholds()).containsExactly(50, 100);

        Budget hourly = analysts.budget("hourly").orElseThrow();
        assertThat(hourly.zone()).isEqualTo(ZoneId.of("Asia/Kolkata"));
        assertThat(hourly.bytes()).isEmpty();
        assertThat(hourly.price()).hasValue(1);
        assertThat(hourly.thresholds()).containsExactly(50, 80, 100);

        Workgroup bare = policy.workgroup("bare").orElseThrow();
        assertThat(bare.enabled()).isTrue();
        assertThat(bare.action()).isEqualTo(Action.REJECT);
        assertThat(bare.limits()).isEqualTo(QueryLimits.NONE);
        assertThat(bare.upperBound()).isEqualTo(UpperBound.LEASE);
        assertThat(bare.selectors()).containsExactly(Selector.EVERYBODY);
        assertThat(bare.pricing()).isEqualTo(new Pricing("EUR", new BigDecimal("4.5"), 5 << 20, 1 << 10));
        assertThat(policy.workgroup("primary").orElseThrow().pricing()).isEqualTo(bare.pricing());
    }

    @Test
    void anEmptyPolicyLimitsNothing()
    {
        QuotaPolicy policy = policy("{}");
        assertThat(policy.workgroups()).extracting(Workgroup::name).containsExactly("primary");
        assertThat(policy.workgroups().getFirst().pricing()).isEqualTo(Pricing.DEFAULT);
        assertThat(policy.workgroups().getFirst().limits()).isEqualTo(QueryLimits.NONE);
        assertThat(policy.administrators()).isEqualTo(Administrators.NONE);
        assertThat(policy.administrators().includes("admin", policy.administrators().groups())).isFalse();
    }

    @Test
    void primaryIsTriedLast()
    {
        QuotaPolicy policy = workgroups("{'name': 'primary', 'selectors': [{}], 'limits': {'rows': 5}}, {'name': 'a'}");
        assertThat(policy.workgroups()).extracting(Workgroup::name).containsExactly("a", "primary");
        assertThat(policy.workgroups().getLast().limits().rows()).hasValue(5);
        assertProblem(
                "{'workgroups': [{'name': 'primary', 'selectors': [{'user': 'ann'}]}]}",
                "workgroups[0].selectors is [{\"user\":\"ann\"}], but must be left out: primary takes every query that no other workgroup takes");
    }

    @Test
    void allProblemsAreToldAtOnce()
    {
        assertThatThrownBy(() -> policy("{'timeZone': 'Europe/Berln', 'workgruops': [], 'workgroups': [{'name': 'a b', 'enabled': 'yes', 'budgets': [{'name': 'd', 'per': 'user', 'period': 'fortnight', 'bytes': '0B'}]}]}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        """
                        has 6 problems:
                          workgruops is not known, did you mean workgroups?; known here: administrators, timeZone, pricing, workgroups
                          timeZone is "Europe/Berln", but must be a time zone that exists; did you mean Europe/Berlin?
                          workgroups[0].name is "a b", but must be 1 to 128 of the characters A-Z, a-z, 0-9, _ and -
                          workgroups[0].enabled is "yes", but must be true or false
                          workgroups[0].budgets[0].period is "fortnight", but must be one of hour, day, week, month
                          workgroups[0].budgets[0].bytes is "0B", but must be at least 1B""");
    }

    @Test
    void unknownKeysEverywhere()
    {
        assertProblem("{'quux': 1}", "quux is not known; known here: administrators, timeZone, pricing, workgroups");
        assertProblem("{'a b': 1}", "[\"a b\"] is not known; known here: administrators, timeZone, pricing, workgroups");
        assertProblem("{'administrators': {'user': []}}", "administrators.user is not known, did you mean users?; known here: users, groups");
        assertProblem("{'pricing': {'perTB': 1}}", "pricing.perTB is not known; known here: currency, perTerabyte, minimum, rounding");
        assertWorkgroupProblem("'limit': {}", "limit is not known, did you mean limits?; known here: name, enabled, selectors, action, limits, budgets, pricing, upperBound, partitionFilterRequired");
        assertWorkgroupProblem("'limits': {'byte': 1}", "limits.byte is not known, did you mean bytes?; known here: bytes, rows, price");
        assertWorkgroupProblem("'selectors': [{'users': 'a'}]", "selectors[0].users is not known, did you mean user?; known here: user, group, source, clientTags, resourceGroup, named");
        assertBudgetProblem("'per': 'user', 'period': 'day', 'bytes': '1B', 'timezone': 'UTC'", ".timezone is not known, did you mean timeZone?; known here: name, per, period, timeZone, bytes, price, thresholds");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', value = {
            "'enabled': 1; enabled is 1, but must be true or false",
            "'enabled': null; enabled is null, but must be true or false",
            "'selectors': {}; selectors is {}, but must be an array",
            "'selectors': []; selectors is [], but must be left out where the workgroup takes everybody, or have at least one selector",
            "'selectors': ['ann']; selectors[0] is \"ann\", but must be an object",
            "'selectors': [{'user': 1}]; selectors[0].user is 1, but must be a regular expression",
            "'selectors': [{'user': ''}]; selectors[0].user is \"\", but must be a regular expression",
            "'selectors': [{'clientTags': 'x'}]; selectors[0].clientTags is \"x\", but must be an array",
            "'selectors': [{'clientTags': [1]}]; selectors[0].clientTags[0] is 1, but must be a client tag",
            "'action': 'refuse'; action is \"refuse\", but must be one of reject, warn",
            "'action': 'REJECT'; action is \"REJECT\", but must be one of reject, warn",
            "'upperBound': true; upperBound is true, but must be one of refuse, lease",
            "'limits': []; limits is [], but must be an object",
            "'limits': {'bytes': 100}; limits.bytes is 100, but must be a size with its unit, such as \"10GB\"",
            "'limits': {'rows': 0}; limits.rows is 0, but must be a whole number from 1 to 9223372036854775807",
            "'limits': {'rows': 1.5}; limits.rows is 1.5, but must be a whole number from 1 to 9223372036854775807",
            "'limits': {'rows': 1e30}; limits.rows is 1E+30, but must be a whole number from 1 to 9223372036854775807",
            "'limits': {'rows': '5'}; limits.rows is \"5\", but must be a whole number from 1 to 9223372036854775807",
            "'limits': {'price': '5'}; limits.price is \"5\", but must be a number, such as 1.50",
            "'budgets': 'x'; budgets is \"x\", but must be an array",
            "'budgets': [1]; budgets[0] is 1, but must be an object",
            "'pricing': 1; pricing is 1, but must be an object",
            "'pricing': {'currency': ''}; pricing.currency is \"\", but must be a currency of 1 to 16 characters without blanks, such as \"USD\"",
            "'pricing': {'currency': 'US D'}; pricing.currency is \"US D\", but must be a currency of 1 to 16 characters without blanks, such as \"USD\"",
            "'pricing': {'perTerabyte': -1}; pricing.perTerabyte is -1, but must be a price from 0 to 1000000 with at most 9 decimals",
            "'pricing': {'perTerabyte': 1e7}; pricing.perTerabyte is 1E+7, but must be a price from 0 to 1000000 with at most 9 decimals",
            "'pricing': {'perTerabyte': '5'}; pricing.perTerabyte is \"5\", but must be a number, such as 5.00",
            "'pricing': {'minimum': '2TB'}; pricing.minimum is \"2TB\", but must be at most 1TB",
            "'pricing': {'rounding': '0B'}; pricing.rounding is \"0B\", but must be at least 1B",
            "'partitionFilterRequired': 'a.b'; partitionFilterRequired is \"a.b\", but must be an array",
            "'partitionFilterRequired': ['orders']; partitionFilterRequired[0] is \"orders\", but must be schema.table, where * stands for any characters, such as \"weblogs.*\"",
    })
    void wrongValuesOfAWorkgroup(String member, String problem)
    {
        assertWorkgroupProblem(member, problem);
    }

    @Test
    void wrongTypesOutsideOfWorkgroups()
    {
        assertProblem("[]", "the file is [], but must be an object");
        assertProblem("'x'", "the file is \"x\", but must be an object");
        assertProblem("{'workgroups': {}}", "workgroups is {}, but must be an array");
        assertProblem("{'workgroups': [1]}", "workgroups[0] is 1, but must be an object");
        assertProblem("{'timeZone': 1}", "timeZone is 1, but must be a time zone, such as \"Europe/Berlin\"");
        assertProblem("{'timeZone': 'Middle-earth/Shire'}", "timeZone is \"Middle-earth/Shire\", but must be a time zone that exists, such as \"Europe/Berlin\"");
        assertProblem("{'administrators': 'admin'}", "administrators is \"admin\", but must be an object");
        assertProblem("{'administrators': {'users': 'admin'}}", "administrators.users is \"admin\", but must be an array");
        assertProblem("{'administrators': {'groups': [true]}}", "administrators.groups[0] is true, but must be a group's name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10 elephants", "10", "-1GB", "10mb", "8EB", "8192PB", "99999999999999999999999B", "", "1e3B", "GB"})
    void sizesThatAreNone(String size)
    {
        String allowed = size.isEmpty() ? "a size with its unit, such as \"10GB\"" : SIZE;
        assertWorkgroupProblem("'limits': {'bytes': '%s'}".formatted(size), "limits.bytes is \"%s\", but must be %s".formatted(size, allowed));
    }

    @Test
    void sizesAreExact()
    {
        assertThat(Amounts.bytes("9007199254740993B")).isEqualTo(9_007_199_254_740_993L);
        assertThat(Amounts.bytes("9223372036854775807B")).isEqualTo(Long.MAX_VALUE);
        assertThat(Amounts.bytes("8191PB")).isEqualTo(8191L << 50);
        assertThat(Amounts.bytes("0B")).isZero();
        assertThat(Amounts.bytes(" 1 GB ")).isEqualTo(1 << 30);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1000000001", "0.0000000001", "1E+400", "1E-400"})
    void pricesThatAreNone(String price)
    {
        assertWorkgroupProblem("'limits': {'price': %s}".formatted(price), "limits.price is %s, but must be %s".formatted(price.equals("0.0000000001") ? "1E-10" : price, PRICE));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', value = {
            "'period': 'day', 'bytes': '1B'; `.per is missing; it must be one of user, group, workgroup`",
            "'per': 'user', 'bytes': '1B'; `.period is missing; it must be one of hour, day, week, month`",
            "'per': 'user', 'period': 'day'; ` has neither bytes nor price; it must have one of them or both`",
            "'per': 'everybody', 'period': 'day', 'bytes': '1B'; .per is \"everybody\", but must be one of user, group, workgroup",
            "'per': 'user', 'period': 'year', 'bytes': '1B'; .period is \"year\", but must be one of hour, day, week, month",
            "'per': 'user', 'period': 'day', 'bytes': '1B', 'timeZone': '+25:00'; .timeZone is \"+25:00\", but must be a time zone that exists, such as \"Europe/Berlin\"",
            "'per': 'user', 'period': 'day', 'price': 0; .price is 0, but must be a price of more than 0 and at most 1000000000 with at most 9 decimals",
            "'per': 'user', 'period': 'day', 'bytes': '1B', 'thresholds': 50; .thresholds is 50, but must be an array",
            "'per': 'user', 'period': 'day', 'bytes': '1B', 'thresholds': [0]; .thresholds[0] is 0, but must be a whole number from 1 to 1000",
            "'per': 'user', 'period': 'day', 'bytes': '1B', 'thresholds': [1001]; .thresholds[0] is 1001, but must be a whole number from 1 to 1000",
            "'per': 'user', 'period': 'day', 'bytes': '1B', 'thresholds': [50, 80, 50]; .thresholds[2] is 50, which is there already",
    })
    void wrongBudgets(String members, String problem)
    {
        assertBudgetProblem(members, problem);
    }

    @Test
    void names()
    {
        assertProblem("{'workgroups': [{}]}", "workgroups[0].name is missing; it must be " + NAME);
        assertProblem("{'workgroups': [{'name': 7}]}", "workgroups[0].name is 7, but must be " + NAME);
        assertProblem("{'workgroups': [{'name': 'größer'}]}", "workgroups[0].name is \"größer\", but must be " + NAME);
        assertProblem("{'workgroups': [{'name': 'a.b'}]}", "workgroups[0].name is \"a.b\", but must be " + NAME);
        assertProblem("{'workgroups': [{'name': '%s'}]}".formatted("a".repeat(129)), "workgroups[0].name is \"%s…, but must be %s".formatted("a".repeat(59), NAME));
        assertThat(workgroups("{'name': '%s'}, {'name': 'A-_9'}, {'name': 'a-_9'}".formatted("a".repeat(128))).workgroups()).hasSize(4);
        assertProblem("{'workgroups': [{'name': 'a'}, {'name': 'b'}, {'name': 'a'}]}", "workgroups[2].name is \"a\", which is the name of workgroups[0] already");
        assertBudgetsProblem(
                "{'name': 'b', 'per': 'user', 'period': 'day', 'bytes': '1B'}, {'name': 'b', 'per': 'group', 'period': 'day', 'bytes': '1B'}",
                "[1].name is \"b\", which is the name of workgroups[0].budgets[0] already");
        assertBudgetsProblem("{'per': 'user', 'period': 'day', 'bytes': '1B'}", "[0].name is missing; it must be " + NAME);
    }

    @Test
    void regularExpressions()
    {
        assertWorkgroupProblem("'selectors': [{'user': 'ann('}]", "selectors[0].user is \"ann(\", but must be a regular expression in RE2 syntax (missing closing ))");
        assertWorkgroupProblem("'selectors': [{'source': '(?=x)'}]", "selectors[0].source is \"(?=x)\", but must be a regular expression in RE2 syntax (invalid or unsupported Perl syntax)");
        assertWorkgroupProblem("'selectors': [{'group': '%s'}]".formatted("a".repeat(1001)), "selectors[0].group has 1001 characters, but must have at most 1000");
        assertWorkgroupProblem(
                "'selectors': [{'resourceGroup': '((((a{30}){30}){30}){30}){30}'}]",
                "selectors[0].resourceGroup is \"((((a{30}){30}){30}){30}){30}\", but must be a regular expression whose length times all its repetition counts is at most 10000");
        assertWorkgroupProblem("'selectors': [{'user': 'a{2,1001}'}]", "selectors[0].user is \"a{2,1001}\", but must be a regular expression in RE2 syntax (invalid repeat count)");
        String many = IntStream.range(0, 400).mapToObj(_ -> "{'user': 'a{999}'}").collect(joining(","));
        assertThatThrownBy(() -> workgroups("{'name': 'w', 'selectors': [%s]}".formatted(many)))
                .hasMessageContaining("workgroups[0].selectors[333].user is \"a{999}\", but must be shorter: all regular expressions of the file together are too large");
    }

    @Test
    void matchingAHostilePatternIsLinear()
    {
        QuotaPolicy policy = workgroups("{'name': 'w', 'selectors': [{'user': '(a*)*(a|aa)+b'}]}");
        assertThat(policy.workgroups().getFirst().selectors().getFirst().matchesIdentity("a".repeat(100_000), policy.administrators().groups())).isFalse();
    }

    @Test
    void keysThatAreThereTwice()
    {
        assertProblem("{'timeZone': 'UTC',\n 'timeZone': 'UTC'}", "timeZone is there twice, the second time at line 2, column 2");
        assertProblem("{'workgroups': [{'name': 'a', 'limits': {'rows': 1, 'rows': 2}}]}", "workgroups[0].limits.rows is there twice, the second time at line 1, column 53");
    }

    @Test
    void whatIsNotJson()
    {
        assertNotJson("", "is empty, but must be a JSON object");
        assertNotJson("  \n ", "is empty, but must be a JSON object");
        assertNotJson("{'workgroups': [\n  {'name': 'a'\n", "is not JSON at line 3, column 1: Unexpected end-of-input: expected close marker for Object");
        assertNotJson("{'a': 1,}", "is not JSON at line 1, column 9: Unexpected character ('}'");
        assertNotJson("{'a': 1} {}", "is not JSON: more follows after its end at line 1, column 10");
        assertNotJson("{'a': 1} x", "is not JSON at line 1, column 10: Unrecognized token 'x'");
        assertNotJson("[".repeat(51), "is not JSON at line 1, column 52: Document nesting depth (51) exceeds the maximum allowed (50");
        assertNotJson("{'a': 1e99999999999999999999}", "has a number that no one can mean at line 1, column 7");
        assertNotJson("{'a': %s}".formatted("9".repeat(2000)), "is not JSON");
        assertThatThrownBy(() -> PolicyReader.read(new byte[] {'{', '"', (byte) 0xC3, (byte) 0x28, '"'})).hasMessageStartingWith("is not JSON at line 1, column 6: Invalid UTF-8");
    }

    @Test
    void whatIsToldIsBounded()
    {
        String many = IntStream.range(0, 80).mapToObj("'k%s': 1"::formatted).collect(joining(","));
        assertThatThrownBy(() -> policy("{%s}".formatted(many)))
                .hasMessageStartingWith("has 80 problems:\n  k0 is not known")
                .hasMessageEndingWith("\n  and 30 more");
        assertProblem("{'workgroups': '%s'}".formatted("x".repeat(500)), "workgroups is \"%s…, but must be an array".formatted("x".repeat(59)));
        assertProblem("{'workgroups': [%s]}".formatted("{},".repeat(1000) + "{}"), "workgroups has 1001 elements, but must have at most 1000");
    }

    private static void assertNotJson(String json, String message)
    {
        assertThatThrownBy(() -> PolicyReader.read(json.replace('\'', '"').getBytes(UTF_8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    private static void assertWorkgroupProblem(String member, String problem)
    {
        assertProblem("{'workgroups': [{'name': 'w', %s}]}".formatted(member), "workgroups[0]." + problem);
    }

    private static void assertBudgetProblem(String members, String problem)
    {
        assertBudgetsProblem("{'name': 'b', %s}".formatted(members), "[0]" + problem);
    }

    private static void assertBudgetsProblem(String budgets, String problem)
    {
        assertProblem("{'workgroups': [{'name': 'w', 'budgets': [%s]}]}".formatted(budgets), "workgroups[0].budgets" + problem);
    }

    private static void assertProblem(String json, String problem)
    {
        assertThatThrownBy(() -> policy(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("has 1 problem:\n  " + problem);
    }
}
