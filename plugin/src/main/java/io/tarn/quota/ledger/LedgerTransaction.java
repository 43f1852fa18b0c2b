package io.tarn.quota.ledger;

import io.tarn.store.Dialect;
import org.jdbi.v3.core.Handle;

import static java.util.Objects.requireNonNull;

/**
 * The rows of the ledger, as one transaction sees them; not to be used after it.
 * <p>
 * Transactions of several coordinators run side by side in PostgreSQL. They cannot wait for each other in a circle
 * because all lock in one order: coordinators by name, queries by their ids, then new accounts in the order of their
 * keys, then accounts that exist by their numbers.
 *
 * @param coordinator who writes
 */
record LedgerTransaction(Handle handle, Dialect dialect, LedgerClock clock, String coordinator)
{
    LedgerTransaction
    {
        requireNonNull(handle, "handle is null");
        requireNonNull(dialect, "dialect is null");
        requireNonNull(clock, "clock is null");
        requireNonNull(coordinator, "coordinator is null");
    }

    /**
     * Milliseconds since 1970.
     */
    long now()
    {
        return clock.now(handle);
    }

    AccountRows accounts()
    {
        return new AccountRows(handle, dialect);
    }

    QueryRows queries()
    {
        return new QueryRows(handle, dialect);
    }

    ScanRows scans()
    {
        return new ScanRows(handle);
    }

    CrossingRows crossings()
    {
        return new CrossingRows(handle);
    }

    CoordinatorRows coordinators()
    {
        return new CoordinatorRows(handle, dialect);
    }

    StandingRows standing()
    {
        return new StandingRows(handle);
    }

    ChangeRows changes()
    {
        return new ChangeRows(handle);
    }
}
