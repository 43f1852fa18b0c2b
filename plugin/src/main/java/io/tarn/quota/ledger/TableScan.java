package io.tarn.quota.ledger;

import java.util.OptionalLong;

import static java.util.Objects.requireNonNull;

/**
 * What a query was expected to read of a table, and what it did read. A table that occurs several times in a query has
 * the sums of its scans.
 *
 * @param files empty for tables of other connectors, as is all that is estimated
 * @param estimatedRows empty where the format does not tell
 */
public record TableScan(
        String catalog,
        String schema,
        String table,
        OptionalLong files,
        OptionalLong partitions,
        OptionalLong estimatedBytes,
        OptionalLong estimatedRows,
        long readBytes,
        long readRows)
{
    public TableScan
    {
        requireNonNull(catalog, "catalog is null");
        requireNonNull(schema, "schema is null");
        requireNonNull(table, "table is null");
        requireNonNull(files, "files is null");
        requireNonNull(partitions, "partitions is null");
        requireNonNull(estimatedBytes, "estimatedBytes is null");
        requireNonNull(estimatedRows, "estimatedRows is null");
    }
}
