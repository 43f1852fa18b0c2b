package io.tarn.connector.system;

import io.airlift.slice.Slice;
import io.tarn.format.ColumnChunkStatistics;
import io.tarn.format.FileColumn;
import io.tarn.format.RowGroupStatistics;
import io.trino.spi.block.BlockBuilder;
import io.trino.spi.predicate.Range;
import io.trino.spi.type.Type;
import io.trino.spi.type.VarbinaryType;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import static com.google.common.io.BaseEncoding.base16;
import static io.trino.spi.type.TypeUtils.writeNativeValue;
import static java.util.Objects.requireNonNull;

/**
 * What a file says of one of its columns, all its rows taken together.
 *
 * @param name the table's name of the column, and below it the names of nested fields, joined by dots
 * @param min no value is less; empty where the file does not say, or has no values. As text, for people: what is no text
 *         is written as its type is, binary values as hexadecimal digits. A long text may be cut short.
 * @param max no value is greater, likewise
 * @param nulls how many values are null; empty where the file does not say
 */
record ColumnDetails(String name, Optional<String> min, Optional<String> max, OptionalLong nulls)
{
    ColumnDetails
    {
        requireNonNull(name, "name is null");
        requireNonNull(min, "min is null");
        requireNonNull(max, "max is null");
        requireNonNull(nulls, "nulls is null");
    }

    /**
     * A bound is known only where every part of the file that holds values knows its own.
     */
    static ColumnDetails of(FileColumn column, List<RowGroupStatistics> rowGroups)
    {
        Type type = column.type();
        Optional<Range> low = Optional.empty();
        Optional<Range> high = Optional.empty();
        boolean lowKnown = true;
        boolean highKnown = true;
        OptionalLong nulls = OptionalLong.of(0);
        for (RowGroupStatistics rowGroup : rowGroups) {
            Optional<ColumnChunkStatistics> chunk = Optional.ofNullable(rowGroup.columns().get(column));
            OptionalLong ofChunk = chunk.map(ColumnChunkStatistics::nulls).orElse(OptionalLong.empty());
            nulls = nulls.isPresent() && ofChunk.isPresent() ? OptionalLong.of(nulls.getAsLong() + ofChunk.getAsLong()) : OptionalLong.empty();
            // arrays may hold more or fewer elements than there are rows
            boolean empty = chunk.flatMap(ColumnChunkStatistics::distinct)
                    .map(sample -> sample.values() == 0)
                    .orElse(ofChunk.equals(OptionalLong.of(rowGroup.rows())));
            if (empty) {
                continue;
            }
            Optional<Range> from = chunk.flatMap(ColumnChunkStatistics::min).map(min -> Range.greaterThanOrEqual(type, min));
            Optional<Range> to = chunk.flatMap(ColumnChunkStatistics::max).map(max -> Range.lessThanOrEqual(type, max));
            lowKnown &= from.isPresent();
            highKnown &= to.isPresent();
            low = span(low, from);
            high = span(high, to);
        }
        return new ColumnDetails(
                column.dottedName(),
                lowKnown ? low.map(range -> text(type, range.getLowBoundedValue())) : Optional.empty(),
                highKnown ? high.map(range -> text(type, range.getHighBoundedValue())) : Optional.empty(),
                nulls);
    }

    private static Optional<Range> span(Optional<Range> all, Optional<Range> part)
    {
        return all.isPresent() && part.isPresent() ? Optional.of(all.get().span(part.get())) : all.or(() -> part);
    }

    private static String text(Type type, Object value)
    {
        if (type instanceof VarbinaryType) {
            return "0x" + base16().encode(((Slice) value).getBytes());
        }
        BlockBuilder builder = type.createBlockBuilder(null, 1);
        writeNativeValue(type, builder, value);
        return type.getObjectValue(builder.build(), 0).toString();
    }
}
