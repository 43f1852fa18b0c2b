package io.tarn.quota.ledger;

import io.tarn.store.Dialect;
import org.jdbi.v3.core.Handle;

/**
 * The time that all who share a ledger agree on: the database server's, or the machine's where the ledger is a file.
 */
@FunctionalInterface
interface LedgerClock
{
    /**
     * Milliseconds since 1970.
     */
    long now(Handle handle);

    static LedgerClock of(Dialect dialect)
    {
        return switch (dialect) {
            case SQLITE -> _ -> System.currentTimeMillis();
            case POSTGRESQL -> handle -> handle.createQuery("SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)")
                    .mapTo(long.class)
                    .one();
        };
    }
}
