package io.tarn.quota.ledger;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSetMultimap;
import com.google.common.collect.SetMultimap;
import io.airlift.json.JsonCodec;
import io.tarn.store.Dialect;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import static com.google.common.collect.ImmutableSetMultimap.toImmutableSetMultimap;
import static io.airlift.json.JsonCodec.listJsonCodec;
import static io.tarn.quota.ledger.QueryState.RUNNING;
import static io.tarn.quota.ledger.StoredText.storable;
import static java.util.Map.entry;
import static java.util.Objects.requireNonNull;

/**
 * Queries, and the accounts that their reservations are on.
 */
final class QueryRows
{
    static final JsonCodec<List<String>> GROUPS_CODEC = listJsonCodec(String.class);

    private static final String COLUMNS = "query_id, state, reserved_bytes, reserved_price, estimated_bytes, estimated_price";

    private final Handle handle;
    private final Dialect dialect;

    QueryRows(Handle handle, Dialect dialect)
    {
        this.handle = requireNonNull(handle, "handle is null");
        this.dialect = requireNonNull(dialect, "dialect is null");
    }

    /**
     * The query, which no other transaction changes until this one ends.
     */
    Optional<QueryRow> lock(String queryId)
    {
        return handle.createQuery("SELECT " + COLUMNS + " FROM ledger_queries WHERE query_id = :queryId" + dialect.forUpdate())
                .bind("queryId", queryId)
                .map((row, _) -> read(row))
                .findOne();
    }

    /**
     * Running queries whose coordinator has no lease, locked; those that another transaction is at are left out.
     */
    List<QueryRow> lockAbandoned(long now, int limit)
    {
        return handle.createQuery(
                        """
                        SELECT %s FROM ledger_queries
                        WHERE state = 'RUNNING'
                            AND coordinator NOT IN (SELECT name FROM ledger_coordinators WHERE expires > :now)
                        ORDER BY query_id
                        LIMIT :limit%s
                        """.formatted(COLUMNS, dialect.forUpdateSkipLocked()))
                .bind("now", now)
                .bind("limit", limit)
                .map((row, _) -> read(row))
                .list();
    }

    void insert(QueryStart query, String coordinator)
    {
        handle.createUpdate(
                        """
                        INSERT INTO ledger_queries (
                            query_id, coordinator, state, created, ended, workgroup, user_name, user_groups, source, currency,
                            reserved_bytes, reserved_price, estimated_bytes, estimated_price, actual_bytes, actual_price, row_count, reason, query_text)
                        VALUES (
                            :queryId, :coordinator, :state, :created, NULL, :workgroup, :user, :groups, :source, :currency,
                            0, 0, 0, 0, 0, 0, 0, NULL, :text)
                        """)
                .bind("queryId", query.queryId())
                .bind("coordinator", coordinator)
                .bind("state", RUNNING.name())
                .bind("created", query.created().toEpochMilli())
                .bind("workgroup", query.workgroup())
                .bind("user", storable(query.user()))
                .bind("groups", GROUPS_CODEC.toJson(query.groups().stream().map(StoredText::storable).sorted().toList()))
                .bind("source", query.source().map(StoredText::storable).orElse(null))
                .bind("currency", query.currency())
                .bind("text", storable(query.text()))
                .execute();
    }

    /**
     * Has the query run, under this coordinator, with this reservation.
     */
    void reserve(String queryId, String coordinator, Cost reserved, Cost estimated)
    {
        handle.createUpdate(
                        """
                        UPDATE ledger_queries
                        SET state = :state, coordinator = :coordinator, ended = NULL, reason = NULL, actual_bytes = 0, actual_price = 0,
                            reserved_bytes = :reservedBytes, reserved_price = :reservedPrice,
                            estimated_bytes = :estimatedBytes, estimated_price = :estimatedPrice
                        WHERE query_id = :queryId
                        """)
                .bind("state", RUNNING.name())
                .bind("coordinator", coordinator)
                .bind("reservedBytes", reserved.bytes())
                .bind("reservedPrice", reserved.price())
                .bind("estimatedBytes", estimated.bytes())
                .bind("estimatedPrice", estimated.price())
                .bind("queryId", queryId)
                .execute();
    }

    /**
     * @param ended a moment before the query was created counts as that one
     * @param reserved what stays its part of its accounts
     */
    void end(String queryId, QueryState state, long ended, Cost reserved, Cost estimated, Cost actual, long rows, Optional<String> reason)
    {
        handle.createUpdate(
                        """
                        UPDATE ledger_queries
                        SET state = :state, ended = CASE WHEN created > :ended THEN created ELSE :ended END,
                            reserved_bytes = :reservedBytes, reserved_price = :reservedPrice,
                            estimated_bytes = :estimatedBytes, estimated_price = :estimatedPrice,
                            actual_bytes = :actualBytes, actual_price = :actualPrice, row_count = :rows, reason = :reason
                        WHERE query_id = :queryId
                        """)
                .bind("state", state.name())
                .bind("ended", ended)
                .bind("reservedBytes", reserved.bytes())
                .bind("reservedPrice", reserved.price())
                .bind("estimatedBytes", estimated.bytes())
                .bind("estimatedPrice", estimated.price())
                .bind("actualBytes", actual.bytes())
                .bind("actualPrice", actual.price())
                .bind("rows", rows)
                .bind("reason", reason.map(StoredText::storable).orElse(null))
                .bind("queryId", queryId)
                .execute();
    }

    SetMultimap<String, Long> accounts(Collection<String> queryIds)
    {
        if (queryIds.isEmpty()) {
            return ImmutableSetMultimap.of();
        }
        return handle.createQuery("SELECT query_id, account_id FROM ledger_reservations WHERE query_id IN (<queryIds>)")
                .bindList("queryIds", ImmutableList.copyOf(queryIds))
                .map((row, _) -> entry(row.getString("query_id"), row.getLong("account_id")))
                .collect(toImmutableSetMultimap(entry -> entry.getKey(), entry -> entry.getValue()));
    }

    void addAccounts(String queryId, Collection<AccountRow> accounts)
    {
        if (accounts.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch("INSERT INTO ledger_reservations (query_id, account_id) VALUES (:queryId, :accountId)");
        for (AccountRow account : accounts) {
            batch.bind("queryId", queryId)
                    .bind("accountId", account.id())
                    .add();
        }
        batch.execute();
    }

    void removeAccounts(String queryId)
    {
        handle.createUpdate("DELETE FROM ledger_reservations WHERE query_id = :queryId")
                .bind("queryId", queryId)
                .execute();
    }

    /**
     * Deletes queries that ended before the cutoff, the oldest first.
     */
    int delete(long cutoff, int limit)
    {
        return handle.createUpdate(
                        """
                        DELETE FROM ledger_queries WHERE query_id IN (
                            SELECT query_id FROM ledger_queries
                            WHERE created < :cutoff AND ended < :cutoff
                            ORDER BY created, query_id
                            LIMIT :limit%s)
                        """.formatted(dialect.forUpdateSkipLocked()))
                .bind("cutoff", cutoff)
                .bind("limit", limit)
                .execute();
    }

    private static QueryRow read(ResultSet row)
            throws SQLException
    {
        return new QueryRow(
                row.getString("query_id"),
                QueryState.valueOf(row.getString("state")),
                new Cost(row.getLong("reserved_bytes"), row.getLong("reserved_price")),
                new Cost(row.getLong("estimated_bytes"), row.getLong("estimated_price")));
    }
}
