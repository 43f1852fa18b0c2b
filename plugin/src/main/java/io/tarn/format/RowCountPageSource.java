package io.tarn.format;

import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.SourcePage;
import io.trino.spi.metrics.Metrics;

import java.util.OptionalLong;

import static java.lang.Math.min;
import static java.util.Objects.requireNonNull;

/**
 * Gives rows without columns: what a file says of itself has told how many there are, and nothing else is read.
 */
public final class RowCountPageSource
        implements ConnectorPageSource
{
    private static final int MAX_PAGE_ROWS = 65536;

    private final long readBytes;
    private final long readTimeNanos;
    private final Metrics metrics;
    private final long rows;
    private long completed;

    public RowCountPageSource(long rows, long readBytes, long readTimeNanos, Metrics metrics)
    {
        this.rows = rows;
        this.readBytes = readBytes;
        this.readTimeNanos = readTimeNanos;
        this.metrics = requireNonNull(metrics, "metrics is null");
    }

    @Override
    public SourcePage getNextSourcePage()
    {
        if (isFinished()) {
            return null;
        }
        int page = (int) min(rows - completed, MAX_PAGE_ROWS);
        completed += page;
        return SourcePage.create(page);
    }

    @Override
    public boolean isFinished()
    {
        return completed >= rows;
    }

    @Override
    public long getCompletedBytes()
    {
        return readBytes;
    }

    @Override
    public OptionalLong getCompletedPositions()
    {
        return OptionalLong.of(completed);
    }

    @Override
    public long getReadTimeNanos()
    {
        return readTimeNanos;
    }

    @Override
    public Metrics getMetrics()
    {
        return metrics;
    }

    @Override
    public void close()
    {
        completed = rows;
    }
}
