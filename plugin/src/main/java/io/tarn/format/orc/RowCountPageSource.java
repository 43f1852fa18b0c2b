package io.tarn.format.orc;

import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.SourcePage;
import io.trino.spi.metrics.Metrics;

import java.util.OptionalLong;

import static java.lang.Math.min;
import static java.util.Objects.requireNonNull;

/**
 * Gives rows without columns: the tail has told how many there are, and nothing else is read.
 */
final class RowCountPageSource
        implements ConnectorPageSource
{
    private static final int MAX_PAGE_ROWS = 65536;

    private final long readBytes;
    private final long readTimeNanos;
    private final ReadCounts counts;
    private final long rows;
    private long completed;

    RowCountPageSource(long rows, long readBytes, long readTimeNanos, ReadCounts counts)
    {
        this.rows = rows;
        this.readBytes = readBytes;
        this.readTimeNanos = readTimeNanos;
        this.counts = requireNonNull(counts, "counts is null");
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
        return counts.metrics();
    }

    @Override
    public void close()
    {
        completed = rows;
    }
}
