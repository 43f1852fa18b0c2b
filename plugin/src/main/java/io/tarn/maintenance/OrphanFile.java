package io.tarn.maintenance;

import io.trino.filesystem.Location;

import java.time.Instant;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * A file below a table that is no part of it.
 *
 * @param size bytes
 * @param queryId who wrote it; empty where nobody knows any more
 * @param since from when on a retention counts: when its write began, or the list was written; empty where none does
 */
public record OrphanFile(Location location, long size, Instant modified, Optional<String> queryId, OrphanReason reason, Optional<Instant> since)
{
    public OrphanFile
    {
        requireNonNull(location, "location is null");
        requireNonNull(modified, "modified is null");
        requireNonNull(queryId, "queryId is null");
        requireNonNull(reason, "reason is null");
        requireNonNull(since, "since is null");
    }
}
