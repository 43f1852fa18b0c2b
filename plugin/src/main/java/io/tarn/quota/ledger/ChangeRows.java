package io.tarn.quota.ledger;

import org.jdbi.v3.core.Handle;

import java.time.Instant;

import static io.tarn.quota.ledger.ScanRows.number;
import static io.tarn.quota.ledger.StoredText.storable;
import static java.util.Objects.requireNonNull;

/**
 * What administrators have changed.
 */
final class ChangeRows
{
    private final Handle handle;

    ChangeRows(Handle handle)
    {
        this.handle = requireNonNull(handle, "handle is null");
    }

    Changes all()
    {
        return new Changes(
                handle.createQuery("SELECT workgroup, budget, bytes, price, changed_by, changed FROM ledger_budget_changes ORDER BY workgroup, budget")
                        .map((row, _) -> new BudgetChange(
                                row.getString("workgroup"),
                                row.getString("budget"),
                                number(row, "bytes"),
                                number(row, "price"),
                                row.getString("changed_by"),
                                Instant.ofEpochMilli(row.getLong("changed"))))
                        .list(),
                handle.createQuery("SELECT workgroup, enabled, changed_by, changed FROM ledger_workgroup_changes ORDER BY workgroup")
                        .map((row, _) -> new WorkgroupChange(
                                row.getString("workgroup"),
                                row.getLong("enabled") != 0,
                                row.getString("changed_by"),
                                Instant.ofEpochMilli(row.getLong("changed"))))
                        .list());
    }

    void put(BudgetChange change)
    {
        handle.createUpdate(
                        """
                        INSERT INTO ledger_budget_changes (workgroup, budget, bytes, price, changed_by, changed)
                        VALUES (:workgroup, :budget, :bytes, :price, :changedBy, :changed)
                        ON CONFLICT (workgroup, budget) DO UPDATE
                        SET bytes = excluded.bytes, price = excluded.price, changed_by = excluded.changed_by, changed = excluded.changed
                        """)
                .bind("workgroup", change.workgroup())
                .bind("budget", change.budget())
                .bind("bytes", change.bytes())
                .bind("price", change.price())
                .bind("changedBy", storable(change.changedBy()))
                .bind("changed", change.changed().toEpochMilli())
                .execute();
    }

    void delete(String workgroup, String budget)
    {
        handle.createUpdate("DELETE FROM ledger_budget_changes WHERE workgroup = :workgroup AND budget = :budget")
                .bind("workgroup", workgroup)
                .bind("budget", budget)
                .execute();
    }

    void put(WorkgroupChange change)
    {
        handle.createUpdate(
                        """
                        INSERT INTO ledger_workgroup_changes (workgroup, enabled, changed_by, changed)
                        VALUES (:workgroup, :enabled, :changedBy, :changed)
                        ON CONFLICT (workgroup) DO UPDATE
                        SET enabled = excluded.enabled, changed_by = excluded.changed_by, changed = excluded.changed
                        """)
                .bind("workgroup", change.workgroup())
                .bind("enabled", change.enabled() ? 1L : 0L)
                .bind("changedBy", storable(change.changedBy()))
                .bind("changed", change.changed().toEpochMilli())
                .execute();
    }
}
