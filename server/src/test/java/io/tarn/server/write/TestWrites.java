package io.tarn.server.write;

import io.tarn.server.lake.LakeFixture;
import io.trino.testing.MaterializedResult;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;

import static io.tarn.server.lake.LakeFixture.location;
import static java.util.concurrent.CompletableFuture.runAsync;
import static java.util.concurrent.CompletableFuture.supplyAsync;
import static java.util.concurrent.Executors.newFixedThreadPool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

@TestInstance(PER_CLASS)
class TestWrites
{
    private static final int WRITERS = 8;
    private static final int INSERTS = 3;

    private LakeFixture lake;

    @BeforeAll
    void start()
            throws Exception
    {
        lake = new LakeFixture();
        execute("CREATE SCHEMA s3.written WITH (location = '%s')".formatted(location("written")));
    }

    @AfterAll
    void stop()
    {
        lake.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PARQUET", "ORC", "AVRO", "JSON", "OPENX_JSON", "TEXTFILE", "CSV"})
    void formats(String format)
    {
        String table = "s3.written.f_" + format.toLowerCase(Locale.ENGLISH);
        // CSV has no nulls
        String missing = format.equals("CSV") ? "''" : "NULL";
        execute("CREATE TABLE %s WITH (format = '%s', partitioned_by = ARRAY['p']) AS SELECT * FROM (VALUES (1, VARCHAR 'one', 'x'), (2, 'two', 'y'), (3, %s, 'x')) t (a, b, p)".formatted(table, format, missing));
        assertThat(text("SELECT sum(a), count(nullif(b, '')), count(DISTINCT p) FROM " + table)).isEqualTo(text("SELECT 6, 2, 2"));
        execute("INSERT INTO %s VALUES (4, 'four', 'z'), (5, 'five', 'x')".formatted(table));
        assertThat(text("SELECT sum(a), count(nullif(b, '')), count(DISTINCT p) FROM " + table)).isEqualTo(text("SELECT 15, 4, 3"));
        // the peer reads the same rows
        assertThat(text("SELECT sum(CAST(a AS bigint)), count(nullif(b, '')), count(DISTINCT p) FROM " + table.replace("s3.", "hive."))).isEqualTo(text("SELECT 15, 4, 3"));
        execute("DELETE FROM %s WHERE p = 'x'".formatted(table));
        assertThat(text("SELECT sum(a), count(nullif(b, '')), count(DISTINCT p) FROM " + table)).isEqualTo(text("SELECT 6, 2, 2"));
        assertThat(text("SELECT p FROM \"%s$partitions\" ORDER BY 1".formatted(table.substring(11)).replace("FROM \"", "FROM s3.written.\""))).isEqualTo("[[y], [z]]");
        execute("ALTER TABLE %s EXECUTE optimize(file_size_threshold => '1MB')".formatted(table));
        assertThat(text("SELECT sum(a), count(nullif(b, '')), count(DISTINCT p) FROM " + table)).isEqualTo(text("SELECT 6, 2, 2"));
        execute("DROP TABLE " + table);
    }

    @Test
    void unpartitioned()
    {
        execute("CREATE TABLE s3.written.plain (a bigint, b varchar(10), c decimal(10, 2), d timestamp(3), e array(row(x integer, y varchar)))");
        execute("INSERT INTO s3.written.plain VALUES (1, 'x', 1.5, TIMESTAMP '2026-01-01 00:00:00.123', ARRAY[ROW(1, 'q')])");
        execute("INSERT INTO s3.written.plain (a) SELECT a + 1 FROM s3.written.plain");
        assertThat(text("SELECT a, b, c, d, e FROM s3.written.plain ORDER BY a")).isEqualTo("[[1, x, 1.50, 2026-01-01T00:00:00.123, [[1, q]]], [2, null, null, null, null]]");
        execute("ALTER TABLE s3.written.plain EXECUTE optimize");
        assertThat(text("SELECT count(*) FROM s3.written.plain")).isEqualTo("[[2]]");
        assertThat(text("SHOW CREATE TABLE s3.written.plain")).contains("format = 'PARQUET'");
        execute("DELETE FROM s3.written.plain");
        assertThat(text("SELECT count(*) FROM s3.written.plain")).isEqualTo("[[0]]");
        assertThatThrownBy(() -> execute("DELETE FROM s3.written.plain WHERE a = 1")).hasMessageContaining("only whole partitions");
        assertThatThrownBy(() -> execute("INSERT INTO s3.written.plain (a) SELECT CAST(fail('no') AS bigint)")).hasMessageContaining("no");
        execute("INSERT INTO s3.written.plain (a) VALUES 7");
        assertThat(text("SELECT a FROM s3.written.plain")).isEqualTo("[[7]]");
        execute("DROP TABLE s3.written.plain");
    }

    @Test
    void manyWritersLoseNothing()
    {
        execute("CREATE TABLE s3.written.shared (x bigint, p varchar) WITH (partitioned_by = ARRAY['p'])");
        List<CompletableFuture<Void>> writers = new ArrayList<>();
        try (ExecutorService executor = newFixedThreadPool(WRITERS)) {
            for (int writer = 0; writer < WRITERS; writer++) {
                int number = writer;
                writers.add(runAsync(
                        () -> {
                            for (int insert = 0; insert < INSERTS; insert++) {
                                execute("INSERT INTO s3.written.shared VALUES (%s, 'one'), (%s, 'of_%s')".formatted(number * INSERTS + insert, -1, number));
                            }
                        },
                        executor));
            }
            writers.forEach(CompletableFuture::join);
        }
        assertThat(text("SELECT count(*), count(DISTINCT x) FROM s3.written.shared WHERE p = 'one'")).isEqualTo("[[%s, %s]]".formatted(WRITERS * INSERTS, WRITERS * INSERTS));
        assertThat(text("SELECT count(*), count(DISTINCT p) FROM s3.written.shared")).isEqualTo("[[%s, %s]]".formatted(2 * WRITERS * INSERTS, WRITERS + 1));
        execute("DROP TABLE s3.written.shared");
    }

    @Test
    void oneOfManyCreatorsWins()
    {
        List<CompletableFuture<Boolean>> creators = new ArrayList<>();
        try (ExecutorService executor = newFixedThreadPool(WRITERS)) {
            for (int creator = 0; creator < WRITERS; creator++) {
                int number = creator;
                creators.add(supplyAsync(() -> creates("CREATE TABLE s3.written.one WITH (partitioned_by = ARRAY['p']) AS SELECT %s AS x, 'p' AS p".formatted(number)), executor));
            }
            List<Boolean> created = creators.stream().map(CompletableFuture::join).toList();
            assertThat(created).containsOnlyOnce(true);
            assertThat(text("SELECT x FROM s3.written.one")).isEqualTo("[[%s]]".formatted(created.indexOf(true)));
        }
        execute("DROP TABLE s3.written.one");
    }

    private boolean creates(String sql)
    {
        try {
            execute(sql);
            return true;
        }
        catch (RuntimeException e) {
            assertThat(e.getMessage()).containsAnyOf("already exists", "is being created by query");
            return false;
        }
    }

    private MaterializedResult execute(String sql)
    {
        return lake.queryRunner().execute(sql);
    }

    private String text(String sql)
    {
        return execute(sql).getMaterializedRows().toString();
    }
}
