package io.tarn.format.line.source;

import static java.util.Objects.requireNonNull;

/**
 * A value that does not fit its column's type.
 */
public final class BadValueException
        extends Exception
{
    private final int position;
    private final String value;

    /**
     * @param position where the value is in its block
     * @param value as it was read
     * @param reason what is wrong with it and what helps, a sentence
     */
    public BadValueException(int position, String value, String reason)
    {
        super(reason);
        this.position = position;
        this.value = requireNonNull(value, "value is null");
    }

    public int position()
    {
        return position;
    }

    public String value()
    {
        return value;
    }
}
