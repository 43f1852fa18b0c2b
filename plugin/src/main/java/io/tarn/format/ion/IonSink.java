package io.tarn.format.ion;

import com.amazon.ion.IonType;
import com.amazon.ion.IonWriter;
import com.amazon.ion.system.IonBinaryWriterBuilder;
import com.amazon.ion.system.IonTextWriterBuilder;
import com.google.common.collect.ImmutableList;
import io.airlift.slice.DynamicSliceOutput;
import io.tarn.format.FileSink;
import io.tarn.format.FileSummary;
import io.tarn.format.FileWrite;
import io.tarn.format.ion.IonEncoders.Field;
import io.tarn.format.line.source.LineSessionProperties;
import io.tarn.format.line.write.CompressedOutput;
import io.tarn.storage.NewFile;
import io.trino.spi.Page;
import io.trino.spi.TrinoException;

import java.io.IOException;
import java.util.List;

import static io.tarn.error.TarnErrorCode.TARN_CANNOT_WRITE;

/**
 * A file of Ion that is being written. Values are held back until there are so many that the names of their fields, which
 * the binary form has once for all of them, are not felt.
 */
final class IonSink
        implements FileSink
{
    private static final int BATCH_ROWS = 10_000;
    private static final long BATCH_BYTES = 1024 * 1024;

    private final List<Field> fields;
    private final boolean text;
    private final long maxValueLength;
    private final NewFile file;
    private final CompressedOutput output;
    private final DynamicSliceOutput batch = new DynamicSliceOutput(64 * 1024);
    private final IonWriter writer;
    private int batchRows;
    private long batchBytes;
    private long rows;

    IonSink(FileWrite write, List<Field> fields, boolean text)
    {
        this.fields = ImmutableList.copyOf(fields);
        this.text = text;
        this.maxValueLength = LineSessionProperties.maxLineLength(write.session()).toBytes();
        this.file = NewFile.create(write.fileSystem(), write.location());
        try {
            output = new CompressedOutput(file, write.codec(), write.level());
            writer = text
                    ? IonTextWriterBuilder.standard().withWriteTopLevelValuesOnNewLines(true).build(batch)
                    : IonBinaryWriterBuilder.standard().build(batch);
        }
        catch (IOException | RuntimeException e) {
            file.abort();
            throw file.failure(e);
        }
    }

    @Override
    public void append(Page page)
    {
        long pageBytes = page.getSizeInBytes();
        // each alone, so that one that could not be read is found
        boolean large = pageBytes > maxValueLength / 2;
        if (large) {
            writeBatch();
        }
        for (int position = 0; position < page.getPositionCount(); position++) {
            encode(page, position);
            batchRows++;
            rows++;
            if (large || batchRows >= BATCH_ROWS) {
                writeBatch();
            }
        }
        batchBytes += pageBytes;
        if (batchBytes >= BATCH_BYTES) {
            writeBatch();
        }
    }

    private void encode(Page page, int position)
    {
        int channel = 0;
        try {
            writer.stepIn(IonType.STRUCT);
            for (; channel < fields.size(); channel++) {
                fields.get(channel).encode(page.getBlock(channel), position, writer);
            }
            writer.stepOut();
        }
        catch (IonValueException e) {
            throw new TrinoException(TARN_CANNOT_WRITE, "Row %s of %s cannot be written as Ion: column '%s': %s. Change the value in the query, or write into a table of another format."
                    .formatted(rows + 1, file.location(), fields.get(channel).name(), e.getMessage()), e);
        }
        catch (IOException | RuntimeException e) {
            throw file.failure(e);
        }
    }

    private void writeBatch()
    {
        try {
            if (text) {
                writer.flush();
            }
            else {
                writer.finish();
            }
            if (batchRows == 1 && batch.size() > maxValueLength) {
                throw new TrinoException(TARN_CANNOT_WRITE, "Row %s of %s makes a value of %s bytes, and longer ones than %s are not read. Raise the session property 'text_max_line_length' (or tarn.text.max-line-length), or write into a Parquet table."
                        .formatted(rows, file.location(), batch.size(), maxValueLength));
            }
            output.write(batch.slice());
        }
        catch (IOException | RuntimeException e) {
            throw file.failure(e);
        }
        batch.reset();
        batchRows = 0;
        batchBytes = 0;
    }

    @Override
    public long bytes()
    {
        return output.bytes();
    }

    @Override
    public long memoryUsage()
    {
        // values are held by the writer, and then as they come out of it
        return file.memoryUsage() + output.memoryUsage() + batch.getRetainedSize() + batchBytes;
    }

    @Override
    public FileSummary finish()
    {
        writeBatch();
        file.publish(output);
        return new FileSummary(rows, file.bytes());
    }

    @Override
    public void abort()
    {
        file.abort();
        try {
            // lets go what the compressor holds
            output.close();
        }
        catch (IOException | RuntimeException _) {
            // nobody reads what is given up
        }
    }
}
