package io.tarn.connector;

import com.google.common.collect.ImmutableList;
import io.tarn.bucket.Bucketing;
import io.trino.metastore.SortingColumn;
import io.trino.metastore.Table;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.ConnectorTableLayout;

import java.util.List;
import java.util.Optional;

import static io.tarn.error.TarnErrorCode.TARN_CANNOT_WRITE;

/**
 * What a table's buckets mean for those who write it.
 */
final class BucketedWrites
{
    private BucketedWrites() {}

    /**
     * The buckets to write; empty for a table without.
     *
     * @throws TrinoException {@code TARN_CANNOT_WRITE} for a table whose rows cannot be put where others would look for
     *         them
     */
    static Optional<Bucketing> bucketing(Table table)
    {
        Bucketing.obstacle(table).ifPresent(obstacle -> {
            throw new TrinoException(TARN_CANNOT_WRITE, "Table %s cannot be written: %s. Create a table without these buckets from a query of it.".formatted(table.getSchemaTableName(), obstacle));
        });
        Optional<Bucketing> bucketing = Bucketing.of(table);
        bucketing.ifPresent(buckets -> buckets.sortedBy().forEach(column -> requireSortable(table, column)));
        return bucketing;
    }

    private static void requireSortable(Table table, SortingColumn column)
    {
        boolean sortable = TableColumns.all(table).stream()
                .anyMatch(handle -> handle.kind() == TarnColumnHandle.Kind.DATA && handle.name().equalsIgnoreCase(column.columnName()) && handle.type().isOrderable());
        if (!sortable) {
            throw new TrinoException(TARN_CANNOT_WRITE, "Table %s cannot be written: its files are to be sorted by column '%s', which it does not have, or whose values have no order. Correct SortColumns in the catalogue."
                    .formatted(table.getSchemaTableName(), column.columnName()));
        }
    }

    /**
     * @param keys names of the partition keys
     */
    static Optional<ConnectorTableLayout> layout(Optional<Bucketing> bucketing, List<String> keys)
    {
        if (bucketing.isPresent()) {
            Bucketing buckets = bucketing.get();
            return Optional.of(new ConnectorTableLayout(
                    new TarnPartitioningHandle(buckets.version(), buckets.count(), buckets.types(), !keys.isEmpty()),
                    ImmutableList.<String>builder().addAll(buckets.columns()).addAll(keys).build(),
                    true));
        }
        // the rows of a partition by one writer, as long as it keeps up
        return keys.isEmpty() ? Optional.empty() : Optional.of(new ConnectorTableLayout(keys));
    }
}
