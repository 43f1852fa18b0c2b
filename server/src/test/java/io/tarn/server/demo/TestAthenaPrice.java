package io.tarn.server.demo;

import org.junit.jupiter.api.Test;

import static io.tarn.server.demo.AthenaPrice.chargedMegabytes;
import static io.tarn.server.demo.AthenaPrice.dollars;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TestAthenaPrice
{
    private static final long MEGABYTE = 1L << 20;

    @Test
    void testMegabytes()
    {
        assertThat(chargedMegabytes(0)).isEqualTo(10);
        assertThat(chargedMegabytes(10 * MEGABYTE)).isEqualTo(10);
        assertThat(chargedMegabytes(10 * MEGABYTE + 1)).isEqualTo(11);
        assertThat(chargedMegabytes(11 * MEGABYTE)).isEqualTo(11);
        assertThat(chargedMegabytes(Long.MAX_VALUE)).isEqualTo(1L << 43);
        assertThatThrownBy(() -> chargedMegabytes(-1)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("-1");
    }

    @Test
    void testDollars()
    {
        assertThat(dollars(0)).isEqualByComparingTo("0.000048");
        assertThat(dollars(1L << 40)).isEqualByComparingTo("5");
        assertThat(dollars(3L << 40)).isEqualByComparingTo("15");
        assertThat(dollars(675 * MEGABYTE)).isEqualByComparingTo("0.003219");
        assertThat(dollars(0).toPlainString()).isEqualTo("0.000048");
    }
}
