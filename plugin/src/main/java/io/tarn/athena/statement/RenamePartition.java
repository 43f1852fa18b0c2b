package io.tarn.athena.statement;

import com.google.common.collect.ImmutableList;

import java.util.List;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * {@code ALTER TABLE name PARTITION (...) RENAME TO PARTITION (...)}.
 */
public record RenamePartition(TableName table, List<PartitionValue> partition, List<PartitionValue> renamed)
        implements PartitionStatement
{
    public RenamePartition
    {
        requireNonNull(table, "table is null");
        partition = ImmutableList.copyOf(partition);
        renamed = ImmutableList.copyOf(renamed);
        checkArgument(!partition.isEmpty(), "a partition has a value");
        checkArgument(!renamed.isEmpty(), "a partition has a value");
    }
}
