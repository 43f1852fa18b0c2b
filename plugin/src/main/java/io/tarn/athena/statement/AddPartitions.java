package io.tarn.athena.statement;

import com.google.common.collect.ImmutableList;

import java.util.List;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * {@code ALTER TABLE name ADD [IF NOT EXISTS] PARTITION (...) [LOCATION location] ...}.
 */
public record AddPartitions(TableName table, boolean ifNotExists, List<PartitionLocation> partitions)
        implements PartitionStatement
{
    public AddPartitions
    {
        requireNonNull(table, "table is null");
        partitions = ImmutableList.copyOf(partitions);
        checkArgument(!partitions.isEmpty(), "there is a partition to add");
    }
}
