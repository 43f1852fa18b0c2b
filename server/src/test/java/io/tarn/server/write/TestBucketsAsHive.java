package io.tarn.server.write;

import com.google.common.collect.ImmutableMap;
import io.tarn.server.lake.LakeFixture;
import io.trino.Session;
import io.trino.testing.MaterializedResult;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.stream.IntStream;

import static io.tarn.server.lake.LakeFixture.location;
import static java.util.concurrent.CompletableFuture.runAsync;
import static java.util.concurrent.Executors.newFixedThreadPool;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

/**
 * Bucketed tables over S3 and Glue: what Trino's Hive connector writes is read here, and the reverse. The peer holds
 * every row that it reads against the bucket that the file's name says.
 */
@TestInstance(PER_CLASS)
class TestBucketsAsHive
{
    // of n
    private static final Map<String, String> COLUMNS = ImmutableMap.<String, String>builder()
            .put("flag", "if(n % 13 = 0, NULL, n % 2 = 0)")
            .put("tiny", "CAST(n % 100 - 50 AS tinyint)")
            .put("small", "CAST(n % 1000 - 500 AS smallint)")
            .put("whole", "CAST(if(n % 10 = 0, NULL, -n) AS integer)")
            .put("big", "n * -1000000007")
            .put("single", "CAST(if(n % 9 = 0, -0E0, n / 8E0) AS real)")
            .put("precise", "if(n % 7 = 0, nan(), n / -7E0)")
            .put("name", "CAST('name \u2603 ' || CAST(n % 17 AS varchar) AS varchar(20))")
            .put("text", "if(n % 5 = 0, NULL, 'text \u2603 ' || CAST(n AS varchar))")
            .put("day", "DATE '1969-12-01' + n % 400 * INTERVAL '1' DAY")
            .put("list", "ARRAY[n, NULL, -n]")
            .put("pairs", "MAP(ARRAY['a', 'b'], ARRAY[CAST(n AS integer), -1])")
            .buildOrThrow();

    private LakeFixture lake;

    @BeforeAll
    void start()
            throws Exception
    {
        lake = new LakeFixture();
        execute("CREATE SCHEMA s3.buckets WITH (location = '%s')".formatted(location("buckets")));
    }

    @AfterAll
    void stop()
    {
        lake.close();
    }

    @ParameterizedTest
    @CsvSource({"s3, 1", "s3, 2", "hive, 1", "hive, 2"})
    void everyTypeBothWays(String writer, int version)
    {
        COLUMNS.forEach((column, expression) -> {
            String table = "buckets.t_%s_%s_%s".formatted(writer, version, column);
            String rows = "SELECT n, %s AS %s FROM UNNEST(sequence(1, 300)) AS t(n)".formatted(expression, column);
            execute("CREATE TABLE %s.%s WITH (bucketed_by = ARRAY['%s'], bucket_count = 5, bucketing_version = %s) AS %s".formatted(writer, table, column, version, rows));
            String buckets = text("SELECT n, \"$bucket\", %s IS NULL FROM s3.%s ORDER BY n".formatted(column, table));
            assertThat(buckets).as(column).doesNotContain("null").isEqualTo(text("SELECT n, \"$bucket\", %s IS NULL FROM hive.%s ORDER BY n".formatted(column, table)));
            // rows are found again by their values
            String found = IntStream.of(3, 117).mapToObj(n -> "count_if(%s = %s)".formatted(column, value(expression, n))).collect(joining(", "));
            assertThat(IntStream.of(3, 117).mapToObj(n -> execute("SELECT count(*) FROM s3.%s WHERE %s = %s".formatted(table, column, value(expression, n))).getOnlyValue()).toList())
                    .as(column)
                    .isEqualTo(execute("SELECT %s FROM (%s)".formatted(found, rows)).getMaterializedRows().getFirst().getFields());
        });
        for (String condition : List.of("whole = -7", "whole IN (-7, -8, -9) OR whole IS NULL", "whole IS NULL")) {
            String sql = "SELECT count(*), sum(n) FROM %s.buckets.t_%s_%s_whole WHERE " + condition;
            assertThat(text(sql.formatted("s3", writer, version))).isEqualTo(text(sql.formatted("hive", writer, version)));
        }
    }

    private static String value(String expression, int n)
    {
        return expression.replaceAll("\\bn\\b", "BIGINT '%s'".formatted(n));
    }

