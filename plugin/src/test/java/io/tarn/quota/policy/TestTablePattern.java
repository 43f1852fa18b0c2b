package io.tarn.quota.policy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TestTablePattern
{
    @Test
    void matchesNames()
    {
        assertThat(new TablePattern("sales.orders").matches("sales", "orders")).isTrue();
        assertThat(new TablePattern("sales.orders").matches("sales", "orders2")).isFalse();
        assertThat(new TablePattern("sales.orders").matches("sales2", "orders")).isFalse();
        assertThat(new TablePattern("Sales.Orders").matches("sales", "ORDERS")).isTrue();
        assertThat(new TablePattern("*.*").matches("sales", "orders")).isTrue();
        assertThat(new TablePattern("*.orders").matches("anything", "orders")).isTrue();
        assertThat(new TablePattern("*.orders").matches("anything", "old_orders")).isFalse();
        assertThat(new TablePattern("weblogs.*").matches("weblogs", "x.y")).isTrue();
        assertThat(new TablePattern("weblogs.*").matches("weblogs2", "x")).isFalse();
    }

    @Test
    void starsStandForAnyCharacters()
    {
        TablePattern pattern = new TablePattern("s.a*b*c");
        assertThat(pattern.matches("s", "abc")).isTrue();
        assertThat(pattern.matches("s", "aXbYbZc")).isTrue();
        assertThat(pattern.matches("s", "abcabc")).isTrue();
        assertThat(pattern.matches("s", "acb")).isFalse();
        assertThat(pattern.matches("s", "abcd")).isFalse();
        assertThat(new TablePattern("s.**").matches("s", "")).isTrue();
        assertThat(new TablePattern("s.[a]+(").matches("s", "[a]+(")).isTrue();
    }

    @Test
    void manyStarsTakeNoTime()
    {
        assertThat(new TablePattern("s." + "*a".repeat(300) + "b").matches("s", "a".repeat(100_000))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "orders", ".orders", "sales.", "a.b.c", "*", "sales. orders"})
    void refusesOtherPatterns(String pattern)
    {
        assertThatThrownBy(() -> new TablePattern(pattern))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not schema.table: " + pattern);
    }
}
