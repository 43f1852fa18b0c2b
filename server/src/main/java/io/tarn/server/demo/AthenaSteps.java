package io.tarn.server.demo;

import com.google.common.collect.ImmutableList;
import io.tarn.testdata.Facts;
import io.tarn.testdata.SampleLake;
import io.tarn.testdata.SampleObject;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

import static com.google.common.collect.ImmutableList.toImmutableList;

/**
 * The steps of the story that are told in Athena's words, with the answers that the lake's generator knows.
 */
public final class AthenaSteps
{
    static final String LOG = "raw/useractivity/";
    static final String LIVE = "weblogs/live/";
    static final String ACTIVITY = "tables/activity/";
    static final String ZIP_CODES_BY_STATE = "tables/zipcodes_by_state/";

    private static final Comparator<Map.Entry<String, Long>> MOST_FIRST = Map.Entry.<String, Long>comparingByValue().reversed()
            .thenComparing(Map.Entry.comparingByKey());
    // of what the raw log takes, where two columns of nine are asked for
    private static final int FRACTION = 100;

    private AthenaSteps() {}

    /**
     * Every question of the scripts, in their order.
     */
    public static List<Question> questions(SampleLake lake)
    {
        Facts facts = lake.facts();
        ImmutableList.Builder<Question> questions = ImmutableList.builder();
        for (StoryStep step : List.of(catalogue(lake), ask(facts), makeCheap(facts), join(facts), protect(facts), createTableAs(facts))) {
            List<AthenaScript.Statement> asked = step.script().statements().stream().filter(statement -> statement.title().isPresent()).toList();
            for (int index = 0; index < asked.size(); index++) {
                questions.add(new Question(asked.get(index).summary(), asked.get(index).sql(), step.expectations().get(index).rows()));
            }
        }
        return questions.build();
    }

    static StoryStep catalogue(SampleLake lake)
    {
        List<String> hours = List.of("10", "11");
        List<SampleObject> live = lake.liveWebLog();
        Function<String, String> folder = hour -> LIVE + "2018/01/31/" + hour + "/";
        return new StoryStep(
                "Catalogue: the tables are declared",
                AthenaScript.read("catalogue.sql"),
                List.of(
                        Expectation.shown(List.of("useractivity", "userprofile", "weblogs_live", "zipcodes")),
                        Expectation.shown(List.of("1")),
                        Expectation.rows(hours.stream()
                                        .map(hour -> row("2018-01-31", hour, live.stream().filter(object -> object.key().startsWith(folder.apply(hour))).mapToLong(SampleObject::rows).sum()))
                                        .collect(toImmutableList()))
                                .reading(ScanBound.everything("two hours of twenty-four", hours.stream().map(folder).toList()))));
    }

    static StoryStep ask(Facts facts)
    {
        ScanBound everything = ScanBound.everything("the whole log", List.of(LOG));
        return new StoryStep(
                "Ask",
                AthenaScript.read("ask.sql"),
                List.of(
                        Expectation.number(facts.requestsForPages("Dogs/")).reading(everything),
                        Expectation.rows(facts.topUserByPage().entrySet().stream()
                                .map(entry -> row(entry.getKey(), entry.getValue().username(), entry.getValue().requests()))
                                .collect(toImmutableList())).reading(everything),
                        Expectation.rows(rows(facts.requestsByStatus())).reading(everything),
                        Expectation.rows(mostFirst(facts.requestsByPage())).reading(everything)));
    }

    static StoryStep makeCheap(Facts facts)
    {
        SortedMap<String, SortedMap<String, Long>> counts = byTopPageAndMethod(facts);
        return new StoryStep(
                "Make it cheap: the log as Parquet, in partitions",
                AthenaScript.read("make_cheap.sql"),
                List.of(
                        Expectation.number(facts.requests()).reading(ScanBound.everything("the whole log", List.of(LOG))),
                        Expectation.shown(counts.keySet().stream().map(page -> "toppage=" + page).toList()),
                        Expectation.number(facts.requestsForPages("Dogs/")).reading(ScanBound.footers("nothing of the data, only what a file says of itself", ACTIVITY + "toppage=Dogs/")),
                        Expectation.rows(counts.entrySet().stream()
                                .flatMap(page -> page.getValue().entrySet().stream().map(method -> row(page.getKey(), method.getKey(), method.getValue())))
                                .collect(toImmutableList())).reading(ScanBound.fraction("one column, and a key that is in no file", ACTIVITY, LOG, FRACTION)),
                        Expectation.rows(rows(facts.requestsByStatus())).reading(ScanBound.fraction("one column", ACTIVITY, LOG, FRACTION))));
    }

    static StoryStep join(Facts facts)
    {
        return new StoryStep(
                "Join",
                AthenaScript.read("join.sql"),
                List.of(
                        Expectation.rows(rows(facts.requestsByGender())),
                        Expectation.rows(mostFirst(facts.usersByState())),
                        Expectation.rows(rows(facts.profilesByAge())),
                        Expectation.number(facts.requests()),
                        Expectation.rows(rows(facts.requestsByGender()))));
    }

    static StoryStep protect(Facts facts)
    {
        return new StoryStep(
                "Protect: a table without the secrets",
                AthenaScript.read("protect.sql"),
                List.of(
                        Expectation.number(facts.profiles()),
                        Expectation.shown(List.of("first_name", "last_name", "username", "gender", "zip", "age", "cc_hash", "ssn_hash")),
                        Expectation.number(facts.profiles())));
    }

    static StoryStep createTableAs(Facts facts)
    {
        // a statement of Athena's writes a hundred partitions at most, and half of the states make the point
        SortedMap<String, Long> states = facts.zipCodesByState().headMap("N");
        return new StoryStep(
                "CREATE TABLE AS, with Athena's own properties",
                AthenaScript.read("create_table_as.sql"),
                List.of(
                        Expectation.number(states.values().stream().mapToLong(count -> count).sum()),
                        Expectation.rows(rows(states)).reading(ScanBound.footers("nothing of the data", ZIP_CODES_BY_STATE))));
    }

    private static SortedMap<String, SortedMap<String, Long>> byTopPageAndMethod(Facts facts)
    {
        SortedMap<String, SortedMap<String, Long>> counts = new TreeMap<>();
        facts.requestsByPageAndMethod().forEach((page, methods) -> methods.forEach((method, count) ->
                counts.computeIfAbsent(page.substring(0, page.indexOf('/')), _ -> new TreeMap<>()).merge(method, count, Long::sum)));
        return counts;
    }

    private static List<List<Object>> mostFirst(SortedMap<String, Long> counts)
    {
        return counts.entrySet().stream()
                .sorted(MOST_FIRST)
                .map(entry -> row(entry.getKey(), entry.getValue()))
                .collect(toImmutableList());
    }

    private static List<List<Object>> rows(SortedMap<?, Long> counts)
    {
        return counts.entrySet().stream()
                .map(entry -> row(entry.getKey(), entry.getValue()))
                .collect(toImmutableList());
    }

    private static List<Object> row(Object... values)
    {
        return ImmutableList.copyOf(values);
    }
}
