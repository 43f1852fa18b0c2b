package io.tarn.clients.hive;

import io.tarn.clients.LocalEngine;
import io.tarn.clients.TrinoClient;
import org.apache.hadoop.hive.metastore.IMetaStoreClient;
import org.apache.hadoop.hive.metastore.TableType;
import org.apache.hadoop.hive.metastore.api.AlreadyExistsException;
import org.apache.hadoop.hive.metastore.api.ColumnStatistics;
import org.apache.hadoop.hive.metastore.api.ColumnStatisticsDesc;
import org.apache.hadoop.hive.metastore.api.ColumnStatisticsObj;
import org.apache.hadoop.hive.metastore.api.Database;
import org.apache.hadoop.hive.metastore.api.FieldSchema;
import org.apache.hadoop.hive.metastore.api.Function;
import org.apache.hadoop.hive.metastore.api.FunctionType;
import org.apache.hadoop.hive.metastore.api.InvalidObjectException;
import org.apache.hadoop.hive.metastore.api.InvalidOperationException;
import org.apache.hadoop.hive.metastore.api.NoSuchObjectException;
import org.apache.hadoop.hive.metastore.api.Partition;
import org.apache.hadoop.hive.metastore.api.PrincipalType;
import org.apache.hadoop.hive.metastore.api.ResourceType;
import org.apache.hadoop.hive.metastore.api.ResourceUri;
import org.apache.hadoop.hive.metastore.api.Table;
import org.apache.hadoop.hive.metastore.api.UnknownDBException;
import org.apache.hadoop.hive.metastore.api.WMResourcePlan;
import org.apache.thrift.TApplicationException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import static io.tarn.clients.hive.HiveSamples.database;
import static io.tarn.clients.hive.HiveSamples.partition;
import static io.tarn.clients.hive.HiveSamples.statistics;
import static io.tarn.clients.hive.HiveSamples.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

/**
 * Hive 3's own client, which sends names with their catalogue ({@code @hive#database}).
 */
@TestInstance(PER_CLASS)
final class TestHiveMetaStoreClient
{
    private static final String DATABASE = "hive3";

    private LocalEngine engine;
    private TrinoClient trino;
    private HiveClient connection;
    private IMetaStoreClient client;

    @BeforeAll
    void start()
            throws Exception
    {
        engine = SharedEngine.engine();
        trino = engine.connect(DATABASE);
        connection = HiveClient.connect(engine.metastore());
        client = connection.calls();
        client.createDatabase(database(DATABASE));
    }

    @AfterAll
    void stop()
    {
        if (connection != null) {
            connection.close();
        }
        if (trino != null) {
            trino.close();
        }
    }

    @Test
    void testDatabases()
            throws Exception
    {
        Database made = database("hive3_other");
        made.setDescription("by Hive 3");
        made.putToParameters("kind", "test");
        client.createDatabase(made);
        assertThatThrownBy(() -> client.createDatabase(made)).isInstanceOf(AlreadyExistsException.class);
        assertThat(client.getAllDatabases()).contains("default", DATABASE, "hive3_other");
        assertThat(client.getDatabases("hive3*")).containsExactlyInAnyOrder(DATABASE, "hive3_other");
        assertThat(trino.column("SHOW SCHEMAS")).contains("hive3_other");
        Database found = client.getDatabase("Hive3_Other");
        assertThat(found.getDescription()).isEqualTo("by Hive 3");
        assertThat(found.getLocationUri()).isEqualTo(SharedEngine.location("hive3_other"));
        assertThat(found.getParameters()).containsEntry("kind", "test");
        found.putToParameters("kind", "other");
        client.alterDatabase("hive3_other", found);
        assertThat(client.getDatabase("hive3_other").getParameters()).containsEntry("kind", "other");
        assertThatThrownBy(() -> client.getDatabase("hive3_missing")).isInstanceOf(NoSuchObjectException.class);
        assertThatThrownBy(() -> client.dropDatabase("hive3_missing")).isInstanceOf(NoSuchObjectException.class);
        client.dropDatabase("hive3_missing", true, true);

        client.createTable(table("hive3_other", "t"));
        assertThatThrownBy(() -> client.dropDatabase("hive3_other", false, false)).isInstanceOf(InvalidOperationException.class);
        client.dropDatabase("hive3_other", true, false, true);
        assertThat(client.getAllDatabases()).doesNotContain("hive3_other");
    }

