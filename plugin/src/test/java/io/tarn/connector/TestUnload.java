package io.tarn.connector;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.trino.Session;
import io.trino.testing.MaterializedRow;
import io.trino.testing.QueryRunner;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

import static io.tarn.connector.TarnQueryRunner.columns;
import static io.trino.testing.TestingAccessControlManager.TestingPrivilegeType.CREATE_TABLE;
import static io.trino.testing.TestingAccessControlManager.privilege;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Locale.ENGLISH;
import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

/**
 * Athena's {@code UNLOAD} as a table function and as a table that never is: what lies in the folder afterwards, and what
 * the statement says of it.
 */
@TestInstance(PER_CLASS)
final class TestUnload
{
    private static final String NUMBERS = "SELECT n AS i, nullif('s' || CAST(n AS varchar), 's7') AS s FROM UNNEST(sequence(1, 100)) t(n)";
    private static final String TYPES =
            """
            SELECT n AS l, CAST(n AS integer) AS i, nullif('s' || CAST(n AS varchar), 's7') AS s, n / 8E0 AS d, n % 2 = 0 AS b,
                DATE '2024-02-28' + n * INTERVAL '1' DAY AS dt, TIMESTAMP '2024-02-28 23:59:59.123' + n * INTERVAL '1' SECOND AS ts,
                CAST(n / 4E0 AS decimal(10, 2)) AS dc, ARRAY[n, NULL] AS a, CAST(MAP(ARRAY['k'], ARRAY[n]) AS map(varchar, bigint)) AS m, CAST(ROW(n, 'x') AS ROW(f bigint, g varchar)) AS r
            FROM UNNEST(sequence(1, 50)) t(n)""";
    private static final String DECLARED = "l bigint, i integer, s varchar, d double, b boolean, dt date, ts timestamp(3), dc decimal(10, 2), a array(bigint), m map(varchar, bigint), r row(f bigint, g varchar)";
    private static final Map<String, List<String>> CODECS = ImmutableMap.of(
            "PARQUET", ImmutableList.of("", "NONE", "SNAPPY", "GZIP", "ZSTD"),
            "ORC", ImmutableList.of("", "NONE", "SNAPPY", "ZLIB", "LZ4", "ZSTD"),
            "AVRO", ImmutableList.of("", "NONE", "SNAPPY", "DEFLATE", "BZIP2", "ZSTD"),
            "JSON", ImmutableList.of("", "NONE", "GZIP", "BZIP2", "ZSTD"),
            "TEXTFILE", ImmutableList.of("", "NONE", "SNAPPY", "LZ4", "ZSTD"));

    private TarnQueryRunner runner;
    private QueryRunner queryRunner;
    private Path bucket;

    @BeforeAll
    void start(@TempDir Path folder)
            throws Exception
    {
        runner = new TarnQueryRunner(folder);
        queryRunner = runner.queryRunner();
        bucket = folder.resolve("s3").resolve(TarnQueryRunner.BUCKET);
        queryRunner.execute("CREATE TABLE types WITH (format = 'ORC', external_location = 's3://lake/types') AS " + TYPES);
    }

    @AfterAll
    void stop()
    {
        runner.close();
    }

    @Test
    void everyFormatAndCodecIsReadBack()
    {
        CODECS.forEach((format, codecs) -> {
            for (String codec : codecs) {
                String folder = "codecs/%s/%s".formatted(format, codec.isEmpty() ? "default" : codec);
                List<MaterializedRow> files = unload("TABLE types", folder, "format => '%s'%s".formatted(format.toLowerCase(ENGLISH), codec.isEmpty() ? "" : ", compression => '%s'".formatted(codec)));
                assertThat(files.stream().mapToLong(row -> (long) row.getField(1)).sum()).isEqualTo(50);
                assertSizes(files, folder);
            }
            String table = "back_" + format;
            queryRunner.execute("CREATE TABLE %s (%s) WITH (format = '%s', external_location = 's3://lake/codecs/%s')".formatted(table, DECLARED, format, format));
            assertThat(rows("SELECT count(*), count(DISTINCT \"$path\") FROM " + table)).isEqualTo("[[%s, %s]]".formatted(50 * codecs.size(), codecs.size()));
            assertThat(rows("(TABLE types EXCEPT TABLE %1$s) UNION ALL (TABLE %1$s EXCEPT TABLE types)".formatted(table))).as(format).isEqualTo("[]");
        });
    }

