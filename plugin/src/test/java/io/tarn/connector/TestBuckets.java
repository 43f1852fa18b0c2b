package io.tarn.connector;

import io.tarn.format.FileFormats;
import io.tarn.format.json.OpenXJsonFormat;
import io.tarn.format.parquet.ParquetFooters;
import io.tarn.format.parquet.ParquetFormat;
import io.tarn.format.parquet.ParquetReadConfig;
import io.tarn.storage.BucketFolderFileSystemFactory;
import io.trino.Session;
import io.trino.execution.QueryStats;
import io.trino.metastore.HiveBucketProperty;
import io.trino.metastore.HiveMetastore;
import io.trino.metastore.Partition;
import io.trino.metastore.PartitionStatistics;
import io.trino.metastore.PartitionWithStatistics;
import io.trino.metastore.Table;
import io.trino.spi.Plugin;
import io.trino.spi.connector.ConnectorFactory;
import io.trino.testing.MaterializedResult;
import io.trino.testing.QueryRunner;
import io.trino.testing.QueryRunner.MaterializedResultWithPlan;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import static io.tarn.connector.TarnQueryRunner.SCHEMA;
import static io.trino.metastore.PrincipalPrivileges.NO_PRIVILEGES;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

/**
 * Tables with buckets: what is written, what of it is read, counted in files, and what that was said to cost.
 */
@TestInstance(PER_CLASS)
final class TestBuckets
{
    private static final String CATALOG = "estimated";

    private TarnQueryRunner runner;
    private QueryRunner queryRunner;
    private RecordedEstimates estimates;
    private Path bucket;

    @BeforeAll
    void start(@TempDir Path folder)
            throws Exception
    {
        runner = new TarnQueryRunner(folder);
        queryRunner = runner.queryRunner();
        Path storage = folder.resolve("s3");
        bucket = storage.resolve(TarnQueryRunner.BUCKET);
        ParquetReadConfig config = new ParquetReadConfig();
        estimates = new RecordedEstimates(
                runner.connectorFactory(),
                new BucketFolderFileSystemFactory(storage),
                new FileFormats(Set.of(new ParquetFormat(config, new ParquetFooters(config)), new OpenXJsonFormat())));
        queryRunner.installPlugin(new Plugin()
        {
            @Override
            public Iterable<ConnectorFactory> getConnectorFactories()
            {
                return List.of(estimates);
            }
        });
        queryRunner.createCatalog(CATALOG, RecordedEstimates.NAME, Map.of(
                "storage.kind", "local",
                "storage.local.root", storage.toString(),
                "tarn.writer-sort-buffer-size", "16kB"));
        for (int version = 1; version <= 2; version++) {
            execute("CREATE TABLE flat_%1$s WITH (external_location = 's3://lake/flat_%1$s', bucketed_by = ARRAY['k', 's'], bucket_count = 8, bucketing_version = %1$s) AS ".formatted(version) +
                    "SELECT n AS k, 's' || CAST(n / 10 % 10 AS varchar) AS s, n * 2 AS v FROM UNNEST(sequence(1, 1000)) t(n)");
        }
        execute("CREATE TABLE parts (k integer, v double, p varchar) WITH (external_location = 's3://lake/parts', bucketed_by = ARRAY['k'], bucket_count = 4, partitioned_by = ARRAY['p'])");
        execute("INSERT INTO parts SELECT CAST(n AS integer), n / 2E0, 'p' || CAST(n % 3 AS varchar) FROM UNNEST(sequence(1, 600)) t(n)");
    }

    @AfterAll
    void stop()
    {
        estimates.close();
        runner.close();
    }

    @Test
    void aFileForEachBucket()
    {
        for (String table : List.of("flat_1", "flat_2")) {
            assertThat(rows("SELECT count(*), count(DISTINCT \"$bucket\"), min(\"$bucket\"), max(\"$bucket\") FROM " + table)).isEqualTo("[[1000, 8, 0, 7]]");
            assertThat(rows("SELECT count(DISTINCT \"$path\") FROM " + table)).isEqualTo("[[8]]");
        }
        assertThat(rows("SELECT count(DISTINCT \"$path\"), count(DISTINCT \"$bucket\") FROM parts")).isEqualTo("[[12, 4]]");
        // Hive's first hash of a number is the number
        assertThat(rows("SELECT count(*) FROM parts WHERE \"$bucket\" <> k % 4")).isEqualTo("[[0]]");
        assertThat(rows("SELECT count(*) FROM parts WHERE regexp_like(\"$path\", '/00000[0-3]_0_[^/]*$')")).isEqualTo("[[600]]");
        assertThatThrownBy(() -> execute("SELECT \"$bucket\" FROM (SELECT * FROM flat_1)")).hasMessageContaining("cannot be resolved");
    }

