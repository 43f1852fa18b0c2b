package io.tarn.format.parquet;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.trino.filesystem.Location;
import io.trino.parquet.reader.ParquetReader;
import io.trino.plugin.base.metrics.LongCount;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.SourcePage;
import io.trino.spi.metrics.Metrics;

import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

import static java.util.Objects.requireNonNull;

final class ParquetPageSource
        implements ConnectorPageSource
{
    private final Location file;
    private final ParquetReader reader;
    private final List<ParquetColumn> columns;
    private final Metrics metrics;
    private long positions;
    private boolean finished;

    /**
     * @param rowGroupsRead of the slice's row groups, those that may hold a wanted row
     */
    ParquetPageSource(Location file, ParquetReader reader, List<ParquetColumn> columns, int rowGroupsRead, int rowGroupsPruned)
    {
        this.file = requireNonNull(file, "file is null");
        this.reader = requireNonNull(reader, "reader is null");
        this.columns = ImmutableList.copyOf(columns);
        this.metrics = new Metrics(ImmutableMap.of(
                "parquet.footersRead", new LongCount(1),
                "parquet.rowGroupsRead", new LongCount(rowGroupsRead),
                "parquet.rowGroupsPruned", new LongCount(rowGroupsPruned)));
    }

    @Override
    public SourcePage getNextSourcePage()
    {
        if (finished) {
            return null;
        }
        SourcePage page;
        try {
            page = reader.nextPage();
        }
        catch (IOException | RuntimeException e) {
            throw ParquetFailures.cannotRead(file, e);
        }
        if (page == null) {
            close();
            return null;
        }
        positions += page.getPositionCount();
        return new ParquetPage(file, page, columns);
    }

    @Override
    public boolean isFinished()
    {
        return finished;
    }

    @Override
    public long getCompletedBytes()
    {
        return reader.getDataSource().getReadBytes();
    }

    @Override
    public OptionalLong getCompletedPositions()
    {
        return OptionalLong.of(positions);
    }

    @Override
    public long getReadTimeNanos()
    {
        return reader.getDataSource().getReadTimeNanos();
    }

    @Override
    public Metrics getMetrics()
    {
        return metrics.mergeWith(reader.getMetrics());
    }

    @Override
    public void close()
    {
        if (finished) {
            return;
        }
        finished = true;
        try {
            reader.close();
        }
        catch (IOException e) {
            throw ParquetFailures.cannotRead(file, e);
        }
    }
}