    @Test
    void athenasDefaultCodecs()
            throws IOException
    {
        unload(NUMBERS, "defaults/parquet", "format => 'PARQUET'");
        assertThat(Files.readString(files("defaults/parquet").getFirst(), ISO_8859_1)).startsWith("PAR1").endsWith("PAR1");
        unload(NUMBERS, "defaults/text", "format => 'TEXTFILE'");
        assertThat(files("defaults/text").getFirst().toString()).endsWith(".gz");
        unload(NUMBERS, "defaults/json", "format => 'JSON'");
        assertThat(files("defaults/json").getFirst().toString()).endsWith(".gz");
    }

    @Test
    void ordersAndLimitsOfTheQuery()
            throws IOException
    {
        List<MaterializedRow> files = unload(NUMBERS + " ORDER BY n DESC LIMIT 3", "ordered", "format => 'TEXTFILE', field_delimiter => '|'");
        assertThat(files).hasSize(1);
        assertThat(files.getFirst().getField(0).toString()).startsWith("s3://lake/ordered/");
        assertThat(text(files("ordered").getFirst())).isEqualTo("100|s100\n99|s99\n98|s98\n");
    }

    @Test
    void namesOfColumns()
            throws IOException
    {
        unload("SELECT 1, 'x' AS \"Mixed\", 2", "names", "format => 'JSON'");
        assertThat(text(files("names").getFirst())).isEqualTo("{\"_col0\":1,\"mixed\":\"x\",\"_col2\":2}\n");
        assertFails("SELECT 1 AS a, 2 AS b, 3 AS A", "twice", "format => 'JSON'", "UNLOAD: the query has more than one column 'a'");
        assertThat(files("twice")).isEmpty();
    }

    @Test
    void partitions()
    {
        List<MaterializedRow> files = unload(
                "SELECT n AS i, IF(n % 4 = 0, NULL, 'a/' || CAST(n % 4 AS varchar)) AS p, DATE '2024-01-01' AS q FROM UNNEST(sequence(1, 40)) t(n)",
                "parts",
                "format => 'ORC', partitioned_by => ARRAY['P', 'q']");
        assertThat(files).hasSize(4);
        assertThat(files.stream().map(row -> row.getField(0).toString().replaceFirst("/[^/]*$", "")).toList()).containsExactlyInAnyOrder(
                "s3://lake/parts/p=__HIVE_DEFAULT_PARTITION__/q=2024-01-01",
                "s3://lake/parts/p=a%2F1/q=2024-01-01",
                "s3://lake/parts/p=a%2F2/q=2024-01-01",
                "s3://lake/parts/p=a%2F3/q=2024-01-01");
        queryRunner.execute("CREATE TABLE parts (i bigint, p varchar, q date) WITH (format = 'ORC', external_location = 's3://lake/parts', partitioned_by = ARRAY['p', 'q'])");
        queryRunner.execute("CALL system.sync_partition_metadata('tests', 'parts', 'ADD')");
        assertThat(rows("SELECT p, q, count(*), sum(i) FROM parts GROUP BY p, q ORDER BY p"))
                .isEqualTo("[[a/1, 2024-01-01, 10, 190], [a/2, 2024-01-01, 10, 200], [a/3, 2024-01-01, 10, 210], [null, 2024-01-01, 10, 220]]");

        assertFails(NUMBERS, "bad", "partitioned_by => ARRAY['i']", "must be the last of the query, in the same order: they are [i], and the last columns are [s]");
        assertFails(NUMBERS, "bad", "partitioned_by => ARRAY['x']", "partitioned_by names [x], which the query does not have");
        assertFails(NUMBERS, "bad", "partitioned_by => ARRAY['i', 's']", "partitioned_by names every column");
        assertFails("SELECT 1 AS a, ARRAY[1] AS b", "bad", "partitioned_by => ARRAY['b']", "column 'b' of type array(integer) cannot be in partitioned_by");
        assertThat(files("bad")).isEmpty();
    }

    @Test
    void noMorePartitionsThanAWriterMayHave()
    {
        assertFails("SELECT 1 AS i, n AS p FROM UNNEST(sequence(1, 101)) t(n)", "many_parts", "partitioned_by => ARRAY['p']", "more than 100 partitions");
        assertThat(files("many_parts")).isEmpty();
        assertThat(unload("SELECT 1 AS i, n AS p FROM UNNEST(sequence(1, 100)) t(n)", "hundred", "partitioned_by => ARRAY['p']")).hasSize(100);
    }

