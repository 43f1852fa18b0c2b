package io.tarn.format.line.write;

import io.airlift.log.Logger;
import io.airlift.slice.DynamicSliceOutput;
import io.airlift.slice.Slice;
import io.tarn.format.FileField;
import io.tarn.format.FileSink;
import io.tarn.format.FileSummary;
import io.tarn.format.FileWrite;
import io.tarn.format.line.source.LineSessionProperties;
import io.tarn.storage.NewFile;
import io.trino.spi.Page;
import io.trino.spi.TrinoException;
import io.trino.spi.type.Type;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

import static io.airlift.slice.SizeOf.instanceSize;
import static io.tarn.error.TarnErrorCode.TARN_CANNOT_WRITE;
import static java.util.Objects.requireNonNull;

/**
 * A file of lines that is being written.
 */
final class LineSink
        implements FileSink
{
    private static final Logger log = Logger.get(LineSink.class);
    private static final int INSTANCE_SIZE = instanceSize(LineSink.class);
    private static final int INITIAL_LINE_SIZE = 1024;
    private static final int EXCERPT_LENGTH = 100;
    // the mark that readers take off a file's start
    private static final int BYTE_ORDER_MARK = 0xBFBBEF;

    private final FileWrite write;
    private final String formatName;
    private final List<Type> types;
    private final LineEncoder encoder;
    private final LineVerifier verifier;
    private final long maxLineLength;
    private final NewFile file;
    private final CompressedOutput output;
    private final DynamicSliceOutput line = new DynamicSliceOutput(INITIAL_LINE_SIZE);
    private boolean begun;
    private long rows;

    /**
     * @param header the line that is no record
     */
    LineSink(FileWrite write, String formatName, List<Type> types, LineEncoder encoder, LineVerifier verifier, Optional<Slice> header)
    {
        this.write = requireNonNull(write, "write is null");
        this.formatName = requireNonNull(formatName, "formatName is null");
        this.types = requireNonNull(types, "types is null");
        this.encoder = requireNonNull(encoder, "encoder is null");
        this.verifier = requireNonNull(verifier, "verifier is null");
        this.maxLineLength = LineSessionProperties.maxLineLength(write.session()).toBytes();
        this.file = NewFile.create(write.fileSystem(), write.location());
        try {
            this.output = new CompressedOutput(file, write.codec(), write.level());
            if (header.isPresent()) {
                line.appendBytes(header.get());
                writeLine();
            }
        }
        catch (IOException | RuntimeException e) {
            file.abort();
            throw file.failure(e);
        }
    }

    @Override
    public void append(Page page)
    {
        for (int position = 0; position < page.getPositionCount(); position++) {
            line.reset();
            encode(page, position);
            try {
                writeLine();
            }
            catch (IOException | RuntimeException e) {
                throw file.failure(e);
            }
            rows++;
        }
    }

    private void encode(Page page, int position)
    {
        try {
            if (!encoder.encode(page, position, line)) {
                verifier.verify(page, position, line.slice());
            }
        }
        catch (UnwritableValueException e) {
            throw unwritable(page, position, e);
        }
        catch (IOException | RuntimeException e) {
            throw unwritable(page, position, verifier.explain(page, position, e));
        }
        if (!begun && line.size() >= 3 && (line.getUnderlyingSlice().getInt(0) & 0xFFFFFF) == BYTE_ORDER_MARK) {
            throw unwritable(page, position, new UnwritableValueException(0, "a file that starts with a byte order mark is read without it", "Take the mark off the value."));
        }
        if (line.size() > maxLineLength) {
            throw new TrinoException(TARN_CANNOT_WRITE, "Row %s of %s makes a line of %s bytes, and lines longer than %s are not read. Raise the session property '%s' (or tarn.text.max-line-length), or write into a Parquet table."
                    .formatted(rows + 1, write.location(), line.size(), maxLineLength, LineSessionProperties.MAX_LINE_LENGTH));
        }
    }

    private void writeLine()
            throws IOException
    {
        line.appendByte('\n');
        output.write(line.slice());
        begun = true;
    }

    private TrinoException unwritable(Page page, int position, UnwritableValueException failure)
    {
        FileField field = write.schema().fields().get(failure.channel());
        Object value = types.get(failure.channel()).getObjectValue(page.getBlock(failure.channel()), position);
        return new TrinoException(TARN_CANNOT_WRITE, "Column '%s' (%s) is %s in row %s, which cannot be written as %s to %s: %s. %s"
                .formatted(field.name(), field.type(), describe(value), rows + 1, formatName, write.location(), failure.getMessage(), failure.remedy()), failure);
    }

    /**
     * A value, made fit to stand in a message.
     */
    static String describe(Object value)
    {
        if (value == null) {
            return "NULL";
        }
        String text = value.toString();
        String excerpt = text.length() <= EXCERPT_LENGTH ? text : text.substring(0, EXCERPT_LENGTH) + "…";
        return "'%s'".formatted(excerpt.replaceAll("\\p{Cntrl}", "\uFFFD"));
    }

    @Override
    public long bytes()
    {
        return output.bytes();
    }

    @Override
    public long memoryUsage()
    {
        return INSTANCE_SIZE + line.getRetainedSize() + output.memoryUsage() + file.memoryUsage();
    }

    @Override
    public FileSummary finish()
    {
        file.publish(output);
        return new FileSummary(rows, file.bytes());
    }

    @Override
    public void abort()
    {
        file.abort();
        try {
            output.close();
        }
        catch (IOException | RuntimeException e) {
            log.debug(e, "Closing the compressor of %s failed", write.location());
        }
    }
}