    @Test
    void onlyBucketsThatAreAskedFor()
    {
        for (String table : List.of("flat_1", "flat_2")) {
            assertRead("SELECT v FROM %s WHERE k = 77 AND s = 's7'".formatted(table), "[[154]]", 1);
            assertRead("SELECT sum(v) FROM %s WHERE k IN (1, 12) AND s IN ('s0', 's1')".formatted(table), "[[26]]", range(1, 4));
            assertRead("SELECT sum(v) FROM %s WHERE k = 77".formatted(table), "[[154]]", 8);
            assertRead("SELECT sum(v) FROM %s WHERE k BETWEEN 77 AND 79 AND s = 's7'".formatted(table), "[[468]]", range(1, 3));
            assertRead("SELECT count(*) FROM %s WHERE k = 77 AND s IS NULL".formatted(table), "[[0]]", 1);
            assertRead("SELECT count(DISTINCT \"$bucket\") FROM %s WHERE \"$bucket\" IN (2, 5, 9)".formatted(table), "[[2]]", 2);
            assertRead("SELECT count(*) FROM %s WHERE \"$bucket\" IS NULL".formatted(table), "[[0]]", 0);
            assertRead("SELECT count(*) FROM %s WHERE \"$bucket\" > 7".formatted(table), "[[0]]", 0);
        }
        assertRead("SELECT count(*), sum(k) FROM parts WHERE k = 7", "[[1, 7]]", 3);
        assertRead("SELECT count(*), sum(k) FROM parts WHERE k = 7 AND p = 'p1'", "[[1, 7]]", 1);
        assertRead("SELECT count(*), sum(k) FROM parts WHERE k IN (7, 11, 15, 8)", "[[4, 41]]", 6);
        Session whole = Session.builder(session()).setCatalogSessionProperty(CATALOG, "bucket_execution_enabled", "false").build();
        assertThat(run(whole, "SELECT count(*), sum(k) FROM parts WHERE k = 7").files()).isEqualTo(12);
        assertThat(run(whole, "SELECT count(*), min(\"$bucket\") FROM parts WHERE \"$bucket\" = 3").result().getMaterializedRows().toString()).isEqualTo("[[150, 3]]");
    }

    @Test
    void zerosWithTwoHashes()
    {
        for (int version = 1; version <= 2; version++) {
            execute("CREATE TABLE zeros_%1$s WITH (external_location = 's3://lake/zeros_%1$s', bucketed_by = ARRAY['d', 'r', 'a'], bucket_count = 50, bucketing_version = %1$s) AS ".formatted(version) +
                    "SELECT d, CAST(r AS real) AS r, ARRAY[d] AS a FROM (VALUES 0E0, -0E0, nan(), 1E0, NULL) t(d) CROSS JOIN (VALUES 0E0, -0E0) u(r)");
            assertThat(rows("SELECT count(*) FROM zeros_%s WHERE d = 0E0 AND r = REAL '0' AND a = ARRAY[0E0]".formatted(version))).isEqualTo("[[4]]");
            assertThat(rows("SELECT count(*) FROM zeros_%s WHERE d = -0E0 AND r = REAL '-0' AND a = ARRAY[-0E0]".formatted(version))).isEqualTo("[[4]]");
            assertThat(rows("SELECT count(*) FROM zeros_%s WHERE is_nan(d) AND r = REAL '-0'".formatted(version))).isEqualTo("[[2]]");
            assertThat(rows("SELECT count(*) FROM zeros_%s WHERE d IS NULL AND r = REAL '-0'".formatted(version))).isEqualTo("[[2]]");
            execute("CREATE TABLE flat_zeros_%1$s WITH (external_location = 's3://lake/flat_zeros_%1$s', bucketed_by = ARRAY['d', 'r'], bucket_count = 50, bucketing_version = %1$s) AS SELECT d, r FROM zeros_%1$s".formatted(version));
            assertThat(rows("SELECT count(*) FROM flat_zeros_%s WHERE d = 0E0 AND r = REAL '0'".formatted(version))).isEqualTo("[[4]]");
            assertThat(run(session(), "SELECT count(*) FROM flat_zeros_%s WHERE d = 1E0 AND r = REAL '0'".formatted(version)).files()).isBetween(1, 2);
        }
    }

