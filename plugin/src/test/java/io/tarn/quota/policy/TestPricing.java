package io.tarn.quota.policy;

import org.junit.jupiter.api.Test;

import java.math.BigDecimal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TestPricing
{
    private static final long MEGABYTE = 1 << 20;
    private static final long TERABYTE = 1L << 40;

    @Test
    void billsAsAthena()
    {
        assertThat(Pricing.DEFAULT.billedBytes(0)).isZero();
        assertThat(Pricing.DEFAULT.billedBytes(1)).isEqualTo(10 * MEGABYTE);
        assertThat(Pricing.DEFAULT.billedBytes(10 * MEGABYTE)).isEqualTo(10 * MEGABYTE);
        assertThat(Pricing.DEFAULT.billedBytes(10 * MEGABYTE + 1)).isEqualTo(11 * MEGABYTE);
        assertThat(Pricing.DEFAULT.billedBytes(TERABYTE)).isEqualTo(TERABYTE);
    }

    @Test
    void aMinimumThatIsNoMultipleOfTheRoundingIsRoundedToo()
    {
        assertThat(new Pricing("USD", BigDecimal.ONE, 10, 7).billedBytes(1)).isEqualTo(14);
        assertThat(new Pricing("USD", BigDecimal.ONE, 0, 1).billedBytes(1)).isEqualTo(1);
    }

    @Test
    void pricesAreExactAndRoundedUp()
    {
        assertThat(Pricing.DEFAULT.price(0)).isZero();
        assertThat(Pricing.DEFAULT.price(TERABYTE)).isEqualTo(5_000_000_000L);
        // 10 MB at 5 dollars a terabyte: 47683.71… billionths
        assertThat(Pricing.DEFAULT.price(1)).isEqualTo(47_684);
        assertThat(new Pricing("USD", BigDecimal.valueOf(5), 0, 1).price(1)).isEqualTo(1);
        assertThat(new Pricing("USD", new BigDecimal("0.000000001"), 0, 1).price(3 * TERABYTE)).isEqualTo(3);
        assertThat(new Pricing("USD", new BigDecimal("0.1"), 0, 1).price(3 * TERABYTE)).isEqualTo(300_000_000);
        // a double has no room for this
        assertThat(new Pricing("USD", new BigDecimal("9007.199254741"), 0, 1).price(1024 * TERABYTE)).isEqualTo(9_223_372_036_854_784L);
        assertThat(new Pricing("USD", BigDecimal.ZERO, 0, 1).price(TERABYTE)).isZero();
    }

    @Test
    void whatPassesALongIsTheLargest()
    {
        assertThat(new Pricing("USD", BigDecimal.valueOf(5), 0, MEGABYTE).billedBytes(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
        assertThat(new Pricing("USD", BigDecimal.valueOf(1_000_000), 0, 1).price(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
        assertThat(Pricing.DEFAULT.price(Long.MAX_VALUE)).isEqualTo(41_943_040_000_000_000L);
    }

    @Test
    void refusesWhatIsNoPricing()
    {
        assertThatThrownBy(() -> Pricing.DEFAULT.price(-1)).isInstanceOf(IllegalArgumentException.class).hasMessage("bytes is negative: -1");
        assertThatThrownBy(() -> new Pricing("USD", BigDecimal.valueOf(-1), 0, 1)).hasMessage("perTerabyte is negative: -1");
        assertThatThrownBy(() -> new Pricing("USD", BigDecimal.ONE, -1, 1)).hasMessage("minimumBytes is negative: -1");
        assertThatThrownBy(() -> new Pricing("USD", BigDecimal.ONE, 0, 0)).hasMessage("roundingBytes is not positive: 0");
    }

    @Test
    void showsPrices()
    {
        assertThat(Pricing.DEFAULT.format(50_000)).isEqualTo("USD 0.00005");
        assertThat(Pricing.DEFAULT.format(0)).isEqualTo("USD 0.00");
        assertThat(Pricing.DEFAULT.format(1_500_000_000)).isEqualTo("USD 1.50");
        assertThat(Pricing.DEFAULT.format(100_000_000_000L)).isEqualTo("USD 100.00");
        assertThat(Pricing.DEFAULT.format(1)).isEqualTo("USD 0.000000001");
        assertThat(Pricing.DEFAULT.format(-1_000_000)).isEqualTo("USD -0.001");
        assertThat(Pricing.DEFAULT.format(Long.MAX_VALUE)).isEqualTo("USD 9223372036.854775807");
    }
}
