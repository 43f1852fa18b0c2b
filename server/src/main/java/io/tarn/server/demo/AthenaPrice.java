package io.tarn.server.demo;

import java.math.BigDecimal;
import java.math.RoundingMode;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * What Athena asks for a query: 5 US dollars a terabyte scanned, bytes rounded up to the next megabyte, and never less
 * than 10 megabytes. Units are binary, as Athena's own scan limits are.
 *
 * @see <a href="https://aws.amazon.com/athena/pricing/">Amazon Athena pricing, SQL queries per data scanned</a>
 */
public final class AthenaPrice
{
    private static final long MEGABYTE = 1L << 20;
    private static final long MINIMUM_MEGABYTES = 10;
    private static final BigDecimal MEGABYTES_OF_TERABYTE = BigDecimal.valueOf(1 << 20);
    private static final BigDecimal DOLLARS_PER_TERABYTE = BigDecimal.valueOf(5);
    private static final int SCALE = 6;

    private AthenaPrice() {}

    /**
     * The megabytes that are charged for bytes scanned.
     */
    public static long chargedMegabytes(long scannedBytes)
    {
        checkArgument(scannedBytes >= 0, "scannedBytes is negative: %s", scannedBytes);
        long megabytes = scannedBytes / MEGABYTE + (scannedBytes % MEGABYTE == 0 ? 0 : 1);
        return Math.max(MINIMUM_MEGABYTES, megabytes);
    }

    /**
     * US dollars, to six places.
     */
    public static BigDecimal dollars(long scannedBytes)
    {
        return BigDecimal.valueOf(chargedMegabytes(scannedBytes))
                .multiply(DOLLARS_PER_TERABYTE)
                .divide(MEGABYTES_OF_TERABYTE, SCALE, RoundingMode.HALF_UP);
    }
}
