package io.tarn.server.thrift.service;

import com.google.common.base.Splitter;
import io.tarn.server.thrift.call.CallTable;
import io.tarn.server.thrift.convert.HivePartitions;
import io.trino.metastore.Partitions;
import io.trino.metastore.Table;
import org.apache.hadoop.hive.metastore.api.FieldSchema;
import org.apache.hadoop.hive.metastore.api.GetPartitionNamesPsResponse;
import org.apache.hadoop.hive.metastore.api.GetPartitionsPsWithAuthResponse;
import org.apache.hadoop.hive.metastore.api.MetaException;
import org.apache.hadoop.hive.metastore.api.Partition;
import org.apache.hadoop.hive.metastore.api.PartitionValuesRequest;
import org.apache.hadoop.hive.metastore.api.PartitionValuesResponse;
import org.apache.hadoop.hive.metastore.api.PartitionValuesRow;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.get_partition_names_ps_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.get_partition_names_ps_req_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.get_partition_values_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.get_partitions_ps_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.get_partitions_ps_with_auth_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.get_partitions_ps_with_auth_req_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.partition_name_has_valid_characters_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.partition_name_to_spec_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.partition_name_to_vals_args;
import org.apache.thrift.TException;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * Partitions by their first values, and what names and values of partitions mean.
 */
final class PartitionPrefixCalls
        implements CallTable.Calls
{
    private final PartitionReader reader;

    PartitionPrefixCalls(PartitionReader reader)
    {
        this.reader = requireNonNull(reader, "reader is null");
    }

    @Override
    public void addTo(CallTable.Builder calls)
    {
        calls.ask(get_partitions_ps_args.class, args -> partitions(args.getDb_name(), args.getTbl_name(), args.getPart_vals(), args.getMax_parts()));
        calls.ask(get_partitions_ps_with_auth_args.class, args -> partitions(args.getDb_name(), args.getTbl_name(), args.getPart_vals(), args.getMax_parts()));
        calls.ask(get_partitions_ps_with_auth_req_args.class, args -> new GetPartitionsPsWithAuthResponse(
                partitions(args.getReq().getDbName(), args.getReq().getTblName(), orAny(args.getReq().getPartVals()), args.getReq().getMaxParts())));
        calls.ask(get_partition_names_ps_args.class, args -> names(args.getDb_name(), args.getTbl_name(), args.getPart_vals(), args.getMax_parts()));
        calls.ask(get_partition_names_ps_req_args.class, args -> new GetPartitionNamesPsResponse(
                names(args.getReq().getDbName(), args.getReq().getTblName(), orAny(args.getReq().getPartValues()), args.getReq().getMaxParts())));
        calls.ask(get_partition_values_args.class, args -> values(args.getRequest()));
        calls.ask(partition_name_to_vals_args.class, args -> isEmpty(args.getPart_name()) ? List.of() : Partitions.toPartitionValues(args.getPart_name()));
        calls.ask(partition_name_to_spec_args.class, args -> specification(args.getPart_name()));
        // any character can be written, as what a folder's name cannot hold is escaped
        calls.ask(partition_name_has_valid_characters_args.class, _ -> true);
    }

    private static List<String> orAny(List<String> values)
    {
        return values == null ? List.of() : values;
    }

    private List<String> names(String database, String name, List<String> values, long limit)
            throws TException
    {
        return reader.names(reader.table(database, name), values, limit);
    }

    private List<Partition> partitions(String database, String name, List<String> values, long limit)
            throws TException
    {
        Table table = reader.table(database, name);
        return reader.partitions(table, reader.names(table, values, limit));
    }

    private PartitionValuesResponse values(PartitionValuesRequest request)
            throws TException
    {
        Table table = reader.table(request.getDbName(), request.getTblName());
        List<String> keys = HivePartitions.keys(table);
        List<Integer> columns = new ArrayList<>();
        for (FieldSchema column : request.getPartitionKeys()) {
            int index = column.getName() == null ? -1 : keys.indexOf(column.getName().toLowerCase(ENGLISH));
            if (index < 0) {
                throw new MetaException("%s has no partition key %s".formatted(table.getSchemaTableName(), column.getName()));
            }
            columns.add(index);
        }
        Stream<List<String>> rows = reader.names(table, request.getFilter(), -1).stream()
                .map(Partitions::toPartitionValues)
                .map(values -> columns.stream().map(values::get).toList());
        if (request.isApplyDistinct()) {
            rows = rows.distinct();
        }
        if (request.isSetPartitionOrder() && !request.getPartitionOrder().isEmpty()) {
            Comparator<List<String>> order = Comparator.comparing(row -> String.join("\0", row));
            rows = rows.sorted(request.isAscending() ? order : order.reversed());
        }
        if (request.isSetMaxParts() && request.getMaxParts() >= 0) {
            rows = rows.limit(request.getMaxParts());
        }
        return new PartitionValuesResponse(rows.map(PartitionValuesRow::new).toList());
    }

    private static Map<String, String> specification(String name)
            throws MetaException
    {
        Map<String, String> specification = new LinkedHashMap<>();
        if (isEmpty(name)) {
            return specification;
        }
        for (String part : Splitter.on('/').split(name)) {
            int equals = part.indexOf('=');
            if (equals < 0) {
                throw new MetaException("'%s' is no name of a partition: write it as key=value/key=value".formatted(name));
            }
            specification.put(Partitions.unescapePathName(part.substring(0, equals)), Partitions.unescapePathName(part.substring(equals + 1)));
        }
        return specification;
    }

    private static boolean isEmpty(String name)
    {
        return name == null || name.isEmpty();
    }
}
