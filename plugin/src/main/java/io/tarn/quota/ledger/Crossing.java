package io.tarn.quota.ledger;

import java.time.Instant;

import static java.util.Objects.requireNonNull;

/**
 * A budget that has come to a threshold; the ledger tells each once, whoever of its coordinators brings it there.
 *
 * @param percent the threshold
 * @param taken used and reserved then
 */
public record Crossing(AccountKey account, int percent, Cost taken, Instant time, String queryId)
{
    public Crossing
    {
        requireNonNull(account, "account is null");
        requireNonNull(taken, "taken is null");
        requireNonNull(time, "time is null");
        requireNonNull(queryId, "queryId is null");
    }
}
