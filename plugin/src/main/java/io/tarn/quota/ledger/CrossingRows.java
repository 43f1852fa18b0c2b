package io.tarn.quota.ledger;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSetMultimap;
import com.google.common.collect.SetMultimap;
import org.jdbi.v3.core.Handle;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

import static com.google.common.collect.ImmutableSetMultimap.toImmutableSetMultimap;
import static java.util.Map.entry;
import static java.util.Objects.requireNonNull;

/**
 * Thresholds that were told.
 */
final class CrossingRows
{
    private final Handle handle;

    CrossingRows(Handle handle)
    {
        this.handle = requireNonNull(handle, "handle is null");
    }

    /**
     * The percents by account.
     */
    SetMultimap<Long, Integer> told(Collection<Long> accounts)
    {
        if (accounts.isEmpty()) {
            return ImmutableSetMultimap.of();
        }
        return handle.createQuery("SELECT account_id, percent FROM ledger_crossings WHERE account_id IN (<accounts>)")
                .bindList("accounts", ImmutableList.copyOf(accounts))
                .map((row, _) -> entry(row.getLong("account_id"), row.getInt("percent")))
                .collect(toImmutableSetMultimap(entry -> entry.getKey(), entry -> entry.getValue()));
    }

    void insert(long account, Crossing crossing)
    {
        handle.createUpdate(
                        """
                        INSERT INTO ledger_crossings (account_id, percent, taken_bytes, taken_price, crossed, query_id)
                        VALUES (:account, :percent, :bytes, :price, :crossed, :queryId)
                        """)
                .bind("account", account)
                .bind("percent", crossing.percent())
                .bind("bytes", crossing.taken().bytes())
                .bind("price", crossing.taken().price())
                .bind("crossed", crossing.time().toEpochMilli())
                .bind("queryId", crossing.queryId())
                .execute();
    }

    List<Crossing> newest(int limit)
    {
        return handle.createQuery(
                        """
                        SELECT workgroup, budget, subject, run_start, run_end, percent, taken_bytes, taken_price, crossed, query_id
                        FROM ledger_crossings JOIN ledger_accounts ON ledger_accounts.id = ledger_crossings.account_id
                        ORDER BY crossed DESC, account_id DESC, percent DESC
                        LIMIT :limit
                        """)
                .bind("limit", limit)
                .map((row, _) -> new Crossing(
                        new AccountKey(
                                row.getString("workgroup"),
                                row.getString("budget"),
                                row.getString("subject"),
                                Instant.ofEpochMilli(row.getLong("run_start")),
                                Instant.ofEpochMilli(row.getLong("run_end"))),
                        row.getInt("percent"),
                        new Cost(row.getLong("taken_bytes"), row.getLong("taken_price")),
                        Instant.ofEpochMilli(row.getLong("crossed")),
                        row.getString("query_id")))
                .list();
    }
}
