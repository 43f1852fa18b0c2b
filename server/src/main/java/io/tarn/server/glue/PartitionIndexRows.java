package io.tarn.server.glue;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.SqlStatement;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Partition indexes, and which partition stands where in them.
 */
final class PartitionIndexRows
{
    private static final String SELECT = "SELECT database_name, table_name, name, key_names, status, filled_to FROM glue_partition_indexes ";

    private final Handle handle;

    PartitionIndexRows(Handle handle)
    {
        this.handle = requireNonNull(handle, "handle is null");
    }

    enum Status
    {
        /**
         * Being filled with the partitions that were there before it; those written since have their entry.
         */
        CREATING,
        ACTIVE,
        /**
         * Being emptied; not used, and not kept up.
         */
        DELETING,
    }

    /**
     * @param keys the names of the partition keys, in the order of the index
     * @param filledTo while it is created, the key of the last partition that was given its entry; may be empty
     */
    record PartitionIndexRow(String database, String table, String name, List<String> keys, Status status, String filledTo) {}

    boolean insert(PartitionIndexRow index)
    {
        return bound(index, handle.createUpdate(
                """
                INSERT INTO glue_partition_indexes (database_name, table_name, name, key_names, status, filled_to)
                VALUES (:database, :table, :name, :keys, :status, :filledTo)
                ON CONFLICT DO NOTHING
                """))
                .bind("keys", PartitionValues.key(index.keys()))
                .bind("status", index.status().name())
                .bind("filledTo", index.filledTo())
                .execute() == 1;
    }

    /**
     * Those of a table, by name.
     */
    List<PartitionIndexRow> list(String database, String table)
    {
        return handle.createQuery(SELECT + "WHERE database_name = :database AND table_name = :table ORDER BY name")
                .bind("database", database)
                .bind("table", table)
                .map((row, _) -> index(row))
                .list();
    }

    /**
     * One that is being filled or emptied.
     */
    Optional<PartitionIndexRow> unfinished()
    {
        return handle.createQuery(SELECT + "WHERE status <> :active ORDER BY database_name, table_name, name LIMIT 1")
                .bind("active", Status.ACTIVE.name())
                .map((row, _) -> index(row))
                .findOne();
    }

    private static PartitionIndexRow index(ResultSet row)
            throws SQLException
    {
        return new PartitionIndexRow(
                row.getString("database_name"),
                row.getString("table_name"),
                row.getString("name"),
                PartitionValues.values(row.getString("key_names")),
                Status.valueOf(row.getString("status")),
                row.getString("filled_to"));
    }

    private static <S extends SqlStatement<S>> S bound(PartitionIndexRow index, S statement)
    {
        return statement
                .bind("database", index.database())
                .bind("table", index.table())
                .bind("name", index.name());
    }

    void update(PartitionIndexRow index)
    {
        bound(index, handle.createUpdate("UPDATE glue_partition_indexes SET status = :status, filled_to = :filledTo WHERE database_name = :database AND table_name = :table AND name = :name"))
                .bind("status", index.status().name())
                .bind("filledTo", index.filledTo())
                .execute();
    }

    void delete(PartitionIndexRow index)
    {
        bound(index, handle.createUpdate("DELETE FROM glue_partition_indexes WHERE database_name = :database AND table_name = :table AND name = :name"))
                .execute();
    }

    /**
     * @param positions by the partitions' keys
     */
    void addEntries(PartitionIndexRow index, Map<String, String> positions)
    {
        if (positions.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch(
                """
                INSERT INTO glue_partition_index_entries (database_name, table_name, index_name, position, values_key)
                VALUES (:database, :table, :name, :position, :key)
                ON CONFLICT DO NOTHING
                """);
        positions.forEach((key, position) -> bound(index, batch)
                .bind("position", position)
                .bind("key", key)
                .add());
        batch.execute();
    }

    void deleteEntry(PartitionIndexRow index, String position, String key)
    {
        bound(index, handle.createUpdate(
                """
                DELETE FROM glue_partition_index_entries
                WHERE database_name = :database AND table_name = :table AND index_name = :name AND position = :position AND values_key = :key
                """))
                .bind("position", position)
                .bind("key", key)
                .execute();
    }

    /**
     * @return how many entries there were to delete, at most the limit
     */
    int deleteEntries(PartitionIndexRow index, int limit)
    {
        List<String> positions = bound(index, handle.createQuery(
                """
                SELECT position FROM glue_partition_index_entries
                WHERE database_name = :database AND table_name = :table AND index_name = :name ORDER BY position LIMIT :limit
                """))
                .bind("limit", limit)
                .mapTo(String.class)
                .list();
        if (!positions.isEmpty()) {
            bound(index, handle.createUpdate(
                    """
                    DELETE FROM glue_partition_index_entries
                    WHERE database_name = :database AND table_name = :table AND index_name = :name AND position <= :last
                    """))
                    .bind("last", positions.getLast())
                    .execute();
        }
        return positions.size();
    }

    /**
     * The keys of a table's partitions.
     *
     * @param after the last key of the batch before; empty for the first
     */
    Collection<String> partitionKeys(String database, String table, String after, int limit)
    {
        return handle.createQuery(
                        """
                        SELECT values_key FROM glue_partitions
                        WHERE database_name = :database AND table_name = :table AND values_key > :after ORDER BY values_key LIMIT :limit
                        """)
                .bind("database", database)
                .bind("table", table)
                .bind("after", after)
                .bind("limit", limit)
                .mapTo(String.class)
                .list();
    }
}
