package io.tarn.connector;

import com.google.common.collect.ImmutableList;
import io.tarn.connector.athena.AthenaRowsSplit;
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
 * Executes a statement of Athena's with the first request for splits, and hands out its rows as they are read.
 */
final class AthenaSplitSource
        implements ConnectorSplitSource
{
    private final Supplier<Iterator<List<String>>> execution;
    private final Executor executor;
    private Iterator<List<String>> rows;
    private volatile boolean finished;

    /**
     * @param executor on which the catalogue is asked, for the engine's threads are not to wait
     */
    AthenaSplitSource(Supplier<Iterator<List<String>>> execution, Executor executor)
    {
        this.execution = requireNonNull(execution, "execution is null");
        this.executor = requireNonNull(executor, "executor is null");
    }

    @Override
    public CompletableFuture<List<ConnectorSplit>> getNextBatch(int maxSize, DynamicFilterSnapshot dynamicFilterSnapshot)
    {
        return SplitBatches.withoutWrapping(CompletableFuture.supplyAsync(this::nextSplit, executor));
    }

    // the engine has one request outstanding at a time
    private List<ConnectorSplit> nextSplit()
    {
        if (rows == null) {
            rows = execution.get();
        }
        AthenaRowsSplit split = AthenaRowsSplit.next(rows);
        if (!rows.hasNext()) {
            finished = true;
        }
        return split.rows().isEmpty() ? ImmutableList.of() : ImmutableList.of(split);
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
