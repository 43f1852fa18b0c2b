package io.tarn.athena.execute;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TestHivePattern
{
    @Test
    void matchesAsHiveDoes()
    {
        assertMatch("flights", "flights");
        assertMatch("FLIGHTS", "flights");
        assertMatch("flight*", "flights");
        assertMatch("*ight*", "flights");
        assertMatch("flight.*", "flights");
        assertMatch("flight.", "flights");
        assertMatch("cars|flights", "flights");
        assertMatch("c*|*s", "flights");
        assertMatch("*", "");
        assertMatch("a*b*c", "abbcbc");
        assertNoMatch("flight", "flights");
        assertNoMatch("flight.", "flight");
        assertNoMatch("*cars|boats*", "flights");
        assertNoMatch("", "flights");
        assertNoMatch("a*b*c", "abbcb");
        assertNoMatch("fl[a-z]ghts", "flights");
    }

    @Test
    void takesBoundedTime()
    {
        // an expression would try each way to share the letters out
        assertNoMatch("*a".repeat(10_000) + "b", "a".repeat(10_000));
    }

    private static void assertMatch(String pattern, String name)
    {
        assertThat(new HivePattern(pattern).test(name)).as(pattern).isTrue();
    }

    private static void assertNoMatch(String pattern, String name)
    {
        assertThat(new HivePattern(pattern).test(name)).as(pattern).isFalse();
    }
}
