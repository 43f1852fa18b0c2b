package io.tarn.writelog;

import java.time.Instant;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * A write that has begun and is not published.
 *
 * @param queryId whose write it is; letters, digits and underscores
 * @param begun by the clock of the coordinator that began it, to the millisecond
 */
public record OpenWrite(long sequence, String queryId, Instant begun)
{
    public OpenWrite
    {
        checkArgument(sequence > 0, "sequence is not positive: %s", sequence);
        requireNonNull(queryId, "queryId is null");
        requireNonNull(begun, "begun is null");
    }
}
