package io.tarn.scan;

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
 */
public record ScanUnit(String location, long start, long length, long fileLength, long modified, int partition)
{
    public ScanUnit
    {
        requireNonNull(location, "location is null");
    }
}
