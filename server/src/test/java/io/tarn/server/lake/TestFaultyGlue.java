package io.tarn.server.lake;

import com.google.common.collect.ImmutableMap;
import io.tarn.relay.GlueFaults;
import io.tarn.relay.GlueWeather;
import io.tarn.relay.Relay;
import io.trino.testing.MaterializedResult;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;

import static io.tarn.server.lake.LakeFixture.location;
import static java.util.concurrent.CompletableFuture.runAsync;
import static java.util.concurrent.Executors.newFixedThreadPool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

/**
 * Tarn over a Glue of which four calls in ten go wrong: everything ends as over one that works, with a bounded number of
 * calls.
 */
@TestInstance(PER_CLASS)
final class TestFaultyGlue
{
    private static final List<String> STATEMENTS = List.of(
            "CREATE SCHEMA %s WITH (location = '%s')",
            "CREATE TABLE %s.log WITH (partitioned_by = ARRAY['day']) AS SELECT x AS id, CAST(x %% 40 AS integer) AS day FROM UNNEST(sequence(1, 400)) t (x)",
            "SELECT count(*), sum(id), count(DISTINCT day) FROM %s.log",
            "INSERT INTO %s.log SELECT x, 50 + CAST(x %% 5 AS integer) FROM UNNEST(sequence(1, 10)) t (x)",
            "SELECT count(*), sum(id) FROM %s.log WHERE day BETWEEN 35 AND 52",
            "SELECT count(*), min(day), max(day) FROM %s.\"log$partitions\"",
            "ANALYZE %s.log",
            "ALTER TABLE %s.log ADD COLUMN note varchar COMMENT 'said of it'",
            "COMMENT ON TABLE %s.log IS 'requests'",
            "DELETE FROM %s.log WHERE day = 3",
            "CREATE VIEW %1$s.days AS SELECT day, count(*) AS requests FROM %1$s.log GROUP BY day",
            "SELECT sum(requests), count(*) FROM %s.days",
            "ALTER TABLE %s.log EXECUTE optimize",
            "ALTER TABLE %1$s.log RENAME TO %1$s.requests",
            "SELECT count(*), count(note), sum(id) FROM %s.requests",
            "SHOW COLUMNS FROM %s.requests",
            "SHOW TABLES FROM %s",
            "DROP VIEW %s.days",
            "DROP SCHEMA %s CASCADE");

    private final GlueFaults faults = new GlueFaults(GlueWeather.FOUL);
    private final GlueFaults none = new GlueFaults(GlueWeather.CALM);
    private LakeFixture lake;
    private Relay faulty;
    private Relay calm;

    @BeforeAll
    void start()
            throws Exception
    {
        lake = new LakeFixture();
        faulty = Relay.start(lake.awsEndpoint(), faults);
        calm = Relay.start(lake.awsEndpoint(), none);
        createCatalog("faulty", faulty);
        createCatalog("calm", calm);
    }

    private void createCatalog(String name, Relay glue)
    {
        lake.queryRunner().createCatalog(name, "tarn", ImmutableMap.<String, String>builder()
                .putAll(lake.tarnS3Properties())
                .put("glue.endpoint-url", glue.uri().toString())
                // so that of all calls of a run none is likely to be unlucky as often
                .put("glue.max-attempts", "30")
                .put("glue.retry-base-delay", "1ms")
                .put("glue.retry-max-delay", "20ms")
                .buildKeepingLast());
    }

    @AfterAll
    void stop()
            throws IOException
    {
        lake.close();
        faulty.close();
        calm.close();
    }

    @Test
    void everythingEndsRightWithABoundedNumberOfCalls()
    {
        List<String> expected = run("calm", "calm_weather");
        int before = faults.asked();
        assertThat(run("faulty", "foul_weather")).isEqualTo(expected);
        int asked = faults.asked() - before;
        System.out.printf("Glue: %d calls where all are answered, %d where %d were not%n", none.asked(), asked, faults.disturbed());
        assertThat(faults.disturbed()).isGreaterThan(none.asked() / 4);
        // 40 of 100 go wrong, so that each takes 1.7 attempts, and a change whose answer was lost is looked at again
        assertThat(asked).isLessThan(none.asked() * 5 / 2 + 50);
    }

    private List<String> run(String catalog, String schema)
    {
        String name = catalog + "." + schema;
        return STATEMENTS.stream()
                .map(statement -> text(statement.formatted(name, location(schema))).replace(schema, "weather"))
                .toList();
    }

    @Test
    void writersLoseNothing()
    {
        text("CREATE SCHEMA faulty.crowd WITH (location = '%s')".formatted(location("crowd")));
        text("CREATE TABLE faulty.crowd.t (id bigint, writer integer) WITH (partitioned_by = ARRAY['writer'])");
        List<CompletableFuture<Void>> writers = new ArrayList<>();
        try (ExecutorService executor = newFixedThreadPool(4)) {
            for (int i = 0; i < 4; i++) {
                int writer = i;
                writers.add(runAsync(() -> text("INSERT INTO faulty.crowd.t SELECT x, y FROM UNNEST(sequence(1, 5)) a (x) CROSS JOIN (VALUES %s, -1) b (y)".formatted(writer)), executor));
            }
            writers.forEach(CompletableFuture::join);
        }
        assertThat(text("SELECT count(*), count(DISTINCT writer) FROM faulty.crowd.t")).isEqualTo("[[40, 5]]");
        assertThat(text("SELECT count(*) FROM s3.crowd.t WHERE writer = -1")).isEqualTo("[[20]]");
    }

    private String text(String sql)
    {
        MaterializedResult result = lake.queryRunner().execute(sql);
        return result.getMaterializedRows().toString();
    }
}
