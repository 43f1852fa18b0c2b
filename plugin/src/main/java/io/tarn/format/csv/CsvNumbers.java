package io.tarn.format.csv;

import io.airlift.slice.Slice;
import io.trino.spi.block.BlockBuilder;
import io.trino.spi.type.DecimalType;
import io.trino.spi.type.Int128;

import java.math.BigDecimal;

import static io.trino.spi.type.Decimals.overflows;
import static java.lang.Math.addExact;
import static java.lang.Math.multiplyExact;
import static java.math.BigDecimal.ZERO;
import static java.math.RoundingMode.HALF_UP;

/**
 * Reads numbers without making objects of them where that is possible.
 */
final class CsvNumbers
{
    private CsvNumbers() {}

    /**
     * @throws NumberFormatException where the text is not digits with an optional sign, or out of range
     * @throws ArithmeticException where it is far out of range
     */
    static long parseLong(Slice text, int offset, int length, long min, long max)
    {
        int position = offset;
        int end = offset + length;
        boolean negative = length > 0 && text.getByte(position) == '-';
        if (negative || (length > 0 && text.getByte(position) == '+')) {
            position++;
        }
        if (position == end) {
            throw new NumberFormatException("no digits");
        }
        // negative, because the smallest number has no positive counterpart
        long value = 0;
        while (position < end) {
            int digit = text.getByte(position) - '0';
            if (digit < 0 || digit > 9) {
                throw new NumberFormatException("not a digit");
            }
            value = addExact(multiplyExact(value, 10), -digit);
            position++;
        }
        if (!negative) {
            value = multiplyExact(value, -1);
        }
        if (value < min || value > max) {
            throw new NumberFormatException("out of range");
        }
        return value;
    }

    /**
     * Rounds half up to the type's scale.
     *
     * @throws NumberFormatException where the text is no number, or does not fit
     */
    static void writeDecimal(String text, DecimalType type, BlockBuilder builder)
    {
        BigDecimal value = new BigDecimal(text);
        // digits before the point; a hostile exponent must not be written out as zeros to find that it does not fit
        long magnitude = (long) value.precision() - value.scale();
        if (value.signum() == 0 || magnitude < -type.getScale()) {
            value = ZERO;
        }
        else if (magnitude > type.getPrecision()) {
            throw new NumberFormatException("out of range");
        }
        BigDecimal scaled = value.setScale(type.getScale(), HALF_UP);
        if (overflows(scaled, type.getPrecision())) {
            throw new NumberFormatException("out of range");
        }
        if (type.isShort()) {
            type.writeLong(builder, scaled.unscaledValue().longValueExact());
        }
        else {
            type.writeObject(builder, Int128.valueOf(scaled.unscaledValue()));
        }
    }
}