    @ParameterizedTest
    @CsvSource({"s3, hive", "hive, s3"})
    void sharedTable(String creator, String other)
    {
        String table = "buckets.shared_by_" + creator;
        execute("CREATE TABLE %s.%s (n bigint, text varchar, p integer) WITH (format = 'ORC', bucketed_by = ARRAY['n', 'text'], bucket_count = 3, sorted_by = ARRAY['text', 'n DESC'], bucketing_version = 2, partitioned_by = ARRAY['p'])".formatted(creator, table));
        for (String catalog : List.of(creator, other)) {
            assertThat(text("SHOW CREATE TABLE %s.%s".formatted(catalog, table)))
                    .contains("bucket_count = 3", "bucketed_by = ARRAY['n','text']", "bucketing_version = 2", "sorted_by = ARRAY['text','n DESC']");
            execute("INSERT INTO %s.%s SELECT n, 't' || CAST(n %% 7 AS varchar), CAST(n %% 2 AS integer) FROM UNNEST(sequence(1, 100)) t(n)".formatted(catalog, table));
        }
        assertThat(text("SELECT bucketing_version FROM s3.buckets.\"shared_by_%s$properties\"".formatted(creator))).isEqualTo("[[2]]");
        assertThat(text("SELECT count(*), count(DISTINCT \"$bucket\"), count(DISTINCT \"$path\") FROM s3.%s".formatted(table))).isEqualTo("[[200, 3, 12]]");
        assertThat(text("SELECT n, p, \"$bucket\" FROM s3.%s ORDER BY 1, 2, 3".formatted(table))).isEqualTo(text("SELECT n, p, \"$bucket\" FROM hive.%s ORDER BY 1, 2, 3".formatted(table)));
        execute("DROP TABLE s3." + table);
    }

    @Test
    void manyWriters()
    {
        execute("CREATE TABLE s3.buckets.many (n bigint, v varchar, p integer) WITH (bucketed_by = ARRAY['v', 'n'], bucket_count = 4, bucketing_version = 2, partitioned_by = ARRAY['p'])");
        Session session = Session.builder(lake.session("s3"))
                .setSystemProperty("task_min_writer_count", "4")
                .setCatalogSessionProperty("s3", "scale_writers", "false")
                .build();
        try (ExecutorService executor = newFixedThreadPool(3)) {
            List<CompletableFuture<Void>> writers = IntStream.range(0, 3)
                    .mapToObj(writer -> runAsync(
                            () -> lake.queryRunner().execute(session, "INSERT INTO s3.buckets.many SELECT n * 3 + %s, 'v' || CAST(n %% 5 AS varchar), CAST(n %% 2 AS integer) FROM UNNEST(sequence(1, 500)) t(n)".formatted(writer)),
                            executor))
                    .toList();
            writers.forEach(CompletableFuture::join);
        }
        // each insert has written a file for each bucket of each partition
        assertThat(text("SELECT count(*), count(DISTINCT n), count(DISTINCT \"$path\") FROM s3.buckets.many")).isEqualTo("[[1500, 1500, 24]]");
        assertThat(text("SELECT n, \"$bucket\" FROM s3.buckets.many ORDER BY n")).isEqualTo(text("SELECT n, \"$bucket\" FROM hive.buckets.many ORDER BY n"));
    }

