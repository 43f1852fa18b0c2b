package io.tarn.connector;

import com.google.common.collect.ImmutableList;
import io.tarn.scan.ScanGroup;
import io.trino.spi.connector.ConnectorSplit;
import io.trino.spi.connector.ConnectorSplitSource;
import io.trino.spi.connector.DynamicFilterSnapshot;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import static java.util.Objects.requireNonNull;

/**
 * Hands out splits as the scan finds them.
 */
final class TarnSplitSource
        implements ConnectorSplitSource
{
    // so that the first splits run while a large scan is still listed
    private static final int LARGEST_BATCH = 100;

    private final Supplier<Iterator<ScanGroup>> scan;
    private final DynamicPartitionFilter dynamicFilter;
    private final long dynamicFilterWaitMillis;
    private final long usualSplitBytes;
    private final Executor executor;
    private volatile boolean finished;
    private Iterator<ScanGroup> groups;

    TarnSplitSource(
            Supplier<Iterator<ScanGroup>> scan,
            DynamicPartitionFilter dynamicFilter,
            long dynamicFilterWaitMillis,
            long usualSplitBytes,
            Executor executor)
    {
        this.scan = requireNonNull(scan, "scan is null");
        this.dynamicFilter = requireNonNull(dynamicFilter, "dynamicFilter is null");
        this.dynamicFilterWaitMillis = dynamicFilterWaitMillis;
        this.usualSplitBytes = usualSplitBytes;
        this.executor = requireNonNull(executor, "executor is null");
    }

    @Override
    public long getRequestedDynamicFilterWaitTimeoutMillis()
    {
        return dynamicFilterWaitMillis;
    }

    @Override
    public CompletableFuture<List<ConnectorSplit>> getNextBatch(int maxSize, DynamicFilterSnapshot dynamicFilterSnapshot)
    {
        dynamicFilter.update(dynamicFilterSnapshot.currentPredicate());
        if (dynamicFilter.isNone()) {
            finished = true;
            return CompletableFuture.completedFuture(ImmutableList.of());
        }
        return SplitBatches.withoutWrapping(CompletableFuture.supplyAsync(() -> nextBatch(Math.min(maxSize, LARGEST_BATCH)), executor));
    }

    // the engine has one request outstanding at a time
    private List<ConnectorSplit> nextBatch(int maxSize)
    {
        if (groups == null) {
            groups = scan.get();
        }
        ImmutableList.Builder<ConnectorSplit> splits = ImmutableList.builder();
        for (int count = 0; count < maxSize && !finished; count++) {
            if (!groups.hasNext()) {
                finished = true;
                break;
            }
            splits.add(TarnSplit.of(groups.next(), usualSplitBytes));
        }
        return splits.build();
    }

    @Override
    public void close()
    {
        finished = true;
    }

    @Override
    public boolean isFinished()
    {
        return finished;
    }
}
