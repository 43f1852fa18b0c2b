package io.tarn.server.thrift.service;

import io.tarn.server.thrift.call.CallTable;
import io.tarn.server.thrift.convert.HiveNames;
import io.trino.metastore.HiveColumnStatistics;
import io.trino.metastore.Table;
import org.apache.hadoop.hive.metastore.api.AggrStats;
import org.apache.hadoop.hive.metastore.api.ColumnStatistics;
import org.apache.hadoop.hive.metastore.api.ColumnStatisticsDesc;
import org.apache.hadoop.hive.metastore.api.ColumnStatisticsObj;
import org.apache.hadoop.hive.metastore.api.NoSuchObjectException;
import org.apache.hadoop.hive.metastore.api.PartitionsStatsRequest;
import org.apache.hadoop.hive.metastore.api.PartitionsStatsResult;
import org.apache.hadoop.hive.metastore.api.TableStatsRequest;
import org.apache.hadoop.hive.metastore.api.TableStatsResult;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.get_aggr_stats_for_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.get_partition_column_statistics_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.get_partitions_statistics_req_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.get_table_column_statistics_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.get_table_statistics_req_args;
import org.apache.thrift.TException;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static java.util.Objects.requireNonNull;

/**
 * Statistics of columns, for reading.
 */
final class StatisticsCalls
        implements CallTable.Calls
{
    private final Catalogue catalogue;
    private final ColumnStatisticsStore store;

    StatisticsCalls(Catalogue catalogue, ColumnStatisticsStore store)
    {
        this.catalogue = requireNonNull(catalogue, "catalogue is null");
        this.store = requireNonNull(store, "store is null");
    }

    @Override
    public void addTo(CallTable.Builder calls)
    {
        calls.ask(get_table_statistics_req_args.class, args -> ofTable(args.getRequest()));
        calls.ask(get_partitions_statistics_req_args.class, args -> ofPartitions(args.getRequest()));
        calls.ask(get_aggr_stats_for_args.class, args -> aggregated(args.getRequest()));
        calls.ask(get_table_column_statistics_args.class, args -> ofTable(args.getDb_name(), args.getTbl_name(), args.getCol_name()));
        calls.ask(get_partition_column_statistics_args.class, args -> ofPartition(args.getDb_name(), args.getTbl_name(), args.getPart_name(), args.getCol_name()));
    }

    private TableStatsResult ofTable(TableStatsRequest request)
            throws TException
    {
        HiveNames.checkCatalog(request.getCatName());
        Table table = catalogue.table(request.getDbName(), request.getTblName());
        return new TableStatsResult(ColumnStatisticsStore.toHive(table, store.ofTable(table, ColumnStatisticsStore.columns(request.getColNames()))));
    }

    private PartitionsStatsResult ofPartitions(PartitionsStatsRequest request)
            throws TException
    {
        HiveNames.checkCatalog(request.getCatName());
        Table table = catalogue.table(request.getDbName(), request.getTblName());
        Map<String, List<ColumnStatisticsObj>> result = new HashMap<>();
        store.ofPartitions(table, request.getPartNames(), ColumnStatisticsStore.columns(request.getColNames())).forEach((name, statistics) -> {
            if (!statistics.isEmpty()) {
                result.put(name, ColumnStatisticsStore.toHive(table, statistics));
            }
        });
        return new PartitionsStatsResult(result);
    }

    private AggrStats aggregated(PartitionsStatsRequest request)
            throws TException
    {
        HiveNames.checkCatalog(request.getCatName());
        Table table = catalogue.table(request.getDbName(), request.getTblName());
        Map<String, Map<String, HiveColumnStatistics>> partitions = store.ofPartitions(table, request.getPartNames(), ColumnStatisticsStore.columns(request.getColNames()));
        long found = partitions.values().stream().filter(statistics -> !statistics.isEmpty()).count();
        return new AggrStats(ColumnStatisticsStore.toHive(table, ColumnStatisticsStore.merge(partitions.values())), found);
    }

    private ColumnStatistics ofTable(String database, String name, String column)
            throws TException
    {
        Table table = catalogue.table(database, name);
        ColumnStatisticsDesc description = new ColumnStatisticsDesc(true, table.getDatabaseName(), table.getTableName());
        return single(table, description, store.ofTable(table, List.of(HiveNames.object(column))), column);
    }

    private ColumnStatistics ofPartition(String database, String name, String partition, String column)
            throws TException
    {
        Table table = catalogue.table(database, name);
        PartitionReader.values(table, partition);
        ColumnStatisticsDesc description = new ColumnStatisticsDesc(false, table.getDatabaseName(), table.getTableName());
        description.setPartName(partition);
        return single(table, description, store.ofPartitions(table, List.of(partition), List.of(HiveNames.object(column))).getOrDefault(partition, Map.of()), column);
    }

    private static ColumnStatistics single(Table table, ColumnStatisticsDesc description, Map<String, HiveColumnStatistics> statistics, String column)
            throws NoSuchObjectException
    {
        if (statistics.isEmpty()) {
            throw new NoSuchObjectException("Statistics for column %s of %s are not there".formatted(column, table.getSchemaTableName()));
        }
        return new ColumnStatistics(description, ColumnStatisticsStore.toHive(table, statistics));
    }
}
