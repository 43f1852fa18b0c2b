package io.tarn.storage;

import io.trino.filesystem.TrinoFileSystem;
import io.trino.filesystem.TrinoFileSystemFactory;
import io.trino.spi.security.ConnectorIdentity;

import java.nio.file.Path;

/**
 * Hands out the one file system over a folder of buckets; what a user may read there is the machine's concern.
 */
public final class BucketFolderFileSystemFactory
        implements TrinoFileSystemFactory
{
    private final TrinoFileSystem fileSystem;

    /**
     * @throws IllegalArgumentException where the root is not a folder
     */
    public BucketFolderFileSystemFactory(Path root)
    {
        fileSystem = new BucketFolderFileSystem(new BucketFolders(root));
    }

    @Override
    public TrinoFileSystem create(ConnectorIdentity identity)
    {
        return fileSystem;
    }
}
