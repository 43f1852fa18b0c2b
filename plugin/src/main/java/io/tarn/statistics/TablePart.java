package io.tarn.statistics;

import com.google.common.collect.ImmutableList;
import io.tarn.partition.PartitionKey;
import io.trino.metastore.Table;
import io.trino.spi.predicate.TupleDomain;

import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * What statistics are wanted of: a table, or the partitions of it that satisfy a constraint.
 *
 * @param constraint on the partition keys, by name
 */
public record TablePart(Table table, List<PartitionKey> keys, TupleDomain<String> constraint)
{
    public TablePart
    {
        requireNonNull(table, "table is null");
        keys = ImmutableList.copyOf(keys);
        requireNonNull(constraint, "constraint is null");
    }
}
