package io.tarn.connector;

import io.tarn.format.FileFormats;
import io.tarn.format.json.OpenXJsonFormat;
import io.tarn.format.parquet.ParquetFooters;
import io.tarn.format.parquet.ParquetFormat;
import io.tarn.format.parquet.ParquetReadConfig;
import io.tarn.storage.BucketFolderFileSystemFactory;
import io.trino.Session;
import io.trino.execution.QueryStats;
import io.trino.spi.Plugin;
import io.trino.spi.connector.ConnectorFactory;
import io.trino.testing.QueryRunner;
import io.trino.testing.QueryRunner.MaterializedResultWithPlan;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static io.tarn.connector.TarnQueryRunner.columns;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

/**
 * What is told of queries against what they read, with splits that hold many files, slices, or files that are none.
 */
@TestInstance(PER_CLASS)
final class TestScanEstimator
{
    private static final String CATALOG = "estimated";
    private static final String LINE = "{\"n\": %s, \"text\": \"some text that makes the line a little longer\"}\n";

    private TarnQueryRunner runner;
    private QueryRunner queryRunner;
    private RecordedEstimates estimates;

    @BeforeAll
    void start(@TempDir Path folder)
            throws Exception
    {
        runner = new TarnQueryRunner(folder);
        queryRunner = runner.queryRunner();
        Path storage = folder.resolve("s3");
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
                "tarn.max-split-size", "512kB",
                "tarn.small-file-group-size", "64kB"));

        runner.createJsonTable("many", columns("n bigint", "text string"), columns("day string"), Map.of());
        for (int file = 0; file < 100; file++) {
            String partition = "day=" + file % 4;
            runner.put("many/%s/%s.json".formatted(partition, file), lines(file % 7 + 1));
            if (file < 4) {
                runner.addPartition("many", partition, columns("n bigint", "text string"));
            }
        }
        runner.createJsonTable("sliced", columns("n bigint", "text string"), List.of(), Map.of());
        runner.put("sliced/large.json", lines(60_000));
        runner.createParquetTable("broken", "broken", columns("n bigint", "text string"));
        runner.put("broken/text.parquet", "this is no parquet file\n".repeat(100));
    }

    @AfterAll
    void stop()
    {
        estimates.close();
        runner.close();
    }

    @Test
    void filesOfManyPartitions()
    {
        Cost all = run("SELECT * FROM many");
        assertThat(all.estimated()).isEqualTo(all.actual());
        assertThat(all.exact()).isTrue();
        Cost day = run("SELECT count(*) FROM many WHERE day = '1'");
        assertThat(day.estimated()).isEqualTo(day.actual()).isLessThan(all.actual() / 3);
        assertThat(run("SELECT max(n) FROM many WHERE n > 3").estimated()).isEqualTo(all.actual());
    }

    @Test
    void slicesOfOneFile()
    {
        Cost cost = run("SELECT sum(n) FROM sliced");
        assertThat(cost.groups()).isGreaterThan(5);
        assertThat(cost.exact()).isFalse();
        assertThat(cost.estimated()).isGreaterThanOrEqualTo(cost.actual());
    }

    @Test
    void limits()
    {
        Cost whole = run("SELECT * FROM sliced");
        for (int limit : new int[] {1, 3, 10, 100}) {
            for (String table : List.of("many", "sliced")) {
                Cost cost = run("SELECT * FROM %s LIMIT %s".formatted(table, limit));
                assertThat(cost.estimated()).isGreaterThanOrEqualTo(cost.actual());
                assertThat(cost.rows()).isEqualTo(limit);
            }
        }
        Cost one = run("SELECT * FROM sliced LIMIT 1");
        assertThat(one.estimated()).isLessThan(whole.actual() / 2);
    }

    @Test
    void limitAcrossFilesOfASplit()
    {
        // 25 files of a partition hold some hundred rows
        assertThat(run("SELECT * FROM many LIMIT 350").rows()).isEqualTo(350);
        assertThat(run("SELECT * FROM many LIMIT 100000").rows()).isEqualTo(run("SELECT * FROM many").rows());
    }

    @Test
    void brokenFileIsToldByWhoReadsIt()
    {
        String read = failure("tarn", "SELECT n FROM broken");
        assertThat(read).contains("s3://lake/broken/text.parquet is not a Parquet file").contains("looks like text");
        assertThat(failure(CATALOG, "SELECT n FROM broken")).isEqualTo(read);
        assertThat(estimates.groups()).anySatisfy(group -> {
            assertThat(group.group().units().getFirst().location()).isEqualTo("s3://lake/broken/text.parquet");
            assertThat(group.bytes()).isEqualTo(2400);
            assertThat(group.rows()).isEmpty();
            assertThat(group.exact()).isFalse();
        });
    }

    private String failure(String catalog, String sql)
    {
        return catchThrowable(() -> queryRunner.execute(session(catalog), sql)).getMessage();
    }

    private Cost run(String sql)
    {
        MaterializedResultWithPlan result = queryRunner.executeWithPlan(session(CATALOG), sql);
        QueryStats stats = queryRunner.getCoordinator().getQueryManager().getFullQueryInfo(result.queryId()).getQueryStats();
        List<EstimatedGroup> groups = estimates.groups(result.queryId().id());
        return new Cost(
                groups.stream().mapToLong(EstimatedGroup::bytes).sum(),
                stats.getPhysicalInputDataSize().toBytes(),
                groups.stream().allMatch(EstimatedGroup::exact),
                groups.size(),
                result.result().getRowCount());
    }

    private Session session(String catalog)
    {
        return Session.builder(queryRunner.getDefaultSession()).setCatalog(catalog).setSchema(TarnQueryRunner.SCHEMA).build();
    }

    private static String lines(int count)
    {
        StringBuilder lines = new StringBuilder();
        for (int line = 0; line < count; line++) {
            lines.append(LINE.formatted(line));
        }
        return lines.toString();
    }

    private record Cost(long estimated, long actual, boolean exact, int groups, int rows) {}
}
