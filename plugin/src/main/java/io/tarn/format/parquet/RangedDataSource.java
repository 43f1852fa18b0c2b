package io.tarn.format.parquet;

import io.airlift.slice.Slice;
import io.trino.filesystem.TrinoInput;
import io.trino.filesystem.TrinoInputFile;
import io.trino.parquet.AbstractParquetDataSource;
import io.trino.parquet.ParquetDataSourceId;
import io.trino.parquet.ParquetReaderOptions;
import io.trino.spi.metrics.Metrics;

import java.io.IOException;

import static java.util.Objects.requireNonNull;

/**
 * Fetches ranges of a file as they are needed.
 */
final class RangedDataSource
        extends AbstractParquetDataSource
        implements ChunkedDataSource
{
    private final TrinoInput input;
    private final ParquetErrors errors;

    RangedDataSource(TrinoInputFile file, long fileLength, ParquetReaderOptions options, ParquetErrors errors)
    {
        super(new ParquetDataSourceId(file.location().toString()), fileLength, options);
        this.errors = requireNonNull(errors, "errors is null");
        try {
            input = file.newInput();
        }
        catch (IOException e) {
            throw errors.storage(e);
        }
    }

    @Override
    protected Slice readTailInternal(int length)
    {
        try {
            return input.readTail(length);
        }
        catch (IOException e) {
            throw errors.storage(e);
        }
    }

    @Override
    protected void readInternal(long position, byte[] buffer, int bufferOffset, int bufferLength)
    {
        try {
            input.readFully(position, buffer, bufferOffset, bufferLength);
        }
        catch (IOException e) {
            throw errors.storage(e);
        }
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
