package io.tarn.coerce;

import io.trino.spi.block.Block;
import io.trino.spi.block.BlockBuilder;
import io.trino.spi.type.DecimalType;
import io.trino.spi.type.Int128;
import io.trino.spi.type.LongTimestamp;
import io.trino.spi.type.TimestampType;
import io.trino.spi.type.Type;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.DateType.DATE;
import static io.trino.spi.type.Decimals.readBigDecimal;
import static io.trino.spi.type.DoubleType.DOUBLE;
import static io.trino.spi.type.IntegerType.INTEGER;
import static io.trino.spi.type.RealType.REAL;
import static io.trino.spi.type.SmallintType.SMALLINT;
import static io.trino.spi.type.TimestampType.TIMESTAMP_MILLIS;
import static io.trino.spi.type.Timestamps.round;
import static io.trino.spi.type.TinyintType.TINYINT;
import static java.lang.Float.floatToRawIntBits;
import static java.lang.Float.intBitsToFloat;
import static java.lang.Math.floorDiv;
import static java.math.RoundingMode.DOWN;
import static java.math.RoundingMode.HALF_UP;

/**
 * Coercions among numbers and dates.
 */
final class NumberCoercions
{
    /**
     * Whole types, narrow to wide.
     */
    private static final List<Type> WHOLE = List.of(TINYINT, SMALLINT, INTEGER, BIGINT);
    private static final long MICROS_PER_DAY = 86_400_000_000L;
    // whole numbers beyond are not told apart by a double
    private static final long EXACT_IN_DOUBLE = 1L << 53;

    private NumberCoercions() {}

    static boolean isWhole(Type type)
    {
        return WHOLE.contains(type);
    }

    /**
     * Largest value of a whole type; the smallest is its complement.
     */
    static long maximum(Type whole)
    {
        return switch (WHOLE.indexOf(whole)) {
            case 0 -> Byte.MAX_VALUE;
            case 1 -> Short.MAX_VALUE;
            case 2 -> Integer.MAX_VALUE;
            case 3 -> Long.MAX_VALUE;
            default -> throw new IllegalArgumentException("not a whole type: " + whole);
        };
    }

    static Optional<ValueCoercion> between(Type from, Type to, DoesNotFit doesNotFit)
    {
        if (isWhole(from)) {
            return ofWhole(from, to, doesNotFit);
        }
        if (from.equals(REAL) && to.equals(DOUBLE)) {
            return Optional.of((block, position, builder) -> DOUBLE.writeDouble(builder, realValue(block, position)));
        }
        if (from.equals(DOUBLE) && to.equals(REAL)) {
            return Optional.of((block, position, builder) -> REAL.writeLong(builder, floatToRawIntBits((float) DOUBLE.getDouble(block, position))));
        }
        if (from.equals(REAL) && to instanceof DecimalType decimal) {
            return Optional.of((block, position, builder) -> writeFloating(Float.toString(realValue(block, position)), decimal, builder, doesNotFit));
        }
        if (from.equals(DOUBLE) && to instanceof DecimalType decimal) {
            return Optional.of((block, position, builder) -> writeFloating(Double.toString(DOUBLE.getDouble(block, position)), decimal, builder, doesNotFit));
        }
        if (from instanceof DecimalType decimal) {
            return ofDecimal(decimal, to, doesNotFit);
        }
        if (from instanceof TimestampType timestamp && to.equals(DATE)) {
            return Optional.of((block, position, builder) -> DATE.writeLong(builder, floorDiv(
                    timestamp.isShort() ? timestamp.getLong(block, position) : ((LongTimestamp) timestamp.getObject(block, position)).getEpochMicros(),
                    MICROS_PER_DAY)));
        }
        if (from instanceof TimestampType timestamp && to.equals(TIMESTAMP_MILLIS)) {
            // rounded as the engine's CAST does
            return Optional.of((block, position, builder) -> {
                long micros = timestamp.isShort() ? timestamp.getLong(block, position) : ((LongTimestamp) timestamp.getObject(block, position)).getEpochMicros();
                TIMESTAMP_MILLIS.writeLong(builder, round(micros, 3));
            });
        }
        return Optional.empty();
    }

    private static Optional<ValueCoercion> ofWhole(Type from, Type to, DoesNotFit doesNotFit)
    {
        if (isWhole(to) && WHOLE.indexOf(from) < WHOLE.indexOf(to)) {
            return Optional.of((block, position, builder) -> to.writeLong(builder, from.getLong(block, position)));
        }
        if (to.equals(DOUBLE)) {
            return Optional.of((block, position, builder) -> {
                long value = from.getLong(block, position);
                if (value > EXACT_IN_DOUBLE || value < -EXACT_IN_DOUBLE) {
                    throw doesNotFit.of(value);
                }
                DOUBLE.writeDouble(builder, value);
            });
        }
        if (to instanceof DecimalType decimal) {
            return Optional.of((block, position, builder) -> {
                // Hive has no value where a whole number is out of a decimal's range
                BigDecimal value = BigDecimal.valueOf(from.getLong(block, position));
                if (value.setScale(decimal.getScale()).precision() > decimal.getPrecision()) {
                    builder.appendNull();
                }
                else {
                    writeDecimal(value, decimal, builder, doesNotFit);
                }
            });
        }
        return Optional.empty();
    }

    private static Optional<ValueCoercion> ofDecimal(DecimalType from, Type to, DoesNotFit doesNotFit)
    {
        if (to instanceof DecimalType decimal) {
            return Optional.of((block, position, builder) -> writeDecimal(readBigDecimal(from, block, position), decimal, builder, doesNotFit));
        }
        if (to.equals(DOUBLE)) {
            return Optional.of((block, position, builder) -> DOUBLE.writeDouble(builder, readBigDecimal(from, block, position).doubleValue()));
        }
        if (to.equals(REAL)) {
            return Optional.of((block, position, builder) -> REAL.writeLong(builder, floatToRawIntBits(readBigDecimal(from, block, position).floatValue())));
        }
        if (isWhole(to)) {
            BigInteger maximum = BigInteger.valueOf(maximum(to));
            BigInteger minimum = maximum.not();
            return Optional.of((block, position, builder) -> {
                // Hive cuts the fraction off, and has no value where the rest is out of range
                BigInteger value = readBigDecimal(from, block, position).setScale(0, DOWN).toBigInteger();
                if (value.compareTo(minimum) < 0 || value.compareTo(maximum) > 0) {
                    builder.appendNull();
                }
                else {
                    to.writeLong(builder, value.longValueExact());
                }
            });
        }
        return Optional.empty();
    }

    private static float realValue(Block block, int position)
    {
        return intBitsToFloat((int) REAL.getLong(block, position));
    }

    private static void writeFloating(String value, DecimalType type, BlockBuilder builder, DoesNotFit doesNotFit)
    {
        BigDecimal decimal;
        try {
            decimal = new BigDecimal(value);
        }
        catch (NumberFormatException _) {
            // infinite, or not a number
            throw doesNotFit.of(value);
        }
        writeDecimal(decimal, type, builder, doesNotFit);
    }

    private static void writeDecimal(BigDecimal value, DecimalType type, BlockBuilder builder, DoesNotFit doesNotFit)
    {
        BigDecimal scaled = value.setScale(type.getScale(), HALF_UP);
        if (scaled.precision() > type.getPrecision()) {
            throw doesNotFit.of(value.toPlainString());
        }
        if (type.isShort()) {
            type.writeLong(builder, scaled.unscaledValue().longValueExact());
        }
        else {
            type.writeObject(builder, Int128.valueOf(scaled.unscaledValue()));
        }
    }
}
