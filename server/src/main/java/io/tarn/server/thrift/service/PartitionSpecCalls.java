package io.tarn.server.thrift.service;

import com.google.common.collect.ImmutableList;
import io.tarn.server.thrift.call.CallTable;
import io.tarn.server.thrift.convert.HiveNames;
import io.trino.metastore.Partitions;
import io.trino.metastore.Table;
import org.apache.hadoop.hive.metastore.api.GetPartitionsFilterSpec;
import org.apache.hadoop.hive.metastore.api.GetPartitionsRequest;
import org.apache.hadoop.hive.metastore.api.GetPartitionsResponse;
import org.apache.hadoop.hive.metastore.api.InvalidObjectException;
import org.apache.hadoop.hive.metastore.api.MetaException;
import org.apache.hadoop.hive.metastore.api.Partition;
import org.apache.hadoop.hive.metastore.api.PartitionListComposingSpec;
import org.apache.hadoop.hive.metastore.api.PartitionSpec;
import org.apache.hadoop.hive.metastore.api.PartitionSpecWithSharedSD;
import org.apache.hadoop.hive.metastore.api.PartitionWithoutSD;
import org.apache.hadoop.hive.metastore.api.StorageDescriptor;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.add_partitions_pspec_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.get_part_specs_by_filter_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.get_partitions_pspec_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.get_partitions_with_specs_args;
import org.apache.thrift.TException;

import java.util.List;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

/**
 * Partitions as specifications, the form in which many partitions may share one description of their storage.
 */
final class PartitionSpecCalls
        implements CallTable.Calls
{
    private final PartitionReader reader;
    private final PartitionChanges changes;

    PartitionSpecCalls(PartitionReader reader, PartitionChanges changes)
    {
        this.reader = requireNonNull(reader, "reader is null");
        this.changes = requireNonNull(changes, "changes is null");
    }

    @Override
    public void addTo(CallTable.Builder calls)
    {
        calls.ask(get_partitions_pspec_args.class, args -> filtered(args.getDb_name(), args.getTbl_name(), null, args.getMax_parts()));
        calls.ask(get_part_specs_by_filter_args.class, args -> filtered(args.getDb_name(), args.getTbl_name(), args.getFilter(), args.getMax_parts()));
        calls.ask(get_partitions_with_specs_args.class, args -> selected(args.getRequest()));
        calls.change(add_partitions_pspec_args.class, args -> add(args.getNew_parts()));
    }

    private List<PartitionSpec> filtered(String database, String name, String filter, long limit)
            throws TException
    {
        Table table = reader.table(database, name);
        return specs(table, reader.names(table, filter, limit));
    }

    private List<PartitionSpec> specs(Table table, List<String> names)
    {
        PartitionSpec spec = new PartitionSpec(table.getDatabaseName(), table.getTableName(), table.getStorage().getOptionalLocation().orElse(""));
        spec.setCatName(HiveNames.CATALOG);
        spec.setPartitionList(new PartitionListComposingSpec(reader.partitions(table, names)));
        return List.of(spec);
    }

    /**
     * What a client projects is given with all that is around it, which it is free to ignore.
     */
    private GetPartitionsResponse selected(GetPartitionsRequest request)
            throws TException
    {
        HiveNames.checkCatalog(request.getCatName());
        Table table = reader.table(request.getDbName(), request.getTblName());
        GetPartitionsResponse response = new GetPartitionsResponse();
        response.setPartitionSpec(specs(table, names(table, request.getFilterSpec())));
        return response;
    }

    private List<String> names(Table table, GetPartitionsFilterSpec filter)
            throws TException
    {
        if (filter == null || filter.getFilterMode() == null) {
            return reader.names(table, -1);
        }
        List<String> filters = filter.getFilters() == null ? List.of() : filter.getFilters();
        return switch (filter.getFilterMode()) {
            case BY_NAMES -> filters.stream()
                    .filter(name -> Partitions.toPartitionValues(name).size() == table.getPartitionColumns().size())
                    .distinct()
                    .toList();
            case BY_VALUES -> reader.names(table, filters, -1);
            // all of them must hold, as in Hive
            case BY_EXPR -> reader.names(table, filters.stream().collect(joining(") AND (", filters.isEmpty() ? "" : "(", filters.isEmpty() ? "" : ")")), -1);
        };
    }

    private int add(List<PartitionSpec> specs)
            throws TException
    {
        if (specs == null || specs.isEmpty()) {
            return 0;
        }
        PartitionSpec first = specs.getFirst();
        HiveNames.checkCatalog(first.getCatName());
        Table table = reader.tableToChange(first.getDbName(), first.getTableName());
        ImmutableList.Builder<Partition> partitions = ImmutableList.builder();
        for (PartitionSpec spec : specs) {
            if (!first.getDbName().equals(spec.getDbName()) || !first.getTableName().equals(spec.getTableName())) {
                throw new MetaException("The partitions of one request must be of one table, not of %s and of %s.%s".formatted(table.getSchemaTableName(), spec.getDbName(), spec.getTableName()));
            }
            partitions.addAll(partitions(spec));
        }
        return changes.add(table, partitions.build(), false).size();
    }

    private static List<Partition> partitions(PartitionSpec spec)
            throws InvalidObjectException
    {
        if (spec.getPartitionList() != null) {
            return spec.getPartitionList().getPartitions() == null ? List.of() : spec.getPartitionList().getPartitions();
        }
        PartitionSpecWithSharedSD shared = spec.getSharedSDPartitionSpec();
        if (shared == null || shared.getSd() == null || shared.getPartitions() == null) {
            throw new InvalidObjectException("A specification of partitions of %s.%s has neither a list of them nor a storage descriptor that they share".formatted(spec.getDbName(), spec.getTableName()));
        }
        return shared.getPartitions().stream()
                .map(partition -> partition(spec, shared.getSd(), partition))
                .toList();
    }

    private static Partition partition(PartitionSpec spec, StorageDescriptor shared, PartitionWithoutSD partition)
    {
        StorageDescriptor storage = new StorageDescriptor(shared);
        // relative to the root that the partitions share, which not every client sets in the descriptor, too
        String root = spec.getRootPath() == null || spec.getRootPath().isEmpty() ? shared.getLocation() : spec.getRootPath();
        if (root != null && partition.getRelativePath() != null) {
            storage.setLocation(root + partition.getRelativePath());
        }
        return new Partition(
                partition.getValues(),
                spec.getDbName(),
                spec.getTableName(),
                partition.getCreateTime(),
                partition.getLastAccessTime(),
                storage,
                partition.getParameters());
    }
}
