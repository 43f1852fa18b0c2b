package io.tarn.server.thrift.service;

import com.google.common.collect.Lists;
import io.tarn.server.thrift.convert.HivePartitions;
import io.tarn.server.thrift.filter.FilterException;
import io.tarn.server.thrift.filter.PartitionKeys;
import io.tarn.server.thrift.filter.PartitionPredicate;
import io.trino.metastore.Partition;
import io.trino.metastore.Partitions;
import io.trino.metastore.Table;
import io.trino.spi.predicate.TupleDomain;
import org.apache.hadoop.hive.metastore.api.MetaException;
import org.apache.hadoop.hive.metastore.api.NoSuchObjectException;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/**
 * Finds partitions. Of the values it asks the catalogue for what a filter says of single keys, and of the definitions
 * only for those of the partitions that are selected.
 */
final class PartitionReader
{
    private static final int BATCH_SIZE = 1000;

    private final Catalogue catalogue;

    PartitionReader(Catalogue catalogue)
    {
        this.catalogue = requireNonNull(catalogue, "catalogue is null");
    }

    Table table(String database, String name)
            throws NoSuchObjectException, MetaException
    {
        return catalogue.table(database, name);
    }

    Table tableToChange(String database, String name)
            throws NoSuchObjectException, MetaException
    {
        return catalogue.tableToChange(database, name);
    }

    /**
     * @param limit of the number of names; below zero for all
     */
    List<String> names(Table table, long limit)
            throws NoSuchObjectException
    {
        return names(table, TupleDomain.all(), _ -> true, limit);
    }

    /**
     * @param filter in Hive's language; null or blank for all
     */
    List<String> names(Table table, String filter, long limit)
            throws NoSuchObjectException, MetaException
    {
        if (filter == null || filter.isBlank()) {
            return names(table, limit);
        }
        try {
            PartitionPredicate predicate = PartitionPredicate.parse(filter, new PartitionKeys(table.getPartitionColumns()));
            return names(table, predicate.weakened(), predicate, limit);
        }
        catch (FilterException e) {
            throw new MetaException("%s: %s".formatted(e.getMessage(), filter));
        }
    }

    /**
     * @param values of the first keys; an empty one is any
     */
    List<String> names(Table table, List<String> values, long limit)
            throws NoSuchObjectException, MetaException
    {
        if (values == null || values.size() > table.getPartitionColumns().size()) {
            throw new MetaException("Incorrect number of partition values: %s for the keys %s of %s".formatted(values, HivePartitions.keys(table), table.getSchemaTableName()));
        }
        PartitionPredicate predicate = PartitionPredicate.prefix(values, new PartitionKeys(table.getPartitionColumns()));
        return names(table, predicate.weakened(), predicate, limit);
    }

    private List<String> names(Table table, TupleDomain<String> domain, Predicate<List<String>> predicate, long limit)
            throws NoSuchObjectException
    {
        if (table.getPartitionColumns().isEmpty()) {
            return List.of();
        }
        Optional<List<String>> names = catalogue.metastore().getPartitionNamesByFilter(table.getDatabaseName(), table.getTableName(), HivePartitions.keys(table), domain);
        if (names.isEmpty()) {
            throw new NoSuchObjectException("%s table not found".formatted(table.getSchemaTableName()));
        }
        Stream<String> selected = names.get().stream()
                .filter(name -> predicate.test(Partitions.toPartitionValues(name)));
        return (limit < 0 ? selected : selected.limit(limit)).toList();
    }

    /**
     * Those of the partitions that there are.
     */
    List<org.apache.hadoop.hive.metastore.api.Partition> partitions(Table table, List<String> names)
    {
        List<org.apache.hadoop.hive.metastore.api.Partition> partitions = new ArrayList<>(names.size());
        for (List<String> batch : Lists.partition(names, BATCH_SIZE)) {
            catalogue.metastore().getPartitionsByNames(table, batch).values().stream()
                    .flatMap(Optional::stream)
                    .map(partition -> HivePartitions.toHive(table, partition))
                    .forEach(partitions::add);
        }
        return partitions;
    }

    Partition partition(Table table, List<String> values)
            throws NoSuchObjectException
    {
        Optional<Partition> partition = values == null || values.size() != table.getPartitionColumns().size() || values.contains(null)
                ? Optional.empty()
                : catalogue.metastore().getPartition(table, values);
        return partition.orElseThrow(() -> new NoSuchObjectException("partition values=%s not found in %s".formatted(values, table.getSchemaTableName())));
    }

    /**
     * @throws MetaException where the name is none of a partition of this table
     */
    static List<String> values(Table table, String name)
            throws MetaException
    {
        List<String> values = name == null ? List.of() : Partitions.toPartitionValues(name);
        if (values.size() != table.getPartitionColumns().size()) {
            throw new MetaException("'%s' is no name of a partition of %s, whose keys are %s".formatted(name, table.getSchemaTableName(), HivePartitions.keys(table)));
        }
        return values;
    }
}
