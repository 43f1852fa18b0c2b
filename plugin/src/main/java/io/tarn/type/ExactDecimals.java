package io.tarn.type;

import io.trino.spi.type.DecimalType;
import io.trino.spi.type.Int128;

import java.math.BigDecimal;

import static java.math.RoundingMode.UNNECESSARY;

/**
 * Decimals that a catalogue has as text.
 */
public final class ExactDecimals
{
    // zeros at the end are no harm
    private static final int MAX_WRITTEN_SCALE = 1000;

    private ExactDecimals() {}

    /**
     * @return Trino's form of the type: a {@link Long} or an {@link Int128}
     * @throws NumberFormatException where the text is no number
     * @throws ArithmeticException where the number has more digits than the type, before the point or after it
     */
    public static Object parse(String text, DecimalType type)
    {
        BigDecimal number = new BigDecimal(text);
        // a hostile exponent must not be written out as zeros to find that it does not fit
        if (number.precision() - (long) number.scale() > type.getPrecision() || number.scale() > MAX_WRITTEN_SCALE) {
            throw outOfRange();
        }
        BigDecimal value = number.setScale(type.getScale(), UNNECESSARY);
        if (value.precision() > type.getPrecision()) {
            throw outOfRange();
        }
        return type.isShort() ? (Object) value.unscaledValue().longValueExact() : Int128.valueOf(value.unscaledValue());
    }

    private static ArithmeticException outOfRange()
    {
        return new ArithmeticException("out of range");
    }
}
