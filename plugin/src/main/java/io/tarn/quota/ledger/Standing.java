package io.tarn.quota.ledger;

import com.google.common.collect.ImmutableMap;

import java.util.Map;

import static java.util.Objects.requireNonNull;

/**
 * What the ledger has to say to a query that comes in, of one moment.
 *
 * @param balances of all accounts that were asked for
 */
public record Standing(Changes changes, Map<AccountKey, Balance> balances)
{
    public Standing
    {
        requireNonNull(changes, "changes is null");
        balances = ImmutableMap.copyOf(balances);
    }
}
