package io.tarn.quota.ledger;

import static java.util.Objects.requireNonNull;

/**
 * An account as a transaction has read it.
 *
 * @param id orders the locks
 */
record AccountRow(long id, AccountKey key, Balance balance)
{
    AccountRow
    {
        requireNonNull(key, "key is null");
        requireNonNull(balance, "balance is null");
    }

    AccountRow withBalance(Balance balance)
    {
        return new AccountRow(id, key, balance);
    }
}
