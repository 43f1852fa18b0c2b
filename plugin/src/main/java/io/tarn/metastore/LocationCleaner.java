package io.tarn.metastore;

import io.airlift.log.Logger;
import io.trino.filesystem.Location;
import io.trino.filesystem.TrinoFileSystemFactory;
import io.trino.spi.security.ConnectorIdentity;

import java.io.IOException;

import static io.tarn.storage.StoragePaths.isBucket;
import static java.util.Objects.requireNonNull;

/**
 * Removes the files of what was dropped.
 */
final class LocationCleaner
{
    private static final Logger log = Logger.get(LocationCleaner.class);

    private final TrinoFileSystemFactory fileSystemFactory;

    LocationCleaner(TrinoFileSystemFactory fileSystemFactory)
    {
        this.fileSystemFactory = requireNonNull(fileSystemFactory, "fileSystemFactory is null");
    }

    /**
     * Comes after the change in the catalogue, so it does not fail: what could not be removed is told in the log. A whole
     * bucket is not removed.
     */
    void delete(String path)
    {
        try {
            Location location = Location.of(path);
            if (isBucket(location)) {
                log.warn("Not deleting %s after its table, partition or schema was dropped: it is a whole bucket", path);
                return;
            }
            fileSystemFactory.create(ConnectorIdentity.ofUser("tarn")).deleteDirectory(location);
        }
        catch (IOException | RuntimeException e) {
            log.warn(e, "What was dropped from the catalogue could not be deleted at %s", path);
        }
    }
}
