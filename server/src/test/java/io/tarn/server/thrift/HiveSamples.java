package io.tarn.server.thrift;

import io.tarn.server.lake.LakeServices;
import org.apache.hadoop.hive.metastore.api.FieldSchema;
import org.apache.hadoop.hive.metastore.api.Partition;
import org.apache.hadoop.hive.metastore.api.SerDeInfo;
import org.apache.hadoop.hive.metastore.api.StorageDescriptor;
import org.apache.hadoop.hive.metastore.api.Table;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Definitions as a client of Hive makes them: of a table of text with the keys {@code year} and {@code kind}.
 */
public final class HiveSamples
{
    private HiveSamples() {}

    public static Table table(String database, String name)
    {
        SerDeInfo serde = new SerDeInfo(name, "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe", Map.of("field.delim", ","));
        StorageDescriptor storage = new StorageDescriptor();
        storage.setCols(List.of(new FieldSchema("id", "bigint", "an id"), new FieldSchema("word", "string", null)));
        storage.setInputFormat("org.apache.hadoop.mapred.TextInputFormat");
        storage.setOutputFormat("org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat");
        storage.setSerdeInfo(serde);
        Table table = new Table();
        table.setDbName(database);
        table.setTableName(name);
        table.setSd(storage);
        table.setPartitionKeys(List.of(new FieldSchema("year", "int", null), new FieldSchema("kind", "string", "a kind")));
        table.setParameters(new HashMap<>());
        return table;
    }

    static Table view(String database, String name)
    {
        Table view = table(database, name);
        view.setTableType("VIRTUAL_VIEW");
        view.setPartitionKeys(List.of());
        view.setViewOriginalText("SELECT 1");
        view.setViewExpandedText("SELECT 1 AS one");
        return view;
    }

    static Partition partition(String table, String... values)
    {
        Partition partition = new Partition();
        partition.setDbName(LakeServices.SCHEMA);
        partition.setTableName(table);
        partition.setValues(List.of(values));
        partition.setSd(table(LakeServices.SCHEMA, table).getSd());
        partition.setParameters(new HashMap<>());
        return partition;
    }
}
