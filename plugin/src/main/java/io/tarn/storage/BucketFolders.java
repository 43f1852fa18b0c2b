package io.tarn.storage;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSet;
import io.trino.filesystem.Location;
import io.trino.filesystem.TrinoFileSystemException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * Where {@code s3://bucket/key} is below a root folder: at {@code root/bucket/key}. {@code s3a} and {@code s3n} mean
 * the same. Empty path segments ({@code a//b}) are the same as none, as Athena has it; segments {@code .} and
 * {@code ..} are refused, since as keys they mean themselves and as paths something else.
 */
final class BucketFolders
{
    /**
     * Names of files that are being written; the S3 gateway over the same folder hides the same names.
     */
    static final String UNPUBLISHED_PREFIX = ".mpus-";
    /**
     * Names that the S3 gateway over the same folder keeps its books under.
     */
    private static final String GATEWAY_PREFIX = ".s3proxy-";

    private static final Set<String> SCHEMES = ImmutableSet.of("s3", "s3a", "s3n");
    private static final Splitter SEGMENTS = Splitter.on('/').omitEmptyStrings();

    private final Path root;

    /**
     * @throws IllegalArgumentException where the root is not a folder
     */
    BucketFolders(Path root)
    {
        checkArgument(Files.isDirectory(root), "storage.local.root is not a folder: %s", root);
        try {
            this.root = root.toRealPath();
        }
        catch (IOException e) {
            throw new UncheckedIOException("storage.local.root cannot be opened: " + root, e);
        }
    }

    /**
     * Whether a name is bookkeeping rather than a key.
     */
    static boolean isReserved(String name)
    {
        return name.startsWith(UNPUBLISHED_PREFIX) || name.startsWith(GATEWAY_PREFIX);
    }

    /**
     * @throws IllegalArgumentException where the location does not name a bucket
     */
    static String bucket(Location location)
    {
        checkArgument(location.scheme().filter(SCHEMES::contains).isPresent(), "Location is not an s3:// location: %s", location);
        checkArgument(location.userInfo().isEmpty() && location.port().isEmpty(), "An s3:// location has neither user nor port: %s", location);
        String bucket = location.host().orElseThrow(() -> new IllegalArgumentException("Location names no bucket: " + location));
        checkArgument(!bucket.startsWith(".") && bucket.indexOf('\0') < 0 && bucket.indexOf('\\') < 0, "Location names no valid bucket: %s", location);
        return bucket;
    }

    Path bucketPath(Location location)
    {
        return root.resolve(bucket(location));
    }

    /**
     * The path of a location, which need not exist.
     *
     * @throws IllegalArgumentException where the location is none of this storage
     */
    Path path(Location location)
    {
        Path path = bucketPath(location);
        for (String segment : SEGMENTS.split(location.path())) {
            checkArgument(!segment.equals(".") && !segment.equals(".."), "Location has a '%s' segment, which no key of this storage may have: %s", segment, location);
            checkArgument(!isReserved(segment), "Location has a segment '%s' of a form that this storage keeps for itself: %s", segment, location);
            try {
                path = path.resolve(segment);
            }
            catch (InvalidPathException e) {
                throw new IllegalArgumentException("Location cannot be a path of this machine: " + location + "; for names beyond ASCII start the engine in a UTF-8 locale, as LC_ALL=C.UTF-8", e);
            }
        }
        return path;
    }

    /**
     * As {@link #path}, and checks that the bucket exists and that no symbolic link on the way leads out of the root.
     */
    Path existingBucketPath(Location location)
            throws IOException
    {
        Path path = path(location);
        if (!Files.isDirectory(bucketPath(location))) {
            throw new BucketNotFoundException(bucket(location));
        }
        checkInside(path, location);
        return path;
    }

    void checkInside(Path path, Location location)
            throws IOException
    {
        // what does not exist yet is as safe as the nearest folder that does
        for (Path existing = path; !existing.equals(root); existing = existing.getParent()) {
            Path real;
            try {
                real = existing.toRealPath();
            }
            catch (NoSuchFileException _) {
                if (Files.isSymbolicLink(existing)) {
                    throw new TrinoFileSystemException("A symbolic link at " + location + " leads nowhere; remove it");
                }
                continue;
            }
            catch (IOException e) {
                if (Files.exists(existing)) {
                    throw e;
                }
                // a key below another key's file: not a folder, so nothing is there
                continue;
            }
            if (!real.startsWith(root)) {
                throw new TrinoFileSystemException("A symbolic link at " + location + " leads out of the storage folder; move the data into the bucket's folder instead");
            }
            return;
        }
    }
}
