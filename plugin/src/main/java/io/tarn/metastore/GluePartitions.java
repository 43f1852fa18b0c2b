package io.tarn.metastore;

import com.google.common.collect.ImmutableList;
import io.trino.metastore.Column;
import io.trino.metastore.Partition;
import software.amazon.awssdk.services.glue.model.PartitionInput;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import static io.tarn.metastore.GlueColumns.toColumns;
import static io.tarn.metastore.GlueMaps.withoutNulls;
import static io.tarn.metastore.GlueStorages.toStorage;
import static io.tarn.metastore.GlueStorages.toStorageDescriptor;
import static java.util.Objects.requireNonNull;

/**
 * Partitions of one table between Glue's form and the metastore's. Not for several threads: partitions that repeat the
 * columns of the one before share them.
 */
final class GluePartitions
{
    private final String databaseName;
    private final String tableName;
    private List<software.amazon.awssdk.services.glue.model.Column> lastGlueColumns = ImmutableList.of();
    private List<Column> lastColumns = ImmutableList.of();

    GluePartitions(String databaseName, String tableName)
    {
        this.databaseName = requireNonNull(databaseName, "databaseName is null");
        this.tableName = requireNonNull(tableName, "tableName is null");
    }

    /**
     * A partition without columns, location or SerDe of its own comes out without them: its table's apply.
     *
     * @throws io.trino.spi.TrinoException {@code TARN_INVALID_METADATA} where a column has a type that is no Hive type
     */
    Partition toPartition(software.amazon.awssdk.services.glue.model.Partition partition)
    {
        StorageDescriptor descriptor = partition.storageDescriptor();
        String owner = databaseName + "." + tableName;
        return new Partition(
                databaseName,
                tableName,
                partition.values(),
                toStorage(owner + " partition " + partition.values(), descriptor),
                descriptor == null ? ImmutableList.of() : columns(owner, descriptor.columns()),
                withoutNulls(partition.parameters()));
    }

    private List<Column> columns(String owner, List<software.amazon.awssdk.services.glue.model.Column> columns)
    {
        if (!columns.equals(lastGlueColumns)) {
            lastColumns = toColumns(owner, columns);
            lastGlueColumns = columns;
        }
        return lastColumns;
    }

    static PartitionInput toPartitionInput(Partition partition, Map<String, String> parameters)
    {
        return PartitionInput.builder()
                .values(partition.getValues())
                .storageDescriptor(toStorageDescriptor(
                        partition.getDatabaseName() + "." + partition.getTableName() + " partition " + partition.getValues(),
                        partition.getStorage(),
                        partition.getColumns(),
                        Optional.empty()))
                .parameters(parameters)
                .build();
    }

    /**
     * What must be written to leave a partition as it is but for its parameters.
     */
    static PartitionInput toPartitionInput(software.amazon.awssdk.services.glue.model.Partition partition, Map<String, String> parameters)
    {
        return PartitionInput.builder()
                .values(partition.values())
                .lastAccessTime(partition.lastAccessTime())
                .lastAnalyzedTime(partition.lastAnalyzedTime())
                .storageDescriptor(partition.storageDescriptor())
                .parameters(parameters)
                .build();
    }
}
