package io.tarn.storage;

import com.google.common.collect.ImmutableSet;
import io.trino.filesystem.FileEntry;
import io.trino.filesystem.FileIterator;
import io.trino.filesystem.Location;
import io.trino.filesystem.TrinoFileSystemException;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.time.temporal.ChronoUnit.MILLIS;
import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;

/**
 * The files below a folder in the order of their keys. Folders are opened as the iterator comes to them, so that what
 * is held is one folder's names for each level. A file that vanishes meanwhile is left out.
 */
final class FolderFileIterator
        implements FileIterator
{
    private final BucketFolders folders;
    private final Location location;
    private final Path base;
    private final Deque<Iterator<Child>> levels = new ArrayDeque<>();
    private Optional<FileEntry> next = Optional.empty();

    FolderFileIterator(BucketFolders folders, Location location, Path base)
            throws IOException
    {
        this.folders = requireNonNull(folders, "folders is null");
        this.location = requireNonNull(location, "location is null");
        this.base = requireNonNull(base, "base is null");
        levels.push(children(base));
    }

    @Override
    public boolean hasNext()
            throws IOException
    {
        while (next.isEmpty() && !levels.isEmpty()) {
            if (!levels.peek().hasNext()) {
                levels.pop();
                continue;
            }
            Child child = levels.peek().next();
            if (child.directory()) {
                levels.push(children(child.path()));
            }
            else {
                next = entry(child.path());
            }
        }
        return next.isPresent();
    }

    @Override
    public FileEntry next()
            throws IOException
    {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        FileEntry entry = next.orElseThrow();
        next = Optional.empty();
        return entry;
    }

    private static Iterator<Child> children(Path folder)
            throws IOException
    {
        List<Child> children = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            for (Path path : stream) {
                String name = path.getFileName().toString();
                if (!BucketFolders.isReserved(name)) {
                    boolean directory = Files.isDirectory(path, NOFOLLOW_LINKS);
                    // a folder's keys go on with a slash, and sort by it
                    children.add(new Child(path, directory ? name + "/" : name, directory));
                }
            }
        }
        catch (NoSuchFileException | NotDirectoryException _) {
            return Collections.emptyIterator();
        }
        catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        children.sort(comparing(Child::sortKey));
        return children.iterator();
    }

    private Optional<FileEntry> entry(Path path)
            throws IOException
    {
        Location file = location.appendPath(base.relativize(path).toString());
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(path, BasicFileAttributes.class, NOFOLLOW_LINKS);
            if (attributes.isSymbolicLink()) {
                folders.checkInside(path, file);
                attributes = Files.readAttributes(path, BasicFileAttributes.class);
                if (attributes.isDirectory()) {
                    throw new TrinoFileSystemException("A symbolic link to a folder is not followed: " + file + "; move the data into the bucket's folder instead");
                }
            }
        }
        catch (NoSuchFileException _) {
            return Optional.empty();
        }
        if (!attributes.isRegularFile()) {
            return Optional.empty();
        }
        // as fine as the type of $file_modified_time
        return Optional.of(new FileEntry(file, attributes.size(), attributes.lastModifiedTime().toInstant().truncatedTo(MILLIS), Optional.empty(), ImmutableSet.of()));
    }

    private record Child(Path path, String sortKey, boolean directory) {}
}