    @Test
    void peerJoinsByBucket()
    {
        execute("CREATE TABLE s3.buckets.ours WITH (bucketed_by = ARRAY['n'], bucket_count = 4) AS SELECT n, n * 2 AS v FROM UNNEST(sequence(1, 500)) t(n)");
        execute("INSERT INTO s3.buckets.ours SELECT n, n * 2 FROM UNNEST(sequence(501, 600)) t(n)");
        execute("ALTER TABLE s3.buckets.ours EXECUTE optimize");
        execute("INSERT INTO s3.buckets.ours SELECT n, n * 2 FROM UNNEST(sequence(601, 700)) t(n)");
        execute("CREATE TABLE hive.buckets.theirs WITH (bucketed_by = ARRAY['n'], bucket_count = 4) AS SELECT n, n * 3 AS w FROM UNNEST(sequence(1, 700)) t(n)");
        Session partitioned = Session.builder(lake.session("hive")).setSystemProperty("join_distribution_type", "PARTITIONED").build();
        String join = "SELECT count(*), sum(w - v - n) FROM hive.buckets.ours JOIN hive.buckets.theirs USING (n)";
        assertThat(lake.queryRunner().execute(partitioned, join).getMaterializedRows().toString()).isEqualTo("[[700, 0]]");
        String plan = lake.queryRunner().execute(partitioned, "EXPLAIN (TYPE DISTRIBUTED) " + join).getMaterializedRows().toString();
        assertThat(plan).contains("hive:HivePartitioningHandle{buckets=4").doesNotContain("[HASH]");
        assertThat(text(join.replace("hive.", "s3."))).isEqualTo("[[700, 0]]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
            "bucketed_by = ARRAY['gone'], bucket_count = 2 | Bucketing columns [gone] not present in schema",
            "bucketed_by = ARRAY['p'], bucket_count = 2 | Bucketing columns [p] are also used as partitioning columns",
            "bucketed_by = ARRAY['a'] | bucketed_by and bucket_count must be specified together",
            "bucket_count = 2 | bucketed_by and bucket_count must be specified together",
            "bucketed_by = ARRAY['a'], bucket_count = 0 | bucketed_by and bucket_count must be specified together",
            "bucketed_by = ARRAY['a'], bucket_count = -1 | bucket_count is -1: it must be from 1 to 99999",
            "bucketed_by = ARRAY['a'], bucket_count = 100000 | bucket_count is 100000: it must be from 1 to 99999",
            "bucketed_by = ARRAY['a', 'A'], bucket_count = 2 | Table property 'bucketed_by' names column 'a' twice",
            "bucketed_by = ARRAY['t'], bucket_count = 2 | bucketed on an unsupported type: column 't' is of type timestamp(3)",
            "bucketed_by = ARRAY['d'], bucket_count = 2 | bucketed on an unsupported type: column 'd' is of type decimal(10,2)",
            "bucketed_by = ARRAY['r'], bucket_count = 2 | bucketed on an unsupported type: column 'r' is of type row",
            "sorted_by = ARRAY['a'] | sorted_by may be specified only when bucketed_by is specified",
            "bucketing_version = 2 | bucketing_version may be specified only when bucketed_by is specified",
            "bucketed_by = ARRAY['a'], bucket_count = 2, bucketing_version = 3 | bucketing_version is 3: it must be 1",
            "bucketed_by = ARRAY['a'], bucket_count = 2, sorted_by = ARRAY['gone DESC'] | Sorting columns [gone] not present in schema",
            "bucketed_by = ARRAY['a'], bucket_count = 2, sorted_by = ARRAY['p'] | Sorting columns [p] are also used as partitioning columns",
            "bucketed_by = ARRAY['a'], bucket_count = 2, sorted_by = ARRAY['m'] | Rows cannot be sorted by column 'm'",
            "bucketed_by = ARRAY['a'], bucket_count = 2, extra_properties = MAP(ARRAY['bucketing_version'], ARRAY['2']) | it is a table property of its own",
            "format = 'AVRO', bucketed_by = ARRAY['a'], bucket_count = 2, avro_schema_literal = '{}' | Buckets are not supported together with the table property 'avro_schema_literal'",
    })
    void whatNoTableCanHave(String properties, String message)
    {
        String sql = "CREATE TABLE s3.buckets.refused (a bigint, t timestamp(3), d decimal(10, 2), r ROW(x bigint), m map(bigint, bigint), p varchar) WITH (partitioned_by = ARRAY['p'], %s)".formatted(properties);
        assertThatThrownBy(() -> execute(sql)).hasMessageContaining(message);
        assertThatThrownBy(() -> execute("CREATE TABLE s3.buckets.refused WITH (partitioned_by = ARRAY['p'], %s) AS SELECT BIGINT '1' AS a, TIMESTAMP '2026-01-01 00:00:00.000' AS t, CAST(1 AS decimal(10, 2)) AS d, CAST(ROW(1) AS ROW(x bigint)) AS r, MAP(ARRAY[1], ARRAY[1]) AS m, 'p' AS p".formatted(properties)))
                .hasMessageContaining(message);
    }

    @Test
    void columnsThatBucketsNeed()
    {
        execute("CREATE TABLE s3.buckets.bound (a bigint, b bigint, c bigint) WITH (bucketed_by = ARRAY['a'], bucket_count = 2, sorted_by = ARRAY['b'])");
        assertThatThrownBy(() -> execute("ALTER TABLE s3.buckets.bound DROP COLUMN a")).hasMessageContaining("cannot be dropped: table buckets.bound is bucketed by it");
        assertThatThrownBy(() -> execute("ALTER TABLE s3.buckets.bound RENAME COLUMN b TO x")).hasMessageContaining("cannot be renamed: the files of table buckets.bound are sorted by it");
        assertThatThrownBy(() -> execute("ALTER TABLE s3.buckets.bound SET PROPERTIES bucket_count = 4")).hasMessageContaining("'bucket_count' cannot be changed");
        assertThatThrownBy(() -> execute("ALTER TABLE s3.buckets.bound SET PROPERTIES extra_properties = MAP(ARRAY['bucketing_version'], ARRAY['2'])")).hasMessageContaining("a table property of its own");
        execute("ALTER TABLE s3.buckets.bound RENAME COLUMN c TO d");
        execute("INSERT INTO s3.buckets.bound (d, a) VALUES (1, 5), (2, NULL)");
        assertThat(text("SELECT a, d, \"$bucket\" FROM s3.buckets.bound ORDER BY d")).isEqualTo("[[5, 1, 1], [null, 2, 0]]");
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
