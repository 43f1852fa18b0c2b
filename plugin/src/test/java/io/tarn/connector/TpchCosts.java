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

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What is told of the queries of TPC-H beforehand, and what they read.
 */
final class TpchCosts
        implements AutoCloseable
{
    private static final Logger log = Logger.get(TpchCosts.class);
    private static final String CATALOG = "estimated";
    private static final int CONCURRENCY = 4;

    private final QueryRunner queryRunner;
    private final RecordedEstimates estimates;

    /**
     * @param storage the folder of the runner's buckets
     */
    TpchCosts(TarnQueryRunner runner, Path storage)
    {
        queryRunner = runner.queryRunner();
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
    }

    /**
     * Of all queries, in their order.
     *
     * @param property of the session
     */
    List<Cost> measure(String title, String property, String value)
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
            List<Cost> measured = costs.stream().map(Futures::getUnchecked).toList();
            print(title, measured);
            return measured;
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

    record Cost(int query, long estimated, long actual, long estimatedRows, long rows, boolean exact) {}

    @Override
    public void close()
    {
        estimates.close();
    }
}
