package io.tarn.storage;

import com.google.common.collect.ImmutableList;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.List;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

/**
 * Removes folders, and what is in them, while others may be writing there.
 */
final class FolderPruner
{
    /**
     * The extended attribute by which the S3 gateway tells a folder that was put as a key ({@code key/}) from one that merely has files.
     */
    private static final String MARKER_ATTRIBUTE = "user.content-md5";

    private FolderPruner() {}

    /**
     * Removes a folder and those above it as long as they are empty, up to but not including a bucket.
     */
    static void pruneEmpty(Path folder, Path bucket)
            throws IOException
    {
        for (Path empty = folder; !empty.equals(bucket) && !isMarker(empty); empty = empty.getParent()) {
            try {
                Files.deleteIfExists(empty);
            }
            catch (DirectoryNotEmptyException _) {
                return;
            }
        }
    }

    /**
     * Deletes everything below a folder but the files that are being written; links are removed, not followed.
     */
    static void deleteBelow(Path folder)
            throws IOException
    {
        List<Path> children;
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, child -> !BucketFolders.isReserved(child.getFileName().toString()))) {
            children = ImmutableList.copyOf(stream);
        }
        catch (NoSuchFileException _) {
            return;
        }
        for (Path child : children) {
            if (Files.isDirectory(child, NOFOLLOW_LINKS)) {
                deleteBelow(child);
            }
            Files.deleteIfExists(child);
        }
    }

    private static boolean isMarker(Path folder)
            throws IOException
    {
        UserDefinedFileAttributeView attributes = Files.getFileAttributeView(folder, UserDefinedFileAttributeView.class);
        if (attributes == null) {
            return false;
        }
        try {
            return attributes.list().contains(MARKER_ATTRIBUTE);
        }
        catch (NoSuchFileException _) {
            return false;
        }
        catch (IOException e) {
            // a file system without extended attributes has no markers either
            if (e.getMessage() != null && e.getMessage().contains("not supported")) {
                return false;
            }
            throw e;
        }
    }
}
