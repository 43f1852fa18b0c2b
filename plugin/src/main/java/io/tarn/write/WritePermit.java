package io.tarn.write;

import io.airlift.log.Logger;
import io.tarn.storage.Uninterrupted;
import io.trino.filesystem.Location;
import io.trino.filesystem.TrinoFileSystem;
import io.trino.spi.TrinoException;

import java.io.IOException;

import static io.tarn.error.TarnErrorCode.TARN_WRITER_ERROR;
import static io.tarn.storage.StorageErrors.storageFailure;
import static java.util.Objects.requireNonNull;

/**
 * What decides about the files of a write that has no log: an empty file in the write's folder, which stands there as
 * long as the statement is under way. A writer looks for it after each file that it has put into the storage, and whoever
 * gives the statement up takes it away before listing the files to delete. So either the file is listed, or its writer
 * misses the permit: a listing and a look at a name see all that was written and deleted before, as S3 promises.
 * <p>
 * Readers take files whose names begin with an underline for no data, as Hive, Athena and Spark do.
 */
public final class WritePermit
{
    private static final Logger log = Logger.get(WritePermit.class);

    private final TrinoFileSystem fileSystem;
    private final Location location;

    public WritePermit(TrinoFileSystem fileSystem, TableWrite write)
    {
        this.fileSystem = requireNonNull(fileSystem, "fileSystem is null");
        location = Location.of(write.location()).appendPath("_tarn-permit-%s-%s".formatted(write.file().logId(), write.file().sequence()));
    }

    public void grant()
    {
        try {
            fileSystem.newOutputFile(location).createOrOverwrite(new byte[0]);
        }
        catch (IOException | RuntimeException e) {
            throw storageFailure("write", location, e);
        }
    }

    /**
     * @throws TrinoException {@code TARN_WRITER_ERROR} where the statement has been given up; the writer is to delete what
     *         it has written, as it does when the storage does not answer
     */
    void require()
    {
        boolean[] granted = new boolean[1];
        try {
            // this thread is interrupted where the statement has failed
            Uninterrupted.run(() -> granted[0] = fileSystem.newInputFile(location).exists());
        }
        catch (IOException | RuntimeException e) {
            throw storageFailure("look for", location, e);
        }
        if (!granted[0]) {
            throw new TrinoException(TARN_WRITER_ERROR, "The statement that writes to %s was given up, or somebody deleted its permit %s; run it again".formatted(location.parentDirectory(), location));
        }
    }

    public void revoke()
    {
        try {
            Uninterrupted.run(() -> fileSystem.deleteFile(location));
        }
        catch (IOException | RuntimeException e) {
            throw storageFailure("delete", location, e);
        }
    }

    /**
     * When the write has succeeded, the permit does no harm where it stays.
     */
    public void discard()
    {
        try {
            revoke();
        }
        catch (RuntimeException e) {
            log.warn(e, "The empty file %s could not be deleted", location);
        }
    }
}
