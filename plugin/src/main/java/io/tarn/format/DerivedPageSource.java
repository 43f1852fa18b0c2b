package io.tarn.format;

import com.google.common.collect.ImmutableList;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.SourcePage;
import io.trino.spi.metrics.Metrics;

import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

import static java.util.Objects.requireNonNull;

/**
 * Pages whose columns are made from another source's.
 */
public final class DerivedPageSource
        implements ConnectorPageSource
{
    private final ConnectorPageSource pageSource;
    private final List<? extends PageColumn> columns;

    public DerivedPageSource(ConnectorPageSource pageSource, List<? extends PageColumn> columns)
    {
        this.pageSource = requireNonNull(pageSource, "pageSource is null");
        this.columns = ImmutableList.copyOf(columns);
    }

    @Override
    public SourcePage getNextSourcePage()
    {
        SourcePage page = pageSource.getNextSourcePage();
        return page == null ? null : new DerivedPage(page, columns);
    }

    @Override
    public boolean isFinished()
    {
        return pageSource.isFinished();
    }

    @Override
    public CompletableFuture<?> isBlocked()
    {
        return pageSource.isBlocked();
    }

    @Override
    public long getCompletedBytes()
    {
        return pageSource.getCompletedBytes();
    }

    @Override
    public OptionalLong getCompletedPositions()
    {
        return pageSource.getCompletedPositions();
    }

    @Override
    public long getReadTimeNanos()
    {
        return pageSource.getReadTimeNanos();
    }

    @Override
    @SuppressWarnings("deprecation") // the engine still asks for it
    public long getMemoryUsage()
    {
        return pageSource.getMemoryUsage();
    }

    @Override
    public Metrics getMetrics()
    {
        return pageSource.getMetrics();
    }

    @Override
    public void close()
            throws IOException
    {
        pageSource.close();
    }
}
