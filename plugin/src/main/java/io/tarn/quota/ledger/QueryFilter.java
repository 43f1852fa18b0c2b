package io.tarn.quota.ledger;

import java.time.Instant;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Which queries of the log are asked for; empty is any.
 *
 * @param from created then or later
 * @param until created before
 */
public record QueryFilter(Optional<String> user, Optional<String> queryId, Optional<String> workgroup, Optional<Instant> from, Optional<Instant> until)
{
    public static final QueryFilter ALL = new QueryFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public QueryFilter
    {
        requireNonNull(user, "user is null");
        requireNonNull(queryId, "queryId is null");
        requireNonNull(workgroup, "workgroup is null");
        requireNonNull(from, "from is null");
        requireNonNull(until, "until is null");
    }
}
