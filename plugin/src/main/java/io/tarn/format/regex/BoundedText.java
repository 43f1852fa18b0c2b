package io.tarn.format.regex;

import static java.lang.Math.multiplyExact;
import static java.util.Objects.requireNonNull;

/**
 * A text that only so many characters of are looked at. An expression that goes back and forth over a line takes time
 * that doubles with every character, and nothing but the text it asks tells how far it is.
 */
final class BoundedText
        implements CharSequence
{
    static final int MIN_STEPS = 10_000_000;
    /**
     * Of a character; expressions that are in use take some tens.
     */
    static final int CHARACTER_STEPS = 200;

    private final String text;
    private long steps;

    BoundedText(String text)
    {
        this.text = requireNonNull(text, "text is null");
        this.steps = MIN_STEPS + multiplyExact((long) CHARACTER_STEPS, text.length());
    }

    /**
     * @throws TooManyStepsException where the text has been looked at too often
     */
    @Override
    public char charAt(int index)
    {
        steps--;
        if (steps < 0) {
            throw new TooManyStepsException();
        }
        return text.charAt(index);
    }

    @Override
    public int length()
    {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end)
    {
        return text.substring(start, end);
    }

    @Override
    public String toString()
    {
        return text;
    }

    static final class TooManyStepsException
            extends RuntimeException {}
}
