package io.tarn.clients.hive;

import org.apache.hadoop.hive.metastore.TableType;
import org.apache.hadoop.hive.metastore.api.ColumnStatisticsData;
import org.apache.hadoop.hive.metastore.api.ColumnStatisticsObj;
import org.apache.hadoop.hive.metastore.api.Database;
import org.apache.hadoop.hive.metastore.api.FieldSchema;
import org.apache.hadoop.hive.metastore.api.LongColumnStatsData;
import org.apache.hadoop.hive.metastore.api.Partition;
import org.apache.hadoop.hive.metastore.api.SerDeInfo;
import org.apache.hadoop.hive.metastore.api.StorageDescriptor;
import org.apache.hadoop.hive.metastore.api.Table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Definitions as a client of Hive 3 makes them: tables of text with two columns, {@code id} and {@code word}, and two
 * partition keys, {@code year} and {@code kind}.
 */
final class HiveSamples
{
    private HiveSamples() {}

    static Database database(String name)
    {
        return new Database(name, null, SharedEngine.location(name), new HashMap<>());
    }

    static Table table(String database, String name)
    {
        Table table = new Table();
        table.setDbName(database);
        table.setTableName(name);
        table.setTableType(TableType.MANAGED_TABLE.name());
        table.setSd(storage());
        table.setPartitionKeys(List.of(new FieldSchema("year", "int", null), new FieldSchema("kind", "string", "a kind")));
        table.setParameters(new HashMap<>());
        return table;
    }

    private static StorageDescriptor storage()
    {
        StorageDescriptor storage = new StorageDescriptor();
        storage.setCols(new ArrayList<>(List.of(new FieldSchema("id", "bigint", "an id"), new FieldSchema("word", "string", null))));
        storage.setInputFormat("org.apache.hadoop.mapred.TextInputFormat");
        storage.setOutputFormat("org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat");
        storage.setSerdeInfo(new SerDeInfo(null, "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe", new HashMap<>(Map.of("field.delim", ","))));
        return storage;
    }

    static Partition partition(String database, String table, String... values)
    {
        Partition partition = new Partition();
        partition.setDbName(database);
        partition.setTableName(table);
        partition.setValues(List.of(values));
        partition.setSd(storage());
        partition.setParameters(new HashMap<>());
        return partition;
    }

    /**
     * Of a column {@code id}.
     */
    static ColumnStatisticsObj statistics(long low, long high)
    {
        LongColumnStatsData numbers = new LongColumnStatsData(1, 2);
        numbers.setLowValue(low);
        numbers.setHighValue(high);
        return new ColumnStatisticsObj("id", "bigint", ColumnStatisticsData.longStats(numbers));
    }
}
