package io.tarn.write;

import io.tarn.bucket.Bucketing;
import io.tarn.format.FileField;
import io.tarn.format.FileFormats;
import io.tarn.format.FileSchema;
import io.tarn.scan.FileSchemas;
import io.trino.filesystem.Location;
import io.trino.metastore.HiveBucketProperty;
import io.trino.metastore.HiveMetastore;
import io.trino.metastore.HiveType;
import io.trino.metastore.Partition;
import io.trino.metastore.Table;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.TableNotFoundException;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import static com.google.common.base.Suppliers.memoize;
import static io.tarn.error.TarnErrorCode.TARN_CANNOT_WRITE;
import static io.tarn.error.TarnErrorCode.TARN_PARTITION_CONFLICT;
import static io.trino.metastore.Partitions.makePartName;
import static java.util.Objects.requireNonNull;

/**
 * Finds out where the rows of each partition go. A partition that there is keeps its own folder and its own format.
 */
final class PartitionTargets
{
    private final TableWrite write;
    private final HiveMetastore metastore;
    private final FileFormats formats;
    private final Supplier<Table> table;

    PartitionTargets(TableWrite write, HiveMetastore metastore, FileFormats formats)
    {
        this.write = requireNonNull(write, "write is null");
        this.metastore = requireNonNull(metastore, "metastore is null");
        this.formats = requireNonNull(formats, "formats is null");
        this.table = memoize(() -> metastore.getTable(write.table().getSchemaName(), write.table().getTableName())
                .orElseThrow(() -> new TableNotFoundException(write.table())));
    }

    /**
     * @param values texts, in the keys' order
     * @throws TrinoException {@code TARN_PARTITION_CONFLICT} where the partition is there and must not be
     */
    PartitionTarget target(List<String> values)
    {
        if (values.isEmpty()) {
            return new PartitionTarget(values, write.location(), write.schema());
        }
        String name = makePartName(write.partitionKeys().stream().map(key -> key.name()).toList(), values);
        Optional<Partition> existing = write.created() ? Optional.empty() : metastore.getPartition(table.get(), values);
        if (existing.isEmpty()) {
            return new PartitionTarget(values, Location.of(write.location()).appendPath(name).toString(), write.schema());
        }
        if (write.existing() == ExistingPartitions.ERROR) {
            throw new TrinoException(TARN_PARTITION_CONFLICT, "Partition %s of table %s exists, and the session property insert_existing_partitions_behavior is ERROR. Set it to APPEND to add to its rows, or to OVERWRITE to replace them."
                    .formatted(name, write.table()));
        }
        FileSchema schema = FileSchemas.of(table.get(), existing.get(), formats);
        // its columns by the table's order are what the pages hold
        if (!hasColumnsOfTable(schema)) {
            throw new TrinoException(TARN_CANNOT_WRITE, "Partition %s of table %s has other columns than the table: %s instead of %s. Write the rows into another partition, or correct the partition's columns in the catalogue."
                    .formatted(name, write.table(), schema.fields(), write.schema().fields()));
        }
        requireSameBuckets(name, existing.get());
        return new PartitionTarget(values, existing.get().getStorage().getLocation(), schema);
    }

    private boolean hasColumnsOfTable(FileSchema partition)
    {
        // who finds columns by their position reads them whatever they are called
        return formats.require(partition).byPosition(partition)
                ? types(partition).equals(types(write.schema()))
                : partition.fields().equals(write.schema().fields());
    }

    private static List<HiveType> types(FileSchema schema)
    {
        return schema.fields().stream().map(FileField::type).toList();
    }

    // the names of the files would say another bucket to those who read the partition
    private void requireSameBuckets(String name, Partition partition)
    {
        Optional<HiveBucketProperty> own = partition.getStorage().getBucketProperty();
        if (write.bucketing().isEmpty() || own.isEmpty()) {
            return;
        }
        Bucketing bucketing = write.bucketing().get();
        if (!bucketing.isSame(own.get())) {
            throw new TrinoException(TARN_CANNOT_WRITE, "Partition %s of table %s has %s buckets by %s, but the table %s by %s. Write the rows into another partition, or create a table from a query of this one."
                    .formatted(name, write.table(), own.get().bucketCount(), own.get().bucketedBy(), bucketing.count(), bucketing.columns()));
        }
    }
}
