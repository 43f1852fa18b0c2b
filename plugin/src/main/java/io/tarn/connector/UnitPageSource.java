package io.tarn.connector;

import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.SourcePage;
import io.trino.spi.metrics.Metrics;

import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

import static java.util.Objects.requireNonNull;

/**
 * One unit's pages, with the columns that the query asked for.
 */
final class UnitPageSource
        implements ConnectorPageSource
{
    private final ConnectorPageSource file;
    private final List<UnitColumn> columns;

    UnitPageSource(ConnectorPageSource file, List<UnitColumn> columns)
    {
        this.file = requireNonNull(file, "file is null");
        this.columns = requireNonNull(columns, "columns is null");
    }

    @Override
    public SourcePage getNextSourcePage()
    {
        SourcePage page = file.getNextSourcePage();
        return page == null ? null : new UnitPage(page, columns);
    }

    @Override
    public long getCompletedBytes()
    {
        return file.getCompletedBytes();
    }

    @Override
    public OptionalLong getCompletedPositions()
    {
        return file.getCompletedPositions();
    }

    @Override
    public long getReadTimeNanos()
    {
        return file.getReadTimeNanos();
    }

    @Override
    public boolean isFinished()
    {
        return file.isFinished();
    }

    @Override
    public CompletableFuture<?> isBlocked()
    {
        return file.isBlocked();
    }

    @Override
    public Metrics getMetrics()
    {
        return file.getMetrics();
    }

    @Override
    public void close()
            throws IOException
    {
        file.close();
    }
}
