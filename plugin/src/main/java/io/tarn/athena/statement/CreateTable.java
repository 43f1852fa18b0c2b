package io.tarn.athena.statement;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * {@code CREATE [EXTERNAL] TABLE} with columns of its own; one that takes them from a query is a {@link QueryStatement}.
 *
 * @param columns empty where none are written, as for Delta tables and Avro schemas
 * @param partitionColumns {@code PARTITIONED BY (name type, ...)}: Hive's, columns of their own
 * @param partitionTransforms {@code PARTITIONED BY (name, day(name), ...)}: Iceberg's, of the columns above
 * @param serdeProperties of {@code WITH SERDEPROPERTIES}, with or without a row format
 * @param properties of {@code TBLPROPERTIES}, in the order written; values without quotes are kept as they were written
 */
public record CreateTable(
        TableName table,
        boolean external,
        boolean ifNotExists,
        List<ColumnDefinition> columns,
        Optional<String> comment,
        List<ColumnDefinition> partitionColumns,
        List<PartitionTransform> partitionTransforms,
        Optional<Bucketing> bucketing,
        Optional<RowFormat> rowFormat,
        Map<String, String> serdeProperties,
        Optional<StorageFormat> storageFormat,
        Optional<String> location,
        Map<String, String> properties)
        implements TableStatement
{
    public CreateTable
    {
        requireNonNull(table, "table is null");
        columns = ImmutableList.copyOf(columns);
        requireNonNull(comment, "comment is null");
        partitionColumns = ImmutableList.copyOf(partitionColumns);
        partitionTransforms = ImmutableList.copyOf(partitionTransforms);
        requireNonNull(bucketing, "bucketing is null");
        requireNonNull(rowFormat, "rowFormat is null");
        serdeProperties = ImmutableMap.copyOf(serdeProperties);
        requireNonNull(storageFormat, "storageFormat is null");
        requireNonNull(location, "location is null");
        properties = ImmutableMap.copyOf(properties);
        checkArgument(partitionColumns.isEmpty() || partitionTransforms.isEmpty(), "partitions are columns of their own or transforms of columns, not both");
    }
}
