package io.tarn.athena.statement;

import com.google.common.collect.ImmutableList;

import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * {@code SHOW PARTITIONS table [PARTITION (...)]}.
 *
 * @param partition values that the partitions must have; may be empty
 */
public record ShowPartitions(TableName table, List<PartitionValue> partition)
        implements ShowStatement
{
    public ShowPartitions
    {
        requireNonNull(table, "table is null");
        partition = ImmutableList.copyOf(partition);
    }
}
