package io.tarn.server.thrift.service;

import io.tarn.server.thrift.call.CallTable;
import io.tarn.server.thrift.convert.HiveNames;
import io.tarn.server.thrift.convert.HivePartitions;
import io.trino.metastore.Table;
import org.apache.hadoop.hive.metastore.api.AddPartitionsRequest;
import org.apache.hadoop.hive.metastore.api.AddPartitionsResult;
import org.apache.hadoop.hive.metastore.api.AlterPartitionsResponse;
import org.apache.hadoop.hive.metastore.api.AppendPartitionsRequest;
import org.apache.hadoop.hive.metastore.api.DropPartitionRequest;
import org.apache.hadoop.hive.metastore.api.DropPartitionsRequest;
import org.apache.hadoop.hive.metastore.api.DropPartitionsResult;
import org.apache.hadoop.hive.metastore.api.MetaException;
import org.apache.hadoop.hive.metastore.api.Partition;
import org.apache.hadoop.hive.metastore.api.RenamePartitionResponse;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.add_partition_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.add_partition_with_environment_context_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.add_partitions_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.add_partitions_req_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.alter_partition_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.alter_partition_with_environment_context_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.alter_partitions_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.alter_partitions_req_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.alter_partitions_with_environment_context_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.append_partition_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.append_partition_by_name_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.append_partition_by_name_with_environment_context_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.append_partition_req_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.append_partition_with_environment_context_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.drop_partition_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.drop_partition_by_name_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.drop_partition_by_name_with_environment_context_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.drop_partition_req_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.drop_partition_with_environment_context_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.drop_partitions_req_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.rename_partition_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.rename_partition_req_args;
import org.apache.thrift.TException;

import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * The calls that add, change and drop partitions.
 */
