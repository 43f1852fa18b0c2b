package io.tarn.metastore;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.trino.metastore.Column;
import io.trino.metastore.HiveColumnStatistics;
import io.trino.metastore.Partition;
import io.trino.metastore.PartitionStatistics;
import io.trino.metastore.PartitionWithStatistics;
import io.trino.metastore.Partitions;
import io.trino.metastore.StatisticsUpdateMode;
import io.trino.metastore.Table;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.connector.TableNotFoundException;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.PartitionInput;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static io.trino.metastore.StatisticsUpdateMode.MERGE_INCREMENTAL;
import static io.trino.metastore.StatisticsUpdateMode.OVERWRITE_ALL;
import static io.trino.metastore.StatisticsUpdateMode.OVERWRITE_SOME_COLUMNS;
import static java.util.Objects.requireNonNull;

/**
 * The statistics of tables and partitions: basic ones among their parameters, those of columns by calls of their own.
 */
final class StatisticsStore
{
    private final TableStore tables;
    private final PartitionStore partitions;
    private final PartitionWriter partitionWriter;
    private final ColumnStatisticsCalls columns;
    private final ParallelCalls parallel;

    StatisticsStore(TableStore tables, PartitionStore partitions, PartitionWriter partitionWriter, ColumnStatisticsCalls columns, ParallelCalls parallel)
    {
        this.tables = requireNonNull(tables, "tables is null");
        this.partitions = requireNonNull(partitions, "partitions is null");
        this.partitionWriter = requireNonNull(partitionWriter, "partitionWriter is null");
        this.columns = requireNonNull(columns, "columns is null");
        this.parallel = requireNonNull(parallel, "parallel is null");
    }

    Map<String, HiveColumnStatistics> ofTable(String databaseName, String tableName, Set<String> columnNames)
    {
        try {
            return columns.ofTable(databaseName, tableName).read(columnNames);
        }
        catch (EntityNotFoundException e) {
            throw new TableNotFoundException(new SchemaTableName(databaseName, tableName), e);
        }
    }

    /**
     * @return one entry for each name; empty for a partition that there is not
     */
    Map<String, Map<String, HiveColumnStatistics>> ofPartitions(String databaseName, String tableName, Set<String> partitionNames, Set<String> columnNames)
    {
        List<String> names = ImmutableList.copyOf(partitionNames);
        List<Map<String, HiveColumnStatistics>> statistics = parallel.run(names.stream()
                .map(name -> (Callable<Map<String, HiveColumnStatistics>>) () -> ofPartition(databaseName, tableName, Partitions.toPartitionValues(name), columnNames))
                .toList());
        ImmutableMap.Builder<String, Map<String, HiveColumnStatistics>> result = ImmutableMap.builder();
        for (int i = 0; i < names.size(); i++) {
            result.put(names.get(i), statistics.get(i));
        }
        return result.buildOrThrow();
    }

    private Map<String, HiveColumnStatistics> ofPartition(String databaseName, String tableName, List<String> values, Set<String> columnNames)
    {
        try {
            return columns.ofPartition(databaseName, tableName, values).read(columnNames);
        }
        catch (EntityNotFoundException _) {
            return ImmutableMap.of();
        }
    }

    void updateTable(String databaseName, String tableName, StatisticsUpdateMode mode, PartitionStatistics update)
    {
        if (addsNothing(mode, update)) {
            return;
        }
        Map<String, HiveColumnStatistics> existing = mode == MERGE_INCREMENTAL && !update.columnStatistics().isEmpty()
                ? ofTable(databaseName, tableName, update.columnStatistics().keySet())
                : ImmutableMap.of();
        Map<String, HiveColumnStatistics> merged = new LinkedHashMap<>();
        Table table = tables.changeParameters(databaseName, tableName, parameters -> {
            PartitionStatistics updated = mode.updatePartitionStatistics(new PartitionStatistics(BasicStatistics.fromParameters(parameters), existing), update);
            merged.clear();
            merged.putAll(updated.columnStatistics());
            return BasicStatistics.inParameters(parameters, updated.basicStatistics());
        });
        writeColumns(
                columns.ofTable(databaseName, tableName),
                Stream.concat(table.getDataColumns().stream(), table.getPartitionColumns().stream()).toList(),
                mode,
                merged);
    }

