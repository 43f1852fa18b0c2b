package io.tarn.storage;

import com.google.common.collect.ImmutableSet;
import io.trino.filesystem.FileIterator;
import io.trino.filesystem.Location;
import io.trino.filesystem.TrinoFileSystem;
import io.trino.filesystem.TrinoInputFile;
import io.trino.filesystem.TrinoOutputFile;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

import static com.google.common.base.Preconditions.checkArgument;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.util.Objects.requireNonNull;

/**
 * A folder of buckets as the file system of {@code s3://} locations. To a reader it is S3: listings come in the order
 * of keys, and a file appears whole or not at all. Beyond S3 it renames, and knows empty folders.
 * <p>
 * A folder that loses its last file goes as well, as a prefix does, so that it never blocks a key of its name. A
 * location whose bucket is missing raises {@link BucketNotFoundException}.
 */
final class BucketFolderFileSystem
        implements TrinoFileSystem
{
    private final BucketFolders folders;
    private final FolderPublisher publisher = new FolderPublisher();

    BucketFolderFileSystem(BucketFolders folders)
    {
        this.folders = requireNonNull(folders, "folders is null");
    }

    @Override
    public TrinoInputFile newInputFile(Location location)
    {
        return new FolderInputFile(folders, checkFile(location), OptionalLong.empty(), Optional.empty());
    }

    @Override
    public TrinoInputFile newInputFile(Location location, long length)
    {
        return new FolderInputFile(folders, checkFile(location), OptionalLong.of(length), Optional.empty());
    }

    @Override
    public TrinoInputFile newInputFile(Location location, long length, Instant lastModified)
    {
        return new FolderInputFile(folders, checkFile(location), OptionalLong.of(length), Optional.of(lastModified));
    }

    @Override
    public TrinoOutputFile newOutputFile(Location location)
    {
        return new FolderOutputFile(folders, publisher, checkFile(location));
    }

    @Override
    public void deleteFile(Location location)
            throws IOException
    {
        Path path = folders.existingBucketPath(checkFile(location));
        if (Files.isDirectory(path, NOFOLLOW_LINKS)) {
            throw new IOException("Location is a folder, not a file: " + location);
        }
        if (Files.isRegularFile(path.getParent())) {
            return;
        }
        Files.deleteIfExists(path);
        FolderPruner.pruneEmpty(path.getParent(), folders.bucketPath(location));
    }

    @Override
    public void deleteDirectory(Location location)
            throws IOException
    {
        Path path = folders.existingBucketPath(location);
        Path bucket = folders.bucketPath(location);
        if (!Files.exists(path, NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.isDirectory(path)) {
            throw new IOException("Location is a file, not a folder: " + location);
        }
        FolderPruner.deleteBelow(path);
        if (!path.equals(bucket)) {
            Files.deleteIfExists(path);
            FolderPruner.pruneEmpty(path.getParent(), bucket);
        }
    }

    @Override
    public void renameFile(Location source, Location target)
            throws IOException
    {
        Path sourcePath = folders.existingBucketPath(checkFile(source));
        Path targetPath = folders.existingBucketPath(checkFile(target));
        if (!Files.isRegularFile(sourcePath)) {
            throw new FileNotFoundException("File to rename does not exist: " + source);
        }
        publisher.publishNew(sourcePath, targetPath, target);
        FolderPruner.pruneEmpty(sourcePath.getParent(), folders.bucketPath(source));
    }

    @Override
    public FileIterator listFiles(Location location)
            throws IOException
    {
        Path path = folders.existingBucketPath(location);
        if (Files.isRegularFile(path)) {
            // a prefix ends with a slash, and a file is not below itself
            return FileIterator.empty();
        }
        return new FolderFileIterator(folders, location, path);
    }

    @Override
    public Optional<Boolean> directoryExists(Location location)
            throws IOException
    {
        return Optional.of(Files.isDirectory(folders.existingBucketPath(location)));
    }

    @Override
    public void createDirectory(Location location)
            throws IOException
    {
        Path path = folders.existingBucketPath(location);
        try {
            Files.createDirectories(path);
        }
        catch (FileAlreadyExistsException e) {
            throw new IOException("Folder cannot be created, as a file has its name or that of a folder above it: " + location, e);
        }
    }

    @Override
    public void renameDirectory(Location source, Location target)
            throws IOException
    {
        Path sourcePath = folders.existingBucketPath(source);
        Path targetPath = folders.existingBucketPath(target);
        checkArgument(!sourcePath.equals(folders.bucketPath(source)), "A bucket cannot be renamed: %s", source);
        if (!Files.isDirectory(sourcePath, NOFOLLOW_LINKS)) {
            throw new FileNotFoundException("Folder to rename does not exist: " + source);
        }
        if (targetPath.startsWith(sourcePath)) {
            throw new IOException("Folder %s cannot be renamed to %s, which is the same or below it".formatted(source, target));
        }
        Files.createDirectories(targetPath.getParent());
        try {
            Files.move(sourcePath, targetPath);
        }
        catch (FileAlreadyExistsException e) {
            throw new IOException("Folder %s cannot be renamed to %s, which exists".formatted(source, target), e);
        }
        FolderPruner.pruneEmpty(sourcePath.getParent(), folders.bucketPath(source));
    }

    @Override
    public Set<Location> listDirectories(Location location)
            throws IOException
    {
        Path path = folders.existingBucketPath(location);
        ImmutableSet.Builder<Location> directories = ImmutableSet.builder();
        if (!Files.isDirectory(path)) {
            return directories.build();
        }
        try (DirectoryStream<Path> children = Files.newDirectoryStream(path)) {
            for (Path child : children) {
                String name = child.getFileName().toString();
                if (!BucketFolders.isReserved(name) && Files.isDirectory(child, NOFOLLOW_LINKS)) {
                    directories.add(location.appendPath(name + "/"));
                }
            }
        }
        catch (NoSuchFileException _) {
            return ImmutableSet.of();
        }
        return directories.build();
    }

    @Override
    public Optional<Location> createTemporaryDirectory(Location targetPath, String temporaryPrefix, String relativePrefix)
            throws IOException
    {
        String prefix = temporaryPrefix.replaceFirst("^/+", "");
        Location base = temporaryPrefix.startsWith("/") ? Location.of("s3://" + BucketFolders.bucket(targetPath) + "/") : targetPath;
        Location temporary = (prefix.isEmpty() ? base : base.appendPath(prefix)).appendPath(UUID.randomUUID().toString());
        createDirectory(temporary);
        return Optional.of(temporary);
    }

    private Location checkFile(Location location)
    {
        location.verifyValidFileLocation();
        checkArgument(!folders.path(location).equals(folders.bucketPath(location)), "Location is a bucket, not a file: %s", location);
        return location;
    }
}
