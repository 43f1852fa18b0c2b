package io.tarn.format;

import io.trino.filesystem.Location;

import java.time.Instant;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * A contiguous range of bytes of one file.
 *
 * @param location the file
 * @param start first byte
 * @param length bytes, from {@code start}
 * @param fileLength the whole file's bytes as listed
 * @param modified the file's modification time as listed
 */
public record FileSlice(Location location, long start, long length, long fileLength, Instant modified)
{
    public FileSlice
    {
        requireNonNull(location, "location is null");
        requireNonNull(modified, "modified is null");
        checkArgument(start >= 0 && length >= 0 && fileLength >= 0, "negative range: %s+%s of %s", start, length, fileLength);
    }

    /**
     * Whether there is nothing to read in it.
     */
    public boolean isEmpty()
    {
        return length == 0 || fileLength == 0;
    }

    public boolean isWholeFile()
    {
        return start == 0 && length >= fileLength;
    }
}
