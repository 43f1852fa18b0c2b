package io.tarn.athena.statement;

import static java.util.Objects.requireNonNull;

/**
 * {@code MSCK REPAIR TABLE name}.
 */
public record RepairTable(TableName table)
        implements PartitionStatement
{
    public RepairTable
    {
        requireNonNull(table, "table is null");
    }
}
