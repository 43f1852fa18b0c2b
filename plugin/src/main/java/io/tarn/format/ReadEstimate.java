package io.tarn.format;

import java.util.OptionalLong;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * What a read costs, told before it reads.
 *
 * @param bytes that it fetches from the storage when it is read to its end, at most
 * @param rows that it reads, none deducted for a filter; empty where nothing tells
 * @param exact whether it fetches no fewer bytes either
 */
public record ReadEstimate(long bytes, OptionalLong rows, boolean exact)
{
    public ReadEstimate
    {
        checkArgument(bytes >= 0, "bytes is negative: %s", bytes);
        requireNonNull(rows, "rows is null");
    }
}
