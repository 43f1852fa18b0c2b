package io.tarn.write;

import com.google.common.collect.ImmutableList;
import io.tarn.bucket.Bucketing;
import io.tarn.format.FileCodec;
import io.tarn.format.FileSchema;
import io.tarn.partition.PartitionKey;
import io.tarn.writelog.WriteFileName;
import io.trino.spi.connector.SchemaTableName;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import static java.util.Objects.requireNonNull;

/**
 * A write of a table as it travels to the workers.
 *
 * @param location of the table
 * @param file what the names of the write's files carry
 * @param schema of the files of new partitions, and of a table without partitions
 * @param columns of the pages, in their order
 * @param bucketing how the rows of a partition are distributed to files; empty where they are not
 * @param level of the codec; empty for the codec's default
 * @param created whether the table comes into being by this write, so that there are no partitions yet
 * @param existing what to do with partitions that there are
 * @param revocable whether its files are to go as soon as its {@link WritePermit} is gone, because no log decides about
 *         them
 */
public record TableWrite(
        SchemaTableName table,
        String location,
        WriteFileName file,
        FileSchema schema,
        List<WriteColumn> columns,
        List<PartitionKey> partitionKeys,
        Optional<Bucketing> bucketing,
        FileCodec codec,
        OptionalInt level,
        boolean created,
        ExistingPartitions existing,
        boolean revocable)
{
    public TableWrite
    {
        requireNonNull(table, "table is null");
        requireNonNull(location, "location is null");
        requireNonNull(file, "file is null");
        requireNonNull(schema, "schema is null");
        columns = ImmutableList.copyOf(columns);
        partitionKeys = ImmutableList.copyOf(partitionKeys);
        requireNonNull(bucketing, "bucketing is null");
        requireNonNull(codec, "codec is null");
        requireNonNull(level, "level is null");
        requireNonNull(existing, "existing is null");
    }

    public TableWrite asRevocable()
    {
        return new TableWrite(table, location, file, schema, columns, partitionKeys, bucketing, codec, level, created, existing, true);
    }
}