    @Test
    void testTables()
            throws Exception
    {
        Table made = table(DATABASE, "Made");
        client.createTable(made);
        assertThatThrownBy(() -> client.createTable(made)).isInstanceOf(AlreadyExistsException.class);
        assertThatThrownBy(() -> client.createTable(table("hive3_missing", "t"))).isInstanceOfAny(InvalidObjectException.class, NoSuchObjectException.class);
        client.createTable(table(DATABASE, "made_too"));
        Table view = table(DATABASE, "made_view");
        view.setTableType(TableType.VIRTUAL_VIEW.name());
        view.setPartitionKeys(List.of());
        view.setViewOriginalText("SELECT id FROM made");
        view.setViewExpandedText("SELECT `made`.`id` FROM `hive3`.`made`");
        client.createTable(view);

        assertThat(client.tableExists(DATABASE, "MADE")).isTrue();
        assertThat(client.tableExists(DATABASE, "missing")).isFalse();
        assertThat(client.getAllTables(DATABASE)).contains("made", "made_too", "made_view");
        assertThat(client.getTables(DATABASE, "made*")).containsExactlyInAnyOrder("made", "made_too", "made_view");
        assertThat(client.getTables(DATABASE, "made*", TableType.VIRTUAL_VIEW)).containsExactly("made_view");
        assertThat(client.getTableObjectsByName(DATABASE, List.of("made", "made_too", "missing"))).extracting(Table::getTableName).containsExactlyInAnyOrder("made", "made_too");
        assertThat(client.getTableMeta("hive3", "made_*", List.of("VIRTUAL_VIEW"))).extracting("tableName").containsExactly("made_view");
        assertThat(client.getAllTables("hive3_missing")).isEmpty();
        assertThatThrownBy(() -> client.getTableObjectsByName("hive3_missing", List.of("made"))).isInstanceOf(UnknownDBException.class);
        assertThatThrownBy(() -> client.getTable(DATABASE, "missing")).isInstanceOf(NoSuchObjectException.class);
        assertThat(client.getFields(DATABASE, "made")).extracting(FieldSchema::getName).containsExactly("id", "word");
        assertThat(client.getSchema(DATABASE, "made")).extracting(FieldSchema::getName).containsExactly("id", "word", "year", "kind");

        Table found = client.getTable(DATABASE, "made");
        assertThat(found.getSd().getLocation()).isEqualTo(SharedEngine.location("hive3/made"));
        assertThat(found.getSd().getSerdeInfo().getParameters()).containsEntry("field.delim", ",");
        assertThat(found.getPartitionKeys()).isEqualTo(made.getPartitionKeys());
        found.getSd().addToCols(new FieldSchema("more", "array<struct<a:int,b:string>>", "added"));
        found.putToParameters("comment", "altered");
        client.alter_table(DATABASE, "made", found);
        assertThat(client.getTable(DATABASE, "made").getSd().getCols()).hasSize(3);
        assertThat(trino.column("SHOW COLUMNS FROM made")).containsExactly("id", "word", "more", "year", "kind");

        found.setTableName("renamed");
        client.alter_table(DATABASE, "made", found);
        assertThat(client.tableExists(DATABASE, "made")).isFalse();
        found.setTableName("made_too");
        assertThatThrownBy(() -> client.alter_table(DATABASE, "renamed", found))
                .isInstanceOf(InvalidOperationException.class)
                .hasMessageContaining("new table hive3.made_too already exists");
        assertThatThrownBy(() -> client.alter_table(DATABASE, "missing", found)).isInstanceOf(InvalidOperationException.class);

        client.dropTable(DATABASE, "made_view");
        client.dropTable(DATABASE, "made_too", true, false);
        client.dropTable(DATABASE, "renamed");
        assertThatThrownBy(() -> client.dropTable(DATABASE, "renamed", true, false)).isInstanceOf(NoSuchObjectException.class);
        client.dropTable(DATABASE, "renamed", true, true);
        assertThat(trino.column("SHOW TABLES LIKE 'made%'")).isEmpty();
    }

