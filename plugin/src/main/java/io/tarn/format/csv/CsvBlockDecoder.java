package io.tarn.format.csv;

import io.airlift.slice.Slice;
import io.tarn.format.line.source.BadValueException;
import io.tarn.format.line.source.BlockDecoder;
import io.trino.spi.block.Block;
import io.trino.spi.block.BlockBuilder;
import io.trino.spi.block.VariableWidthBlock;
import io.trino.spi.type.Type;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

/**
 * Converts a block of field texts to a type.
 */
final class CsvBlockDecoder
        implements BlockDecoder
{
    private final Type type;
    private final String expected;
    private final ValueWriter writer;

    /**
     * @param expected what a text must be, as in "is not …"
     */
    CsvBlockDecoder(Type type, String expected, ValueWriter writer)
    {
        this.type = requireNonNull(type, "type is null");
        this.expected = requireNonNull(expected, "expected is null");
        this.writer = requireNonNull(writer, "writer is null");
    }

    @Override
    public Block decode(Block block)
            throws BadValueException
    {
        VariableWidthBlock texts = (VariableWidthBlock) block.getUnderlyingValueBlock();
        Slice text = texts.getRawSlice();
        BlockBuilder builder = type.createBlockBuilder(null, block.getPositionCount());
        for (int position = 0; position < block.getPositionCount(); position++) {
            if (block.isNull(position)) {
                builder.appendNull();
                continue;
            }
            int textPosition = block.getUnderlyingValuePosition(position);
            int offset = texts.getRawSliceOffset(textPosition);
            int length = texts.getSliceLength(textPosition);
            try {
                writer.write(text, offset, length, builder);
            }
            catch (NumberFormatException | ArithmeticException _) {
                throw new BadValueException(
                        position,
                        text.toString(offset, length, UTF_8),
                        "is not %s. Correct the file, or declare the column as string and convert it in the query, for instance with try_cast.".formatted(expected));
            }
        }
        return builder.build();
    }

    @FunctionalInterface
    interface ValueWriter
    {
        /**
         * @throws NumberFormatException where the text does not fit the type
         * @throws ArithmeticException where it is out of range
         */
        void write(Slice text, int offset, int length, BlockBuilder builder);
    }
}
