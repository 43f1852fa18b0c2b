package io.tarn.connector;

import com.google.common.collect.ImmutableMap;
import com.google.common.util.concurrent.Futures;
import io.airlift.log.Logger;
import io.tarn.format.FileFormats;
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

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

/**
 * The queries of TPC-H over Parquet that the Hive connector wrote: what is told of them beforehand, and what they read.
 */
@TestInstance(PER_CLASS)
final class TestTpchEstimates
{
    private static final Logger log = Logger.get(TestTpchEstimates.class);
    private static final String CATALOG = "estimated";
    private static final double TOLERANCE = 0.02;
    private static final int CONCURRENCY = 4;

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
        estimates = new RecordedEstimates(runner.connectorFactory(), new BucketFolderFileSystemFactory(storage), new FileFormats(Set.of(new ParquetFormat(config, new ParquetFooters(config)))));
        queryRunner.installPlugin(new Plugin()
        {
            @Override
            public Iterable<ConnectorFactory> getConnectorFactories()
            {
                return List.of(estimates);
            }
        });
        queryRunner.createCatalog(CATALOG, RecordedEstimates.NAME, ImmutableMap.of("storage.kind", "local", "storage.local.root", storage.toString()));

        TpchTables.create(runner, storage, "sf0.1");
    }

    @AfterAll
    void stop()
    {
        estimates.close();
        runner.close();
    }

    @Test
    void estimatesAreWhatIsRead()
            throws IOException
    {
        List<Cost> costs = run("enable_dynamic_filtering", "false");
        print("Without dynamic filters", costs);
        assertThat(costs).hasSize(22).allSatisfy(cost -> {
            assertThat(cost.actual()).isPositive();
            assertThat(cost.estimated()).isGreaterThanOrEqualTo(cost.actual());
            assertThat(cost.estimated()).isLessThanOrEqualTo((long) (cost.actual() * (1 + TOLERANCE)));
        });
    }

    @Test
    void estimatesHoldWhateverFiltersArrive()
            throws IOException
    {
        List<Cost> costs = run("enable_dynamic_filtering", "true");
        print("With dynamic filters", costs);
        assertThat(costs).hasSize(22).allSatisfy(cost -> assertThat(cost.estimated()).isGreaterThanOrEqualTo(cost.actual()));
    }

    private List<Cost> run(String property, String value)
            throws IOException
    {
        Session session = Session.builder(queryRunner.getDefaultSession())
                .setCatalog(CATALOG)
                .setSchema(TarnQueryRunner.SCHEMA)
                .setSystemProperty(property, value)
                // fewer tasks for little data
                .setSystemProperty("task_concurrency", "1")
                .setSystemProperty("min_hash_partition_count", "1")
                .setSystemProperty("max_hash_partition_count", "1")
                .build();
        List<String> queries = TpchTables.queries();
        try (ExecutorService executor = Executors.newFixedThreadPool(CONCURRENCY)) {
            List<Future<Cost>> costs = new ArrayList<>();
            for (int index = 0; index < queries.size(); index++) {
                int number = index + 1;
                costs.add(executor.submit(() -> cost(session, number, queries.get(number - 1))));
            }
            return costs.stream().map(Futures::getUnchecked).toList();
        }
    }

    private Cost cost(Session session, int number, String sql)
    {
        MaterializedResultWithPlan result = queryRunner.executeWithPlan(session, sql);
        QueryStats stats = queryRunner.getCoordinator().getQueryManager().getFullQueryInfo(result.queryId()).getQueryStats();
        List<EstimatedGroup> groups = estimates.groups(result.queryId().id());
        return new Cost(
                number,
                groups.stream().mapToLong(EstimatedGroup::bytes).sum(),
                stats.getPhysicalInputDataSize().toBytes(),
                groups.stream().mapToLong(group -> group.rows().orElseThrow()).sum(),
                stats.getPhysicalInputPositions(),
                groups.stream().allMatch(EstimatedGroup::exact));
    }

    private static void print(String title, List<Cost> costs)
    {
        StringBuilder table = new StringBuilder("%s%n%5s %12s %12s %9s %10s %10s %s%n".formatted(title, "query", "estimated", "read", "ratio", "rows est.", "rows read", "exact"));
        for (Cost cost : costs) {
            table.append("%5s %12d %12d %9.4f %10d %10d %s%n".formatted("q" + cost.query(), cost.estimated(), cost.actual(), (double) cost.estimated() / cost.actual(), cost.estimatedRows(), cost.rows(), cost.exact() ? "yes" : ""));
        }
        log.info("%s", table);
    }

    private record Cost(int query, long estimated, long actual, long estimatedRows, long rows, boolean exact) {}
}
