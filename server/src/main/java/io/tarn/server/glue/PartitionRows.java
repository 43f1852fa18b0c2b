package io.tarn.server.glue;

import com.google.common.hash.Hashing;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

import java.util.Optional;
import java.util.function.Predicate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

/**
 * Partitions, by table and the key of their values ({@link PartitionValues}).
 */
final class PartitionRows
{
    private final Handle handle;

    PartitionRows(Handle handle)
    {
        this.handle = requireNonNull(handle, "handle is null");
    }

    /**
     * @param definition a PartitionInput
     */
    record PartitionRow(String database, String table, String key, String definition, long created) {}

    /**
     * One of several parts that together are all partitions of a table.
     */
    record PartitionSegment(int number, int total) {}

    boolean insert(PartitionRow partition)
    {
        return handle.createUpdate(
                        """
                        INSERT INTO glue_partitions (database_name, table_name, values_key, hash_code, definition, created)
                        VALUES (:database, :table, :key, :hash, :definition, :created)
                        ON CONFLICT DO NOTHING
                        """)
                .bind("database", partition.database())
                .bind("table", partition.table())
                .bind("key", partition.key())
                .bind("hash", hash(partition.key()))
                .bind("definition", partition.definition())
                .bind("created", partition.created())
                .execute() == 1;
    }

    Optional<PartitionRow> find(String database, String table, String key)
    {
        return handle.createQuery("SELECT definition, created FROM glue_partitions WHERE database_name = :database AND table_name = :table AND values_key = :key")
                .bind("database", database)
                .bind("table", table)
                .bind("key", key)
                .map((row, _) -> new PartitionRow(database, table, key, row.getString(1), row.getLong(2)))
                .findOne();
    }

    /**
     * @param oldKey of the partition that becomes this one
     */
    void update(String oldKey, PartitionRow partition)
    {
        handle.createUpdate(
                        """
                        UPDATE glue_partitions SET values_key = :key, hash_code = :hash, definition = :definition
                        WHERE database_name = :database AND table_name = :table AND values_key = :oldKey
                        """)
                .bind("key", partition.key())
                .bind("hash", hash(partition.key()))
                .bind("definition", partition.definition())
                .bind("database", partition.database())
                .bind("table", partition.table())
                .bind("oldKey", oldKey)
                .execute();
    }

    boolean delete(String database, String table, String key)
    {
        return handle.createUpdate("DELETE FROM glue_partitions WHERE database_name = :database AND table_name = :table AND values_key = :key")
                .bind("database", database)
                .bind("table", table)
                .bind("key", key)
                .execute() == 1;
    }

    boolean any(String database, String table)
    {
        return handle.createQuery("SELECT 1 FROM glue_partitions WHERE database_name = :database AND table_name = :table LIMIT 1")
                .bind("database", database)
                .bind("table", table)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    Page<PartitionRow> page(String database, String table, Optional<PartitionSegment> segment, Optional<String> after, int limit, Predicate<String> wanted)
    {
        Query query = handle.createQuery("SELECT values_key, definition, created FROM glue_partitions WHERE database_name = :database AND table_name = :table"
                        + (after.isPresent() ? " AND values_key > :after" : "")
                        + (segment.isPresent() ? " AND hash_code % :total = :number" : "")
                        + " ORDER BY values_key")
                .bind("database", database)
                .bind("table", table);
        after.ifPresent(key -> query.bind("after", key));
        segment.ifPresent(part -> query.bind("total", part.total()).bind("number", part.number()));
        return Page.read(query, limit, wanted, (key, definition, row) -> new PartitionRow(database, table, key, definition, row.getLong(3)));
    }

    private static long hash(String key)
    {
        return Integer.toUnsignedLong(Hashing.murmur3_32_fixed().hashString(key, UTF_8).asInt());
    }
}
