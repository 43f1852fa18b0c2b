package io.tarn.server.thrift.service;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Lists;
import io.tarn.metastore.BasicStatistics;
import io.tarn.server.thrift.convert.HivePartitions;
import io.tarn.server.thrift.convert.HiveTables;
import io.trino.metastore.Column;
import io.trino.metastore.HiveColumnStatistics;
import io.trino.metastore.HiveMetastore;
import io.trino.metastore.Partition;
import io.trino.metastore.PartitionStatistics;
import io.trino.metastore.PartitionWithStatistics;
import io.trino.metastore.Table;
import org.apache.hadoop.hive.metastore.api.AlreadyExistsException;
import org.apache.hadoop.hive.metastore.api.InvalidObjectException;
import org.apache.hadoop.hive.metastore.api.NoSuchObjectException;
import org.apache.thrift.TException;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;

/**
 * Adds, changes and drops partitions.
 */
final class PartitionChanges
{
    private static final int BATCH_SIZE = 1000;

    private final PartitionReader reader;
    private final HiveMetastore metastore;

    PartitionChanges(PartitionReader reader, HiveMetastore metastore)
    {
        this.reader = requireNonNull(reader, "reader is null");
        this.metastore = requireNonNull(metastore, "metastore is null");
    }

    /**
     * @param ifNotExists whether those that are there already are left as they are; else none is added where one is
     * @return those that were added
     */
    List<org.apache.hadoop.hive.metastore.api.Partition> add(Table table, List<org.apache.hadoop.hive.metastore.api.Partition> added, boolean ifNotExists)
            throws TException
    {
        Set<String> names = new HashSet<>();
        List<PartitionWithStatistics> partitions = new ArrayList<>();
        for (org.apache.hadoop.hive.metastore.api.Partition given : added) {
            Partition partition = HivePartitions.toPartition(table, given);
            String name = HivePartitions.name(table, partition.getValues());
            if (!names.add(name)) {
                throw new InvalidObjectException("Partition %s is in the request twice".formatted(name));
            }
            partitions.add(new PartitionWithStatistics(partition, name, new PartitionStatistics(BasicStatistics.fromParameters(partition.getParameters()), ImmutableMap.of())));
        }
        Set<String> existing = existing(table, partitions);
        if (!existing.isEmpty() && !ifNotExists) {
            throw new AlreadyExistsException("Partition already exists: %s in %s".formatted(existing.iterator().next(), table.getSchemaTableName()));
        }
        List<PartitionWithStatistics> missing = partitions.stream()
                .filter(partition -> !existing.contains(partition.getPartitionName()))
                .toList();
        if (!missing.isEmpty()) {
            metastore.addPartitions(table.getDatabaseName(), table.getTableName(), missing);
        }
        return missing.stream()
                .map(partition -> HivePartitions.toHive(table, partition.getPartition()))
                .toList();
    }

    private Set<String> existing(Table table, List<PartitionWithStatistics> partitions)
    {
        Set<String> existing = new HashSet<>();
        for (List<PartitionWithStatistics> batch : Lists.partition(partitions, BATCH_SIZE)) {
            metastore.getPartitionsByNames(table, batch.stream().map(PartitionWithStatistics::getPartitionName).toList()).forEach((name, partition) -> {
                if (partition.isPresent()) {
                    existing.add(name);
                }
            });
        }
        return existing;
    }

    /**
     * Leaves the statistics of the partition's columns as they are.
     */
    void alter(Table table, org.apache.hadoop.hive.metastore.api.Partition changed)
            throws TException
    {
        Partition partition = HivePartitions.toPartition(table, changed);
        reader.partition(table, partition.getValues());
        String name = HivePartitions.name(table, partition.getValues());
        Set<String> columns = table.getDataColumns().stream().map(Column::getName).collect(toImmutableSet());
        Map<String, HiveColumnStatistics> statistics = columns.isEmpty()
                ? ImmutableMap.of()
                : metastore.getPartitionColumnStatistics(table.getDatabaseName(), table.getTableName(), Set.of(name), columns).getOrDefault(name, ImmutableMap.of());
        metastore.alterPartition(table.getDatabaseName(), table.getTableName(), new PartitionWithStatistics(
                partition,
                name,
                new PartitionStatistics(BasicStatistics.fromParameters(partition.getParameters()), statistics)));
    }

    /**
     * The partition of other values is there before the one of these is gone.
     */
    void rename(Table table, List<String> values, org.apache.hadoop.hive.metastore.api.Partition changed)
            throws TException
    {
        Partition partition = HivePartitions.toPartition(table, changed);
        reader.partition(table, values);
        if (partition.getValues().equals(values)) {
            alter(table, changed);
            return;
        }
        add(table, List.of(changed), false);
        metastore.dropPartition(table.getDatabaseName(), table.getTableName(), values, false);
    }

    /**
     * @return what was dropped
     * @throws NoSuchObjectException where there is no such partition
     */
    org.apache.hadoop.hive.metastore.api.Partition drop(Table table, List<String> values, boolean deleteData)
            throws TException
    {
        Partition partition = reader.partition(table, values);
        metastore.dropPartition(table.getDatabaseName(), table.getTableName(), values, deleteData && isManaged(table));
        return HivePartitions.toHive(table, partition);
    }

    /**
     * @return those that there were
     */
    List<org.apache.hadoop.hive.metastore.api.Partition> drop(Table table, List<String> names, boolean deleteData, boolean ifExists)
            throws TException
    {
        List<org.apache.hadoop.hive.metastore.api.Partition> dropped = new ArrayList<>();
        Optional<NoSuchObjectException> missing = Optional.empty();
        List<List<String>> all = new ArrayList<>();
        for (String name : names) {
            all.add(PartitionReader.values(table, name));
        }
        for (List<String> values : all) {
            try {
                dropped.add(drop(table, values, deleteData));
            }
            catch (NoSuchObjectException e) {
                missing = Optional.of(e);
            }
        }
        if (missing.isPresent() && !ifExists) {
            throw missing.get();
        }
        return dropped;
    }

    /**
     * The files of an external table are not the catalogue's to delete.
     */
    private static boolean isManaged(Table table)
    {
        return table.getTableType().equals(HiveTables.MANAGED_TABLE);
    }
}
