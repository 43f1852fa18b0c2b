package io.tarn.format.csv;

import io.airlift.slice.SliceOutput;
import io.airlift.slice.Slices;
import io.trino.spi.block.Block;
import io.trino.spi.type.BigintType;
import io.trino.spi.type.BooleanType;
import io.trino.spi.type.CharType;
import io.trino.spi.type.DateType;
import io.trino.spi.type.DecimalType;
import io.trino.spi.type.Decimals;
import io.trino.spi.type.DoubleType;
import io.trino.spi.type.Int128;
import io.trino.spi.type.IntegerType;
import io.trino.spi.type.RealType;
import io.trino.spi.type.SmallintType;
import io.trino.spi.type.TimestampType;
import io.trino.spi.type.TinyintType;
import io.trino.spi.type.Type;
import io.trino.spi.type.VarcharType;

import static io.trino.spi.type.BooleanType.BOOLEAN;
import static io.trino.spi.type.DoubleType.DOUBLE;
import static io.trino.spi.type.RealType.REAL;
import static io.trino.spi.type.Timestamps.MICROSECONDS_PER_MILLISECOND;

/**
 * How values become texts that {@link CsvValues} reads.
 */
@FunctionalInterface
interface CsvText
{
    /**
     * @param block that has a value at the position
     */
    void append(Block block, int position, SliceOutput output);

    /**
     * @throws IllegalArgumentException where CSV cannot hold the type
     */
    static CsvText of(Type type)
    {
        return switch (type) {
            case VarcharType varchar -> (block, position, output) -> output.writeBytes(varchar.getSlice(block, position));
            // without the blanks that fill it up, which readers add again
            case CharType character -> (block, position, output) -> output.writeBytes(character.getSlice(block, position));
            case BooleanType _ -> (block, position, output) -> append(BOOLEAN.getBoolean(block, position) ? "true" : "false", output);
            case TinyintType _, SmallintType _, IntegerType _, BigintType _, DateType _ -> (block, position, output) -> append(type.getLong(block, position), output);
            case TimestampType timestamp when timestamp.getPrecision() <= 3 -> (block, position, output) ->
                    append(timestamp.getLong(block, position) / MICROSECONDS_PER_MILLISECOND, output);
            case RealType _ -> (block, position, output) -> append(Float.toString(REAL.getFloat(block, position)), output);
            case DoubleType _ -> (block, position, output) -> append(Double.toString(DOUBLE.getDouble(block, position)), output);
            case DecimalType decimal when decimal.isShort() -> (block, position, output) -> append(Decimals.toString(decimal.getLong(block, position), decimal.getScale()), output);
            case DecimalType decimal -> (block, position, output) -> append(Decimals.toString((Int128) decimal.getObject(block, position), decimal.getScale()), output);
            default -> throw new IllegalArgumentException("a CSV field cannot hold a value of type '%s'; declare the column string".formatted(type.getDisplayName()));
        };
    }

    private static void append(String text, SliceOutput output)
    {
        output.writeBytes(Slices.utf8Slice(text));
    }

    /**
     * Writes digits without making a text of them.
     */
    private static void append(long value, SliceOutput output)
    {
        if (value < 0) {
            output.writeByte('-');
        }
        // negative, because the smallest number has no positive counterpart
        long rest = value < 0 ? value : -value;
        long divisor = 1;
        while (rest / divisor <= -10) {
            divisor *= 10;
        }
        while (divisor > 0) {
            output.writeByte((int) ('0' - rest / divisor));
            rest %= divisor;
            divisor /= 10;
        }
    }
}
