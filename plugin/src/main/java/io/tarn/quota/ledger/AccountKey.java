package io.tarn.quota.ledger;

import java.time.Instant;

import static io.tarn.quota.ledger.StoredText.storable;
import static java.util.Objects.requireNonNull;

/**
 * One counter: a budget of a workgroup, for one subject, in one run of the budget's period.
 *
 * @param subject a user, a group, or empty for the whole workgroup; what no database keeps in it is replaced, so that
 *         it is the same when it comes back
 * @param end the first moment after the run
 */
public record AccountKey(String workgroup, String budget, String subject, Instant start, Instant end)
{
    public AccountKey
    {
        requireNonNull(workgroup, "workgroup is null");
        requireNonNull(budget, "budget is null");
        subject = storable(requireNonNull(subject, "subject is null"));
        requireNonNull(start, "start is null");
        requireNonNull(end, "end is null");
    }
}