    @Test
    void testPartitions()
            throws Exception
    {
        client.createTable(table(DATABASE, "parts"));
        List<Partition> partitions = new ArrayList<>();
        for (String kind : List.of("a", "b", "x=y/z")) {
            partitions.add(partition(DATABASE, "parts", "2019", kind));
            partitions.add(partition(DATABASE, "parts", "2020", kind));
        }
        assertThat(client.add_partitions(partitions)).isEqualTo(6);
        assertThat(client.add_partitions(partitions, true, false)).isNullOrEmpty();
        assertThatThrownBy(() -> client.add_partition(partition(DATABASE, "parts", "2020", "a"))).isInstanceOf(AlreadyExistsException.class);
        assertThat(client.appendPartition(DATABASE, "parts", List.of("2021", "a")).getSd().getLocation()).isEqualTo(SharedEngine.location("hive3/parts/year=2021/kind=a"));
        assertThat(client.appendPartition(DATABASE, "parts", "year=2022/kind=a").getValues()).containsExactly("2022", "a");

        assertThat(client.listPartitionNames(DATABASE, "parts", (short) -1)).hasSize(8).contains("year=2020/kind=x%3Dy%2Fz");
        assertThat(client.listPartitionNames(DATABASE, "parts", (short) 3)).hasSize(3);
        assertThat(client.listPartitions(DATABASE, "parts", (short) -1)).hasSize(8);
        assertThat(client.listPartitionSpecs(DATABASE, "parts", -1).size()).isEqualTo(8);
        // by ps: a prefix of the values, or holes in it
        assertThat(client.listPartitionNames(DATABASE, "parts", List.of("2020"), (short) -1)).hasSize(3);
        assertThat(client.listPartitions(DATABASE, "parts", List.of("", "b"), (short) -1)).extracting(Partition::getValues).containsExactlyInAnyOrder(List.of("2019", "b"), List.of("2020", "b"));
        assertThat(client.listPartitionsWithAuthInfo(DATABASE, "parts", List.of("2019"), (short) -1, "somebody", List.of())).hasSize(3);
        assertThat(client.listPartitionsByFilter(DATABASE, "parts", "year > 2019 AND kind = \"a\"", (short) -1)).extracting(Partition::getValues)
                .containsExactlyInAnyOrder(List.of("2020", "a"), List.of("2021", "a"), List.of("2022", "a"));
        assertThat(client.listPartitionsByFilter(DATABASE, "parts", "kind like \"x%\"", (short) 1)).hasSize(1);
        assertThat(client.getNumPartitionsByFilter(DATABASE, "parts", "year = 2019")).isEqualTo(3);
        assertThat(client.getPartitionsByNames(DATABASE, "parts", List.of("year=2019/kind=a", "year=2020/kind=x%3Dy%2Fz", "year=1999/kind=a"))).hasSize(2);
        assertThat(client.getPartition(DATABASE, "parts", List.of("2020", "x=y/z")).getValues()).containsExactly("2020", "x=y/z");
        assertThat(client.getPartition(DATABASE, "parts", "year=2020/kind=b").getValues()).containsExactly("2020", "b");
        assertThat(client.getPartitionWithAuthInfo(DATABASE, "parts", List.of("2020", "b"), "somebody", List.of()).getValues()).containsExactly("2020", "b");
        assertThat(client.partitionNameToSpec("year=2020/kind=x%3Dy%2Fz")).containsEntry("kind", "x=y/z");
        assertThatThrownBy(() -> client.getPartition(DATABASE, "parts", List.of("1999", "a"))).isInstanceOf(NoSuchObjectException.class);

        Partition altered = client.getPartition(DATABASE, "parts", List.of("2019", "a"));
        altered.getSd().setLocation(SharedEngine.location("hive3/elsewhere"));
        client.alter_partition(DATABASE, "parts", altered);
        Partition other = client.getPartition(DATABASE, "parts", List.of("2019", "b"));
        other.putToParameters("k", "v");
        client.alter_partitions(DATABASE, "parts", List.of(other));
        assertThat(client.getPartition(DATABASE, "parts", List.of("2019", "a")).getSd().getLocation()).isEqualTo(SharedEngine.location("hive3/elsewhere"));
        assertThat(client.getPartition(DATABASE, "parts", List.of("2019", "b")).getParameters()).containsEntry("k", "v");
        altered.setValues(List.of("2018", "a"));
        client.renamePartition(DATABASE, "parts", List.of("2019", "a"), altered);
        assertThat(client.listPartitionNames(DATABASE, "parts", List.of("2018"), (short) -1)).containsExactly("year=2018/kind=a");

        assertThat(trino.rows("SELECT year, kind FROM \"parts$partitions\" WHERE kind = 'x=y/z' ORDER BY 1")).containsExactly(List.of("2019", "x=y/z"), List.of("2020", "x=y/z"));
        assertThat(client.dropPartition(DATABASE, "parts", List.of("2020", "x=y/z"), true)).isTrue();
        assertThat(client.dropPartition(DATABASE, "parts", "year=2018/kind=a", false)).isTrue();
        assertThatThrownBy(() -> client.dropPartition(DATABASE, "parts", List.of("1999", "a"), true)).isInstanceOf(NoSuchObjectException.class);
        assertThat(trino.column("SELECT count(*) FROM \"parts$partitions\"")).containsExactly("6");
    }

