package io.tarn.quota.ledger;

import com.google.common.collect.ImmutableList;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * How a query ended.
 *
 * @param state any but {@code RUNNING}
 * @param estimated the whole of what it was expected to read
 * @param actual what it did read, and what that costs
 * @param reason why it failed or was refused, or what it would have been refused for
 * @param accounts what it counts for; used where the query has reserved nothing yet
 */
public record Settlement(
        QueryStart query,
        QueryState state,
        Instant ended,
        Cost estimated,
        Cost actual,
        long rows,
        Optional<String> reason,
        List<TableScan> scans,
        List<Account> accounts)
{
    public Settlement
    {
        requireNonNull(query, "query is null");
        requireNonNull(state, "state is null");
        requireNonNull(ended, "ended is null");
        requireNonNull(estimated, "estimated is null");
        requireNonNull(actual, "actual is null");
        requireNonNull(reason, "reason is null");
        scans = ImmutableList.copyOf(scans);
        accounts = ImmutableList.copyOf(accounts);
    }
}
