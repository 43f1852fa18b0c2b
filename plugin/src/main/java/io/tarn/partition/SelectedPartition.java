package io.tarn.partition;

import com.google.common.collect.ImmutableList;
import io.trino.metastore.Partition;
import io.trino.spi.predicate.NullableValue;

import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * A partition that a query reads.
 *
 * @param name as Hive writes it, {@code key=value/…} with values escaped; empty for a table without partitions
 * @param texts the values as the catalogue has them, in the keys' order
 * @param values the same, parsed as the keys' types
 * @param partition its definition; empty for a table without partitions
 */
public record SelectedPartition(String name, List<String> texts, List<NullableValue> values, Optional<Partition> partition)
{
    public SelectedPartition
    {
        requireNonNull(name, "name is null");
        texts = ImmutableList.copyOf(texts);
        values = ImmutableList.copyOf(values);
        requireNonNull(partition, "partition is null");
    }

    /**
     * What a table without partitions consists of.
     */
    public static SelectedPartition wholeTable()
    {
        return new SelectedPartition("", ImmutableList.of(), ImmutableList.of(), Optional.empty());
    }

    SelectedPartition with(Partition definition)
    {
        return new SelectedPartition(name, texts, values, Optional.of(definition));
    }
}
