package io.tarn.connector;

import io.tarn.scan.ScanGroup;

import java.util.OptionalLong;

import static java.util.Objects.requireNonNull;

record EstimatedGroup(ScanGroup group, long bytes, OptionalLong rows, boolean exact)
{
    EstimatedGroup
    {
        requireNonNull(group, "group is null");
        requireNonNull(rows, "rows is null");
    }
}
