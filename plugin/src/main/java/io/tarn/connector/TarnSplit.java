package io.tarn.connector;

import io.tarn.format.FileField;
import io.tarn.format.FileSchema;
import io.tarn.scan.ScanGroup;
import io.tarn.scan.ScanPartition;
import io.tarn.scan.ScanUnit;
import io.trino.spi.SplitWeight;
import io.trino.spi.connector.ConnectorSplit;

import static io.airlift.slice.SizeOf.estimatedSizeOf;
import static io.airlift.slice.SizeOf.instanceSize;
import static java.lang.Math.clamp;
import static java.util.Objects.requireNonNull;

/**
 * Units that one driver reads, one after the other.
 *
 * @param weight share of a usual split's work, in percent
 * @param enforceAllowance whether it must fail rather than read further than its cost was told
 */
public record TarnSplit(ScanGroup group, int weight, boolean enforceAllowance)
        implements ConnectorSplit
{
    private static final int INSTANCE_SIZE = instanceSize(TarnSplit.class) + instanceSize(ScanGroup.class);
    private static final int UNIT_SIZE = instanceSize(ScanUnit.class);
    private static final int PARTITION_SIZE = instanceSize(ScanPartition.class);
    private static final int SCHEMA_SIZE = instanceSize(FileSchema.class);
    private static final int FIELD_SIZE = instanceSize(FileField.class);

    public TarnSplit
    {
        requireNonNull(group, "group is null");
    }

    static TarnSplit of(ScanGroup group, long usualBytes)
    {
        return of(group, usualBytes, false);
    }

    static TarnSplit of(ScanGroup group, long usualBytes, boolean enforceAllowance)
    {
        return new TarnSplit(group, (int) clamp(100 * group.length() / usualBytes, 5, 100), enforceAllowance);
    }

    @Override
    public SplitWeight getSplitWeight()
    {
        return SplitWeight.fromProportion(weight / 100.0);
    }

    @Override
    public long getRetainedSizeInBytes()
    {
        return INSTANCE_SIZE
                + estimatedSizeOf(group.units(), unit -> UNIT_SIZE + estimatedSizeOf(unit.location()))
                + estimatedSizeOf(group.partitions(), partition -> PARTITION_SIZE + estimatedSizeOf(partition.name()) + estimatedSizeOf(partition.values(), value -> estimatedSizeOf(value)))
                + estimatedSizeOf(group.schemas(), schema -> SCHEMA_SIZE
                + estimatedSizeOf(schema.fields(), field -> FIELD_SIZE + estimatedSizeOf(field.name()))
                + estimatedSizeOf(schema.properties(), key -> estimatedSizeOf(key), value -> estimatedSizeOf(value)));
    }

    @Override
    public String toString()
    {
        return group.units().size() == 1 ? group.units().getFirst().toString() : "%s files, the first %s".formatted(group.units().size(), group.units().getFirst());
    }
}
