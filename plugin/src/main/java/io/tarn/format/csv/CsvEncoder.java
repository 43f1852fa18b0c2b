package io.tarn.format.csv;

import io.airlift.slice.DynamicSliceOutput;
import io.airlift.slice.Slice;
import io.tarn.format.FileSchema;
import io.tarn.format.WrittenFields;
import io.tarn.format.line.write.LineEncoder;
import io.tarn.format.line.write.UnwritableValueException;
import io.trino.spi.Page;
import io.trino.spi.block.Block;

import java.util.List;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.collect.ImmutableList.toImmutableList;

/**
 * Makes lines of CSV.
 */
final class CsvEncoder
        implements LineEncoder
{
    private final List<CsvText> texts;
    private final byte separator;
    private final byte quote;
    private final byte escape;
    private final boolean[] special = new boolean[256];

    CsvEncoder(FileSchema schema)
    {
        texts = WrittenFields.types(schema, "CSV").stream()
                .map(CsvText::of)
                .collect(toImmutableList());
        separator = character(schema, "separatorChar", ',');
        quote = character(schema, "quoteChar", '"');
        escape = character(schema, "escapeChar", '\\');
        for (int special : new int[] {'\n', '\r', quote, escape}) {
            this.special[special] = true;
        }
        if (quote == 0) {
            special[separator] = true;
        }
    }

    private static byte character(FileSchema schema, String property, char defaultValue)
    {
        String value = schema.properties().getOrDefault(property, String.valueOf(defaultValue));
        checkArgument(!value.isEmpty(), "property '%s' is empty", property);
        // it takes the first of several, as the SerDe does
        checkArgument(value.charAt(0) <= Byte.MAX_VALUE, "property '%s' is not an ASCII character", property);
        return (byte) value.charAt(0);
    }

    @Override
    public boolean encode(Page page, int position, DynamicSliceOutput line)
    {
        boolean certain = true;
        for (int channel = 0; channel < page.getChannelCount(); channel++) {
            if (channel > 0) {
                line.appendByte(separator);
            }
            Block block = page.getBlock(channel);
            if (block.isNull(position)) {
                throw new UnwritableValueException(channel, "CSV has no nulls", "Use coalesce in the query to write something else, or write into a table of another format.");
            }
            if (quote != 0) {
                line.appendByte(quote);
            }
            int start = line.size();
            texts.get(channel).append(block, position, line);
            if (!isFree(line, start)) {
                certain = false;
                escape(line, start);
            }
            if (quote != 0) {
                line.appendByte(quote);
            }
        }
        // a line of one empty field and no quotes is one of no fields
        return certain && line.size() > 0;
    }

    private boolean isFree(DynamicSliceOutput line, int start)
    {
        Slice bytes = line.getUnderlyingSlice();
        for (int index = start; index < line.size(); index++) {
            if (special[bytes.getByte(index) & 0xFF]) {
                return false;
            }
        }
        return true;
    }

    private void escape(DynamicSliceOutput line, int start)
    {
        if (escape == 0) {
            return;
        }
        Slice text = line.getUnderlyingSlice().copy(start, line.size() - start);
        rewind(line, start);
        for (int index = 0; index < text.length(); index++) {
            byte value = text.getByte(index);
            if (value == escape || value == quote) {
                line.appendByte(escape);
            }
            line.appendByte(value);
        }
    }

    private static void rewind(DynamicSliceOutput line, int length)
    {
        Slice kept = line.getUnderlyingSlice().copy(0, length);
        line.reset();
        line.appendBytes(kept);
    }
}
