package io.tarn.coerce;

import io.trino.spi.block.Block;
import io.trino.spi.block.BlockBuilder;
import io.trino.spi.block.RunLengthEncodedBlock;
import io.trino.spi.type.ArrayType;
import io.trino.spi.type.CharType;
import io.trino.spi.type.MapType;
import io.trino.spi.type.RowType;
import io.trino.spi.type.TimestampType;
import io.trino.spi.type.Type;
import io.trino.spi.type.VarcharType;

import java.util.Optional;

import static io.tarn.coerce.TextCoercions.fromText;
import static io.tarn.coerce.TextCoercions.toText;
import static io.trino.spi.type.DateType.DATE;
import static io.trino.spi.type.TimestampType.TIMESTAMP_NANOS;

/**
 * Which types of a partition's files can be read as which types of their table, and how: what Trino's Hive connector
 * allows, with the rules that Hive has for values outside of the target's range.
 */
public final class Coercions
{
    private Coercions() {}

    /**
     * The coercion of a type into another, or empty where values of the one cannot become values of the other.
     *
     * @param column names the column in the message about a value that does not fit, for instance
     *         {@code column 'a' of s3://bucket/file}
     */
    public static Optional<Coercion> between(Type from, Type to, String column)
    {
        if (from.equals(to)) {
            return Optional.of(Coercion.none(to));
        }
        if (from instanceof ArrayType fromArray && to instanceof ArrayType toArray) {
            return NestedCoercions.ofArray(fromArray, toArray, column);
        }
        if (from instanceof MapType fromMap && to instanceof MapType toMap) {
            return NestedCoercions.ofMap(fromMap, toMap, column);
        }
        if (from instanceof RowType fromRow && to instanceof RowType toRow) {
            return NestedCoercions.ofRow(fromRow, toRow, column);
        }
        // the text of a timestamp has every digit that the file holds
        Type read = from instanceof TimestampType && (to instanceof VarcharType || to.equals(DATE)) ? TIMESTAMP_NANOS : from;
        return ofValues(read, to, column)
                .map(values -> new Coercion(read, to, block -> applyToValues(to, values, block)));
    }

    private static Optional<ValueCoercion> ofValues(Type from, Type to, String column)
    {
        if (to instanceof VarcharType || to instanceof CharType) {
            return toText(from, to, new DoesNotFit(column, from, to));
        }
        if (from instanceof VarcharType) {
            return fromText(from, to, new DoesNotFit(column, from, to));
        }
        return NumberCoercions.between(from, to, new DoesNotFit(column, from, to));
    }

    private static Block applyToValues(Type to, ValueCoercion values, Block block)
    {
        if (block instanceof RunLengthEncodedBlock runLength) {
            return RunLengthEncodedBlock.create(applyToValues(to, values, runLength.getValue()), runLength.getPositionCount());
        }
        BlockBuilder builder = to.createBlockBuilder(null, block.getPositionCount());
        for (int position = 0; position < block.getPositionCount(); position++) {
            if (block.isNull(position)) {
                builder.appendNull();
            }
            else {
                values.write(block, position, builder);
            }
        }
        return builder.build();
    }
}