    @Test
    void nothingToWrite()
    {
        assertThat(unload(NUMBERS + " WHERE n < 0", "nothing", "format => 'PARQUET'")).isEmpty();
        assertThat(unload("SELECT * FROM types WHERE l < 0", "nothing", "format => 'PARQUET'")).isEmpty();
        assertThat(files("nothing")).isEmpty();
    }

    @Test
    void targetMustBeEmpty()
            throws IOException
    {
        runner.put("full/deep/old.csv", "1\n");
        assertFails(NUMBERS, "full", "format => 'JSON'", "target directory s3://lake/full/ already exists and is not empty, for instance there is s3://lake/full/deep/old.csv");
        assertThat(files("full")).hasSize(1);
        unload(NUMBERS, "once", "format => 'JSON'");
        assertFails(NUMBERS, "once", "format => 'JSON'", "target directory s3://lake/once/ already exists");
        // what only begins with the name is another folder
        unload(NUMBERS, "on", "format => 'JSON'");
    }

    @Test
    void driversWriteBesideEachOther()
            throws IOException
    {
        runner.createJsonTable("wide", columns("a bigint", "b string"), List.of(), Map.of());
        for (int file = 0; file < 8; file++) {
            int first = file * 1000;
            runner.put("wide/%s.json".formatted(file), IntStream.range(first, first + 1000).mapToObj(n -> "{\"a\": %s, \"b\": \"%s\"}\n".formatted(n, "x".repeat(40))).collect(joining()));
        }
        List<MaterializedRow> files = unload("TABLE wide", "beside", "format => 'PARQUET'");
        assertThat(files).hasSizeGreaterThan(1);
        assertSizes(files, "beside");
        queryRunner.execute("CREATE TABLE beside (a bigint, b varchar) WITH (external_location = 's3://lake/beside')");
        assertThat(rows("SELECT count(*), count(DISTINCT a), sum(a) FROM beside")).isEqualTo("[[8000, 8000, 31996000]]");
    }

    @Test
    void filesHaveTheSizeThatTheSessionSays()
    {
        Session small = Session.builder(queryRunner.getDefaultSession()).setCatalogSessionProperty("tarn", "target_max_file_size", "1kB").build();
        String sql = statement("SELECT n, lpad(CAST(n AS varchar), 500, 'x') AS s FROM UNNEST(sequence(1, 10000)) t(n)", "rolled", "format => 'TEXTFILE', compression => 'NONE'");
        List<MaterializedRow> files = queryRunner.execute(small, sql).getMaterializedRows();
        assertThat(files).hasSizeGreaterThan(1);
        assertSizes(files, "rolled");
    }

    @Test
    void failureLeavesNothingBegun()
    {
        Session small = Session.builder(queryRunner.getDefaultSession()).setCatalogSessionProperty("tarn", "target_max_file_size", "1kB").build();
        // the last row cannot be written; some files are whole by then, one is not
        String query = "SELECT lpad(CAST(n AS varchar), 500, 'x') AS s, IF(n = 10000, '', 'p' || CAST(n % 2 AS varchar)) AS p FROM UNNEST(sequence(1, 10000)) t(n)";
        assertThatThrownBy(() -> queryRunner.execute(small, statement(query, "failed", "format => 'TEXTFILE', partitioned_by => ARRAY['p']")))
                .hasMessageContaining("Partition key 'p'");
        assertThat(files("failed")).isEmpty();
        // a query that fails before it has rows to write
        assertFails("SELECT 1 / (n - 50) AS i FROM UNNEST(sequence(1, 100)) t(n)", "failed", "format => 'JSON'", "Division by zero");
        assertThat(files("failed")).isEmpty();
    }

