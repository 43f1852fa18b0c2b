package io.tarn.storage;

import com.google.common.collect.AbstractIterator;
import io.trino.filesystem.FileEntry;
import io.trino.filesystem.FileIterator;
import io.trino.filesystem.Location;
import io.trino.filesystem.TrinoFileSystem;

import java.io.IOException;
import java.util.Iterator;

import static io.tarn.storage.StorageErrors.storageFailure;
import static io.tarn.storage.StoragePaths.isHidden;
import static java.util.Objects.requireNonNull;

/**
 * Lists the data files of a table or partition.
 */
public class FileLister
{
    private static final String ARCHIVED_TAG = "s3:glacier";

    /**
     * All data files below a location, in nested folders too, in the order that the storage lists them; pages of the
     * listing are fetched as the iterator advances. Files and folders whose name starts with {@code _} or {@code .},
     * empty files, and objects archived in Glacier are left out, as by Athena. A location below which nothing is
     * stored gives no files.
     * <p>
     * A location is a prefix that ends with a slash, given or not: {@code s3://b/t} does not mean {@code s3://b/t2/x},
     * nor an object whose key is {@code t} itself; Athena and Trino's Hive connector hold it so. Two slashes in a row
     * are taken as they are by S3, and as one by a local folder.
     *
     * @throws io.trino.spi.TrinoException {@code TARN_FILE_NOT_FOUND} where the bucket does not exist,
     *         {@code TARN_STORAGE_ERROR} where the storage fails, {@code TARN_INVALID_METADATA} where the location is
     *         none of the storage's; also from the iterator
     */
    public Iterator<DataFile> list(TrinoFileSystem fileSystem, Location location)
    {
        requireNonNull(fileSystem, "fileSystem is null");
        requireNonNull(location, "location is null");
        FileIterator files;
        try {
            files = fileSystem.listFiles(location);
        }
        catch (IOException | RuntimeException e) {
            throw storageFailure("list", location, e);
        }
        return new DataFileIterator(files, location);
    }

    private static class DataFileIterator
            extends AbstractIterator<DataFile>
    {
        private final FileIterator files;
        private final Location location;

        private DataFileIterator(FileIterator files, Location location)
        {
            this.files = requireNonNull(files, "files is null");
            this.location = requireNonNull(location, "location is null");
        }

        @Override
        protected DataFile computeNext()
        {
            try {
                while (files.hasNext()) {
                    FileEntry file = files.next();
                    if (file.length() > 0 && !isHidden(location, file.location()) && !file.tags().contains(ARCHIVED_TAG)) {
                        return new DataFile(file.location(), file.length(), file.lastModified());
                    }
                }
            }
            catch (IOException | RuntimeException e) {
                throw storageFailure("list", location, e);
            }
            return endOfData();
        }
    }
}
