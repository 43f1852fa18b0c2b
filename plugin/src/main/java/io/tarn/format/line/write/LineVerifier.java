package io.tarn.format.line.write;

import com.google.common.collect.ImmutableList;
import io.airlift.slice.DynamicSliceOutput;
import io.airlift.slice.Slice;
import io.tarn.format.FileColumn;
import io.tarn.format.FileSchema;
import io.tarn.format.WrittenFields;
import io.tarn.format.line.source.BadValueException;
import io.tarn.format.line.source.LineDecoder;
import io.trino.hive.formats.line.LineBuffer;
import io.trino.spi.Page;
import io.trino.spi.PageBuilder;
import io.trino.spi.block.Block;
import io.trino.spi.type.Type;
import io.trino.spi.type.TypeOperators;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.stream.IntStream;

import static com.google.common.base.Throwables.throwIfUnchecked;
import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.trino.spi.function.InvocationConvention.InvocationArgumentConvention.BLOCK_POSITION;
import static io.trino.spi.function.InvocationConvention.InvocationReturnConvention.FAIL_ON_NULL;
import static io.trino.spi.function.InvocationConvention.simpleConvention;
import static java.util.Objects.requireNonNull;

/**
 * Reads lines back, by what will read the file, to find out whether they hold what they are to hold.
 */
final class LineVerifier
{
    private static final TypeOperators TYPE_OPERATORS = new TypeOperators();
    private static final String REMEDY = "Change the value in the query, declare the column with another type, or write into a table of another format, for instance Parquet.";

    private final LineFormatWriter writer;
    private final FileSchema schema;
    private final List<FileColumn> columns;
    private final LineDecoder decoder;
    private final List<MethodHandle> identical;
    private final PageBuilder pageBuilder;

    LineVerifier(LineFormatWriter writer, FileSchema schema)
    {
        this.writer = requireNonNull(writer, "writer is null");
        this.schema = requireNonNull(schema, "schema is null");
        this.columns = columns(schema, writer.name());
        this.decoder = writer.createDecoder(columns, schema);
        this.identical = columns.stream()
                .map(column -> TYPE_OPERATORS.getIdenticalOperator(column.type(), simpleConvention(FAIL_ON_NULL, BLOCK_POSITION, BLOCK_POSITION)))
                .collect(toImmutableList());
        this.pageBuilder = new PageBuilder(1, decoder.lines().getTypes());
    }

    static List<FileColumn> columns(FileSchema schema, String formatName)
    {
        List<Type> types = WrittenFields.types(schema, formatName);
        return IntStream.range(0, types.size())
                .mapToObj(index -> new FileColumn(schema.fields().get(index).name(), index, ImmutableList.of(), schema.fields().get(index).type(), types.get(index)))
                .collect(toImmutableList());
    }

    /**
     * Negative zero counts as zero, as in SQL.
     *
     * @param line of the row, without its end
     * @throws UnwritableValueException for a column that would not be read back as it is
     */
    void verify(Page page, int position, Slice line)
    {
        if (hasLineEnd(line)) {
            throw new UnwritableValueException(culprit(page, position), "it has a line end in it, where the record would be cut in two", REMEDY);
        }
        Page readBack;
        try {
            readBack = readBack(line);
        }
        catch (IOException | BadValueException | RuntimeException e) {
            throw new UnwritableValueException(culprit(page, position), "it could not be read back: " + e.getMessage(), REMEDY);
        }
        for (int channel = 0; channel < columns.size(); channel++) {
            if (!isIdentical(channel, page.getBlock(channel), position, readBack.getBlock(channel))) {
                Object actual = columns.get(channel).type().getObjectValue(readBack.getBlock(channel), 0);
                throw new UnwritableValueException(channel, "it would be read back as " + LineSink.describe(actual), REMEDY);
            }
        }
    }

    private boolean isIdentical(int channel, Block expected, int position, Block actual)
    {
        try {
            return (boolean) identical.get(channel).invokeExact(expected, position, actual, 0);
        }
        catch (Throwable e) {
            throwIfUnchecked(e);
            throw new IllegalStateException(e);
        }
    }

    /**
     * Finds the column at fault where a row could not be encoded.
     */
    UnwritableValueException explain(Page page, int position, Exception failure)
    {
        String message = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        return new UnwritableValueException(culprit(page, position), message, REMEDY);
    }

    private Page readBack(Slice line)
            throws IOException, BadValueException
    {
        pageBuilder.reset();
        decoder.lines().deserialize(buffer(line), pageBuilder);
        Page page = pageBuilder.build();
        Block[] blocks = new Block[page.getChannelCount()];
        for (int channel = 0; channel < blocks.length; channel++) {
            blocks[channel] = decoder.blocks().get(channel).decode(page.getBlock(channel));
        }
        return new Page(1, blocks);
    }

    /**
     * The first column whose value alone cannot be told from a line that has nothing else in it.
     */
    private int culprit(Page page, int position)
    {
        if (columns.size() == 1) {
            return 0;
        }
        for (int channel = 0; channel < columns.size(); channel++) {
            FileSchema single = new FileSchema(schema.serde(), schema.inputFormat(), ImmutableList.of(schema.fields().get(channel)), schema.properties());
            DynamicSliceOutput line = new DynamicSliceOutput(1024);
            try {
                Page column = page.getColumns(channel);
                if (!writer.createEncoder(single).encode(column, position, line)) {
                    new LineVerifier(writer, single).verify(column, position, line.slice());
                }
            }
            catch (IOException | RuntimeException _) {
                return channel;
            }
        }
        return 0;
    }

    private static LineBuffer buffer(Slice line)
            throws IOException
    {
        LineBuffer buffer = new LineBuffer(Math.max(1, line.length()), Math.max(1, line.length()));
        buffer.write(line.byteArray(), line.byteArrayOffset(), line.length());
        return buffer;
    }

    private static boolean hasLineEnd(Slice line)
    {
        return line.indexOfByte('\n') >= 0 || line.indexOfByte('\r') >= 0;
    }
}