    @Test
    void typesThatHiveHasRoomFor()
    {
        unload("SELECT TIMESTAMP '2024-01-01 00:00:00.1234567' AS t, ARRAY[TIMESTAMP '2024-01-01 00:00:00.000501'] AS a, CAST(ROW(TIMESTAMP '2024-01-01 00:00:01') AS ROW(f timestamp(0))) AS r", "nearest", "format => 'ORC'");
        queryRunner.execute("CREATE TABLE nearest (t timestamp(3), a array(timestamp(3)), r row(f timestamp(3))) WITH (format = 'ORC', external_location = 's3://lake/nearest')");
        assertThat(rows("SELECT CAST(t AS varchar), CAST(a[1] AS varchar), CAST(r.f AS varchar) FROM nearest"))
                .isEqualTo("[[2024-01-01 00:00:00.123, 2024-01-01 00:00:00.001, 2024-01-01 00:00:01.000]]");

        assertFails("SELECT TIME '01:02:03' AS t", "types_refused", "format => 'JSON'", "Column 't' of type time(0) cannot be written by UNLOAD");
        assertFails("SELECT JSON '1' AS j", "types_refused", "format => 'PARQUET'", "Column 'j' of type json cannot be written by UNLOAD");
        assertFails("SELECT NULL AS n", "types_refused", "format => 'AVRO'", "Column 'n' of type unknown cannot be written by UNLOAD");
        assertFails("SELECT MAP(ARRAY[1], ARRAY[2]) AS m", "types_refused", "format => 'AVRO'", "Column 'm'");
        assertThat(files("types_refused")).isEmpty();
    }

    @Test
    void argumentsThatCannotBeMeantSo()
    {
        assertFails(NUMBERS, "arguments", "format => 'CSV'", "UNLOAD: format is 'CSV', but UNLOAD writes PARQUET, ORC, AVRO, JSON, TEXTFILE");
        assertFails(NUMBERS, "arguments", "compression => 'BZIP2'", "UNLOAD: compression is 'BZIP2', but PARQUET files are compressed with one of [");
        assertFails(NUMBERS, "arguments", "compression_level => 3", "only ZSTD has levels in UNLOAD, and the codec is GZIP");
        assertFails(NUMBERS, "arguments", "compression => 'zstd', compression_level => 23", "levels of ZSTD are from 1 to 22");
        assertFails(NUMBERS, "arguments", "field_delimiter => ','", "field_delimiter is for TEXTFILE, and the format is PARQUET");
        assertFails(NUMBERS, "arguments", "format => 'TEXTFILE', field_delimiter => '||'", "it must be one character");
        assertFails(NUMBERS, "arguments", "format => NULL", "UNLOAD: format is NULL or empty");
        assertThatThrownBy(() -> queryRunner.execute("SELECT * FROM TABLE(tarn.system.unload(TABLE(SELECT 1), 'nowhere'))")).hasMessageContaining("UNLOAD: location is 'nowhere', which is no folder of the storage");
        assertThatThrownBy(() -> queryRunner.execute("SELECT * FROM TABLE(tarn.system.unload(TABLE(SELECT 1), ' '))")).hasMessageContaining("UNLOAD: location is NULL or empty");
        assertThat(files("arguments")).isEmpty();
        unload(NUMBERS, "level", "compression => 'ZSTD', compression_level => 4");
        unload(NUMBERS, "level_avro", "format => 'AVRO', compression => 'ZSTD', compression_level => 19");
    }

    @Test
    void explainWritesNothing()
    {
        assertThat(rows("EXPLAIN " + statement(NUMBERS, "explained", "format => 'JSON'"))).contains("unload");
        assertThat(files("explained")).isEmpty();
    }

    @Test
    void takesTheRightToCreateATable()
    {
        queryRunner.getAccessControl().deny(privilege("unload", CREATE_TABLE));
        try {
            assertFails(NUMBERS, "denied", "format => 'JSON'", "Access Denied: Cannot create table tarn.system.unload");
        }
        finally {
            queryRunner.getAccessControl().reset();
        }
        assertThat(files("denied")).isEmpty();
    }

