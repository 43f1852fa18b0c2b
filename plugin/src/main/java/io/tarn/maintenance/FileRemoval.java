package io.tarn.maintenance;

import io.trino.filesystem.Location;
import io.trino.filesystem.TrinoFileSystem;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import static io.tarn.storage.StorageErrors.storageFailure;
import static java.util.Objects.requireNonNull;

/**
 * Deletes files in batches and counts them, or only counts them.
 */
final class FileRemoval
{
    private static final int BATCH = 1000;

    private final TrinoFileSystem fileSystem;
    private final boolean dryRun;
    private final List<Location> batch = new ArrayList<>();
    private long files;

    FileRemoval(TrinoFileSystem fileSystem, boolean dryRun)
    {
        this.fileSystem = requireNonNull(fileSystem, "fileSystem is null");
        this.dryRun = dryRun;
    }

    void add(Location file)
    {
        files++;
        if (!dryRun) {
            batch.add(file);
            if (batch.size() == BATCH) {
                finish();
            }
        }
    }

    /**
     * Adds files that somebody else deletes.
     */
    void count(long more)
    {
        files += more;
    }

    /**
     * Deletes what has not been deleted yet.
     */
    void finish()
    {
        if (batch.isEmpty()) {
            return;
        }
        try {
            fileSystem.deleteFiles(List.copyOf(batch));
            batch.clear();
        }
        catch (IOException | RuntimeException e) {
            throw storageFailure("delete orphan files, the first", batch.getFirst(), e);
        }
    }

    long files()
    {
        return files;
    }
}