    @Test
    void structures()
    {
        execute("CREATE TABLE structures WITH (external_location = 's3://lake/structures', bucketed_by = ARRAY['a', 'm'], bucket_count = 20) AS " +
                "SELECT ARRAY[n, if(n % 2 = 0, n)] AS a, MAP(ARRAY['k'], ARRAY[if(n % 3 = 0, n)]) AS m, CAST(ROW(n, if(n % 2 = 0, n)) AS ROW(x bigint, y bigint)) AS r FROM UNNEST(sequence(1, 100)) t(n)");
        assertRead("SELECT count(*) FROM structures WHERE a = ARRAY[6, 6] AND m = MAP(ARRAY['k'], ARRAY[BIGINT '6'])", "[[1]]", 1);
        // equal to nothing, and must not keep the planner busy for ever
        Session impatient = Session.builder(session()).setSystemProperty("iterative_optimizer_timeout", "40s").build();
        for (String condition : List.of("a = ARRAY[5, NULL]", "a > ARRAY[99, NULL]", "m = MAP(ARRAY['k'], ARRAY[CAST(NULL AS bigint)])", "r = CAST(ROW(5, NULL) AS ROW(x bigint, y bigint))", "a IN (ARRAY[5, NULL], ARRAY[7, NULL])")) {
            assertThat(queryRunner.execute(impatient, "SELECT count(*) FROM structures WHERE " + condition).getOnlyValue()).as(condition).isIn(0L, 1L);
        }
    }

    @Test
    void filesThatTellNoBucketAreReadInAnyCase()
            throws IOException
    {
        execute("CREATE TABLE mixed (k integer, v varchar) WITH (format = 'OPENX_JSON', external_location = 's3://lake/mixed', bucketed_by = ARRAY['k'], bucket_count = 2)");
        runner.put("mixed/part-0001.json", "{\"k\": 1, \"v\": \"nobody knows\"}\n{\"k\": 2, \"v\": \"nobody knows\"}\n");
        runner.put("mixed/000007_0", "{\"k\": 1, \"v\": \"of more buckets\"}\n");
        runner.put("mixed/99999999999999_0", "{\"k\": 1, \"v\": \"a number too long\"}\n");
        runner.put("mixed/20260101_000000_00001_abcde_bucket-00001.json", "{\"k\": 1, \"v\": \"Athena\"}\n");
        runner.put("mixed/000000_0_copy_1", "{\"k\": 2, \"v\": \"Hive\"}\n");
        runner.put("mixed/bucket_00000", "{\"k\": 4, \"v\": \"Hive, transactional\"}\n");
        assertThat(rows("SELECT k, \"$bucket\", v FROM mixed ORDER BY 3, 1"))
                .isEqualTo("[[1, 1, Athena], [2, 0, Hive], [4, 0, Hive, transactional], [1, null, a number too long], [1, null, nobody knows], [2, null, nobody knows], [1, null, of more buckets]]");
        assertRead("SELECT count(*) FROM mixed WHERE k = 1", "[[4]]", 4);
        assertRead("SELECT count(*) FROM mixed WHERE k = 2", "[[2]]", 5);
        assertRead("SELECT count(*) FROM mixed WHERE \"$bucket\" = 1", "[[1]]", 1);
        assertRead("SELECT count(*) FROM mixed WHERE \"$bucket\" IS NULL", "[[4]]", 3);
        // rows are put where they belong
        execute("ALTER TABLE mixed EXECUTE optimize(file_size_threshold => '1MB')");
        assertThat(rows("SELECT count(*), count(\"$bucket\"), count(DISTINCT \"$path\") FROM mixed WHERE \"$bucket\" = k % 2")).isEqualTo("[[7, 7, 2]]");
        assertRead("SELECT count(*) FROM mixed WHERE k = 1", "[[4]]", 1);
    }

