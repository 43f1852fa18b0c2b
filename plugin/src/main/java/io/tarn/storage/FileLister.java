package io.tarn.storage;

import io.trino.filesystem.Location;
import io.trino.filesystem.TrinoFileSystem;

import java.util.Iterator;

/** Lists the data files of a table or partition. */
public interface FileLister
{
    /**
     * All data files below a location, in nested folders too, in the order that the storage lists them; pages of the
     * listing are fetched as the iterator advances. Files and folders whose name starts with {@code _} or {@code .},
     * and empty files, are left out. A location below which nothing is stored gives no files.
     *
     * @throws io.trino.spi.TrinoException {@code TARN_FILE_NOT_FOUND} where the bucket does not exist,
     *         {@code TARN_STORAGE_ERROR} where the storage fails; also from the iterator
     */
    Iterator<DataFile> list(TrinoFileSystem fileSystem, Location location);
}
