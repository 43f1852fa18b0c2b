package io.tarn.server.glue.expression;

import java.util.Comparator;

import static java.util.Objects.requireNonNull;

/**
 * Positions of one key ({@link KeyPosition}) from {@code low} to before {@code high}.
 *
 * @param point whether it is all positions of one value, whose own position is {@code low}
 */
record Interval(String low, String high, boolean point)
{
    /**
     * As databases compare texts byte by byte in UTF-8, which for some characters is not the order of Java's strings.
     */
    static final Comparator<String> BYTES = Interval::compareBytes;

    Interval
    {
        requireNonNull(low, "low is null");
        requireNonNull(high, "high is null");
    }

    private static int compareBytes(String left, String right)
    {
        int length = Math.min(left.length(), right.length());
        for (int i = 0; i < length; i++) {
            char leftCharacter = left.charAt(i);
            char rightCharacter = right.charAt(i);
            if (leftCharacter != rightCharacter) {
                return Integer.compare(rank(leftCharacter), rank(rightCharacter));
            }
        }
        return Integer.compare(left.length(), right.length());
    }

    // halves of the characters beyond U+FFFF come last
    private static int rank(char character)
    {
        return Character.isSurrogate(character) ? character + Character.MAX_VALUE : character;
    }
}
