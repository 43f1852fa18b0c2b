package io.tarn.athena.statement;

import static java.util.Objects.requireNonNull;

/**
 * {@code ALTER TABLE name RENAME TO name}: Athena knows it for Iceberg tables, and refuses it for Hive's.
 */
public record RenameTable(TableName table, TableName newName)
        implements TableStatement
{
    public RenameTable
    {
        requireNonNull(table, "table is null");
        requireNonNull(newName, "newName is null");
    }
}
