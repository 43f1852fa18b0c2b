package io.tarn.format.parquet.write;

import io.tarn.format.FileSink;
import io.tarn.format.FileSummary;
import io.tarn.storage.NewFile;
import io.trino.parquet.writer.ParquetWriter;
import io.trino.spi.Page;

import java.io.IOException;

import static io.airlift.slice.SizeOf.instanceSize;
import static java.util.Objects.requireNonNull;

/**
 * A Parquet file that is being written; a row group of it is held in memory, encoded.
 */
final class ParquetSink
        implements FileSink
{
    private static final int INSTANCE_SIZE = instanceSize(ParquetSink.class);

    private final NewFile file;
    private final ParquetWriter writer;
    private final long bloomFilterBytes;
    private long rows;

    /**
     * @param writer writes to the stream of {@code file}
     * @param bloomFilterBytes what the Bloom filters take, which the writer does not count
     */
    ParquetSink(NewFile file, ParquetWriter writer, long bloomFilterBytes)
    {
        this.file = requireNonNull(file, "file is null");
        this.writer = requireNonNull(writer, "writer is null");
        this.bloomFilterBytes = bloomFilterBytes;
    }

    @Override
    public void append(Page page)
    {
        try {
            writer.write(page);
        }
        catch (IOException | RuntimeException e) {
            throw file.failure(e);
        }
        rows += page.getPositionCount();
    }

    @Override
    public long bytes()
    {
        return writer.getEstimatedWrittenBytes();
    }

    @Override
    public long memoryUsage()
    {
        return INSTANCE_SIZE + writer.getRetainedBytes() + bloomFilterBytes + file.memoryUsage();
    }

    @Override
    public FileSummary finish()
    {
        file.publish(writer);
        return new FileSummary(rows, file.bytes());
    }

    @Override
    public void abort()
    {
        file.abort();
    }
}
