package io.tarn.connector;

import io.tarn.format.FileFormats;
import io.tarn.scan.ScanGroup;
import io.trino.filesystem.TrinoFileSystemFactory;
import io.trino.spi.connector.ColumnHandle;
import io.trino.spi.connector.Connector;
import io.trino.spi.connector.ConnectorContext;
import io.trino.spi.connector.ConnectorFactory;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorSplit;
import io.trino.spi.connector.ConnectorSplitManager;
import io.trino.spi.connector.ConnectorSplitSource;
import io.trino.spi.connector.ConnectorTableHandle;
import io.trino.spi.connector.ConnectorTransactionHandle;
import io.trino.spi.connector.Constraint;
import io.trino.spi.connector.DynamicFilterSnapshot;

import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import static com.google.common.reflect.Reflection.newProxy;
import static java.util.Collections.synchronizedList;
import static java.util.Objects.requireNonNull;

/**
 * The connector under another name, with the cost of every split that it hands out written down.
 */
final class RecordedEstimates
        implements ConnectorFactory, AutoCloseable
{
    static final String NAME = "tarn_recorded";

    private final ConnectorFactory factory;
    private final TrinoFileSystemFactory fileSystemFactory;
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final ScanEstimator estimator;
    private final Map<String, List<EstimatedGroup>> groups = new ConcurrentHashMap<>();

    RecordedEstimates(ConnectorFactory factory, TrinoFileSystemFactory fileSystemFactory, FileFormats formats)
    {
        this.factory = requireNonNull(factory, "factory is null");
        this.fileSystemFactory = requireNonNull(fileSystemFactory, "fileSystemFactory is null");
        estimator = new ScanEstimator(formats, executor, 4, new TarnConfig().getDomainCompactionThreshold());
    }

    @Override
    public String getName()
    {
        return NAME;
    }

    List<EstimatedGroup> groups(String queryId)
    {
        return groups.getOrDefault(queryId, List.of());
    }

    List<EstimatedGroup> groups()
    {
        return groups.values().stream().flatMap(List::stream).toList();
    }

    @Override
    public Connector create(String catalogName, Map<String, String> config, ConnectorContext context)
    {
        Connector connector = factory.create(catalogName, config, context);
        return newProxy(Connector.class, (_, method, arguments) -> {
            try {
                Object result = method.invoke(connector, arguments);
                return result instanceof ConnectorSplitManager splits ? new RecordingSplitManager(splits) : result;
            }
            catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }

    @Override
    public void close()
    {
        executor.shutdownNow();
    }

    private final class RecordingSplitManager
            implements ConnectorSplitManager
    {
        private final ConnectorSplitManager splits;

        private RecordingSplitManager(ConnectorSplitManager splits)
        {
            this.splits = splits;
        }

        @Override
        public ConnectorSplitSource getSplits(
                ConnectorTransactionHandle transaction,
                ConnectorSession session,
                ConnectorTableHandle table,
                Set<ColumnHandle> dynamicFilterColumns,
                Constraint constraint)
        {
            ConnectorSplitSource source = splits.getSplits(transaction, session, table, dynamicFilterColumns, constraint);
            List<TarnColumnHandle> columns = constraint.getAssignments().values().stream().map(TarnColumnHandle.class::cast).toList();
            List<EstimatedGroup> recorded = groups.computeIfAbsent(session.getQueryId(), _ -> synchronizedList(new ArrayList<>()));
            return new ConnectorSplitSource()
            {
                @Override
                public CompletableFuture<List<ConnectorSplit>> getNextBatch(int maxSize, DynamicFilterSnapshot dynamicFilter)
                {
                    return source.getNextBatch(maxSize, dynamicFilter).thenApply(batch -> {
                        Iterator<ScanGroup> handedOut = batch.stream().map(split -> ((TarnSplit) split).group()).iterator();
                        estimator.estimates(session, fileSystemFactory.create(session), (TarnTableHandle) table, columns, dynamicFilterColumns, handedOut)
                                .forEachRemaining(recorded::add);
                        return batch;
                    });
                }

                @Override
                public long getRequestedDynamicFilterWaitTimeoutMillis()
                {
                    return source.getRequestedDynamicFilterWaitTimeoutMillis();
                }

                @Override
                public Optional<List<Object>> getTableExecuteSplitsInfo()
                {
                    return source.getTableExecuteSplitsInfo();
                }

                @Override
                public void close()
                {
                    source.close();
                }

                @Override
                public boolean isFinished()
                {
                    return source.isFinished();
                }
            };
        }
    }
}
