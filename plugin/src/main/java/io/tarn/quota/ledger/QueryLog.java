package io.tarn.quota.ledger;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ListMultimap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static io.tarn.quota.ledger.QueryRows.GROUPS_CODEC;
import static io.tarn.quota.ledger.ScanRows.number;
import static io.tarn.quota.ledger.StoredText.storable;
import static java.util.Objects.requireNonNull;

/**
 * Reads the logged queries a page at a time, each page by an index, however long the log is.
 */
final class QueryLog
{
    private static final String COLUMNS =
            """
            query_id, state, created, ended, workgroup, user_name, user_groups, source, currency,
            estimated_bytes, estimated_price, actual_bytes, actual_price, row_count, reason, query_text
            """;

    private final Handle handle;

    QueryLog(Handle handle)
    {
        this.handle = requireNonNull(handle, "handle is null");
    }

    List<LoggedQuery> page(QueryFilter filter, Optional<LoggedQuery> after, int limit)
    {
        Map<String, Object> bindings = new LinkedHashMap<>();
        Query query = handle.createQuery(pageSql(filter, after, bindings));
        bindings.forEach(query::bind);
        List<LoggedQuery> withoutScans = query.bind("limit", limit)
                .map((row, _) -> read(row))
                .list();
        ListMultimap<String, TableScan> scans = new ScanRows(handle).find(withoutScans.stream().map(logged -> logged.query().queryId()).toList());
        return withoutScans.stream()
                .map(logged -> withScans(logged, scans.get(logged.query().queryId())))
                .toList();
    }

    /**
     * @param bindings takes what the statement is to be bound to, but for the limit
     */
    static String pageSql(QueryFilter filter, Optional<LoggedQuery> after, Map<String, Object> bindings)
    {
        List<String> conditions = new ArrayList<>();
        filter.queryId().ifPresent(queryId -> {
            conditions.add("query_id = :queryId");
            bindings.put("queryId", storable(queryId));
        });
        filter.user().ifPresent(user -> {
            conditions.add("user_name = :user");
            bindings.put("user", storable(user));
        });
        filter.workgroup().ifPresent(workgroup -> {
            conditions.add("workgroup = :workgroup");
            bindings.put("workgroup", storable(workgroup));
        });
        filter.from().ifPresent(from -> {
            conditions.add("created >= :from");
            bindings.put("from", from.toEpochMilli());
        });
        filter.until().ifPresent(until -> {
            conditions.add("created < :until");
            bindings.put("until", until.toEpochMilli());
        });
        after.ifPresent(last -> {
            conditions.add("(created, query_id) < (:afterCreated, :afterQueryId)");
            bindings.put("afterCreated", last.query().created().toEpochMilli());
            bindings.put("afterQueryId", last.query().queryId());
        });
        return "SELECT " + COLUMNS + " FROM ledger_queries" +
                (conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions)) +
                " ORDER BY created DESC, query_id DESC LIMIT :limit";
    }

    private static LoggedQuery withScans(LoggedQuery logged, List<TableScan> scans)
    {
        return new LoggedQuery(logged.query(), logged.state(), logged.ended(), logged.estimated(), logged.actual(), logged.rows(), logged.reason(), scans);
    }

    private static LoggedQuery read(ResultSet row)
            throws SQLException
    {
        QueryStart start = new QueryStart(
                row.getString("query_id"),
                Instant.ofEpochMilli(row.getLong("created")),
                row.getString("workgroup"),
                row.getString("user_name"),
                ImmutableSet.copyOf(GROUPS_CODEC.fromJson(row.getString("user_groups"))),
                Optional.ofNullable(row.getString("source")),
                row.getString("query_text"),
                row.getString("currency"));
        return new LoggedQuery(
                start,
                QueryState.valueOf(row.getString("state")),
                number(row, "ended").stream().mapToObj(Instant::ofEpochMilli).findFirst(),
                new Cost(row.getLong("estimated_bytes"), row.getLong("estimated_price")),
                new Cost(row.getLong("actual_bytes"), row.getLong("actual_price")),
                row.getLong("row_count"),
                Optional.ofNullable(row.getString("reason")),
                ImmutableList.of());
    }
}
