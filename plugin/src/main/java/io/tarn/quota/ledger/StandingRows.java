package io.tarn.quota.ledger;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

import java.sql.ResultSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static io.tarn.quota.ledger.ScanRows.number;
import static java.util.Objects.requireNonNull;

/**
 * What stands on some accounts and what administrators have changed, in one statement: every query that comes in asks
 * for it, and in a database on another machine each statement is a journey.
 */
final class StandingRows
{
    // columns that mean the like have one name, that of the accounts
    private static final String CHANGES =
            """
            SELECT 'budget' AS kind, workgroup, budget, changed_by AS subject, changed AS run_start, 0 AS run_end,
                bytes AS used_bytes, price AS used_price, 0 AS reserved_bytes, 0 AS reserved_price
            FROM ledger_budget_changes
            UNION ALL
            SELECT 'workgroup', workgroup, '', changed_by, changed, 0, enabled, 0, 0, 0
            FROM ledger_workgroup_changes
            """;
    private static final String ACCOUNTS =
            """
            UNION ALL
            SELECT 'account', workgroup, budget, subject, run_start, run_end, used_bytes, used_price, reserved_bytes, reserved_price
            FROM ledger_accounts
            WHERE\s""";

    private static final Comparator<BudgetChange> BUDGET_ORDER = Comparator.comparing(BudgetChange::workgroup)
            .thenComparing(BudgetChange::budget);

    private final Handle handle;

    StandingRows(Handle handle)
    {
        this.handle = requireNonNull(handle, "handle is null");
    }

    /**
     * @param keys at most {@link AccountRows#KEYS_AT_ONCE}; those without a row are {@link Balance#ZERO}
     */
    Standing find(Collection<AccountKey> keys)
    {
        Map<AccountKey, Balance> balances = new HashMap<>();
        keys.forEach(key -> balances.put(key, Balance.ZERO));
        List<BudgetChange> budgets = new ArrayList<>();
        List<WorkgroupChange> workgroups = new ArrayList<>();
        Query query = handle.createQuery(balances.isEmpty() ? CHANGES : CHANGES + ACCOUNTS + AccountRows.anyOf(balances.size()));
        AccountRows.bind(query, balances.keySet());
        query.scanResultSet((rows, _) -> {
            ResultSet row = rows.get();
            while (row.next()) {
                switch (row.getString("kind")) {
                    case "account" -> balances.put(AccountRows.key(row), AccountRows.balance(row));
                    case "budget" -> budgets.add(new BudgetChange(
                            row.getString("workgroup"),
                            row.getString("budget"),
                            number(row, "used_bytes"),
                            number(row, "used_price"),
                            row.getString("subject"),
                            Instant.ofEpochMilli(row.getLong("run_start"))));
                    default -> workgroups.add(new WorkgroupChange(
                            row.getString("workgroup"),
                            row.getLong("used_bytes") != 0,
                            row.getString("subject"),
                            Instant.ofEpochMilli(row.getLong("run_start"))));
                }
            }
            return true;
        });
        budgets.sort(BUDGET_ORDER);
        workgroups.sort(Comparator.comparing(WorkgroupChange::workgroup));
        return new Standing(new Changes(budgets, workgroups), balances);
    }
}
