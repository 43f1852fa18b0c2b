package io.tarn.clients.spark;

import io.tarn.clients.LocalEngine;
import io.tarn.clients.LocalMetastore;
import io.tarn.clients.TrinoClient;
import io.tarn.relay.GlueFaults;
import io.tarn.relay.GlueWeather;
import io.tarn.relay.Relay;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

/**
 * Spark on a metastore over a Glue of which four calls in ten go wrong: everything ends as over one that works, with a
 * bounded number of calls.
 */
@TestInstance(PER_CLASS)
final class TestSparkBehindFaultyGlue
{
    private static final List<String> STATEMENTS = List.of(
            "CREATE DATABASE %1$s LOCATION 's3a://lake/%1$s'",
            "CREATE TABLE %s.t (id BIGINT, word STRING) PARTITIONED BY (kind STRING) STORED AS PARQUET",
            "INSERT INTO %s.t PARTITION (kind = 'a') VALUES (1, 'x'), (2, NULL)",
            "INSERT INTO %s.t VALUES (3, 'y', 'b'), (4, 'z', 'c'), (5, 'z', 'd')",
            "ALTER TABLE %s.t ADD PARTITION (kind = 'e') PARTITION (kind = 'f')",
            "ALTER TABLE %s.t PARTITION (kind = 'd') RENAME TO PARTITION (kind = 'g')",
            "ALTER TABLE %s.t DROP PARTITION (kind = 'e')",
            "INSERT OVERWRITE TABLE %s.t PARTITION (kind = 'b') VALUES (6, 'instead')",
            "SHOW PARTITIONS %s.t",
            "SELECT * FROM %s.t WHERE kind > 'a' ORDER BY id",
            "ALTER TABLE %s.t ADD COLUMNS (more INT COMMENT 'added')",
            "ANALYZE TABLE %s.t COMPUTE STATISTICS",
            "ALTER TABLE %1$s.t RENAME TO %1$s.renamed",
            "CREATE VIEW %1$s.v AS SELECT kind, count(*) AS rows FROM %1$s.renamed GROUP BY kind",
            "SELECT * FROM %s.v ORDER BY kind",
            "CREATE TABLE %1$s.made USING parquet AS SELECT id, word FROM %1$s.renamed",
            "SELECT count(*), sum(id) FROM %s.made",
            "SHOW TABLES IN %s");

    private final GlueFaults glue = new GlueFaults(GlueWeather.CALM);
    private LocalEngine engine;
    private Relay relay;
    private LocalMetastore metastore;
    private LocalSpark spark;
    private TrinoClient trino;

    @BeforeAll
    void start(@TempDir Path folder)
            throws IOException
    {
        CompletableFuture<LocalEngine> starting = CompletableFuture.supplyAsync(SharedEngine::engine);
        spark = LocalSpark.start(folder);
        engine = starting.join();
        relay = Relay.start(engine.glue(), glue);
        metastore = LocalMetastore.start(engine, relay.uri(), Map.of(
                "glue.retry-mode", "STANDARD",
                "glue.max-attempts", "30",
                "glue.retry-base-delay", "1ms",
                "glue.retry-max-delay", "10ms"));
        spark.connect(engine, metastore.uri());
        trino = engine.connect("default");
    }

    @AfterAll
    void stop()
            throws IOException
    {
        try (Relay _ = relay; LocalMetastore _ = metastore; LocalSpark _ = spark; TrinoClient _ = trino) {
            // in the opposite order of the start
        }
    }

    @Test
    void testFoulWeather()
    {
        int start = glue.asked();
        List<List<List<String>>> expected = live("calm_weather");
        int calm = glue.asked() - start;

        glue.turn(GlueWeather.FOUL);
        assertThat(live("foul_weather")).isEqualTo(expected);
        int foul = glue.asked() - start - calm;
        System.out.printf("Glue under Spark: %d calls where all are answered, %d where %d were not%n", calm, foul, glue.disturbed());
        assertThat(calm).isGreaterThan(50);
        assertThat(glue.disturbed()).isGreaterThan(calm / 4);
        // each takes 1.7 attempts, and a change whose answer was lost is looked at again
        assertThat(foul).isLessThan(calm * 5 / 2 + 50);
    }

    /**
     * All that the statements give, and then what Trino sees of it.
     */
    private List<List<List<String>>> live(String database)
    {
        List<List<List<String>>> results = new ArrayList<>();
        for (String statement : STATEMENTS) {
            results.add(spark.rows(statement.formatted(database)).stream()
                    .map(row -> row.stream()
                            .map(value -> value == null ? null : value.replace(database, "weather"))
                            .toList())
                    .toList());
        }
        results.add(trino.rows("SELECT id, word, more, kind FROM %s.renamed ORDER BY id".formatted(database)));
        assertThat(results.getLast()).extracting(List::getFirst).containsExactly("1", "2", "4", "5", "6");
        results.add(trino.rows("SELECT count(*) FROM %s.\"renamed$partitions\"".formatted(database)));
        spark.execute("DROP DATABASE %s CASCADE".formatted(database));
        assertThat(trino.column("SHOW SCHEMAS")).doesNotContain(database);
        assertThat(SharedEngine.bucket().resolve(database)).doesNotExist();
        return results;
    }
}
