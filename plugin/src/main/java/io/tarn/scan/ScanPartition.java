package io.tarn.scan;

import com.google.common.collect.ImmutableList;

import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * The partition that a unit belongs to, as it travels to workers.
 *
 * @param name {@code key=value/…}; empty for a table without partitions
 * @param values as the catalogue has them, in the keys' order
 * @param schema which of the group's schemas the partition's files have
 */
public record ScanPartition(String name, List<String> values, int schema)
{
    public ScanPartition
    {
        requireNonNull(name, "name is null");
        values = ImmutableList.copyOf(values);
    }
}
