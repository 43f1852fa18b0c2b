package io.tarn.server.thrift.service;

import io.tarn.server.thrift.call.CallTable;
import io.tarn.server.thrift.convert.HiveNames;
import io.tarn.server.thrift.convert.HivePartitions;
import io.tarn.server.thrift.filter.FilterException;
import io.tarn.server.thrift.filter.PartitionOrder;
import io.trino.metastore.Partitions;
import io.trino.metastore.Table;
import org.apache.hadoop.hive.metastore.api.GetPartitionResponse;
import org.apache.hadoop.hive.metastore.api.GetPartitionsByNamesResult;
import org.apache.hadoop.hive.metastore.api.MetaException;
import org.apache.hadoop.hive.metastore.api.Partition;
import org.apache.hadoop.hive.metastore.api.PartitionsByExprRequest;
import org.apache.hadoop.hive.metastore.api.PartitionsResponse;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.fetch_partition_names_req_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.get_num_partitions_by_filter_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.get_partition_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.get_partition_by_name_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.get_partition_names_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.get_partition_names_req_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.get_partition_req_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.get_partition_with_auth_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.get_partitions_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.get_partitions_by_filter_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.get_partitions_by_filter_req_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.get_partitions_by_names_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.get_partitions_by_names_req_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.get_partitions_req_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.get_partitions_with_auth_args;
import org.apache.thrift.TException;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

import static java.lang.Math.toIntExact;
import static java.util.Objects.requireNonNull;

/**
 * Partitions, by their values, names and filters. {@code get_partitions_by_expr} is not among them: its expression is
 * a serialized object of Hive's, and a client that is refused asks by filter or by name instead.
 */
final class PartitionCalls
        implements CallTable.Calls
{
    private final PartitionReader reader;

    PartitionCalls(PartitionReader reader)
    {
        this.reader = requireNonNull(reader, "reader is null");
    }

    @Override
    public void addTo(CallTable.Builder calls)
    {
        calls.ask(get_partition_args.class, args -> partition(args.getDb_name(), args.getTbl_name(), args.getPart_vals()));
        calls.ask(get_partition_with_auth_args.class, args -> partition(args.getDb_name(), args.getTbl_name(), args.getPart_vals()));
        calls.ask(get_partition_req_args.class, args -> new GetPartitionResponse(partition(args.getReq().getDbName(), args.getReq().getTblName(), args.getReq().getPartVals())));
        calls.ask(get_partition_by_name_args.class, args -> partition(args.getDb_name(), args.getTbl_name(), args.getPart_name()));

        calls.ask(get_partition_names_args.class, args -> names(args.getDb_name(), args.getTbl_name(), args.getMax_parts()));
        calls.ask(fetch_partition_names_req_args.class, args -> names(args.getPartitionReq().getDbName(), args.getPartitionReq().getTblName(), args.getPartitionReq().getMaxParts()));
        calls.ask(get_partition_names_req_args.class, args -> names(args.getReq()));
        calls.ask(get_num_partitions_by_filter_args.class, args -> reader.names(reader.table(args.getDb_name(), args.getTbl_name()), args.getFilter(), -1).size());

        calls.ask(get_partitions_args.class, args -> partitions(args.getDb_name(), args.getTbl_name(), null, args.getMax_parts()));
        calls.ask(get_partitions_with_auth_args.class, args -> partitions(args.getDb_name(), args.getTbl_name(), null, args.getMax_parts()));
        calls.ask(get_partitions_req_args.class, args -> new PartitionsResponse(partitions(args.getReq().getDbName(), args.getReq().getTblName(), null, args.getReq().getMaxParts())));

        calls.ask(get_partitions_by_filter_args.class, args -> partitions(args.getDb_name(), args.getTbl_name(), args.getFilter(), args.getMax_parts()));
        calls.ask(get_partitions_by_filter_req_args.class, args -> partitions(args.getReq().getDbName(), args.getReq().getTblName(), args.getReq().getFilter(), args.getReq().getMaxParts()));

        calls.ask(get_partitions_by_names_args.class, args -> named(args.getDb_name(), args.getTbl_name(), args.getNames()));
        calls.ask(get_partitions_by_names_req_args.class, args -> new GetPartitionsByNamesResult(named(args.getReq().getDb_name(), args.getReq().getTbl_name(), args.getReq().getNames())));
    }

    private Partition partition(String database, String name, List<String> values)
            throws TException
    {
        Table table = reader.table(database, name);
        return HivePartitions.toHive(table, reader.partition(table, values));
    }

    private Partition partition(String database, String name, String partitionName)
            throws TException
    {
        Table table = reader.table(database, name);
        return HivePartitions.toHive(table, reader.partition(table, PartitionReader.values(table, partitionName)));
    }

    private List<String> names(String database, String name, long limit)
            throws TException
    {
        return reader.names(reader.table(database, name), limit);
    }

    private List<String> names(PartitionsByExprRequest request)
            throws TException
    {
        HiveNames.checkCatalog(request.getCatName());
        byte[] expression = request.getExpr();
        // how Hive says that there is none
        if (expression != null && expression.length > 0 && !Arrays.equals(expression, new byte[] {-1})) {
            throw new MetaException("get_partition_names_req is served without an expression, which is a serialized object of Hive's: ask by a filter");
        }
        Table table = reader.table(request.getDbName(), request.getTblName());
        long limit = request.isSetMaxParts() ? request.getMaxParts() : -1;
        if (request.getOrder() == null || request.getOrder().isBlank()) {
            return reader.names(table, limit);
        }
        try {
            Comparator<List<String>> order = PartitionOrder.parse(request.getOrder(), table.getPartitionColumns());
            List<String> names = reader.names(table, -1).stream()
                    .sorted(Comparator.comparing(Partitions::toPartitionValues, order))
                    .toList();
            return limit < 0 || limit >= names.size() ? names : names.subList(0, toIntExact(limit));
        }
        catch (FilterException e) {
            throw new MetaException(e.getMessage());
        }
    }

    private List<Partition> partitions(String database, String name, String filter, long limit)
            throws TException
    {
        Table table = reader.table(database, name);
        return reader.partitions(table, reader.names(table, filter, limit));
    }

    private List<Partition> named(String database, String name, List<String> names)
            throws TException
    {
        Table table = reader.table(database, name);
        if (names == null || names.contains(null)) {
            throw new MetaException("The names of the partitions of %s are missing".formatted(table.getSchemaTableName()));
        }
        int keys = table.getPartitionColumns().size();
        // a name that cannot be one of this table's is one of none
        return reader.partitions(table, names.stream()
                .filter(partition -> Partitions.toPartitionValues(partition).size() == keys)
                .distinct()
                .toList());
    }
}
