package io.tarn.scan;

import io.tarn.format.FileSchema;
import io.tarn.storage.DataFile;

import static java.util.Objects.requireNonNull;

/**
 * A data file of a table.
 *
 * @param partition the name of the partition that it belongs to; empty for a table without partitions
 * @param schema what the catalogue says about it
 */
public record TableFile(String partition, FileSchema schema, DataFile file)
{
    public TableFile
    {
        requireNonNull(partition, "partition is null");
        requireNonNull(schema, "schema is null");
        requireNonNull(file, "file is null");
    }
}
