package io.tarn.server.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import io.tarn.server.cli.TrinoCli;
import io.tarn.server.engine.Endpoints;
import io.tarn.testdata.SampleLake;
import io.tarn.testdata.SampleObject;
import io.trino.plugin.memory.MemoryPlugin;
import io.trino.testing.DistributedQueryRunner;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

import static com.google.common.collect.Iterables.getLast;
import static io.trino.testing.TestingSession.testSessionBuilder;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

/**
 * Sends scripts by the Trino CLI to a Trino that has the lake's rows in memory: whether the questions are right, whatever
 * reads the files, and whether anything that is wrong is told.
 */
@TestInstance(PER_CLASS)
class TestAthenaStory
{
    private final SampleLake lake = SampleLake.ofRows(3000);
    private DistributedQueryRunner trino;
    private Connection connection;

    @BeforeAll
    void start()
            throws Exception
    {
        trino = DistributedQueryRunner.builder(testSessionBuilder().setCatalog("awsdatacatalog").setSchema("workshop").build())
                .setWorkerCount(0)
                .build();
        trino.installPlugin(new MemoryPlugin());
        trino.createCatalog("awsdatacatalog", "memory");
        trino.execute("CREATE SCHEMA workshop");

        List<List<String>> activity = new ArrayList<>();
        for (SampleObject object : lake.userActivity()) {
            try (GZIPInputStream input = new GZIPInputStream(new ByteArrayInputStream(object.bytes()))) {
                for (String line : new String(input.readAllBytes(), UTF_8).lines().toList()) {
                    JsonNode row = new ObjectMapper().readTree(line);
                    activity.add(ImmutableList.of(row.get("username").textValue(), row.get("request").textValue(), row.get("http").asText()));
                }
            }
        }
        trino.execute("CREATE TABLE useractivity (username varchar, request varchar, http varchar)");
        insert("useractivity", activity);
        load("userprofile", lake.userProfile());
        load("zipcodes", lake.zipCodes());
        trino.execute("CREATE VIEW activity_by_page AS " + LakeView.SQL);

        connection = DemoClients.trino(endpoints(trino.getCoordinator().getBaseUrl()));
    }

    @AfterAll
    void stop()
            throws Exception
    {
        connection.close();
        trino.close();
    }

    @Test
    void testEveryAnswerIsAsGenerated()
    {
        StringWriter text = new StringWriter();
        assertThat(story(text, _ -> List.of()).tell(3, inMemory(AthenaSteps.ask(lake.facts())))).isEqualTo(7);
        assertThat(text.toString()).doesNotContain("✗").contains(
                "== Ask (the Trino CLI sends ask.sql, in Athena's words)",
                "3. How many requests were there for dog pages?",
                "    WHERE request LIKE '%/petstore/Dogs/%'",
                "B read, $0.000048 at Athena's price, ✓ as generated");
        assertThat(text.toString().lines().filter(line -> line.contains("✓"))).hasSize(4);
    }

    @Test
    void testWrongAnswersAreTold()
    {
        StringWriter text = new StringWriter();
        assertThatThrownBy(() -> story(text, _ -> List.of()).tell(1, inMemory(AthenaSteps.ask(lake.withSeed(1).facts()))))
                .isInstanceOf(DemoException.class)
                .hasMessageStartingWith("4 of 4 answers are not what the generator counted, or took too much: How many requests were there for dog pages?");
        assertThat(text.toString()).doesNotContain("✓").contains("the generator counted:");
        assertThat(text.toString().lines().filter(line -> line.contains("✗"))).hasSize(4);
    }

