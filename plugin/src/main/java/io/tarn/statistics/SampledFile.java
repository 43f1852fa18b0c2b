package io.tarn.statistics;

import io.tarn.format.FileSchema;
import io.tarn.format.FileSlice;
import io.tarn.scan.ScanGroup;
import io.tarn.scan.ScanUnit;
import io.trino.filesystem.Location;

import java.time.Instant;

import static java.util.Objects.requireNonNull;

/**
 * A file that is asked for its statistics.
 */
record SampledFile(ScanUnit unit, FileSchema schema)
{
    SampledFile
    {
        requireNonNull(unit, "unit is null");
        requireNonNull(schema, "schema is null");
    }

    static SampledFile of(ScanGroup group, ScanUnit unit)
    {
        return new SampledFile(unit, group.schemas().get(group.partitions().get(unit.partition()).schema()));
    }

    FileSlice wholeFile()
    {
        return new FileSlice(Location.of(unit.location()), 0, unit.fileLength(), unit.fileLength(), Instant.ofEpochMilli(unit.modified()));
    }
}
