package io.tarn.server.thrift.service;

import io.airlift.log.Logger;
import io.trino.filesystem.Location;
import io.trino.filesystem.TrinoFileSystem;
import io.trino.filesystem.TrinoFileSystemFactory;
import io.trino.spi.security.ConnectorIdentity;

import java.io.IOException;

import static java.util.Objects.requireNonNull;

/**
 * The folders of new tables. Hive's metastore makes them, and clients count on it: Spark neither reads nor writes a
 * table whose folder does not exist. In a storage of objects a folder exists where an object is below it, so an empty
 * one is put there, under a name that readers of tables pass over.
 */
final class TableFolders
{
    private static final Logger log = Logger.get(TableFolders.class);
    private static final String MARK = ".keep";

    private final TrinoFileSystemFactory fileSystemFactory;

    TableFolders(TrinoFileSystemFactory fileSystemFactory)
    {
        this.fileSystemFactory = requireNonNull(fileSystemFactory, "fileSystemFactory is null");
    }

    /**
     * Does not fail: the table is in the catalogue already, and a metastore need not be allowed to write to its
     * storage. What could not be made is told in the log.
     */
    void make(String path)
    {
        try {
            Location location = Location.of(path);
            TrinoFileSystem fileSystem = fileSystemFactory.create(ConnectorIdentity.ofUser("tarn"));
            if (!fileSystem.listFiles(location).hasNext()) {
                fileSystem.newOutputFile(location.appendPath(MARK)).createOrOverwrite(new byte[0]);
            }
        }
        catch (IOException | RuntimeException e) {
            log.warn(e, "The folder %s of a new table could not be made", path);
        }
    }
}