    @Test
    void testTooManyBytesAndFailuresAreTold()
    {
        AthenaScript script = script(
                "-- ? How many?\nSELECT count(*) AS n FROM useractivity",
                "-- ? Is anything written?\nCREATE TABLE once AS SELECT 1 AS a",
                "-- ? What is nowhere?\nSELECT *\nFROM nowhere");
        List<Expectation> expectations = List.of(
                Expectation.number(3000).reading(ScanBound.everything("all", List.of("log/"))),
                Expectation.number(1),
                Expectation.number(1));
        StringWriter text = new StringWriter();
        assertThatThrownBy(() -> story(text, _ -> List.of(20L, 3L)).tell(1, new StoryStep("Ask", script, expectations)))
                .isInstanceOf(DemoException.class)
                .hasMessageMatching("(?s)Cannot answer 'What is nowhere\\?': Query \\S+ failed: line 3:6: Table 'awsdatacatalog.workshop.nowhere' does not exist.*");
        assertThat(text.toString()).contains(" bytes, and should have read 23 by what lies in S3", "rows written");
        assertThat(text.toString().lines().filter(line -> line.contains("✓"))).hasSize(2);
    }

    @Test
    void testAnUnreachableEngineIsNamed()
    {
        URI nowhere = URI.create("http://127.0.0.1:1");
        AthenaStory story = new AthenaStory(cli(), endpoints(nowhere), new QueryCosts(connection), _ -> List.of(), new DemoReport(new PrintWriter(new StringWriter())));
        assertThatThrownBy(() -> story.tell(1, new StoryStep("Ask", script("DROP TABLE IF EXISTS nothing"), List.of())))
                .isInstanceOf(DemoException.class)
                .hasMessageStartingWith("Cannot run 'DROP TABLE IF EXISTS nothing': ")
                .hasMessageContaining("127.0.0.1:1");
    }

    /**
     * Without what is expected of files.
     */
    private static StoryStep inMemory(StoryStep step)
    {
        return new StoryStep(step.title(), step.script(), step.expectations().stream().map(expectation -> Expectation.rows(expectation.rows())).toList());
    }

    private AthenaStory story(StringWriter text, StoredSizes sizes)
    {
        return new AthenaStory(cli(), endpoints(trino.getCoordinator().getBaseUrl()), new QueryCosts(connection), sizes, new DemoReport(new PrintWriter(text)));
    }

    private static TrinoCli cli()
    {
        return new TrinoCli(Path.of(System.getProperty("tarn.root")).resolve("parts/cli/target/part"));
    }

    private static Endpoints endpoints(URI address)
    {
        return new Endpoints(address, address, address, address, "key", "secret", 1);
    }

    private static AthenaScript script(String... statements)
    {
        return AthenaScript.of("test.sql", String.join(";\n", statements) + ";\n");
    }

    @Test
    void testARefusedQuestionIsNamed()
    {
        Question question = new Question("What is nowhere?", "SELECT * FROM nowhere", List.of());
        assertThatThrownBy(() -> new QuestionRunner(connection).ask(question))
                .isInstanceOf(DemoException.class)
                .hasMessageContainingAll("What is nowhere?", "awsdatacatalog.workshop.nowhere");
    }

    @Test
    void testNullsAndTypes()
    {
        Answer answer = new QuestionRunner(connection).ask(new Question("", "SELECT 1 AS a, CAST(NULL AS varchar) AS b, 'x' AS c", List.of()));
        assertThat(answer.columns()).containsExactly("a", "b", "c");
        assertThat(getLast(answer.rows())).containsExactly(1, null, "x");
    }

    private void load(String table, SampleObject csv)
            throws Exception
    {
        try (MappingIterator<List<String>> lines = new CsvMapper().readerForListOf(String.class).with(CsvParser.Feature.WRAP_AS_ARRAY).readValues(csv.bytes())) {
            List<List<String>> rows = lines.readAll();
            trino.execute("CREATE TABLE %s (%s)".formatted(table, rows.getFirst().stream().map(name -> name + " varchar").collect(joining(", "))));
            insert(table, rows.subList(1, rows.size()));
        }
    }

    private void insert(String table, List<List<String>> rows)
    {
        for (List<List<String>> batch : Lists.partition(rows, 500)) {
            trino.execute("INSERT INTO " + table + " VALUES " + batch.stream()
                    .map(row -> row.stream().map(value -> "'" + value + "'").collect(joining(", ", "(", ")")))
                    .collect(joining(", ")));
        }
    }
}
