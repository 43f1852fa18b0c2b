package io.tarn.server.thrift.service;

import io.tarn.server.thrift.call.CallTable;
import io.tarn.server.thrift.convert.HiveNames;
import io.trino.metastore.HiveColumnStatistics;
import io.trino.metastore.Table;
import org.apache.hadoop.hive.metastore.api.ColumnStatistics;
import org.apache.hadoop.hive.metastore.api.ColumnStatisticsDesc;
import org.apache.hadoop.hive.metastore.api.DeleteColumnStatisticsRequest;
import org.apache.hadoop.hive.metastore.api.InvalidObjectException;
import org.apache.hadoop.hive.metastore.api.SetPartitionsStatsRequest;
import org.apache.hadoop.hive.metastore.api.SetPartitionsStatsResponse;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.delete_column_statistics_req_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.delete_partition_column_statistics_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.delete_table_column_statistics_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.set_aggr_stats_for_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.update_partition_column_statistics_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.update_partition_column_statistics_req_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.update_table_column_statistics_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.update_table_column_statistics_req_args;
import org.apache.thrift.TException;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static java.util.Objects.requireNonNull;

/**
 * Writes and deletes statistics of columns.
 */
final class StatisticsChangeCalls
        implements CallTable.Calls
{
    private final Catalogue catalogue;
    private final ColumnStatisticsStore store;

    StatisticsChangeCalls(Catalogue catalogue, ColumnStatisticsStore store)
    {
        this.catalogue = requireNonNull(catalogue, "catalogue is null");
        this.store = requireNonNull(store, "store is null");
    }

    @Override
    public void addTo(CallTable.Builder calls)
    {
        calls.change(update_table_column_statistics_args.class, args -> write(List.of(args.getStats_obj()), false));
        calls.change(update_partition_column_statistics_args.class, args -> write(List.of(args.getStats_obj()), false));
        calls.change(update_table_column_statistics_req_args.class, args -> write(args.getReq()));
        calls.change(update_partition_column_statistics_req_args.class, args -> write(args.getReq()));
        calls.change(set_aggr_stats_for_args.class, args -> write(args.getRequest()).isResult());
        calls.change(delete_table_column_statistics_args.class, args -> deleteOfTable(args.getDb_name(), args.getTbl_name(), columns(args.getCol_name())));
        calls.change(delete_partition_column_statistics_args.class, args -> deleteOfPartitions(args.getDb_name(), args.getTbl_name(), List.of(args.getPart_name()), columns(args.getCol_name())));
        calls.change(delete_column_statistics_req_args.class, args -> delete(args.getReq()));
    }

    private SetPartitionsStatsResponse write(SetPartitionsStatsRequest request)
            throws TException
    {
        return new SetPartitionsStatsResponse(write(request.getColStats(), request.isNeedMerge()));
    }

    /**
     * @param all of one table, and either of the table or of its partitions
     */
    private boolean write(List<ColumnStatistics> all, boolean merge)
            throws TException
    {
        if (all == null || all.isEmpty()) {
            return true;
        }
        ColumnStatisticsDesc first = all.getFirst().getStatsDesc();
        HiveNames.checkCatalog(first.getCatName());
        Table table = catalogue.tableToChange(first.getDbName(), first.getTableName());
        Map<String, Map<String, HiveColumnStatistics>> ofPartitions = new HashMap<>();
        for (ColumnStatistics statistics : all) {
            ColumnStatisticsDesc description = statistics.getStatsDesc();
            if (!description.getDbName().equals(first.getDbName()) || !description.getTableName().equals(first.getTableName()) || description.isIsTblLevel() != first.isIsTblLevel()) {
                throw new InvalidObjectException("The statistics of one request must be of one table, and of it or of its partitions: %s.%s and %s.%s".formatted(
                        first.getDbName(), first.getTableName(), description.getDbName(), description.getTableName()));
            }
            Map<String, HiveColumnStatistics> columns = store.read(table, statistics.getStatsObj());
            if (description.isIsTblLevel()) {
                store.writeTable(table, columns, merge);
            }
            else {
                PartitionReader.values(table, description.getPartName());
                ofPartitions.put(description.getPartName(), columns);
            }
        }
        if (!ofPartitions.isEmpty()) {
            store.writePartitions(table, ofPartitions, merge);
        }
        return true;
    }

    private boolean delete(DeleteColumnStatisticsRequest request)
            throws TException
    {
        HiveNames.checkCatalog(request.getCat_name());
        List<String> columns = ColumnStatisticsStore.columns(request.getCol_names());
        if (request.isTableLevel() || request.getPart_names() == null) {
            return deleteOfTable(request.getDb_name(), request.getTbl_name(), columns);
        }
        return deleteOfPartitions(request.getDb_name(), request.getTbl_name(), request.getPart_names(), columns);
    }

    private boolean deleteOfTable(String database, String name, List<String> columns)
            throws TException
    {
        store.deleteTable(catalogue.tableToChange(database, name), columns);
        return true;
    }

    private boolean deleteOfPartitions(String database, String name, List<String> partitions, List<String> columns)
            throws TException
    {
        store.deletePartitions(catalogue.tableToChange(database, name), partitions, columns);
        return true;
    }

    private static List<String> columns(String column)
            throws TException
    {
        return column == null ? List.of() : List.of(HiveNames.object(column));
    }
}