    void updatePartitions(Table table, StatisticsUpdateMode mode, Map<String, PartitionStatistics> updates)
    {
        String databaseName = table.getDatabaseName();
        String tableName = table.getTableName();
        Map<List<String>, PartitionStatistics> byValues = updates.entrySet().stream()
                .filter(entry -> !addsNothing(mode, entry.getValue()))
                .collect(toImmutableMap(entry -> Partitions.toPartitionValues(entry.getKey()), Map.Entry::getValue));
        List<software.amazon.awssdk.services.glue.model.Partition> existing = partitions.gluePartitions(databaseName, tableName, ImmutableList.copyOf(byValues.keySet()));
        List<Callable<Change>> readings = new ArrayList<>();
        GluePartitions converter = new GluePartitions(databaseName, tableName);
        for (software.amazon.awssdk.services.glue.model.Partition gluePartition : existing) {
            Partition partition = converter.toPartition(gluePartition);
            readings.add(() -> change(gluePartition, partition, mode, byValues.get(partition.getValues())));
        }
        List<Change> changes = parallel.run(readings);
        partitionWriter.update(databaseName, tableName, changes.stream()
                .filter(Change::changesParameters)
                .map(Change::input)
                .toList());
        parallel.run(changes.stream()
                .map(change -> (Callable<Void>) () -> {
                    Partition partition = change.partition();
                    writeColumns(
                            columns.ofPartition(databaseName, tableName, partition.getValues()),
                            partition.getColumns().isEmpty() ? table.getDataColumns() : partition.getColumns(),
                            mode,
                            change.statistics());
                    return null;
                })
                .toList());
    }

    private Change change(software.amazon.awssdk.services.glue.model.Partition gluePartition, Partition partition, StatisticsUpdateMode mode, PartitionStatistics update)
    {
        Map<String, HiveColumnStatistics> known = mode == MERGE_INCREMENTAL && !update.columnStatistics().isEmpty()
                ? ofPartition(partition.getDatabaseName(), partition.getTableName(), partition.getValues(), update.columnStatistics().keySet())
                : ImmutableMap.of();
        PartitionStatistics updated = mode.updatePartitionStatistics(new PartitionStatistics(BasicStatistics.fromParameters(partition.getParameters()), known), update);
        Map<String, String> parameters = BasicStatistics.inParameters(partition.getParameters(), updated.basicStatistics());
        return new Change(
                partition,
                GluePartitions.toPartitionInput(gluePartition, parameters),
                !parameters.equals(partition.getParameters()),
                updated.columnStatistics());
    }

    /**
     * The columns' statistics of partitions just added, which have none to replace.
     */
    void writeAdded(String databaseName, String tableName, List<PartitionWithStatistics> added)
    {
        parallel.run(added.stream()
                .filter(partition -> !partition.getStatistics().columnStatistics().isEmpty())
                .map(partition -> (Callable<Void>) () -> {
                    columns.ofPartition(databaseName, tableName, partition.getPartition().getValues())
                            .write(partition.getPartition().getColumns(), partition.getStatistics().columnStatistics());
                    return null;
                })
                .toList());
    }

    void writeAltered(String databaseName, String tableName, PartitionWithStatistics altered)
    {
        Partition partition = altered.getPartition();
        writeColumns(columns.ofPartition(databaseName, tableName, partition.getValues()), partition.getColumns(), OVERWRITE_ALL, altered.getStatistics().columnStatistics());
    }

    private static void writeColumns(ColumnStatisticsCalls.Owner owner, List<Column> columns, StatisticsUpdateMode mode, Map<String, HiveColumnStatistics> statistics)
    {
        Set<String> written = owner.write(columns, statistics);
        // what there is no form for is as good as unknown, and what is there of old would be wrong
        owner.delete(columns.stream()
                .map(Column::getName)
                .filter(name -> !written.contains(name))
                .filter(name -> mode != OVERWRITE_SOME_COLUMNS || statistics.containsKey(name))
                .distinct()
                .collect(toImmutableList()));
    }

    private static boolean addsNothing(StatisticsUpdateMode mode, PartitionStatistics update)
    {
        return mode == MERGE_INCREMENTAL && update.basicStatistics().getRowCount().equals(OptionalLong.of(0));
    }

    private record Change(Partition partition, PartitionInput input, boolean changesParameters, Map<String, HiveColumnStatistics> statistics) {}
}
