package io.tarn.quota.ledger;

import io.tarn.store.Dialect;
import org.jdbi.v3.core.Handle;

import static java.util.Objects.requireNonNull;

/**
 * Coordinators, and how long their leases run.
 */
final class CoordinatorRows
{
    private final Handle handle;
    private final Dialect dialect;

    CoordinatorRows(Handle handle, Dialect dialect)
    {
        this.handle = requireNonNull(handle, "handle is null");
        this.dialect = requireNonNull(dialect, "dialect is null");
    }

    void renew(String name, long now, long leaseMillis)
    {
        handle.createUpdate(
                        """
                        INSERT INTO ledger_coordinators (name, renewed, expires) VALUES (:name, :now, :expires)
                        ON CONFLICT (name) DO UPDATE SET renewed = excluded.renewed, expires = excluded.expires
                        """)
                .bind("name", name)
                .bind("now", now)
                .bind("expires", Math.addExact(now, leaseMillis))
                .execute();
    }

    /**
     * Locks all, and lets leases that were renewed in the future, which is where the clock was before it went back,
     * begin now.
     */
    void lock(long now)
    {
        handle.createQuery("SELECT name FROM ledger_coordinators ORDER BY name" + dialect.forUpdate())
                .mapTo(String.class)
                .list();
        handle.createUpdate("UPDATE ledger_coordinators SET expires = :now + (expires - renewed), renewed = :now WHERE renewed > :now")
                .bind("now", now)
                .execute();
    }

    void deleteExpired(long now)
    {
        handle.createUpdate(
                        """
                        DELETE FROM ledger_coordinators
                        WHERE expires <= :now
                            AND NOT EXISTS (SELECT 1 FROM ledger_queries WHERE state = 'RUNNING' AND coordinator = ledger_coordinators.name)
                        """)
                .bind("now", now)
                .execute();
    }
}
