package io.tarn.scan;

import java.util.OptionalInt;

import static java.util.Objects.requireNonNull;

/**
 * A part of a file that is read in one go, as it travels to workers.
 *
 * @param location the file
 * @param start first byte
 * @param length bytes
 * @param fileLength the whole file's bytes
 * @param modified the file's modification time, milliseconds since the epoch
 * @param partition which of the group's partitions the file belongs to
 * @param bucket of the table that the rows are in; empty where the file's name does not tell one
 */
public record ScanUnit(String location, long start, long length, long fileLength, long modified, int partition, OptionalInt bucket)
{
    public ScanUnit
    {
        requireNonNull(location, "location is null");
        requireNonNull(bucket, "bucket is null");
    }
}
