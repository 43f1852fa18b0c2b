package io.tarn.server.thrift;

import com.google.common.collect.ImmutableList;
import io.tarn.server.lake.LakeServices;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hive.metastore.HiveMetaStoreClient;
import org.apache.hadoop.hive.metastore.IMetaStoreClient;
import org.apache.hadoop.hive.metastore.TableType;
import org.apache.hadoop.hive.metastore.api.ColumnStatistics;
import org.apache.hadoop.hive.metastore.api.ColumnStatisticsData;
import org.apache.hadoop.hive.metastore.api.ColumnStatisticsDesc;
import org.apache.hadoop.hive.metastore.api.ColumnStatisticsObj;
import org.apache.hadoop.hive.metastore.api.Database;
import org.apache.hadoop.hive.metastore.api.FieldSchema;
import org.apache.hadoop.hive.metastore.api.GetPartitionsRequest;
import org.apache.hadoop.hive.metastore.api.LongColumnStatsData;
import org.apache.hadoop.hive.metastore.api.NoSuchObjectException;
import org.apache.hadoop.hive.metastore.api.Partition;
import org.apache.hadoop.hive.metastore.api.PartitionsByExprRequest;
import org.apache.hadoop.hive.metastore.api.SerDeInfo;
import org.apache.hadoop.hive.metastore.api.StorageDescriptor;
import org.apache.hadoop.hive.metastore.api.Table;
import org.apache.hadoop.hive.metastore.api.TableMeta;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.S3Object;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Hive 4's own client.
 */
final class TestHiveClient
{
    @Test
    void testHiveClient()
            throws Exception
    {
        try (LakeServices lake = new LakeServices();
                MetastoreDoor door = new MetastoreDoor(lake, Map.of())) {
            Configuration configuration = new Configuration(false);
            configuration.set("hive.metastore.uris", door.uri());
            // Hadoop asks for the user in a way that Java no longer has
            configuration.set("hive.metastore.execute.setugi", "false");
            IMetaStoreClient client = new HiveMetaStoreClient(configuration);
            try {
                check(client);
                checkFoldersAndViews(client, lake);
            }
            finally {
                client.close();
            }
        }
    }

