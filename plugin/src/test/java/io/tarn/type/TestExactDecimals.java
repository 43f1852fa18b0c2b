package io.tarn.type;

import io.trino.spi.type.Int128;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.trino.spi.type.DecimalType.createDecimalType;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

public class TestExactDecimals
{
    @Test
    public void testForms()
    {
        assertThat(ExactDecimals.parse("1.50", createDecimalType(5, 2))).isEqualTo(150L);
        assertThat(ExactDecimals.parse("1.5000", createDecimalType(5, 2))).isEqualTo(150L);
        assertThat(ExactDecimals.parse("-1.2e2", createDecimalType(5, 2))).isEqualTo(-12000L);
        assertThat(ExactDecimals.parse("0", createDecimalType(20, 20))).isEqualTo(Int128.ZERO);
        assertThat(ExactDecimals.parse("7", createDecimalType(20, 1))).isEqualTo(Int128.valueOf(70));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1000", "1.005", "1e999999999", "-1e999999999", "1e-999999999", "0e999999999"})
    public void testNoRoom(String text)
    {
        assertThatThrownBy(() -> ExactDecimals.parse(text, createDecimalType(5, 2))).isInstanceOf(ArithmeticException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "1e99999999999"})
    public void testNoNumber(String text)
    {
        assertThatThrownBy(() -> ExactDecimals.parse(text, createDecimalType(5, 2))).isInstanceOf(NumberFormatException.class);
    }
}
