package io.tarn.storage;

import io.trino.filesystem.Location;
import io.trino.filesystem.TrinoInput;
import io.trino.filesystem.TrinoInputFile;
import io.trino.filesystem.TrinoInputStream;
import io.trino.filesystem.local.LocalInputFile;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

import static java.time.temporal.ChronoUnit.MILLIS;
import static java.util.Objects.requireNonNull;

final class FolderInputFile
        implements TrinoInputFile
{
    private final BucketFolders folders;
    private final Location location;
    private OptionalLong length;
    private Optional<Instant> lastModified;

    FolderInputFile(BucketFolders folders, Location location, OptionalLong length, Optional<Instant> lastModified)
    {
        this.folders = requireNonNull(folders, "folders is null");
        this.location = requireNonNull(location, "location is null");
        this.length = requireNonNull(length, "length is null");
        this.lastModified = requireNonNull(lastModified, "lastModified is null");
    }

    @Override
    public TrinoInput newInput()
            throws IOException
    {
        return localFile().newInput();
    }

    @Override
    public TrinoInputStream newStream()
            throws IOException
    {
        return localFile().newStream();
    }

    @Override
    public long length()
            throws IOException
    {
        if (length.isEmpty()) {
            readAttributes();
        }
        return length.orElseThrow();
    }

    @Override
    public Instant lastModified()
            throws IOException
    {
        if (lastModified.isEmpty()) {
            readAttributes();
        }
        return lastModified.orElseThrow();
    }

    @Override
    public boolean exists()
            throws IOException
    {
        return Files.isRegularFile(folders.existingBucketPath(location));
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

    private LocalInputFile localFile()
            throws IOException
    {
        return new LocalInputFile(location, existingFile());
    }

    private void readAttributes()
            throws IOException
    {
        BasicFileAttributes attributes = Files.readAttributes(existingFile(), BasicFileAttributes.class);
        if (length.isEmpty()) {
            length = OptionalLong.of(attributes.size());
        }
        if (lastModified.isEmpty()) {
            // as fine as the type of $file_modified_time
            lastModified = Optional.of(attributes.lastModifiedTime().toInstant().truncatedTo(MILLIS));
        }
    }

    private Path existingFile()
            throws IOException
    {
        Path path = folders.existingBucketPath(location);
        if (!Files.isRegularFile(path)) {
            throw new FileNotFoundException(location.toString());
        }
        return path;
    }
}