    private static void check(IMetaStoreClient client)
            throws Exception
    {
        client.createDatabase(new Database("hive_made", "by Hive", LakeServices.location("hive_made"), new HashMap<>()));
        assertThat(client.getAllDatabases()).contains("hive_made", "lake");
        assertThat(client.getDatabase("HIVE_MADE").getDescription()).isEqualTo("by Hive");

        StorageDescriptor storage = new StorageDescriptor();
        storage.setCols(ImmutableList.of(new FieldSchema("id", "bigint", null)));
        storage.setInputFormat("org.apache.hadoop.mapred.TextInputFormat");
        storage.setOutputFormat("org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat");
        storage.setSerdeInfo(new SerDeInfo("t", "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe", new HashMap<>()));
        Table table = new Table();
        table.setDbName("hive_made");
        table.setTableName("T");
        table.setTableType(TableType.MANAGED_TABLE.name());
        table.setSd(storage);
        table.setParameters(new HashMap<>());
        table.setPartitionKeys(ImmutableList.of(new FieldSchema("day", "date", null)));
        client.createTable(table);
        assertThat(client.tableExists("hive_made", "t")).isTrue();
        assertThat(client.tableExists("hive_made", "u")).isFalse();
        assertThat(client.getAllTables("hive_made")).containsExactly("t");
        assertThat(client.getTables("hive_made", "t*", TableType.MANAGED_TABLE)).containsExactly("t");
        assertThat(client.getTable("hive_made", "t").getSd().getLocation()).isEqualTo(LakeServices.location("hive_made/t"));
        assertThat(client.getTableObjectsByName("hive_made", List.of("t", "u"))).hasSize(1);
        assertThat(client.getSchema("hive_made", "t")).hasSize(2);

        List<Partition> partitions = new ArrayList<>();
        for (String day : List.of("2020-01-01", "2020-01-02", "2020-01-03")) {
            partitions.add(new Partition(new ArrayList<>(List.of(day)), "hive_made", "t", 0, 0, storage.deepCopy(), new HashMap<>()));
        }
        assertThat(client.add_partitions(partitions)).isEqualTo(3);
        assertThat(client.listPartitionNames("hive_made", "t", (short) -1)).hasSize(3);
        assertThat(client.listPartitionNames("hive_made", "t", List.of("2020-01-02"), (short) -1)).containsExactly("day=2020-01-02");
        assertThat(client.listPartitionNames(new PartitionsByExprRequest("hive_made", "t", ByteBuffer.wrap(new byte[] {-1})))).hasSize(3);
        GetPartitionsRequest specified = new GetPartitionsRequest();
        specified.setDbName("hive_made");
        specified.setTblName("t");
        assertThat(client.getPartitionsWithSpecs(specified).getPartitionSpec().getFirst().getPartitionList().getPartitions()).hasSize(3);
        assertThat(client.getTableMeta("hive_made", "*", List.of("MANAGED_TABLE"))).extracting(TableMeta::getTableName).containsExactly("t");
        client.truncateTable("hive_made", "t", List.of("day=2020-01-01"));
        assertThat(client.getPartition("hive_made", "t", List.of("2020-01-01")).getParameters()).containsEntry("numRows", "0");
        assertThat(client.listPartitionsByFilter("hive_made", "t", "day > \"2020-01-01\"", (short) -1)).hasSize(2);
        assertThat(client.getPartition("hive_made", "t", List.of("2020-01-01")).getSd().getLocation()).isEqualTo(LakeServices.location("hive_made/t/day=2020-01-01"));
        assertThat(client.getPartitionsByNames("hive_made", "t", List.of("day=2020-01-01", "day=1999-01-01"))).hasSize(1);
        assertThat(client.dropPartition("hive_made", "t", List.of("2020-01-01"), true)).isTrue();
        assertThatThrownBy(() -> client.getPartition("hive_made", "t", List.of("2020-01-01"))).isInstanceOf(NoSuchObjectException.class);

        LongColumnStatsData numbers = new LongColumnStatsData(1, 2);
        numbers.setLowValue(3);
        numbers.setHighValue(4);
        ColumnStatisticsObj statistics = new ColumnStatisticsObj("id", "bigint", ColumnStatisticsData.longStats(numbers));
        ColumnStatistics ofTable = new ColumnStatistics(new ColumnStatisticsDesc(true, "hive_made", "t"), List.of(statistics));
        ofTable.setEngine("hive");
        client.updateTableColumnStatistics(ofTable);
        assertThat(client.getTableColumnStatistics("hive_made", "t", List.of("id"), "hive")).containsExactly(statistics);

        Table altered = client.getTable("hive_made", "t");
        altered.getParameters().put("k", "v");
        client.alter_table("hive_made", "t", altered);
        assertThat(client.getTable("hive_made", "t").getParameters()).containsEntry("k", "v");
        client.dropTable("hive_made", "t");
        client.dropDatabase("hive_made");
        assertThat(client.getAllDatabases()).doesNotContain("hive_made");
    }

    private static void checkFoldersAndViews(IMetaStoreClient client, LakeServices lake)
            throws Exception
    {
        StorageDescriptor storage = new StorageDescriptor();
        storage.setCols(ImmutableList.of(new FieldSchema("id", "bigint", null)));
        storage.setSerdeInfo(new SerDeInfo("t", null, new HashMap<>()));
        Table table = new Table();
        table.setDbName("lake");
        table.setTableName("with_folder");
        table.setTableType(TableType.EXTERNAL_TABLE.name());
        table.setSd(storage);
        table.setParameters(new HashMap<>());
        table.setPartitionKeys(ImmutableList.of());
        client.createTable(table);
        assertThat(keys(lake)).containsExactly("warehouse/with_folder/.keep");
        client.dropTable("lake", "with_folder");
        client.createTable(table);
        assertThat(keys(lake)).as("one is enough").hasSize(1);
        client.dropTable("lake", "with_folder");

        table.setTableName("without_folder");
        table.setTableType(TableType.VIRTUAL_VIEW.name());
        table.setViewOriginalText("SELECT 1");
        table.setViewExpandedText("SELECT 1");
        client.createTable(table);
        assertThat(client.getTable("lake", "without_folder").getSd().getLocation()).isNull();
        assertThat(keys(lake)).hasSize(1);
        client.dropTable("lake", "without_folder");
    }

    private static List<String> keys(LakeServices lake)
    {
        return lake.s3().listObjectsV2(request -> request.bucket(LakeServices.BUCKET).prefix("warehouse/")).contents().stream()
                .map(S3Object::key)
                .toList();
    }
}
