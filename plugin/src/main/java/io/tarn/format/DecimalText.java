package io.tarn.format;

import io.trino.spi.block.BlockBuilder;
import io.trino.spi.type.DecimalType;
import io.trino.spi.type.Int128;

import java.math.BigDecimal;

import static io.trino.spi.type.Decimals.overflows;
import static java.math.BigDecimal.ZERO;
import static java.math.RoundingMode.HALF_UP;

/**
 * Decimals of numbers that a file holds, whose exponents may be anything.
 */
public final class DecimalText
{
    private DecimalText() {}

    /**
     * Rounds half up to the type's scale.
     *
     * @throws NumberFormatException where the text is no number, or does not fit; then nothing has been written
     */
    public static void write(String text, DecimalType type, BlockBuilder builder)
    {
        write(new BigDecimal(text), type, builder);
    }

    /**
     * Rounds half up to the type's scale.
     *
     * @throws NumberFormatException where the number does not fit; then nothing has been written
     */
    public static void write(BigDecimal number, DecimalType type, BlockBuilder builder)
    {
        BigDecimal value = number;
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