    @Test
    void filesWithRowsOfOtherBuckets()
            throws IOException
    {
        execute("CREATE TABLE wrong (k integer, v varchar) WITH (format = 'OPENX_JSON', external_location = 's3://lake/wrong', bucketed_by = ARRAY['k'], bucket_count = 2)");
        runner.put("wrong/000000_0", "{\"k\": 2, \"v\": \"right\"}\n");
        runner.put("wrong/000001_0", "{\"k\": 4, \"v\": \"wrong\"}\n{\"k\": 1, \"v\": \"right\"}\n");
        assertThat(rows("SELECT v FROM wrong WHERE k = 2")).isEqualTo("[[right]]");
        // the columns that tell it are not read
        assertThat(rows("SELECT count(*) FROM wrong")).isEqualTo("[[3]]");
        for (String condition : List.of("k = 1", "k > 0")) {
            assertThatThrownBy(() -> execute("SELECT v FROM wrong WHERE " + condition))
                    .hasMessageContaining("File s3://lake/wrong/000001_0 is of bucket 1 of table tests.wrong, but row 1 of a page of it is of bucket 0")
                    .hasMessageContaining("validate_bucketing");
        }
        Session trusting = Session.builder(session()).setCatalogSessionProperty(CATALOG, "validate_bucketing", "false").build();
        assertThat(queryRunner.execute(trusting, "SELECT count(*) FROM wrong WHERE k > 0").getOnlyValue()).isEqualTo(3L);
        Session whole = Session.builder(trusting).setCatalogSessionProperty(CATALOG, "bucket_execution_enabled", "false").build();
        assertThat(queryRunner.execute(whole, "SELECT v FROM wrong WHERE k = 4").getOnlyValue()).isEqualTo("wrong");
        queryRunner.execute(trusting, "ALTER TABLE wrong EXECUTE optimize");
        assertThat(rows("SELECT k, \"$bucket\" FROM wrong ORDER BY k")).isEqualTo("[[1, 1], [2, 0], [4, 0]]");
    }

    @Test
    void partitionsWithOtherBuckets()
    {
        execute("CREATE TABLE grown (k integer, p varchar) WITH (external_location = 's3://lake/grown', bucketed_by = ARRAY['k'], bucket_count = 4, partitioned_by = ARRAY['p'])");
        execute("INSERT INTO grown SELECT CAST(n AS integer), 'four' FROM UNNEST(sequence(1, 100)) t(n)");
        changeBuckets("grown", 2);
        execute("INSERT INTO grown SELECT CAST(n AS integer), 'two' FROM UNNEST(sequence(1, 100)) t(n)");
        assertThat(rows("SELECT p, count(*), count(\"$bucket\"), max(\"$bucket\") FROM grown GROUP BY p ORDER BY p")).isEqualTo("[[four, 100, 100, 1], [two, 100, 100, 1]]");
        assertThat(rows("SELECT count(*) FROM grown WHERE \"$bucket\" <> k % 2")).isEqualTo("[[0]]");
        assertRead("SELECT count(*) FROM grown WHERE k = 7", "[[2]]", 2);
        assertThatThrownBy(() -> execute("INSERT INTO grown VALUES (1, 'four')")).hasMessageContaining("has 4 buckets by [k], but the table 2 by [k]");
        changeBuckets("grown", 8);
        assertThat(rows("SELECT count(*), count(\"$bucket\") FROM grown")).isEqualTo("[[200, 0]]");
        assertRead("SELECT count(*) FROM grown WHERE k = 7", "[[2]]", 2);
        // a partition that says nothing of buckets
        changePartition("grown", "p=two", partition -> Partition.builder(partition).withStorage(storage -> storage.setBucketProperty(Optional.empty())).build());
        assertRead("SELECT count(*) FROM grown WHERE k = 7", "[[2]]", 3);
        // hashes of another type are others
        changePartition("grown", "p=four", partition -> Partition.builder(partition).setColumns(TarnQueryRunner.columns("k smallint")).build());
        assertRead("SELECT count(*) FROM grown WHERE k = 7 AND p = 'two'", "[[1]]", 2);
    }

