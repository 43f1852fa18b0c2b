package io.tarn.format.avro;

import io.tarn.format.FileSink;
import io.tarn.format.FileSummary;
import io.tarn.format.avro.AvroFormatWriter.Encoder;
import io.tarn.storage.NewFile;
import io.trino.spi.Page;
import io.trino.spi.TrinoException;
import io.trino.spi.block.Block;
import io.trino.spi.block.RunLengthEncodedBlock;
import io.trino.spi.type.Type;
import org.apache.avro.file.DataFileWriter;

import java.io.IOException;
import java.util.Arrays;

import static io.tarn.error.TarnErrorCode.TARN_CANNOT_WRITE;
import static java.util.Objects.requireNonNull;

final class AvroSink
        implements FileSink
{
    // the block that the library collects, compressed and not, and its buffers
    private static final long WRITER_MEMORY = 256 * 1024;

    private final DataFileWriter<Integer> writer;
    private final Encoder encoder;
    private final NewFile file;
    private long rows;

    AvroSink(DataFileWriter<Integer> writer, Encoder encoder, NewFile file)
    {
        this.writer = requireNonNull(writer, "writer is null");
        this.encoder = requireNonNull(encoder, "encoder is null");
        this.file = requireNonNull(file, "file is null");
    }

    @Override
    public void append(Page page)
    {
        int columns = page.getChannelCount();
        Block[] blocks = Arrays.copyOf(blocks(page), columns + encoder.missing().size());
        for (int i = columns; i < blocks.length; i++) {
            Type type = encoder.missing().get(i - columns);
            blocks[i] = RunLengthEncodedBlock.create(type, null, page.getPositionCount());
        }
        encoder.writer().setPage(new Page(page.getPositionCount(), blocks));
        try {
            for (int position = 0; position < page.getPositionCount(); position++) {
                writer.append(position);
            }
        }
        catch (IOException | RuntimeException e) {
            throw failure(e);
        }
        rows += page.getPositionCount();
    }

    private static Block[] blocks(Page page)
    {
        Block[] blocks = new Block[page.getChannelCount()];
        for (int channel = 0; channel < blocks.length; channel++) {
            blocks[channel] = page.getBlock(channel);
        }
        return blocks;
    }

    @Override
    public long bytes()
    {
        return file.bytes();
    }

    @Override
    public long memoryUsage()
    {
        return WRITER_MEMORY + file.memoryUsage();
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

    private TrinoException failure(Exception failure)
    {
        boolean nullRefused = failure.getMessage() != null && failure.getMessage().contains("non-nullable schema");
        if (nullRefused) {
            return new TrinoException(TARN_CANNOT_WRITE, "Avro file %s cannot hold a null where the table's Avro schema refuses it. Make the field nullable, or leave out the rows.".formatted(file.location()), failure);
        }
        return file.failure(failure);
    }
}
