package io.tarn.format.line.write;

import static java.util.Objects.requireNonNull;

/**
 * A value that the lines of a format cannot hold.
 */
public final class UnwritableValueException
        extends RuntimeException
{
    private final int channel;
    private final String remedy;

    /**
     * @param channel the column
     * @param reason why it cannot be held, as it goes on after "cannot be written to …: "
     * @param remedy a sentence
     */
    public UnwritableValueException(int channel, String reason, String remedy)
    {
        super(reason);
        this.channel = channel;
        this.remedy = requireNonNull(remedy, "remedy is null");
    }

    int channel()
    {
        return channel;
    }

    String remedy()
    {
        return remedy;
    }
}
