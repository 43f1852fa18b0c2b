package io.tarn.server.thrift.service;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.tarn.metastore.BasicStatistics;
import io.tarn.server.thrift.convert.HiveNames;
import io.tarn.server.thrift.convert.HiveStatistics;
import io.tarn.server.thrift.convert.StatisticsReader;
import io.trino.metastore.Column;
import io.trino.metastore.HiveBasicStatistics;
import io.trino.metastore.HiveColumnStatistics;
import io.trino.metastore.HiveMetastore;
import io.trino.metastore.Partition;
import io.trino.metastore.PartitionStatistics;
import io.trino.metastore.StatisticsUpdateMode;
import io.trino.metastore.Table;
import org.apache.hadoop.hive.metastore.api.ColumnStatisticsObj;
import org.apache.hadoop.hive.metastore.api.InvalidObjectException;
import org.apache.hadoop.hive.metastore.api.MetaException;
import org.apache.hadoop.hive.metastore.api.NoSuchObjectException;
import org.apache.thrift.TException;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import static io.trino.metastore.StatisticsUpdateMode.MERGE_INCREMENTAL;
import static io.trino.metastore.StatisticsUpdateMode.OVERWRITE_ALL;
import static io.trino.metastore.StatisticsUpdateMode.OVERWRITE_SOME_COLUMNS;
import static java.util.Objects.requireNonNull;

/**
 * Statistics of columns in the catalogue. The row counts and sizes beside them are parameters, which clients change
 * with the table or partition: so they stay as they are.
 */
final class ColumnStatisticsStore
{
    private final HiveMetastore metastore;

    ColumnStatisticsStore(HiveMetastore metastore)
    {
        this.metastore = requireNonNull(metastore, "metastore is null");
    }

    static List<String> columns(List<String> names)
            throws MetaException
    {
        List<String> columns = new ArrayList<>();
        for (String name : names == null ? List.<String>of() : names) {
            columns.add(HiveNames.object(name));
        }
        return columns;
    }

    Map<String, HiveColumnStatistics> ofTable(Table table, Collection<String> columns)
    {
        if (columns.isEmpty()) {
            return ImmutableMap.of();
        }
        return metastore.getTableColumnStatistics(table.getDatabaseName(), table.getTableName(), ImmutableSet.copyOf(columns));
    }

    Map<String, Map<String, HiveColumnStatistics>> ofPartitions(Table table, List<String> partitions, Collection<String> columns)
            throws MetaException
    {
        if (columns.isEmpty() || partitions == null || partitions.isEmpty()) {
            return ImmutableMap.of();
        }
        for (String partition : partitions) {
            PartitionReader.values(table, partition);
        }
        return metastore.getPartitionColumnStatistics(table.getDatabaseName(), table.getTableName(), ImmutableSet.copyOf(partitions), ImmutableSet.copyOf(columns));
    }

    static List<ColumnStatisticsObj> toHive(Table table, Map<String, HiveColumnStatistics> statistics)
    {
        List<ColumnStatisticsObj> result = new ArrayList<>();
        statistics.forEach((name, values) -> table.getColumn(name)
                .flatMap(column -> HiveStatistics.toHive(name, column.getType(), values))
                .ifPresent(result::add));
        return result;
    }

    Map<String, HiveColumnStatistics> read(Table table, List<ColumnStatisticsObj> statistics)
            throws TException
    {
        Map<String, HiveColumnStatistics> result = new HashMap<>();
        for (ColumnStatisticsObj object : statistics) {
            String name = HiveNames.object(object.getColName());
            Column column = table.getColumn(name)
                    .orElseThrow(() -> new InvalidObjectException("Table %s has no column %s".formatted(table.getSchemaTableName(), name)));
            result.put(name, StatisticsReader.read(name, column.getType(), object.getStatsData()));
        }
        return result;
    }

