package io.tarn.statistics;

import com.google.common.collect.ImmutableMap;
import io.tarn.metastore.BasicStatistics;
import io.tarn.partition.SelectedPartition;
import io.trino.metastore.HiveColumnStatistics;
import io.trino.metastore.HiveMetastore;
import io.trino.metastore.PartitionStatistics;
import io.trino.metastore.Table;

import java.util.List;
import java.util.Map;
import java.util.Set;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;

/**
 * What the catalogue keeps of a table.
 *
 * @param partitions by name; a table without partitions has one of an empty name
 * @param table columns of a partitioned table as a whole, which Glue's own statistics tasks write, and Athena reads
 */
record CatalogStatistics(Map<String, PartitionStatistics> partitions, Map<String, HiveColumnStatistics> table)
{
    CatalogStatistics
    {
        partitions = ImmutableMap.copyOf(requireNonNull(partitions, "partitions is null"));
        table = ImmutableMap.copyOf(requireNonNull(table, "table is null"));
    }

    static CatalogStatistics none()
    {
        return new CatalogStatistics(ImmutableMap.of(), ImmutableMap.of());
    }

    /**
     * @param sample partitions with their definitions
     * @param columns names of data columns
     */
    static CatalogStatistics read(HiveMetastore metastore, Table table, List<SelectedPartition> sample, Set<String> columns)
    {
        String schema = table.getDatabaseName();
        String name = table.getTableName();
        Map<String, HiveColumnStatistics> ofTable = columns.isEmpty() ? ImmutableMap.of() : ImmutableMap.<String, HiveColumnStatistics>builder()
                                                                                            .putAll(SparkStatistics.of(table, columns))
                                                                                            .putAll(metastore.getTableColumnStatistics(schema, name, columns))
                                                                                            .buildKeepingLast();
        if (table.getPartitionColumns().isEmpty()) {
            return new CatalogStatistics(ImmutableMap.of("", new PartitionStatistics(BasicStatistics.fromParameters(table.getParameters()), ofTable)), ImmutableMap.of());
        }
        // who counts columns counts rows: partitions without a count are not asked for more, one request each
        Set<String> counted = sample.stream()
                .filter(partition -> BasicStatistics.fromParameters(partition.partition().orElseThrow().getParameters()).getRowCount().isPresent())
                .map(SelectedPartition::name)
                .collect(toImmutableSet());
        Map<String, Map<String, HiveColumnStatistics>> ofPartitions = counted.isEmpty() || columns.isEmpty()
                ? ImmutableMap.of()
                : metastore.getPartitionColumnStatistics(schema, name, counted, columns);
        ImmutableMap.Builder<String, PartitionStatistics> partitions = ImmutableMap.builder();
        for (SelectedPartition partition : sample) {
            partitions.put(partition.name(), new PartitionStatistics(
                    BasicStatistics.fromParameters(partition.partition().orElseThrow().getParameters()),
                    ofPartitions.getOrDefault(partition.name(), ImmutableMap.of())));
        }
        return new CatalogStatistics(partitions.buildOrThrow(), ofTable);
    }
}
