package io.tarn.server.write;

import com.google.common.collect.ImmutableMap;
import io.tarn.TarnPlugin;
import io.tarn.server.lake.LakeServices;
import io.tarn.server.write.Life.Verdict;
import io.trino.testing.DistributedQueryRunner;
import io.trino.testing.QueryRunner;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static io.tarn.server.lake.LakeServices.BUCKET;
import static io.trino.testing.TestingSession.testSessionBuilder;
import static java.util.Locale.ENGLISH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

/**
 * Cuts an engine off from Glue and S3 at each single request with which a statement changes something, so that not even
 * its own cleaning up succeeds, as when its process is killed. Another engine then sees the old rows or the new ones.
 */
@TestInstance(PER_CLASS)
class TestInterruptedWrites
{
    private static final int MOST_REQUESTS = 60;

    private LakeServices lake;
    private final Life life = new Life();
    private MortalRelay glue;
    private MortalRelay s3;
    private QueryRunner runner;

    @BeforeAll
    void start()
            throws Exception
    {
        lake = new LakeServices();
        glue = MortalRelay.start(lake.awsEndpoint(), life);
        s3 = MortalRelay.start(lake.s3Endpoint(), life);
        runner = DistributedQueryRunner.builder(testSessionBuilder().setCatalog("healthy").setSchema("writes").build())
                .setWorkerCount(0)
                .build();
        runner.installPlugin(new TarnPlugin());
        runner.createCatalog("healthy", "tarn", catalog(lake.awsEndpoint(), lake.s3Endpoint()));
        runner.createCatalog("mortal", "tarn", catalog(glue.uri(), s3.uri()));
        runner.execute("CREATE SCHEMA healthy.writes WITH (location = 's3://%s/writes')".formatted(BUCKET));
    }

    private Map<String, String> catalog(URI glue, URI s3)
    {
        return ImmutableMap.<String, String>builder()
                .putAll(lake.tarnGlueProperties())
                .put("glue.endpoint-url", glue.toString())
                // who is dead does not try again
                .put("glue.max-attempts", "1")
                .put("storage.kind", "s3")
                .putAll(lake.s3Properties(s3))
                .put("s3.max-error-retries", "1")
                .buildKeepingLast();
    }

    @AfterAll
    void stop()
            throws Exception
    {
        runner.close();
        glue.close();
        s3.close();
        lake.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock =
            """
            insert    | INSERT INTO mortal.writes.t VALUES (100, 'a'), (200, 'c'), (300, 'd')
            overwrite | INSERT INTO mortal.writes.t VALUES (100, 'a'), (200, 'c')
            delete    | DELETE FROM mortal.writes.t WHERE p IN ('a', 'b')
            optimize  | ALTER TABLE mortal.writes.t EXECUTE optimize
            create    | CREATE TABLE mortal.writes.%s WITH (partitioned_by = ARRAY['p']) AS SELECT * FROM healthy.writes.t
            """)
    void atEveryStep(String kind, String sql)
    {
        // an answer that is lost makes a difference where a statement publishes, and these two publish in both ways that there are
        List<Verdict> ends = Set.of("insert", "create").contains(kind) ? List.of(Verdict.LOST, Verdict.UNANSWERED) : List.of(Verdict.LOST);
        for (Verdict last : ends) {
            boolean finished = false;
            for (int changes = 0; !finished; changes++) {
                assertThat(changes).as("requests of %s", kind).isLessThan(MOST_REQUESTS);
                finished = interrupt(kind, sql, changes, last);
            }
        }
    }

    /**
     * @return whether the statement needed fewer requests than it was granted
     */
    private boolean interrupt(String kind, String sql, int changes, Verdict last)
    {
        runner.execute("DROP TABLE IF EXISTS healthy.writes.t");
        runner.execute("CREATE TABLE healthy.writes.t WITH (partitioned_by = ARRAY['p']) AS SELECT * FROM (VALUES (1, 'a'), (2, 'b'), (3, 'c')) v (x, p)");
        runner.execute("INSERT INTO healthy.writes.t VALUES (4, 'a'), (5, 'b')");
        // a table that was half created keeps its name until remove_orphan_files
        String table = kind.equals("create") ? "n_%s_%s".formatted(changes, last).toLowerCase(ENGLISH) : "t";
        String before = state(table);

        life.endAfter(changes, last);
        boolean succeeded;
        try {
            runner.execute(
                    testSessionBuilder()
                            .setCatalog("mortal")
                            .setSchema("writes")
                            .setCatalogSessionProperty("mortal", "insert_existing_partitions_behavior", kind.equals("overwrite") ? "OVERWRITE" : "APPEND")
                            .build(),
                    sql.formatted(table));
            succeeded = true;
        }
        catch (RuntimeException _) {
            succeeded = false;
        }
        boolean cut = life.ended();
        life.revive();

        String description = "%s, cut at change %s, %s".formatted(kind, changes, last);
        String after = state(table);
        if (succeeded) {
            assertThat(after).as(description).isEqualTo(expected(kind));
        }
        else {
            assertThat(cut).as(description).isTrue();
            assertThat(after).as(description).isIn(before, expected(kind));
        }
        // the table is as good as before
        runner.execute("INSERT INTO healthy.writes.t VALUES (1000, 'e')");
        String rows = runner.execute("SELECT x FROM healthy.writes.t WHERE p = 'e'").getMaterializedRows().toString();
        assertThat(rows).as(description).isEqualTo("[[1000]]");
        return !cut;
    }

    private String state(String table)
    {
        try {
            return rows(table);
        }
        catch (RuntimeException e) {
            assertThat(e).hasMessageContaining("does not exist");
            return "none";
        }
    }

    private String rows(String table)
    {
        return runner.execute("SELECT x, p FROM healthy.writes.%s ORDER BY x".formatted(table)).getMaterializedRows().toString();
    }

    private static String expected(String kind)
    {
        return switch (kind) {
            case "insert" -> "[[1, a], [2, b], [3, c], [4, a], [5, b], [100, a], [200, c], [300, d]]";
            case "overwrite" -> "[[2, b], [5, b], [100, a], [200, c]]";
            case "delete" -> "[[3, c]]";
            case "optimize", "create" -> "[[1, a], [2, b], [3, c], [4, a], [5, b]]";
            default -> throw new IllegalArgumentException(kind);
        };
    }
}
