package io.tarn.server.write;

import io.tarn.server.lake.LakeFixture;
import io.trino.spi.ErrorCode;
import io.trino.spi.ErrorType;
import io.trino.testing.MaterializedResult;
import io.trino.testing.QueryFailedException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;

import static io.tarn.server.lake.LakeFixture.location;
import static java.util.concurrent.CompletableFuture.supplyAsync;
import static java.util.concurrent.Executors.newCachedThreadPool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

/**
 * Tables that are dropped, and created anew under the same name, while others insert into them.
 */
@TestInstance(PER_CLASS)
class TestDropRaces
{
    private static final int ROUNDS = 8;
    private static final int INSERTERS = 4;

    private LakeFixture lake;
    private ExecutorService executor;

    @BeforeAll
    void start()
            throws Exception
    {
        lake = new LakeFixture();
        executor = newCachedThreadPool();
        execute("CREATE SCHEMA s3.raced WITH (location = '%s')".formatted(location("raced")));
    }

    @AfterAll
    void stop()
    {
        executor.close();
        lake.close();
    }

    /**
     * Whoever is last, rows of a table that was dropped are not in the one that has its name.
     */
    @ParameterizedTest
    @ValueSource(strings = {"", " WITH (partitioned_by = ARRAY['p'])"})
    void dropAndCreateWhileOthersInsert(String partitioning)
    {
        for (int round = 0; round < ROUNDS; round++) {
            create(partitioning, 0);
            List<CompletableFuture<Boolean>> inserts = new ArrayList<>();
            for (int inserter = 1; inserter <= INSERTERS; inserter++) {
                // two rows, in two partitions where there are some
                String sql = "INSERT INTO s3.raced.t SELECT %s, p FROM (VALUES 'a', 'b') v (p)".formatted(inserter);
                inserts.add(supplyAsync(() -> succeeds(sql), executor));
            }
            CompletableFuture<Boolean> drop = supplyAsync(() -> succeeds("DROP TABLE s3.raced.t"), executor);
            CompletableFuture<Boolean> create = drop.thenApplyAsync(_ -> succeeds(ctas(partitioning, 100)), executor);
            assertThat(drop.join()).isTrue();
            assertThat(create.join()).isTrue();
            List<Boolean> inserted = inserts.stream().map(CompletableFuture::join).toList();

            // the new table's own rows; those of an insert all or none, and none of one that failed
            Set<String> rows = new HashSet<>();
            execute("SELECT x, p FROM s3.raced.t").getMaterializedRows().forEach(row -> assertThat(rows.add(row.toString())).as("%s is there once", row).isTrue());
            assertThat(rows).contains("[100, a]", "[100, b]").doesNotContain("[0, a]", "[0, b]");
            for (int inserter = 1; inserter <= INSERTERS; inserter++) {
                boolean a = rows.contains("[%s, a]".formatted(inserter));
                assertThat(rows.contains("[%s, b]".formatted(inserter))).as("of insert %s in %s", inserter, rows).isEqualTo(a);
                if (!inserted.get(inserter - 1)) {
                    assertThat(a).as("failed insert %s", inserter).isFalse();
                }
            }
            // it is as good as any other
            execute("INSERT INTO s3.raced.t VALUES (200, 'a'), (200, 'c')");
            assertThat(execute("SELECT p FROM s3.raced.t WHERE x = 200 ORDER BY 1").getMaterializedRows()).hasToString("[[a], [c]]");
            execute("DROP TABLE s3.raced.t");
        }
    }

    /**
     * One of many drops wins, and nothing is left.
     */
    @ParameterizedTest
    @ValueSource(strings = {"", " WITH (partitioned_by = ARRAY['p'])"})
    void manyDropsWhileOthersInsert(String partitioning)
    {
        for (int round = 0; round < ROUNDS; round++) {
            create(partitioning, 0);
            List<CompletableFuture<Boolean>> inserts = new ArrayList<>();
            List<CompletableFuture<Boolean>> drops = new ArrayList<>();
            for (int client = 1; client <= INSERTERS; client++) {
                String sql = "INSERT INTO s3.raced.t VALUES (%s, 'a'), (%1$s, 'b')".formatted(client);
                inserts.add(supplyAsync(() -> succeeds(sql), executor));
                drops.add(supplyAsync(() -> succeeds("DROP TABLE s3.raced.t"), executor));
            }
            inserts.forEach(CompletableFuture::join);
            assertThat(drops.stream().map(CompletableFuture::join)).contains(true);
            assertThat(execute("SHOW TABLES FROM s3.raced").getMaterializedRows()).isEmpty();
            create(partitioning, 1);
            assertThat(execute("SELECT x, p FROM s3.raced.t ORDER BY 2").getMaterializedRows()).hasToString("[[1, a], [1, b]]");
            execute("DROP TABLE s3.raced.t");
        }
    }

    private void create(String partitioning, int number)
    {
        execute(ctas(partitioning, number));
    }

    private static String ctas(String partitioning, int number)
    {
        return "CREATE TABLE s3.raced.t%s AS SELECT %s x, p FROM (VALUES 'a', 'b') v (p)".formatted(partitioning, number);
    }

    /**
     * @return false where somebody else was faster, which the error says
     */
    private boolean succeeds(String sql)
    {
        try {
            execute(sql);
            return true;
        }
        catch (QueryFailedException e) {
            assertThat(e).as(sql).hasMessageContaining("raced.t");
            ErrorCode code = lake.queryRunner().getCoordinator().getDispatchManager().getFullQueryInfo(e.getQueryId()).orElseThrow().getErrorCode();
            assertThat(code.getType()).as("%s: %s: %s", sql, code, e).isNotEqualTo(ErrorType.INTERNAL_ERROR);
            return false;
        }
    }

    private MaterializedResult execute(String sql)
    {
        return lake.queryRunner().execute(sql);
    }
}
