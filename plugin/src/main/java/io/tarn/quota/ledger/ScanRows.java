package io.tarn.quota.ledger;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ListMultimap;
import com.google.common.collect.Lists;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;

import static io.tarn.quota.ledger.StoredText.storable;
import static java.util.Objects.requireNonNull;

/**
 * The tables that logged queries have scanned.
 */
final class ScanRows
{
    private static final int QUERIES_AT_ONCE = 500;

    private final Handle handle;

    ScanRows(Handle handle)
    {
        this.handle = requireNonNull(handle, "handle is null");
    }

    void replace(String queryId, List<TableScan> scans)
    {
        handle.createUpdate("DELETE FROM ledger_scans WHERE query_id = :queryId")
                .bind("queryId", queryId)
                .execute();
        if (scans.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch(
                """
                INSERT INTO ledger_scans (query_id, position, catalog_name, schema_name, table_name, files, partitions, estimated_bytes, estimated_rows, read_bytes, read_rows)
                VALUES (:queryId, :position, :catalog, :schema, :table, :files, :partitions, :estimatedBytes, :estimatedRows, :readBytes, :readRows)
                """);
        for (int position = 0; position < scans.size(); position++) {
            TableScan scan = scans.get(position);
            batch.bind("queryId", queryId)
                    .bind("position", position)
                    .bind("catalog", storable(scan.catalog()))
                    .bind("schema", storable(scan.schema()))
                    .bind("table", storable(scan.table()))
                    .bind("files", scan.files())
                    .bind("partitions", scan.partitions())
                    .bind("estimatedBytes", scan.estimatedBytes())
                    .bind("estimatedRows", scan.estimatedRows())
                    .bind("readBytes", scan.readBytes())
                    .bind("readRows", scan.readRows())
                    .add();
        }
        batch.execute();
    }

    ListMultimap<String, TableScan> find(Collection<String> queryIds)
    {
        ImmutableListMultimap.Builder<String, TableScan> scans = ImmutableListMultimap.builder();
        for (List<String> some : Lists.partition(ImmutableList.copyOf(queryIds), QUERIES_AT_ONCE)) {
            handle.createQuery(
                            """
                            SELECT query_id, catalog_name, schema_name, table_name, files, partitions, estimated_bytes, estimated_rows, read_bytes, read_rows
                            FROM ledger_scans
                            WHERE query_id IN (<queryIds>)
                            ORDER BY query_id, position
                            """)
                    .bindList("queryIds", some)
                    .map((row, _) -> scans.put(row.getString("query_id"), read(row)))
                    .list();
        }
        return scans.build();
    }

    private static TableScan read(ResultSet row)
            throws SQLException
    {
        return new TableScan(
                row.getString("catalog_name"),
                row.getString("schema_name"),
                row.getString("table_name"),
                number(row, "files"),
                number(row, "partitions"),
                number(row, "estimated_bytes"),
                number(row, "estimated_rows"),
                row.getLong("read_bytes"),
                row.getLong("read_rows"));
    }

    static OptionalLong number(ResultSet row, String column)
            throws SQLException
    {
        long value = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
