package io.tarn.athena.statement;

import com.google.common.collect.ImmutableList;

import java.util.List;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * {@code ALTER TABLE name [PARTITION (...)] REPLACE COLUMNS (...)}.
 *
 * @param partition empty for the table itself
 */
public record ReplaceColumns(TableName table, List<PartitionValue> partition, List<ColumnDefinition> columns)
        implements TableStatement
{
    public ReplaceColumns
    {
        requireNonNull(table, "table is null");
        partition = ImmutableList.copyOf(partition);
        columns = ImmutableList.copyOf(columns);
        checkArgument(!columns.isEmpty(), "there is a column to have");
    }
}