final class PartitionChangeCalls
        implements CallTable.Calls
{
    private final PartitionReader reader;
    private final PartitionChanges changes;

    PartitionChangeCalls(PartitionReader reader, PartitionChanges changes)
    {
        this.reader = requireNonNull(reader, "reader is null");
        this.changes = requireNonNull(changes, "changes is null");
    }

    @Override
    public void addTo(CallTable.Builder calls)
    {
        calls.change(add_partition_args.class, args -> add(args.getNew_part()));
        calls.change(add_partition_with_environment_context_args.class, args -> add(args.getNew_part()));
        calls.change(add_partitions_args.class, args -> add(args.getNew_parts()));
        calls.change(add_partitions_req_args.class, args -> add(args.getRequest()));
        calls.change(append_partition_args.class, args -> append(args.getDb_name(), args.getTbl_name(), args.getPart_vals()));
        calls.change(append_partition_with_environment_context_args.class, args -> append(args.getDb_name(), args.getTbl_name(), args.getPart_vals()));
        calls.change(append_partition_by_name_args.class, args -> append(args.getDb_name(), args.getTbl_name(), args.getPart_name()));
        calls.change(append_partition_by_name_with_environment_context_args.class, args -> append(args.getDb_name(), args.getTbl_name(), args.getPart_name()));
        calls.change(append_partition_req_args.class, args -> append(args.getAppendPartitionsReq()));

        calls.run(alter_partition_args.class, args -> alter(args.getDb_name(), args.getTbl_name(), List.of(args.getNew_part())));
        calls.run(alter_partition_with_environment_context_args.class, args -> alter(args.getDb_name(), args.getTbl_name(), List.of(args.getNew_part())));
        calls.run(alter_partitions_args.class, args -> alter(args.getDb_name(), args.getTbl_name(), args.getNew_parts()));
        calls.run(alter_partitions_with_environment_context_args.class, args -> alter(args.getDb_name(), args.getTbl_name(), args.getNew_parts()));
        calls.change(alter_partitions_req_args.class, args -> {
            HiveNames.checkCatalog(args.getReq().getCatName());
            alter(args.getReq().getDbName(), args.getReq().getTableName(), args.getReq().getPartitions());
            return new AlterPartitionsResponse();
        });
        calls.run(rename_partition_args.class, args -> changes.rename(reader.tableToChange(args.getDb_name(), args.getTbl_name()), args.getPart_vals(), args.getNew_part()));
        calls.change(rename_partition_req_args.class, args -> {
            HiveNames.checkCatalog(args.getReq().getCatName());
            changes.rename(reader.tableToChange(args.getReq().getDbName(), args.getReq().getTableName()), args.getReq().getPartVals(), args.getReq().getNewPart());
            return new RenamePartitionResponse();
        });

        calls.change(drop_partition_args.class, args -> drop(args.getDb_name(), args.getTbl_name(), args.getPart_vals(), args.isDeleteData()));
        calls.change(drop_partition_with_environment_context_args.class, args -> drop(args.getDb_name(), args.getTbl_name(), args.getPart_vals(), args.isDeleteData()));
        calls.change(drop_partition_by_name_args.class, args -> drop(args.getDb_name(), args.getTbl_name(), args.getPart_name(), args.isDeleteData()));
        calls.change(drop_partition_by_name_with_environment_context_args.class, args -> drop(args.getDb_name(), args.getTbl_name(), args.getPart_name(), args.isDeleteData()));
        calls.change(drop_partition_req_args.class, args -> drop(args.getDropPartitionReq()));
        calls.change(drop_partitions_req_args.class, args -> drop(args.getReq()));
    }

    private Partition add(Partition partition)
            throws TException
    {
        Table table = reader.tableToChange(partition.getDbName(), partition.getTableName());
        return changes.add(table, List.of(partition), false).getFirst();
    }

    private int add(List<Partition> partitions)
            throws TException
    {
        if (partitions == null || partitions.isEmpty()) {
            return 0;
        }
        Table table = reader.tableToChange(partitions.getFirst().getDbName(), partitions.getFirst().getTableName());
        for (Partition partition : partitions) {
            if (!partition.getDbName().equals(partitions.getFirst().getDbName()) || !partition.getTableName().equals(partitions.getFirst().getTableName())) {
                throw new MetaException("The partitions of one request must be of one table, not of %s and of %s.%s".formatted(table.getSchemaTableName(), partition.getDbName(), partition.getTableName()));
            }
        }
        return changes.add(table, partitions, false).size();
    }

    private AddPartitionsResult add(AddPartitionsRequest request)
            throws TException
    {
        HiveNames.checkCatalog(request.getCatName());
        Table table = reader.tableToChange(request.getDbName(), request.getTblName());
        List<Partition> added = changes.add(table, request.getParts(), request.isIfNotExists());
        AddPartitionsResult result = new AddPartitionsResult();
        if (request.isNeedResult()) {
            result.setPartitions(added);
        }
        return result;
    }

    private Partition append(AppendPartitionsRequest request)
            throws TException
    {
        HiveNames.checkCatalog(request.getCatalogName());
        if (request.getPartVals() != null && !request.getPartVals().isEmpty()) {
            return append(request.getDbName(), request.getTableName(), request.getPartVals());
        }
        return append(request.getDbName(), request.getTableName(), request.getName());
    }

    private Partition append(String database, String name, String partitionName)
            throws TException
    {
        return append(database, name, PartitionReader.values(reader.tableToChange(database, name), partitionName));
    }

    private Partition append(String database, String name, List<String> values)
            throws TException
    {
        Table table = reader.tableToChange(database, name);
        Partition partition = new Partition();
        partition.setValues(HivePartitions.checkValues(table, values));
        return changes.add(table, List.of(partition), false).getFirst();
    }

    private void alter(String database, String name, List<Partition> partitions)
            throws TException
    {
        Table table = reader.tableToChange(database, name);
        for (Partition partition : partitions == null ? List.<Partition>of() : partitions) {
            changes.alter(table, partition);
        }
    }

    private boolean drop(DropPartitionRequest request)
            throws TException
    {
        HiveNames.checkCatalog(request.getCatName());
        if (request.getPartVals() != null && !request.getPartVals().isEmpty()) {
            return drop(request.getDbName(), request.getTblName(), request.getPartVals(), request.isDeleteData());
        }
        return drop(request.getDbName(), request.getTblName(), request.getPartName(), request.isDeleteData());
    }

    private boolean drop(String database, String name, String partitionName, boolean deleteData)
            throws TException
    {
        return drop(database, name, PartitionReader.values(reader.tableToChange(database, name), partitionName), deleteData);
    }

    private boolean drop(String database, String name, List<String> values, boolean deleteData)
            throws TException
    {
        changes.drop(reader.tableToChange(database, name), values, deleteData);
        return true;
    }

    private DropPartitionsResult drop(DropPartitionsRequest request)
            throws TException
    {
        HiveNames.checkCatalog(request.getCatName());
        if (request.getParts() == null || !request.getParts().isSetNames()) {
            throw new MetaException("drop_partitions_req is served for names of partitions, not for Hive's serialized expressions: drop them by their values");
        }
        Table table = reader.tableToChange(request.getDbName(), request.getTblName());
        List<Partition> dropped = changes.drop(table, request.getParts().getNames(), request.isDeleteData(), request.isIfExists());
        DropPartitionsResult result = new DropPartitionsResult();
        if (request.isNeedResult()) {
            result.setPartitions(dropped);
        }
        return result;
    }
}
