package io.tarn.write;

import io.tarn.writelog.WriteFileName;
import io.trino.filesystem.FileEntry;
import io.trino.filesystem.FileIterator;
import io.trino.filesystem.Location;
import io.trino.filesystem.TrinoFileSystem;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import static io.tarn.storage.StorageErrors.storageFailure;
import static java.util.Objects.requireNonNull;

/**
 * The files of a write that will not be published.
 */
public final class UnpublishedFiles
{
    private static final int BATCH = 1000;

    private final TrinoFileSystem fileSystem;

    public UnpublishedFiles(TrinoFileSystem fileSystem)
    {
        this.fileSystem = requireNonNull(fileSystem, "fileSystem is null");
    }

    /**
     * Deletes them from folders and all that is below.
     *
     * @return how many there were
     */
    public int delete(Collection<Location> folders, WriteFileName write)
    {
        int deleted = 0;
        for (Location folder : folders) {
            try {
                List<Location> batch = new ArrayList<>();
                FileIterator files = fileSystem.listFiles(folder);
                while (files.hasNext()) {
                    FileEntry file = files.next();
                    if (WriteFileName.of(file.location().fileName()).filter(write::equals).isPresent()) {
                        batch.add(file.location());
                        deleted++;
                        if (batch.size() == BATCH) {
                            fileSystem.deleteFiles(batch);
                            batch.clear();
                        }
                    }
                }
                fileSystem.deleteFiles(batch);
            }
            catch (IOException | RuntimeException e) {
                throw storageFailure("delete unpublished files below", folder, e);
            }
        }
        return deleted;
    }
}