    @Test
    void asATableThatNeverIs()
            throws IOException
    {
        long before = runner.metastore().calls("createTable");
        CODECS.keySet().forEach(format -> {
            String folder = "tables/" + format;
            assertThat(unloadAs("TABLE types", folder, "format = '%s'".formatted(format))).isEqualTo(50);
            String table = "as_" + format;
            queryRunner.execute("CREATE TABLE %s (%s) WITH (format = '%s', external_location = 's3://lake/%s')".formatted(table, DECLARED, format, folder));
            assertThat(rows("(TABLE types EXCEPT TABLE %1$s) UNION ALL (TABLE %1$s EXCEPT TABLE types)".formatted(table))).as(format).isEqualTo("[]");
        });
        assertThat(runner.metastore().calls("createTable") - before).isEqualTo(CODECS.size());
        assertThatThrownBy(() -> queryRunner.execute("SELECT * FROM tarn.system.unload")).hasMessageContaining("does not exist");

        unloadAs(NUMBERS + " ORDER BY n DESC LIMIT 3", "tables/ordered", "format = 'TEXTFILE', field_delimiter = '|'");
        assertThat(text(files("tables/ordered").getFirst())).isEqualTo("100|s100\n99|s99\n98|s98\n");
        assertThat(files("tables/ordered").getFirst().toString()).endsWith(".gz");
        unloadAs(NUMBERS, "tables/level", "write_compression = 'ZSTD', compression_level = 22");
        assertThat(unloadAs(NUMBERS + " WHERE n < 0", "tables/nothing", "format = 'ORC'")).isZero();
        assertThat(files("tables/nothing")).isEmpty();
        assertThat(unloadAs("SELECT 1, 2 AS b", "(_col0, b)", "tables/named", "format = 'JSON'")).isEqualTo(1);
        assertThat(text(files("tables/named").getFirst())).isEqualTo("{\"_col0\":1,\"b\":2}\n");
        assertThat(unloadAs("SELECT n AS i, 'p' || CAST(n % 3 AS varchar) AS p FROM UNNEST(sequence(1, 30)) t(n)", "tables/parts", "format = 'AVRO', partitioned_by = ARRAY['P']")).isEqualTo(30);
        assertThat(files("tables/parts").stream().map(file -> file.getParent().getFileName().toString())).containsOnly("p=p0", "p=p1", "p=p2");
    }

    @Test
    void asATableIsRefusedWhatCannotBeMeantSo()
    {
        assertFailsAs(NUMBERS, "as_refused", "format = 'CSV'", "UNLOAD: format is 'CSV'");
        assertFailsAs(NUMBERS, "as_refused", "null_format = 'x'", "UNLOAD: there is no property null_format");
        assertFailsAs(NUMBERS, "as_refused", "bucketed_by = ARRAY['i'], bucket_count = 3", "UNLOAD: there is no property buck");
        assertFailsAs(NUMBERS, "as_refused", "write_compression = 'GZIP', orc_compression = 'ZSTD'", "UNLOAD: GZIP and ZSTD are both given");
        assertFailsAs(NUMBERS, "as_refused", "partitioned_by = ARRAY['i']", "must be the last of the query");
        assertFailsAs("SELECT TIME '01:02:03' AS t", "as_refused", "format = 'JSON'", "Column 't' of type time(0) cannot be written by UNLOAD");
        assertThatThrownBy(() -> queryRunner.execute("CREATE TABLE tarn.system.unload WITH (format = 'ORC') AS SELECT 1 AS a")).hasMessageContaining("UNLOAD: it must be said where the files go");
        assertThatThrownBy(() -> queryRunner.execute("EXPLAIN CREATE TABLE tarn.system.unload WITH (format = 'SVG', external_location = 's3://lake/as_refused') AS SELECT 1 AS a")).hasMessageContaining("UNLOAD: format is 'SVG'");
        queryRunner.execute("EXPLAIN CREATE TABLE tarn.system.unload WITH (format = 'ORC', external_location = 's3://lake/as_refused') AS SELECT 1 AS a");
        assertThat(files("as_refused")).isEmpty();

        unloadAs(NUMBERS, "as_once", "format = 'JSON'");
        List<Path> once = files("as_once");
        assertFailsAs(NUMBERS, "as_once", "format = 'JSON'", "UNLOAD: target directory s3://lake/as_once/ already exists and is not empty");
        assertThat(files("as_once")).isEqualTo(once);

        queryRunner.getAccessControl().deny(privilege("unload", CREATE_TABLE));
        try {
            assertFailsAs(NUMBERS, "as_refused", "format = 'JSON'", "Access Denied: Cannot create table tarn.system.unload");
        }
        finally {
            queryRunner.getAccessControl().reset();
        }
        assertThat(files("as_refused")).isEmpty();
    }

    /**
     * A hundred megabytes of rows in forty.
     */
    @Test
    void asATableHoldsNoRowsBack()
    {
        Session little = Session.builder(queryRunner.getDefaultSession()).setSystemProperty("query_max_memory_per_node", "40MB").build();
        String query = "SELECT lpad(CAST(a * 1000 + b AS varchar), 1000, 'x') AS s FROM UNNEST(sequence(1, 100)) t(a) CROSS JOIN UNNEST(sequence(1, 1000)) u(b)";
        assertThatThrownBy(() -> queryRunner.execute(little, statement(query, "held", "format => 'TEXTFILE'"))).hasMessageContaining("exceeded per-node memory limit of 40MB");
        assertThat(queryRunner.execute(little, statementAs(query, "", "streamed", "format = 'TEXTFILE'")).getUpdateCount().orElseThrow()).isEqualTo(100_000);
    }

