package io.tarn.quota.policy;

import java.time.Instant;

import static java.util.Objects.requireNonNull;

/**
 * One run of a budget's period.
 *
 * @param end the first moment of the next one
 */
public record Window(Instant start, Instant end)
{
    public Window
    {
        requireNonNull(start, "start is null");
        requireNonNull(end, "end is null");
    }
}
