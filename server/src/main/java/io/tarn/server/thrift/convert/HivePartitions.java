package io.tarn.server.thrift.convert;

import com.google.common.collect.ImmutableList;
import io.trino.metastore.Column;
import io.trino.metastore.Partition;
import io.trino.metastore.Partitions;
import io.trino.metastore.Storage;
import io.trino.metastore.Table;
import org.apache.hadoop.hive.metastore.api.InvalidObjectException;
import org.apache.hadoop.hive.metastore.api.MetaException;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;

/**
 * Partitions between Hive's form and the metastore's.
 */
public final class HivePartitions
{
    private HivePartitions() {}

    /**
     * @param table of which a partition that keeps no columns of its own has them
     */
    public static org.apache.hadoop.hive.metastore.api.Partition toHive(Table table, Partition partition)
    {
        List<Column> columns = partition.getColumns().isEmpty() ? table.getDataColumns() : partition.getColumns();
        Map<String, String> parameters = new LinkedHashMap<>(partition.getParameters());
        org.apache.hadoop.hive.metastore.api.Partition result = new org.apache.hadoop.hive.metastore.api.Partition(
                new ArrayList<>(partition.getValues()),
                partition.getDatabaseName(),
                partition.getTableName(),
                HiveTables.changeTime(parameters),
                0,
                HiveStorages.toHive(partition.getTableName(), columns, partition.getStorage()),
                parameters);
        result.setCatName(HiveNames.CATALOG);
        return result;
    }

    /**
     * @throws InvalidObjectException where the values are not as many as the keys, one of them is missing, or a part of
     *         the definition cannot be understood
     */
    public static Partition toPartition(Table table, org.apache.hadoop.hive.metastore.api.Partition partition)
            throws InvalidObjectException, MetaException
    {
        List<String> values = checkValues(table, partition.getValues());
        String owner = "Partition %s of %s".formatted(values, table.getSchemaTableName());
        Storage storage = partition.getSd() == null ? table.getStorage() : HiveStorages.toStorage(owner, partition.getSd());
        if (partition.getSd() == null || storage.getOptionalLocation().isEmpty()) {
            storage = Storage.builder(storage).setLocation(Optional.of(defaultLocation(table, values))).build();
        }
        return new Partition(
                table.getDatabaseName(),
                table.getTableName(),
                values,
                storage,
                partition.getSd() == null ? table.getDataColumns() : HiveColumns.toColumns(owner, partition.getSd().getCols()),
                HiveMaps.withoutNulls(partition.getParameters()));
    }

    /**
     * The values of a partition, which are as many as the table has keys.
     */
    public static List<String> checkValues(Table table, List<String> values)
            throws InvalidObjectException
    {
        if (values == null || values.size() != table.getPartitionColumns().size() || values.contains(null)) {
            throw new InvalidObjectException("The partition values %s of %s do not fit its keys %s: there must be one for each".formatted(
                    values, table.getSchemaTableName(), keys(table)));
        }
        return ImmutableList.copyOf(values);
    }

    public static String name(Table table, List<String> values)
    {
        return Partitions.makePartName(keys(table), values);
    }

    public static List<String> keys(Table table)
    {
        return table.getPartitionColumns().stream()
                .map(Column::getName)
                .collect(toImmutableList());
    }

    private static String defaultLocation(Table table, List<String> values)
            throws InvalidObjectException
    {
        String location = table.getStorage().getOptionalLocation()
                .orElseThrow(() -> new InvalidObjectException("Partition %s of %s has no location, and neither has its table".formatted(values, table.getSchemaTableName())));
        return (location.endsWith("/") ? location : location + "/") + name(table, values);
    }
}