    @Test
    void asATableThatFailsLeavesNothing()
    {
        Session small = Session.builder(queryRunner.getDefaultSession())
                .setCatalogSessionProperty("tarn", "target_max_file_size", "1kB")
                .setSystemProperty("task_max_writer_count", "1")
                .setSystemProperty("scale_writers", "false")
                .build();
        // the last row cannot be written; some files are whole by then, one is not
        String query = "SELECT lpad(CAST(n AS varchar), 500, 'x') AS s, IF(n = 10000, '', 'p' || CAST(n % 2 AS varchar)) AS p FROM UNNEST(sequence(1, 10000)) t(n)";
        assertThatThrownBy(() -> queryRunner.execute(small, statementAs(query, "", "as_failed", "format = 'TEXTFILE', partitioned_by = ARRAY['p']")))
                .hasMessageContaining("Partition key 'p'");
        awaitEmpty("as_failed");
        // others can go on there
        assertThat(unloadAs(NUMBERS, "as_failed", "format = 'JSON'")).isEqualTo(100);
    }

    /**
     * The engine tells the client of a failure before the connector.
     */
    private void awaitEmpty(String folder)
    {
        long end = System.nanoTime() + MINUTES.toNanos(1);
        for (List<Path> left = files(folder); !left.isEmpty(); left = files(folder)) {
            assertThat(System.nanoTime()).as("%s still has %s", folder, left).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private long unloadAs(String query, String folder, String properties)
    {
        return unloadAs(query, "", folder, properties);
    }

    private long unloadAs(String query, String columns, String folder, String properties)
    {
        return queryRunner.execute(statementAs(query, columns, folder, properties)).getUpdateCount().orElseThrow();
    }

    private void assertFailsAs(String query, String folder, String properties, String message)
    {
        assertThatThrownBy(() -> unloadAs(query, folder, properties)).hasMessageContaining(message);
    }

    private static String statementAs(String query, String columns, String folder, String properties)
    {
        return "CREATE TABLE tarn.system.unload%s WITH (external_location = 's3://lake/%s/', %s) AS %s".formatted(columns, folder, properties, query);
    }

    private List<MaterializedRow> unload(String query, String folder, String arguments)
    {
        return queryRunner.execute(statement(query, folder, arguments)).getMaterializedRows();
    }

    private void assertFails(String query, String folder, String arguments, String message)
    {
        assertThatThrownBy(() -> unload(query, folder, arguments)).hasMessageContaining(message);
    }

    private static String statement(String query, String folder, String arguments)
    {
        String input = query.startsWith("TABLE ") ? query.replaceFirst("TABLE (.*)", "TABLE($1)") : "TABLE(%s)".formatted(query);
        return "SELECT * FROM TABLE(tarn.system.unload(input => %s, location => 's3://lake/%s/', %s))".formatted(input, folder, arguments);
    }

    private String rows(String sql)
    {
        return queryRunner.execute(sql).getMaterializedRows().toString();
    }

    /**
     * What the statement says of its files is what lies there, and nothing else does.
     */
    private void assertSizes(List<MaterializedRow> rows, String folder)
    {
        List<String> said = rows.stream().map(row -> "%s %s".formatted(row.getField(0).toString().substring("s3://lake/".length()), row.getField(2))).toList();
        assertThat(files(folder).stream().map(file -> "%s %s".formatted(bucket.relativize(file), size(file)))).containsExactlyInAnyOrderElementsOf(said);
    }

    /**
     * All of a folder, hidden ones with them, which is what unfinished uploads are.
     */
    private List<Path> files(String folder)
    {
        Path path = bucket.resolve(folder);
        if (!Files.exists(path)) {
            return List.of();
        }
        List<Path> files = new ArrayList<>();
        try {
            Files.walkFileTree(path, new SimpleFileVisitor<>()
            {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                {
                    files.add(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure)
                        throws IOException
                {
                    // deleted since its folder was listed
                    return failure instanceof NoSuchFileException ? FileVisitResult.CONTINUE : super.visitFileFailed(file, failure);
                }
            });
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files.stream().sorted().toList();
    }

    private static long size(Path file)
    {
        try {
            return Files.size(file);
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file)
            throws IOException
    {
        try (GZIPInputStream input = new GZIPInputStream(Files.newInputStream(file))) {
            return new String(input.readAllBytes(), UTF_8);
        }
    }
}