    /**
     * The statistics of several partitions as those of one.
     */
    static Map<String, HiveColumnStatistics> merge(Collection<Map<String, HiveColumnStatistics>> all)
    {
        // with a row count each, so that averages are averaged
        HiveBasicStatistics one = new HiveBasicStatistics(OptionalLong.empty(), OptionalLong.of(1), OptionalLong.empty(), OptionalLong.empty());
        return all.stream()
                .filter(statistics -> !statistics.isEmpty())
                .map(statistics -> new PartitionStatistics(one, statistics))
                .reduce(MERGE_INCREMENTAL::updatePartitionStatistics)
                .map(PartitionStatistics::columnStatistics)
                .orElse(ImmutableMap.of());
    }

    /**
     * @param merge whether what is known already counts, too
     */
    void writeTable(Table table, Map<String, HiveColumnStatistics> statistics, boolean merge)
    {
        Map<String, HiveColumnStatistics> written = merge ? merge(List.of(ofTable(table, statistics.keySet()), statistics)) : statistics;
        update(table, OVERWRITE_SOME_COLUMNS, written);
    }

    void writePartitions(Table table, Map<String, Map<String, HiveColumnStatistics>> statistics, boolean merge)
            throws TException
    {
        Map<String, Map<String, HiveColumnStatistics>> known = merge
                ? ofPartitions(table, List.copyOf(statistics.keySet()), statistics.values().stream().flatMap(columns -> columns.keySet().stream()).distinct().toList())
                : ImmutableMap.of();
        Map<String, Map<String, HiveColumnStatistics>> written = new HashMap<>();
        statistics.forEach((name, columns) -> written.put(name, merge ? merge(List.of(known.getOrDefault(name, ImmutableMap.of()), columns)) : columns));
        updatePartitions(table, OVERWRITE_SOME_COLUMNS, written);
    }

    /**
     * @param columns empty for all
     */
    void deleteTable(Table table, List<String> columns)
    {
        update(table, OVERWRITE_ALL, ofTable(table, remaining(table, columns)));
    }

    /**
     * @param columns empty for all
     */
    void deletePartitions(Table table, List<String> partitions, List<String> columns)
            throws TException
    {
        List<String> remaining = remaining(table, columns);
        Map<String, Map<String, HiveColumnStatistics>> kept = new HashMap<>();
        partitions.forEach(partition -> kept.put(partition, ImmutableMap.of()));
        kept.putAll(ofPartitions(table, partitions, remaining));
        updatePartitions(table, OVERWRITE_ALL, kept);
    }

    private static List<String> remaining(Table table, List<String> deleted)
    {
        return deleted.isEmpty() ? List.of() : table.getDataColumns().stream()
                                               .map(Column::getName)
                                               .filter(name -> !deleted.contains(name))
                                               .toList();
    }

    private void update(Table table, StatisticsUpdateMode mode, Map<String, HiveColumnStatistics> statistics)
    {
        metastore.updateTableStatistics(
                table.getDatabaseName(),
                table.getTableName(),
                OptionalLong.empty(),
                mode,
                new PartitionStatistics(BasicStatistics.fromParameters(table.getParameters()), statistics));
    }

    private void updatePartitions(Table table, StatisticsUpdateMode mode, Map<String, Map<String, HiveColumnStatistics>> statistics)
            throws TException
    {
        for (String name : statistics.keySet()) {
            PartitionReader.values(table, name);
        }
        Map<String, Optional<Partition>> partitions = metastore.getPartitionsByNames(table, List.copyOf(statistics.keySet()));
        for (String name : statistics.keySet()) {
            if (partitions.getOrDefault(name, Optional.empty()).isEmpty()) {
                throw new NoSuchObjectException("Partition %s of %s not found".formatted(name, table.getSchemaTableName()));
            }
        }
        ImmutableMap.Builder<String, PartitionStatistics> updates = ImmutableMap.builder();
        statistics.forEach((name, columns) -> updates.put(name, new PartitionStatistics(
                BasicStatistics.fromParameters(partitions.get(name).orElseThrow().getParameters()),
                columns)));
        metastore.updatePartitionStatistics(table, mode, updates.buildOrThrow());
    }
}
