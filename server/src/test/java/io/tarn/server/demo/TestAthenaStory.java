package io.tarn.server.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
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
 * Asks the questions of a Trino that has the lake's rows in memory: whether they are right, whatever reads the files.
 */
@TestInstance(PER_CLASS)
class TestQuestions
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
        trino.execute("CREATE VIEW activity_by_page AS " + LakeTables.VIEW_SQL);

        URI address = trino.getCoordinator().getBaseUrl();
        connection = DemoClients.trino(new Endpoints(address, address, address, address, "key", "secret", 1));
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
        List<Question> questions = Questions.about(lake.facts());
        assertThat(questions).hasSize(7).allMatch(question -> !question.expectation().isEmpty());

        StringWriter text = new StringWriter();
        Demo.ask(connection, questions, new DemoReport(new PrintWriter(text)));
        assertThat(text.toString()).doesNotContain("✗").contains(
                "1. How many requests were there for dog pages?",
                "    WHERE request LIKE '%/petstore/Dogs/%'",
                " at Athena's price, ✓ as generated",
                "more rows)");
        assertThat(text.toString().lines().filter(line -> line.contains("✓"))).hasSize(7);
    }

    @Test
    void testAnotherLakesFactsAreNotMet()
    {
        List<Question> questions = Questions.about(lake.withSeed(1).facts());
        StringWriter text = new StringWriter();
        assertThatThrownBy(() -> Demo.ask(connection, questions, new DemoReport(new PrintWriter(text))))
                .isInstanceOf(DemoException.class)
                .hasMessageStartingWith("7 of 7 answers are not what the generator counted: How many requests were there for dog pages?");
        assertThat(text.toString()).doesNotContain("✓").contains("the generator counted:");
        assertThat(text.toString().lines().filter(line -> line.contains("✗"))).hasSize(7);
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