    @Test
    void bucketsThatCannotBeUsed()
    {
        execute("CREATE TABLE strange WITH (external_location = 's3://lake/strange', bucketed_by = ARRAY['k'], bucket_count = 2) AS SELECT * FROM (VALUES (1, 'a'), (2, 'b')) t(k, v)");
        Map<String, Function<Table, Table>> changes = Map.of(
                "its parameter bucketing_version is '3'", table -> Table.builder(table).setParameter("bucketing_version", "3").build(),
                "bucketed by Spark", table -> Table.builder(table).setParameter("spark.sql.sources.provider", "parquet").build(),
                "by column 'gone', which it does not have", table -> withBuckets(table, new HiveBucketProperty(List.of("gone"), 2, List.of())),
                "it has 100000 buckets", table -> withBuckets(table, new HiveBucketProperty(List.of("k"), 100_000, List.of())));
        Table table = metastore().getTable(SCHEMA, "strange").orElseThrow();
        changes.forEach((message, change) -> {
            metastore().replaceTable(SCHEMA, "strange", change.apply(table), NO_PRIVILEGES, Map.of());
            assertRead("SELECT v FROM strange WHERE k = 1", "[[a]]", 2);
            assertThatThrownBy(() -> execute("SELECT \"$bucket\" FROM strange")).hasMessageContaining("cannot be resolved");
            assertThatThrownBy(() -> execute("INSERT INTO strange VALUES (1, 'c')")).hasMessageContaining("Table tests.strange cannot be written").hasMessageContaining(message);
            assertThatThrownBy(() -> execute("ALTER TABLE strange EXECUTE optimize")).hasMessageContaining(message);
        });
        metastore().replaceTable(SCHEMA, "strange", table, NO_PRIVILEGES, Map.of());
        assertRead("SELECT v FROM strange WHERE k = 1", "[[a]]", 1);
    }

    @Test
    void sortedFiles()
    {
        execute("CREATE TABLE sorted (k integer, a varchar, b bigint, p integer) WITH (format = 'OPENX_JSON', write_compression = 'NONE', external_location = 's3://lake/sorted', bucketed_by = ARRAY['k'], bucket_count = 2, sorted_by = ARRAY['b DESC', 'a'], partitioned_by = ARRAY['p'])");
        // more than is held back, in no order, with nulls
        execute("INSERT INTO sorted SELECT CAST(n AS integer), rpad('a' || CAST(n % 7 AS varchar), 2000, '-'), if(n % 11 = 0, NULL, (n * 7919) % 1009), CAST(n % 3 AS integer) FROM UNNEST(sequence(1, 6000)) t(n)");
        assertThat(rows("SELECT count(*), count(DISTINCT k), sum(b) FROM sorted"))
                .isEqualTo(rows("SELECT 6000, 6000, sum(if(n % 11 = 0, NULL, (n * 7919) % 1009)) FROM UNNEST(sequence(1, 6000)) t(n)"));
        assertThat(rows("SELECT count(DISTINCT \"$path\") > 6 FROM sorted")).isEqualTo("[[true]]");
        assertSorted();
        execute("ALTER TABLE sorted EXECUTE optimize");
        assertSorted();
        assertThat(rows("SELECT count(*), count(DISTINCT k) FROM sorted WHERE \"$bucket\" = k % 2")).isEqualTo("[[6000, 6000]]");
    }

    private void assertSorted()
    {
        Map<String, List<List<Object>>> files = execute("SELECT \"$path\", b, a FROM sorted").getMaterializedRows().stream()
                .collect(groupingBy(row -> (String) row.getField(0), mapping(row -> row.getFields().subList(1, 3), toList())));
        assertThat(files.values()).allSatisfy(rows -> assertThat(rows).isSortedAccordingTo((left, right) -> {
            long first = left.getFirst() == null ? -1 : (long) left.getFirst();
            long second = right.getFirst() == null ? -1 : (long) right.getFirst();
            return first == second ? ((String) left.getLast()).compareTo((String) right.getLast()) : Long.compare(second, first);
        }));
    }

