package io.tarn.quota.policy;

import java.math.BigDecimal;
import java.math.BigInteger;

import static com.google.common.base.Preconditions.checkArgument;
import static java.math.RoundingMode.CEILING;
import static java.util.Objects.requireNonNull;

/**
 * What scanned bytes cost.
 *
 * @param currency as shown, for instance {@code USD}
 * @param perTerabyte of 2<sup>40</sup> bytes
 * @param minimumBytes what a query that scans anything is billed for at the least
 * @param roundingBytes billed bytes are a multiple of this
 */
public record Pricing(String currency, BigDecimal perTerabyte, long minimumBytes, long roundingBytes)
{
    /**
     * Athena's: 5 dollars per terabyte, by the megabyte, at least ten of them.
     */
    public static final Pricing DEFAULT = new Pricing("USD", BigDecimal.valueOf(5), 10 << 20, 1 << 20);

    private static final int PRICE_DIGITS = 9;
    private static final BigDecimal TERABYTE = BigDecimal.valueOf(1L << 40);

    public Pricing
    {
        requireNonNull(currency, "currency is null");
        requireNonNull(perTerabyte, "perTerabyte is null");
        checkArgument(perTerabyte.signum() >= 0, "perTerabyte is negative: %s", perTerabyte);
        checkArgument(minimumBytes >= 0, "minimumBytes is negative: %s", minimumBytes);
        checkArgument(roundingBytes >= 1, "roundingBytes is not positive: %s", roundingBytes);
    }

    /**
     * The bytes that a query is billed for: none where it scans none. What passes the range of a long is
     * {@link Long#MAX_VALUE}.
     */
    public long billedBytes(long bytes)
    {
        checkArgument(bytes >= 0, "bytes is negative: %s", bytes);
        if (bytes == 0) {
            return 0;
        }
        long billed = Math.max(bytes, minimumBytes);
        long over = billed % roundingBytes;
        if (over == 0) {
            return billed;
        }
        long missing = roundingBytes - over;
        return billed > Long.MAX_VALUE - missing ? Long.MAX_VALUE : billed + missing;
    }

    /**
     * The price of a query that scans so many bytes, in billionths of the currency, rounded up. What passes the
     * range of a long is {@link Long#MAX_VALUE}.
     */
    public long price(long bytes)
    {
        BigInteger price = perTerabyte.movePointRight(PRICE_DIGITS)
                .multiply(BigDecimal.valueOf(billedBytes(bytes)))
                // a power of two divides exactly
                .divide(TERABYTE)
                .setScale(0, CEILING)
                .toBigInteger();
        return price.bitLength() < Long.SIZE ? price.longValue() : Long.MAX_VALUE;
    }

    /**
     * A price as a person reads it, for instance {@code USD 0.00005}, with two decimals at
     * the least.
     *
     * @param price billionths of the currency
     */
    public String format(long price)
    {
        BigDecimal value = BigDecimal.valueOf(price, PRICE_DIGITS).stripTrailingZeros();
        return currency + " " + value.setScale(Math.max(value.scale(), 2)).toPlainString();
    }
}
