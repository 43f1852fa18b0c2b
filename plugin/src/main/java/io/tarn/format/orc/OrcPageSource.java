package io.tarn.format.orc;

import com.google.common.collect.ImmutableList;
import io.tarn.format.DerivedPage;
import io.tarn.format.FileErrors;
import io.trino.memory.context.AggregatedMemoryContext;
import io.trino.orc.OrcRecordReader;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.SourcePage;
import io.trino.spi.metrics.Metrics;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

import static io.trino.plugin.base.util.Closables.closeAllSuppress;
import static java.lang.Math.toIntExact;
import static java.util.Objects.requireNonNull;

final class OrcPageSource
        implements ConnectorPageSource
{
    private final OrcRecordReader reader;
    private final OrcSource source;
    private final List<ColumnSource> columns;
    private final AggregatedMemoryContext memoryContext;
    private final FileErrors errors;
    private final ReadCounts counts;
    private final long maxRows;
    private long completedPositions;
    private boolean closed;

    OrcPageSource(
            OrcRecordReader reader,
            OrcSource source,
            List<ColumnSource> columns,
            AggregatedMemoryContext memoryContext,
            FileErrors errors,
            ReadCounts counts,
            long maxRows)
    {
        this.reader = requireNonNull(reader, "reader is null");
        this.source = requireNonNull(source, "source is null");
        this.columns = ImmutableList.copyOf(columns);
        this.memoryContext = requireNonNull(memoryContext, "memoryContext is null");
        this.errors = requireNonNull(errors, "errors is null");
        this.counts = requireNonNull(counts, "counts is null");
        this.maxRows = maxRows;
    }

    @Override
    public SourcePage getNextSourcePage()
    {
        if (completedPositions >= maxRows) {
            close();
        }
        if (closed) {
            return null;
        }
        SourcePage page;
        try {
            page = reader.nextPage();
        }
        catch (IOException | RuntimeException e) {
            RuntimeException failure = errors.reading(Optional.empty(), e);
            closeAllSuppress(failure, this);
            throw failure;
        }
        if (page == null) {
            close();
            return null;
        }
        long lacking = maxRows - completedPositions;
        if (page.getPositionCount() > lacking) {
            page.selectPositions(IntStream.range(0, toIntExact(lacking)).toArray(), 0, toIntExact(lacking));
        }
        completedPositions += page.getPositionCount();
        return new DerivedPage(page, columns);
    }

    @Override
    public boolean isFinished()
    {
        return closed;
    }

    @Override
    public long getCompletedBytes()
    {
        return source.getReadBytes();
    }

    @Override
    public OptionalLong getCompletedPositions()
    {
        return OptionalLong.of(completedPositions);
    }

    @Override
    public long getReadTimeNanos()
    {
        return source.getReadTimeNanos();
    }

    @Override
    public long getMemoryUsage()
    {
        return memoryContext.getBytes();
    }

    @Override
    public Metrics getMetrics()
    {
        return counts.metrics();
    }

    @Override
    public void close()
    {
        if (closed) {
            return;
        }
        closed = true;
        try {
            reader.close();
        }
        catch (IOException e) {
            throw errors.storage(e);
        }
        finally {
            memoryContext.close();
        }
    }
}
