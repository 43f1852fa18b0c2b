package io.tarn.write;

import io.trino.filesystem.Location;
import io.trino.spi.Page;

import java.util.List;
import java.util.OptionalInt;

/**
 * The files that one writer writes of a partition, or of one bucket of it.
 */
interface PartitionFiles
{
    void append(Page page);

    /**
     * Bytes of the files so far.
     */
    long bytes();

    long memoryUsage();

    List<WrittenFile> finish();

    /**
     * @return the files that are whole already
     */
    List<Location> abort();

    interface Opener
    {
        /**
         * @param partition texts of the partition's values; empty for a table without partitions
         * @param bucket empty for a table without buckets
         */
        PartitionFiles open(List<String> partition, OptionalInt bucket);
    }
}