    @Test
    void insertsOverwritesAndOptimizationsKeepBuckets()
    {
        execute("CREATE TABLE kept (k bigint, v integer) WITH (external_location = 's3://lake/kept', bucketed_by = ARRAY['k'], bucket_count = 4)");
        for (int insert = 0; insert < 5; insert++) {
            execute("INSERT INTO kept SELECT n, %s FROM UNNEST(sequence(1, 40)) t(n)".formatted(insert));
        }
        assertThat(rows("SELECT count(*), count(DISTINCT \"$path\") FROM kept WHERE \"$bucket\" = k % 4")).isEqualTo("[[200, 20]]");
        execute("ALTER TABLE kept EXECUTE optimize");
        assertThat(rows("SELECT count(*), count(DISTINCT \"$path\") FROM kept WHERE \"$bucket\" = k % 4")).isEqualTo("[[200, 4]]");
        queryRunner.execute(Session.builder(session()).setCatalogSessionProperty(CATALOG, "insert_existing_partitions_behavior", "OVERWRITE").build(), "INSERT INTO kept VALUES (3, 3)");
        // no file for an empty bucket
        assertThat(rows("SELECT k, \"$bucket\" FROM kept")).isEqualTo("[[3, 3]]");
        assertThat(files("kept")).hasSize(1);
    }

    @Test
    void tooManyBucketsAtOnce()
    {
        Session session = Session.builder(session()).setCatalogSessionProperty(CATALOG, "max_open_partitions", "3").build();
        assertThatThrownBy(() -> queryRunner.execute(session, "CREATE TABLE wide WITH (external_location = 's3://lake/wide', bucketed_by = ARRAY['n'], bucket_count = 64) AS SELECT n FROM UNNEST(sequence(1, 1000)) t(n)"))
                .hasMessageContaining("more than 3 buckets of table tests.wide").hasMessageContaining("max_open_partitions");
    }

    private List<Path> files(String folder)
    {
        try (Stream<Path> files = Files.walk(bucket.resolve(folder))) {
            return files.filter(Files::isRegularFile).toList();
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void changeBuckets(String name, int count)
    {
        Table table = metastore().getTable(SCHEMA, name).orElseThrow();
        metastore().replaceTable(SCHEMA, name, withBuckets(table, new HiveBucketProperty(List.of("k"), count, List.of())), NO_PRIVILEGES, Map.of());
    }

    private static Table withBuckets(Table table, HiveBucketProperty buckets)
    {
        return Table.builder(table).withStorage(storage -> storage.setBucketProperty(Optional.of(buckets))).build();
    }

    private void changePartition(String name, String partitionName, UnaryOperator<Partition> change)
    {
        Table table = metastore().getTable(SCHEMA, name).orElseThrow();
        Partition partition = metastore().getPartitionsByNames(table, List.of(partitionName)).get(partitionName).orElseThrow();
        metastore().alterPartition(SCHEMA, name, new PartitionWithStatistics(change.apply(partition), partitionName, PartitionStatistics.empty()));
    }

    private HiveMetastore metastore()
    {
        return runner.metastore().metastore();
    }

    private static int[] range(int from, int to)
    {
        return new int[] {from, to};
    }

    private void assertRead(String sql, String rows, int files)
    {
        assertRead(sql, rows, range(files, files));
    }

    /**
     * @param files how few and how many the query may read
     */
    private void assertRead(String sql, String rows, int[] files)
    {
        Read read = run(session(), sql);
        assertThat(read.result().getMaterializedRows().toString()).as(sql).isEqualTo(rows);
        assertThat(read.files()).as(sql).isBetween(files[0], files[1]);
        assertThat(read.estimated()).as(sql).isEqualTo(read.actual());
    }

    private Read run(Session session, String sql)
    {
        MaterializedResultWithPlan result = queryRunner.executeWithPlan(session, sql);
        QueryStats stats = queryRunner.getCoordinator().getQueryManager().getFullQueryInfo(result.queryId()).getQueryStats();
        List<EstimatedGroup> groups = estimates.groups(result.queryId().id());
        return new Read(
                result.result(),
                groups.stream().mapToInt(group -> group.group().units().size()).sum(),
                groups.stream().mapToLong(EstimatedGroup::bytes).sum(),
                stats.getPhysicalInputDataSize().toBytes());
    }

    private Session session()
    {
        return Session.builder(queryRunner.getDefaultSession()).setCatalog(CATALOG).setSchema(SCHEMA).build();
    }

    private MaterializedResult execute(String sql)
    {
        return queryRunner.execute(session(), sql);
    }

    private String rows(String sql)
    {
        return execute(sql).getMaterializedRows().toString();
    }

    private record Read(MaterializedResult result, int files, long estimated, long actual) {}
}
