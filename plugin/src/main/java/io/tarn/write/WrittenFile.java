package io.tarn.write;

import com.google.common.collect.ImmutableList;

import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * A file that a worker has written, as it tells the coordinator.
 *
 * @param partition texts of the partition's values, in the keys' order; empty for a table without partitions
 * @param folder where the partition is; the table's own location for a table without partitions
 * @param location the file
 */
public record WrittenFile(List<String> partition, String folder, String location, long rows, long bytes)
{
    public WrittenFile
    {
        partition = ImmutableList.copyOf(partition);
        requireNonNull(folder, "folder is null");
        requireNonNull(location, "location is null");
    }
}
