package io.tarn.server.glue;

import com.google.common.collect.Lists;
import com.google.common.hash.Hashing;
import io.tarn.server.glue.expression.KeyOrder.Range;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static io.tarn.server.glue.expression.KeyOrder.POSITIONS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static java.util.function.Function.identity;

/**
 * Partitions, by table and the key of their values ({@link PartitionValues}).
 */
final class PartitionRows
{
    private static final int ENTRIES_AT_ONCE = 1000;
    // a page ends early where definitions are long, and what was read beyond its end was read in vain
    private static final int KEYS_AT_ONCE = 100;

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

    /**
     * Where in an index a page ended.
     */
    record IndexPosition(String index, String position, String key)
    {
        String cursor()
        {
            return PartitionValues.key(List.of(index, position, key));
        }

        /**
         * @return empty for a page that was read without an index
         */
        static Optional<IndexPosition> of(String cursor)
        {
            List<String> parts = PartitionValues.values(cursor);
            return parts.size() == 3 ? Optional.of(new IndexPosition(parts.get(0), parts.get(1), parts.get(2))) : Optional.empty();
        }
    }

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
        after.ifPresent(cursor -> query.bind("after", PartitionValues.values(cursor).getFirst()));
        segment.ifPresent(part -> query.bind("total", part.total()).bind("number", part.number()));
        Page.Filling<PartitionRow> page = new Page.Filling<>(limit);
        page.read(
                query,
                wanted,
                (key, definition, row) -> new PartitionRow(database, table, key, definition, row.getLong(3)),
                // one part, unlike the cursors of indexes
                row -> PartitionValues.key(List.of(row.getString(1))));
        return page.page();
    }

    /**
     * The partitions in some ranges of an index, in its order.
     *
     * @param after the last position and key of the page before
     */
    Page<PartitionRow> page(
            String database,
            String table,
            String index,
            List<Range> ranges,
            Optional<PartitionSegment> segment,
            Optional<IndexPosition> after,
            int limit,
            Predicate<String> wanted)
    {
        Page.Filling<PartitionRow> page = new Page.Filling<>(limit);
        int atOnce = Math.min(limit + 1, ENTRIES_AT_ONCE);
        for (Range range : ranges) {
            Optional<IndexPosition> last = after;
            if (last.isPresent() && POSITIONS.compare(range.high(), last.get().position()) <= 0) {
                continue;
            }
            List<IndexPosition> entries;
            do {
                entries = entries(database, table, index, range, last, atOnce);
                List<IndexPosition> selected = entries.stream()
                        .filter(entry -> segment.isEmpty() || hash(entry.key()) % segment.get().total() == segment.get().number())
                        .filter(entry -> wanted.test(entry.key()))
                        .toList();
                if (!addAll(page, database, table, selected)) {
                    return page.page();
                }
                last = entries.isEmpty() ? last : Optional.of(entries.getLast());
            }
            while (entries.size() == atOnce);
        }
        return page.page();
    }

    private List<IndexPosition> entries(String database, String table, String index, Range range, Optional<IndexPosition> after, int limit)
    {
        Query query = handle.createQuery(
                        """
                        SELECT position, values_key FROM glue_partition_index_entries
                        WHERE database_name = :database AND table_name = :table AND index_name = :index AND position >= :low AND position < :high
                        """
                                + (after.isPresent() ? " AND (position, values_key) > (:afterPosition, :afterKey)" : "")
                                + " ORDER BY position, values_key LIMIT :limit")
                .bind("database", database)
                .bind("table", table)
                .bind("index", index)
                .bind("low", range.low())
                .bind("high", range.high())
                .bind("limit", limit);
        after.ifPresent(last -> query.bind("afterPosition", last.position()).bind("afterKey", last.key()));
        return query.map((row, _) -> new IndexPosition(index, row.getString(1), row.getString(2))).list();
    }

    /**
     * @return false where the page is full before the last of them
     */
    private boolean addAll(Page.Filling<PartitionRow> page, String database, String table, List<IndexPosition> entries)
    {
        for (List<IndexPosition> some : Lists.partition(entries, KEYS_AT_ONCE)) {
            Map<String, PartitionRow> rows = find(database, table, some.stream().map(IndexPosition::key).toList());
            for (IndexPosition entry : some) {
                PartitionRow row = rows.get(entry.key());
                if (!page.add(entry.cursor(), row, row.definition().length())) {
                    return false;
                }
            }
        }
        return true;
    }

    private Map<String, PartitionRow> find(String database, String table, List<String> keys)
    {
        return handle.createQuery("SELECT values_key, definition, created FROM glue_partitions WHERE database_name = :database AND table_name = :table AND values_key IN (<keys>)")
                .bind("database", database)
                .bind("table", table)
                .bindList("keys", keys)
                .map((row, _) -> new PartitionRow(database, table, row.getString(1), row.getString(2), row.getLong(3)))
                .collect(toImmutableMap(PartitionRow::key, identity()));
    }

    private static long hash(String key)
    {
        return Integer.toUnsignedLong(Hashing.murmur3_32_fixed().hashString(key, UTF_8).asInt());
    }
}
