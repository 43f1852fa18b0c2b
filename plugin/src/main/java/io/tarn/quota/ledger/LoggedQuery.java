package io.tarn.quota.ledger;

import com.google.common.collect.ImmutableList;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * A query as the ledger has it.
 *
 * @param ended empty while it runs
 * @param estimated the largest reservation, or the estimate of a query that was refused
 */
public record LoggedQuery(
        QueryStart query,
        QueryState state,
        Optional<Instant> ended,
        Cost estimated,
        Cost actual,
        long rows,
        Optional<String> reason,
        List<TableScan> scans)
{
    public LoggedQuery
    {
        requireNonNull(query, "query is null");
        requireNonNull(state, "state is null");
        requireNonNull(ended, "ended is null");
        requireNonNull(estimated, "estimated is null");
        requireNonNull(actual, "actual is null");
        requireNonNull(reason, "reason is null");
        scans = ImmutableList.copyOf(scans);
    }
}
