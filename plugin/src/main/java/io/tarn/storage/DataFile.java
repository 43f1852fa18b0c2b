package io.tarn.storage;

import io.trino.filesystem.Location;

import java.time.Instant;

import static java.util.Objects.requireNonNull;

/**
 * A data file as listed.
 *
 * @param length bytes
 */
public record DataFile(Location location, long length, Instant modified)
{
    public DataFile
    {
        requireNonNull(location, "location is null");
        requireNonNull(modified, "modified is null");
    }
}
