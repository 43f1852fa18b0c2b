package io.tarn.format;

import io.trino.memory.context.AggregatedMemoryContext;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.SourcePage;
import io.trino.spi.metrics.Metrics;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

import static io.trino.plugin.base.util.Closables.closeAllSuppress;
import static java.lang.Math.toIntExact;
import static java.util.Objects.requireNonNull;

/**
 * The rows that a reader gives of one file, up to a limit.
 */
public final class FilePageSource
        implements ConnectorPageSource
{
    private final PageReader reader;
    private final AggregatedMemoryContext memoryContext;
    private final FileErrors errors;
    private final long maxRows;
    private long completedPositions;
    private boolean closed;

    /**
     * @param memoryContext what {@code reader} holds; it ends with this
     */
    public FilePageSource(PageReader reader, AggregatedMemoryContext memoryContext, FileErrors errors, long maxRows)
    {
        this.reader = requireNonNull(reader, "reader is null");
        this.memoryContext = requireNonNull(memoryContext, "memoryContext is null");
        this.errors = requireNonNull(errors, "errors is null");
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
        return page;
    }

    @Override
    public boolean isFinished()
    {
        return closed;
    }

    @Override
    public long getCompletedBytes()
    {
        return reader.readBytes();
    }

    @Override
    public OptionalLong getCompletedPositions()
    {
        return OptionalLong.of(completedPositions);
    }

    @Override
    public long getReadTimeNanos()
    {
        return reader.readTimeNanos();
    }

    @Override
    public long getMemoryUsage()
    {
        return memoryContext.getBytes();
    }

    @Override
    public Metrics getMetrics()
    {
        return reader.metrics();
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
