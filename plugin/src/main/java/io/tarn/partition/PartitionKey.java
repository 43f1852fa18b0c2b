package io.tarn.partition;

import io.trino.spi.type.Type;

import static java.util.Objects.requireNonNull;

/**
 * A column that the table is partitioned by.
 */
public record PartitionKey(String name, Type type)
{
    public PartitionKey
    {
        requireNonNull(name, "name is null");
        requireNonNull(type, "type is null");
    }
}
