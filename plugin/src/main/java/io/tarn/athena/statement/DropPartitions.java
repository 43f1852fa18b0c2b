package io.tarn.athena.statement;

import com.google.common.collect.ImmutableList;

import java.util.List;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * {@code ALTER TABLE name DROP [IF EXISTS] PARTITION (...), PARTITION (...)}.
 *
 * @param partitions each a list of conditions that hold together
 */
public record DropPartitions(TableName table, boolean ifExists, List<List<PartitionCondition>> partitions)
        implements PartitionStatement
{
    public DropPartitions
    {
        requireNonNull(table, "table is null");
        partitions = partitions.stream().map(ImmutableList::copyOf).collect(toImmutableList());
        checkArgument(!partitions.isEmpty(), "there is a partition to drop");
    }
}
