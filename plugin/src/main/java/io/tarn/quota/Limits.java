package io.tarn.quota;

import io.tarn.quota.ledger.Account;
import io.tarn.quota.ledger.Cost;
import io.tarn.quota.policy.Workgroup;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Holds figures against limits.
 */
final class Limits
{
    private Limits() {}

    /**
     * The limit on single queries that so much would pass.
     */
    static Optional<Refusal> refusal(Workgroup workgroup, ScanTotals totals)
    {
        OptionalLong bytes = workgroup.limits().bytes();
        if (bytes.isPresent() && totals.bytes() > bytes.getAsLong()) {
            return Optional.of(new Refusal(RefusalText.bytesLimit(workgroup, bytes.getAsLong()), true));
        }
        OptionalLong price = workgroup.limits().price();
        if (price.isPresent() && workgroup.pricing().price(totals.bytes()) > price.getAsLong()) {
            return Optional.of(new Refusal(RefusalText.priceLimit(workgroup, price.getAsLong()), true));
        }
        OptionalLong rows = workgroup.limits().rows();
        if (rows.isPresent() && totals.rows().isPresent() && totals.rows().getAsLong() > rows.getAsLong()) {
            return Optional.of(new Refusal(RefusalText.rowsLimit(workgroup, rows.getAsLong()), true));
        }
        return Optional.empty();
    }

    static boolean passes(Account account, Cost total)
    {
        return (account.bytes().isPresent() && total.bytes() > account.bytes().getAsLong())
                || (account.price().isPresent() && total.price() > account.price().getAsLong());
    }

    static boolean isSpent(Account account, Cost used)
    {
        return (account.bytes().isPresent() && used.bytes() >= account.bytes().getAsLong())
                || (account.price().isPresent() && used.price() >= account.price().getAsLong());
    }
}
