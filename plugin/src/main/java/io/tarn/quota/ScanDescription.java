package io.tarn.quota;

import com.google.common.collect.ImmutableList;

import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * A scan of a table, as far as it matters to what it costs.
 *
 * @param columnar whether columns that are not read cost nothing
 * @param partitionKeys the table's, in declared order
 * @param partitionFiltered whether the query restricts the partitions by more than a dynamic filter
 * @param mayReadLess whether a limit or a dynamic filter on a partition key may end the scan early
 */
public record ScanDescription(
        String catalog,
        String schema,
        String table,
        int columnsRead,
        int columns,
        boolean columnar,
        List<String> partitionKeys,
        boolean partitionFiltered,
        boolean mayReadLess)
{
    public ScanDescription
    {
        requireNonNull(catalog, "catalog is null");
        requireNonNull(schema, "schema is null");
        requireNonNull(table, "table is null");
        partitionKeys = ImmutableList.copyOf(partitionKeys);
    }

    public String name()
    {
        return schema + "." + table;
    }
}
