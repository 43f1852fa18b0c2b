package io.tarn.quota.ledger;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Lists;
import io.tarn.store.Dialect;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Collections.nCopies;
import static java.util.Objects.requireNonNull;

/**
 * Accounts with what stands on them.
 */
final class AccountRows
{
    // SQLite takes a thousand levels of an expression
    static final int KEYS_AT_ONCE = 50;

    private static final String COLUMNS = "id, workgroup, budget, subject, run_start, run_end, used_bytes, used_price, reserved_bytes, reserved_price";
    private static final String KEY = "(workgroup = ? AND budget = ? AND subject = ? AND run_start = ? AND run_end = ?)";

    private static final Comparator<AccountKey> CREATION_ORDER = Comparator.comparing(AccountKey::workgroup)
            .thenComparing(AccountKey::budget)
            .thenComparing(AccountKey::subject)
            .thenComparing(AccountKey::start)
            .thenComparing(AccountKey::end);

    private final Handle handle;
    private final Dialect dialect;

    AccountRows(Handle handle, Dialect dialect)
    {
        this.handle = requireNonNull(handle, "handle is null");
        this.dialect = requireNonNull(dialect, "dialect is null");
    }

    /**
     * Those of the keys that there are.
     */
    List<AccountRow> find(Collection<AccountKey> keys)
    {
        ImmutableList.Builder<AccountRow> rows = ImmutableList.builder();
        for (List<AccountKey> some : Lists.partition(ImmutableSet.copyOf(keys).asList(), KEYS_AT_ONCE)) {
            Query query = handle.createQuery("SELECT " + COLUMNS + " FROM ledger_accounts WHERE " + anyOf(some.size()));
            bind(query, some);
            rows.addAll(query.map((row, _) -> read(row)).list());
        }
        return rows.build();
    }

    /**
     * What stands on each of the keys; {@link Balance#ZERO} for those that there are not.
     */
    Map<AccountKey, Balance> balances(Collection<AccountKey> keys)
    {
        Map<AccountKey, Balance> balances = new HashMap<>();
        keys.forEach(key -> balances.put(key, Balance.ZERO));
        find(keys).forEach(row -> balances.put(row.key(), row.balance()));
        return balances;
    }

    /**
     * A condition that {@link #bind} gives the keys to.
     */
    static String anyOf(int keys)
    {
        return String.join(" OR ", nCopies(keys, KEY));
    }

    static void bind(Query query, Collection<AccountKey> keys)
    {
        int position = 0;
        for (AccountKey key : keys) {
            query.bind(position++, key.workgroup());
            query.bind(position++, key.budget());
            query.bind(position++, key.subject());
            query.bind(position++, key.start().toEpochMilli());
            query.bind(position++, key.end().toEpochMilli());
        }
    }

    /**
     * All of the keys, locked.
     */
    List<AccountRow> require(Collection<AccountKey> keys)
    {
        List<AccountRow> rows = find(keys);
        if (rows.size() < ImmutableSet.copyOf(keys).size()) {
            Set<AccountKey> known = rows.stream().map(AccountRow::key).collect(toImmutableSet());
            create(keys.stream().filter(key -> !known.contains(key)).distinct().sorted(CREATION_ORDER).toList());
            rows = find(keys);
        }
        return switch (dialect) {
            case SQLITE -> rows;
            case POSTGRESQL -> lock(rows.stream().map(AccountRow::id).toList());
        };
    }

    private void create(List<AccountKey> keys)
    {
        // one by one: their order is that of the locks
        for (AccountKey key : keys) {
            handle.createUpdate(
                            """
                            INSERT INTO ledger_accounts (workgroup, budget, subject, run_start, run_end, used_bytes, used_price, reserved_bytes, reserved_price)
                            VALUES (:workgroup, :budget, :subject, :start, :end, 0, 0, 0, 0)
                            ON CONFLICT DO NOTHING
                            """)
                    .bind("workgroup", key.workgroup())
                    .bind("budget", key.budget())
                    .bind("subject", key.subject())
                    .bind("start", key.start().toEpochMilli())
                    .bind("end", key.end().toEpochMilli())
                    .execute();
        }
    }

    /**
     * The rows of these numbers, which no other transaction changes until this one ends.
     */
    List<AccountRow> lock(Collection<Long> ids)
    {
        if (ids.isEmpty()) {
            return ImmutableList.of();
        }
        return handle.createQuery("SELECT " + COLUMNS + " FROM ledger_accounts WHERE id IN (<ids>) ORDER BY id" + dialect.forUpdate())
                .bindList("ids", ImmutableList.copyOf(ids))
                .map((row, _) -> read(row))
                .list();
    }

    List<AccountRow> current(Instant moment)
    {
        return handle.createQuery("SELECT " + COLUMNS + " FROM ledger_accounts WHERE run_end > :moment AND run_start <= :moment")
                .bind("moment", moment.toEpochMilli())
                .map((row, _) -> read(row))
                .list();
    }

    void update(Collection<AccountRow> rows)
    {
        if (rows.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch(
                """
                UPDATE ledger_accounts
                SET used_bytes = :usedBytes, used_price = :usedPrice, reserved_bytes = :reservedBytes, reserved_price = :reservedPrice
                WHERE id = :id
                """);
        for (AccountRow row : rows) {
            batch.bind("usedBytes", row.balance().used().bytes())
                    .bind("usedPrice", row.balance().used().price())
                    .bind("reservedBytes", row.balance().reserved().bytes())
                    .bind("reservedPrice", row.balance().reserved().price())
                    .bind("id", row.id())
                    .add();
        }
        batch.execute();
    }

    /**
     * Deletes accounts that ended before the cutoff, and that no query of the log has a reservation on.
     */
    int delete(long cutoff, int limit)
    {
        return handle.createUpdate(
                        """
                        DELETE FROM ledger_accounts WHERE id IN (
                            SELECT id FROM ledger_accounts
                            WHERE run_end < :cutoff
                                AND NOT EXISTS (SELECT 1 FROM ledger_reservations WHERE account_id = ledger_accounts.id)
                            ORDER BY run_end
                            LIMIT :limit%s)
                        """.formatted(dialect.forUpdateSkipLocked()))
                .bind("cutoff", cutoff)
                .bind("limit", limit)
                .execute();
    }

    private static AccountRow read(ResultSet row)
            throws SQLException
    {
        return new AccountRow(row.getLong("id"), key(row), balance(row));
    }

    static AccountKey key(ResultSet row)
            throws SQLException
    {
        return new AccountKey(
                row.getString("workgroup"),
                row.getString("budget"),
                row.getString("subject"),
                Instant.ofEpochMilli(row.getLong("run_start")),
                Instant.ofEpochMilli(row.getLong("run_end")));
    }

    static Balance balance(ResultSet row)
            throws SQLException
    {
        return new Balance(
                new Cost(row.getLong("used_bytes"), row.getLong("used_price")),
                new Cost(row.getLong("reserved_bytes"), row.getLong("reserved_price")));
    }
}
