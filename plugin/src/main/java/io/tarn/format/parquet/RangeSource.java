package io.tarn.format.parquet;

import io.airlift.slice.Slice;
import io.trino.filesystem.TrinoInput;
import io.trino.filesystem.TrinoInputFile;
import io.trino.parquet.AbstractParquetDataSource;
import io.trino.parquet.ParquetDataSourceId;
import io.trino.parquet.ParquetReaderOptions;
import io.trino.spi.metrics.Metrics;

import java.io.IOException;

/**
 * A file of which only the ranges that are needed are read.
 */
final class RangeSource
        extends AbstractParquetDataSource
{
    private final TrinoInput input;

    /**
     * @param fileLength bytes, as listed: asking the storage again would be a request for each file
     */
    RangeSource(TrinoInputFile file, long fileLength, ParquetReaderOptions options)
            throws IOException
    {
        super(new ParquetDataSourceId(file.location().toString()), fileLength, options);
        input = file.newInput();
    }

    @Override
    protected Slice readTailInternal(int length)
            throws IOException
    {
        return input.readTail(length);
    }

    @Override
    protected void readInternal(long position, byte[] buffer, int bufferOffset, int bufferLength)
            throws IOException
    {
        input.readFully(position, buffer, bufferOffset, bufferLength);
    }

    @Override
    public Metrics getMetrics()
    {
        return input.getMetrics();
    }

    @Override
    public void close()
            throws IOException
    {
        input.close();
    }
}
