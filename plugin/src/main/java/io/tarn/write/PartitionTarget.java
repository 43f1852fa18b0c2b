package io.tarn.write;

import com.google.common.collect.ImmutableList;
import io.tarn.format.FileSchema;

import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * Where the rows of one partition go, and how they are written.
 *
 * @param values texts of the partition's values; empty for a table without partitions
 * @param folder where its files are
 */
record PartitionTarget(List<String> values, String folder, FileSchema schema)
{
    PartitionTarget
    {
        values = ImmutableList.copyOf(values);
        requireNonNull(folder, "folder is null");
        requireNonNull(schema, "schema is null");
    }
}
