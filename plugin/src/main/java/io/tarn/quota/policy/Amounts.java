package io.tarn.quota.policy;

import io.airlift.units.DataSize;

import java.math.BigDecimal;

/**
 * Reads amounts as people write them. The messages of what is thrown end the sentence "… must be".
 */
public final class Amounts
{
    private static final int PRICE_DIGITS = 9;
    // leaves the sums of some prices room in a long
    private static final BigDecimal MAX_PRICE = new BigDecimal("1000000000");

    private Amounts() {}

    /**
     * @param text a data size as {@code 10GB}
     * @throws IllegalArgumentException where the text is none, or not at least one byte and less than 8 EB
     */
    public static long positiveBytes(String text)
    {
        long bytes = bytes(text);
        if (bytes == 0) {
            throw new IllegalArgumentException("at least 1B");
        }
        return bytes;
    }

    /**
     * @param text a data size as {@code 10GB}
     * @throws IllegalArgumentException where the text is none, or not less than 8 EB
     */
    public static long bytes(String text)
    {
        DataSize size;
        try {
            size = DataSize.valueOf(text.strip());
        }
        catch (RuntimeException e) {
            throw new IllegalArgumentException("a size of less than 8EB with its unit (B, kB, MB, GB, TB, PB), such as \"10GB\"", e);
        }
        return size.toBytes();
    }

    /**
     * @return billionths
     * @throws IllegalArgumentException where the price is not positive, has more than 9 decimals, or is more than 10<sup>9</sup>
     */
    public static long positivePrice(BigDecimal price)
    {
        if (price.signum() <= 0 || price.compareTo(MAX_PRICE) > 0 || price.stripTrailingZeros().scale() > PRICE_DIGITS) {
            throw new IllegalArgumentException("a price of more than 0 and at most %s with at most %s decimals".formatted(MAX_PRICE.toPlainString(), PRICE_DIGITS));
        }
        return price.movePointRight(PRICE_DIGITS).longValueExact();
    }
}
