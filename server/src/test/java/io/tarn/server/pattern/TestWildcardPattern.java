package io.tarn.server.pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TestWildcardPattern
{
    @Test
    void testLiterals()
    {
        assertThat(pattern("")).accepts("").rejects("a");
        assertThat(pattern("ab")).accepts("ab").rejects("a", "abc", "xab", "");
    }

    @Test
    void testOne()
    {
        assertThat(pattern("a?c")).accepts("abc", "a?c", "a*c").rejects("ac", "abbc");
    }

    @Test
    void testAny()
    {
        assertThat(pattern("*")).accepts("", "a", "a\nb");
        assertThat(pattern("a*")).accepts("a", "ab").rejects("", "ba");
        assertThat(pattern("*a*b*")).accepts("ab", "xaybz", "aab", "abab").rejects("ba", "a", "b");
        // goes back more than once
        assertThat(pattern("*aab")).accepts("aaab", "aabaab").rejects("aaba");
        assertThat(pattern("a*?*b")).accepts("axb", "abb").rejects("ab");
    }

    @Test
    void testHostile()
    {
        // where every wildcard is gone back to, this does not end
        String text = "a".repeat(2000);
        assertThat(pattern("*a".repeat(500) + "*b")).rejects(text).accepts(text + "b");
    }

    private static WildcardPattern pattern(String pattern)
    {
        WildcardPattern.Builder builder = WildcardPattern.builder();
        for (char character : pattern.toCharArray()) {
            switch (character) {
                case '*' -> builder.any();
                case '?' -> builder.one();
                default -> builder.literal(character);
            }
        }
        return builder.build();
    }
}
