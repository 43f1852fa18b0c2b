package io.tarn.connector;

import com.google.common.collect.ImmutableList;
import io.trino.spi.connector.ConnectorSplit;
import io.trino.spi.connector.ConnectorSplitSource;
import io.trino.spi.connector.DynamicFilterSnapshot;
import io.trino.spi.metrics.Metrics;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import static java.util.Objects.requireNonNull;

/**
 * Remembers which files were handed out to be read.
 */
final class ScannedFilesSplitSource
        implements ConnectorSplitSource
{
    private final ConnectorSplitSource splits;
    private final Set<Object> files = ConcurrentHashMap.newKeySet();

    ScannedFilesSplitSource(ConnectorSplitSource splits)
    {
        this.splits = requireNonNull(splits, "splits is null");
    }

    @Override
    public CompletableFuture<List<ConnectorSplit>> getNextBatch(int maxSize, DynamicFilterSnapshot dynamicFilterSnapshot)
    {
        return splits.getNextBatch(maxSize, dynamicFilterSnapshot).thenApply(batch -> {
            for (ConnectorSplit split : batch) {
                ((TarnSplit) split).group().units().forEach(unit -> files.add(unit.location()));
            }
            return batch;
        });
    }

    @Override
    public Optional<List<Object>> getTableExecuteSplitsInfo()
    {
        return Optional.of(ImmutableList.copyOf(files));
    }

    @Override
    public long getRequestedDynamicFilterWaitTimeoutMillis()
    {
        return splits.getRequestedDynamicFilterWaitTimeoutMillis();
    }

    @Override
    public Metrics getMetrics()
    {
        return splits.getMetrics();
    }

    @Override
    public boolean isFinished()
    {
        return splits.isFinished();
    }

    @Override
    public void close()
    {
        splits.close();
    }
}
