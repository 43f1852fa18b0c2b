package io.tarn.storage;

import io.trino.filesystem.Location;
import io.trino.filesystem.TrinoOutputFile;
import io.trino.memory.context.AggregatedMemoryContext;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

import static io.tarn.storage.BucketFolders.UNPUBLISHED_PREFIX;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;
import static java.util.Objects.requireNonNull;

final class FolderOutputFile
        implements TrinoOutputFile
{
    private final BucketFolders folders;
    private final FolderPublisher publisher;
    private final Location location;

    FolderOutputFile(BucketFolders folders, FolderPublisher publisher, Location location)
    {
        this.folders = requireNonNull(folders, "folders is null");
        this.publisher = requireNonNull(publisher, "publisher is null");
        this.location = requireNonNull(location, "location is null");
    }

    @Override
    public void createOrOverwrite(byte[] data)
            throws IOException
    {
        Path path = folders.existingBucketPath(location);
        write(data, unpublished -> publisher.publishOver(unpublished, path, location));
    }

    @Override
    public void createExclusive(byte[] data)
            throws IOException
    {
        Path path = folders.existingBucketPath(location);
        write(data, unpublished -> publisher.publishNew(unpublished, path, location));
    }

    @Override
    public OutputStream create(AggregatedMemoryContext memoryContext)
            throws IOException
    {
        Path path = folders.existingBucketPath(location);
        // also checked when the file is published; this spares the writing
        if (Files.isRegularFile(path)) {
            throw new FileAlreadyExistsException(location.toString());
        }
        Path unpublished = newUnpublished();
        return new FolderOutputStream(
                Files.newOutputStream(unpublished, CREATE_NEW, WRITE),
                location,
                unpublished,
                () -> publisher.publishNew(unpublished, path, location));
    }

    @Override
    public Location location()
    {
        return location;
    }

    @Override
    public String toString()
    {
        return location.toString();
    }

    private void write(byte[] data, Publication publication)
            throws IOException
    {
        Path unpublished = newUnpublished();
        try {
            Files.write(unpublished, data, CREATE_NEW, WRITE);
            publication.publish(unpublished);
        }
        finally {
            Files.deleteIfExists(unpublished);
        }
    }

    private Path newUnpublished()
    {
        // in the bucket's own folder, since that one is never removed while the file grows
        return folders.bucketPath(location).resolve(UNPUBLISHED_PREFIX + "write-" + UUID.randomUUID());
    }

    private interface Publication
    {
        void publish(Path unpublished)
                throws IOException;
    }
}