    @Test
    void testTableThatTrinoReads()
            throws Exception
    {
        Table table = table(DATABASE, "written");
        table.setTableType(TableType.EXTERNAL_TABLE.name());
        table.putToParameters("EXTERNAL", "TRUE");
        client.createTable(table);
        Path folder = engine.createBucket(SharedEngine.BUCKET).resolve("hive3/written/year=2020/kind=a");
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("rows.csv"), "1,a\n2,ü\n\\N,c\n");
        client.add_partition(partition(DATABASE, "written", "2020", "a"));
        assertThat(trino.rows("SELECT * FROM written ORDER BY word"))
                .containsExactly(List.of("1", "a", "2020", "a"), nullsAllowed(null, "c", "2020", "a"), List.of("2", "ü", "2020", "a"));
        client.dropTable(DATABASE, "written");
        assertThat(folder.resolve("rows.csv")).exists();
    }

    @Test
    void testTableOfTrino()
            throws Exception
    {
        trino.execute("CREATE TABLE trino_made WITH (format = 'PARQUET', partitioned_by = ARRAY['day', 'kind']) AS SELECT * FROM (VALUES (bigint '1', varchar 'a', DATE '2020-01-01', varchar 'x'), (2, 'b', DATE '2020-01-02', 'x=y/z'), (3, NULL, DATE '2020-01-03', NULL)) AS t (id, word, day, kind)");
        Table table = client.getTable(DATABASE, "trino_made");
        assertThat(table.getSd().getCols()).extracting(FieldSchema::getName, FieldSchema::getType).containsExactly(tuple("id", "bigint"), tuple("word", "string"));
        assertThat(table.getPartitionKeys()).extracting(FieldSchema::getType).containsExactly("date", "string");
        assertThat(client.listPartitionNames(DATABASE, "trino_made", (short) -1))
                .containsExactlyInAnyOrder("day=2020-01-01/kind=x", "day=2020-01-02/kind=x%3Dy%2Fz", "day=2020-01-03/kind=__HIVE_DEFAULT_PARTITION__");
        assertThat(client.listPartitionsByFilter(DATABASE, "trino_made", "day >= \"2020-01-02\"", (short) -1)).hasSize(2);
        assertThat(client.getTableColumnStatistics(DATABASE, "trino_made", List.of("id"))).isNotNull();
        Map<String, List<ColumnStatisticsObj>> statistics = client.getPartitionColumnStatistics(DATABASE, "trino_made", List.of("day=2020-01-01/kind=x", "day=2020-01-02/kind=x%3Dy%2Fz"), List.of("id", "word"));
        assertThat(statistics).hasSize(2);
        assertThat(statistics.get("day=2020-01-02/kind=x%3Dy%2Fz")).filteredOn(column -> column.getColName().equals("id")).singleElement()
                .satisfies(column -> assertThat(column.getStatsData().getLongStats().getHighValue()).isEqualTo(2));
        client.dropTable(DATABASE, "trino_made");
        assertThat(trino.column("SHOW TABLES")).doesNotContain("trino_made");
    }

    @Test
    void testStatistics()
            throws Exception
    {
        Table table = table(DATABASE, "counted");
        table.setPartitionKeys(List.of());
        client.createTable(table);
        ColumnStatisticsObj numbers = statistics(3, 4);
        client.updateTableColumnStatistics(new ColumnStatistics(new ColumnStatisticsDesc(true, DATABASE, "counted"), List.of(numbers)));
        assertThat(client.getTableColumnStatistics(DATABASE, "counted", List.of("id", "word"))).containsExactly(numbers);
        Table counted = client.getTable(DATABASE, "counted");
        counted.putToParameters("numRows", "10");
        client.alter_table(DATABASE, "counted", counted);
        assertThat(client.getTableColumnStatistics(DATABASE, "counted", List.of("id"))).containsExactly(numbers);
        assertThat(trino.rows("SHOW STATS FOR counted")).anySatisfy(row -> {
            assertThat(row).element(0).isEqualTo("id");
            assertThat(row).element(5).isEqualTo("3");
            assertThat(row).element(6).isEqualTo("4");
        });
        assertThat(client.deleteTableColumnStatistics(DATABASE, "counted", "id")).isTrue();
        assertThat(client.getTableColumnStatistics(DATABASE, "counted", List.of("id"))).isEmpty();

        client.createTable(table(DATABASE, "counted_parts"));
        client.add_partitions(List.of(partition(DATABASE, "counted_parts", "2019", "a"), partition(DATABASE, "counted_parts", "2020", "a")));
        for (String year : List.of("2019", "2020")) {
            ColumnStatisticsDesc description = new ColumnStatisticsDesc(false, DATABASE, "counted_parts");
            description.setPartName("year=%s/kind=a".formatted(year));
            client.updatePartitionColumnStatistics(new ColumnStatistics(description, List.of(statistics(Long.parseLong(year), 3000))));
        }
        List<String> names = List.of("year=2019/kind=a", "year=2020/kind=a");
        assertThat(client.getPartitionColumnStatistics(DATABASE, "counted_parts", names, List.of("id")).get("year=2020/kind=a")).containsExactly(statistics(2020, 3000));
        assertThat(client.getAggrColStatsFor(DATABASE, "counted_parts", List.of("id"), names)).satisfies(aggregate -> {
            assertThat(aggregate.getPartsFound()).isEqualTo(2);
            assertThat(aggregate.getColStats().getFirst().getStatsData().getLongStats().getLowValue()).isEqualTo(2019);
        });
        assertThat(client.deletePartitionColumnStatistics(DATABASE, "counted_parts", "year=2020/kind=a", "id")).isTrue();
        assertThat(client.getPartitionColumnStatistics(DATABASE, "counted_parts", names, List.of("id"))).containsOnlyKeys("year=2019/kind=a");
    }

    @Test
    void testFunctions()
            throws Exception
    {
        Function function = new Function("strip_it", DATABASE, "org.example.Strip", "somebody", PrincipalType.USER, 0, FunctionType.JAVA, List.of(new ResourceUri(ResourceType.JAR, "s3://jars/strip.jar")));
        client.createFunction(function);
        assertThatThrownBy(() -> client.createFunction(function)).isInstanceOf(AlreadyExistsException.class);
        assertThat(client.getFunctions(DATABASE, "str*")).containsExactly("strip_it");
        Function found = client.getFunction(DATABASE, "Strip_It");
        assertThat(found.getClassName()).isEqualTo("org.example.Strip");
        assertThat(found.getResourceUris()).isEqualTo(function.getResourceUris());
        found.setClassName("org.example.Other");
        client.alterFunction(DATABASE, "strip_it", found);
        assertThat(client.getAllFunctions().getFunctions()).extracting(Function::getClassName).contains("org.example.Other");
        client.dropFunction(DATABASE, "strip_it");
        assertThatThrownBy(() -> client.getFunction(DATABASE, "strip_it")).isInstanceOf(NoSuchObjectException.class);
    }

    @Test
    void testSession()
            throws Exception
    {
        assertThat(client.getConfigValue("hive.exec.default.partition.name", "x")).isEqualTo("__HIVE_DEFAULT_PARTITION__");
        assertThat(client.getCatalogs()).containsExactly("hive");
        assertThat(client.listRoleNames()).containsExactly("public");
        client.flushCache();
    }

    /**
     * By name, and on a connection that goes on.
     */
    @Test
    void testRefused()
            throws Exception
    {
        client.createTable(table(DATABASE, "refusing"));
        assertRefused("exchange_partition", () -> client.exchange_partition(Map.of("year", "2020"), DATABASE, "refusing", DATABASE, "refusing"));
        assertRefused("exchange_partitions", () -> client.exchange_partitions(Map.of("year", "2020"), DATABASE, "refusing", DATABASE, "refusing"));
        assertRefused("get_current_notificationEventId", client::getCurrentNotificationEventId);
        assertRefused("open_txns", () -> client.openTxn("somebody"));
        assertRefused("create_resource_plan", () -> client.createResourcePlan(new WMResourcePlan("plan"), null));
        assertThat(client.tableExists(DATABASE, "refusing")).isTrue();
    }

    private static void assertRefused(String method, ThrowingCallable call)
    {
        assertThatThrownBy(call).as(method)
                .isInstanceOf(TApplicationException.class)
                .hasMessageContaining("'" + method + "'");
    }

    private static List<String> nullsAllowed(String... values)
    {
        return new ArrayList<>(Arrays.asList(values));
    }
}
