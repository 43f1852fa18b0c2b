package io.tarn.scan;

import com.google.common.collect.ImmutableList;
import io.tarn.format.FileSchema;

import java.util.List;

/**
 * Units that one split reads, one after the other. What they share is held once.
 */
public record ScanGroup(List<FileSchema> schemas, List<ScanPartition> partitions, List<ScanUnit> units)
{
    public ScanGroup
    {
        schemas = ImmutableList.copyOf(schemas);
        partitions = ImmutableList.copyOf(partitions);
        units = ImmutableList.copyOf(units);
    }

    /**
     * Bytes of all units.
     */
    public long length()
    {
        return units.stream().mapToLong(ScanUnit::length).sum();
    }
}
