package io.tarn.format.orc;

import io.tarn.format.FileSink;
import io.tarn.format.FileSummary;
import io.tarn.storage.NewFile;
import io.trino.orc.OrcWriter;
import io.trino.spi.Page;

import java.io.IOException;

import static java.util.Objects.requireNonNull;

final class OrcSink
        implements FileSink
{
    private final OrcWriter writer;
    private final NewFile file;

    OrcSink(OrcWriter writer, NewFile file)
    {
        this.writer = requireNonNull(writer, "writer is null");
        this.file = requireNonNull(file, "file is null");
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
        file.publish(writer);
        return new FileSummary(writer.getFileRowCount(), file.bytes());
    }

    @Override
    public void abort()
    {
        file.abort();
    }
}
