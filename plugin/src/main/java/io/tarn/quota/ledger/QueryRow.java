package io.tarn.quota.ledger;

import static java.util.Objects.requireNonNull;

/**
 * How a query stands with its accounts.
 *
 * @param reserved its part of each of its accounts: of what is reserved while it runs, of what is used when it was lost
 * @param estimated the largest it has reserved
 */
record QueryRow(String queryId, QueryState state, Cost reserved, Cost estimated)
{
    QueryRow
    {
        requireNonNull(queryId, "queryId is null");
        requireNonNull(state, "state is null");
        requireNonNull(reserved, "reserved is null");
        requireNonNull(estimated, "estimated is null");
    }

    /**
     * Whether its end was told; that of a lost one was not.
     */
    boolean ended()
    {
        return switch (state) {
            case RUNNING, LOST -> false;
            case FINISHED, FAILED, REFUSED, DRY_RUN -> true;
        };
    }

    /**
     * What is left of an account's balance without this query.
     */
    Balance others(Balance balance)
    {
        return switch (state) {
            case RUNNING -> new Balance(balance.used(), balance.reserved().minus(reserved));
            case LOST -> new Balance(balance.used().minus(reserved), balance.reserved());
            case FINISHED, FAILED, REFUSED, DRY_RUN -> balance;
        };
    }
}
