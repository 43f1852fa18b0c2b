package io.tarn.format.orc;

import io.tarn.format.FileSink;
import io.tarn.format.FileSummary;
import io.tarn.format.UnfinishedFile;
import io.trino.filesystem.Location;
import io.trino.orc.OrcWriter;
import io.trino.spi.Page;
import io.trino.spi.TrinoException;

import java.io.IOException;

import static io.tarn.error.TarnErrorCode.TARN_WRITER_ERROR;
import static java.util.Objects.requireNonNull;

final class OrcSink
        implements FileSink
{
    private final OrcWriter writer;
    private final UnfinishedFile file;
    private final Location location;

    OrcSink(OrcWriter writer, UnfinishedFile file, Location location)
    {
        this.writer = requireNonNull(writer, "writer is null");
        this.file = requireNonNull(file, "file is null");
        this.location = requireNonNull(location, "location is null");
    }

    @Override
    public void append(Page page)
    {
        try {
            writer.write(page);
        }
        catch (IOException | RuntimeException e) {
            throw failure(location, e);
        }
    }

    @Override
    public long bytes()
    {
        return writer.getWrittenBytes() + writer.getBufferedBytes();
    }

    @Override
    public long memoryUsage()
    {
        return writer.getRetainedBytes();
    }

    @Override
    public FileSummary finish()
    {
        try {
            writer.close();
            file.close();
        }
        catch (IOException | RuntimeException e) {
            file.abort();
            throw failure(location, e);
        }
        return new FileSummary(writer.getFileRowCount(), file.bytes());
    }

    @Override
    public void abort()
    {
        file.abort();
    }

    static RuntimeException failure(Location location, Exception failure)
    {
        if (failure instanceof TrinoException known) {
            return known;
        }
        return new TrinoException(TARN_WRITER_ERROR, "Cannot write ORC file %s: %s. Run the statement again.".formatted(location, failure.getMessage()), failure);
    }
}
