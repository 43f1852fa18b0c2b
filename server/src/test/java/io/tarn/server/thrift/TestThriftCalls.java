package io.tarn.server.thrift;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tarn.server.lake.LakeServices;
import io.tarn.server.thrift.MetastoreDoor.Client;
import org.apache.hadoop.hive.metastore.api.AddPartitionsRequest;
import org.apache.hadoop.hive.metastore.api.AlreadyExistsException;
import org.apache.hadoop.hive.metastore.api.CheckLockRequest;
import org.apache.hadoop.hive.metastore.api.ColumnStatistics;
import org.apache.hadoop.hive.metastore.api.ColumnStatisticsData;
import org.apache.hadoop.hive.metastore.api.ColumnStatisticsDesc;
import org.apache.hadoop.hive.metastore.api.ColumnStatisticsObj;
import org.apache.hadoop.hive.metastore.api.Database;
import org.apache.hadoop.hive.metastore.api.EnvironmentContext;
import org.apache.hadoop.hive.metastore.api.FieldSchema;
import org.apache.hadoop.hive.metastore.api.Function;
import org.apache.hadoop.hive.metastore.api.FunctionType;
import org.apache.hadoop.hive.metastore.api.GetTableRequest;
import org.apache.hadoop.hive.metastore.api.HeartbeatRequest;
import org.apache.hadoop.hive.metastore.api.InvalidObjectException;
import org.apache.hadoop.hive.metastore.api.InvalidOperationException;
import org.apache.hadoop.hive.metastore.api.LockComponent;
import org.apache.hadoop.hive.metastore.api.LockLevel;
import org.apache.hadoop.hive.metastore.api.LockRequest;
import org.apache.hadoop.hive.metastore.api.LockResponse;
import org.apache.hadoop.hive.metastore.api.LockState;
import org.apache.hadoop.hive.metastore.api.LockType;
import org.apache.hadoop.hive.metastore.api.LongColumnStatsData;
import org.apache.hadoop.hive.metastore.api.MetaException;
import org.apache.hadoop.hive.metastore.api.NoSuchLockException;
import org.apache.hadoop.hive.metastore.api.NoSuchObjectException;
import org.apache.hadoop.hive.metastore.api.Order;
import org.apache.hadoop.hive.metastore.api.Partition;
import org.apache.hadoop.hive.metastore.api.PartitionsStatsRequest;
import org.apache.hadoop.hive.metastore.api.PrincipalType;
import org.apache.hadoop.hive.metastore.api.ResourceType;
import org.apache.hadoop.hive.metastore.api.ResourceUri;
import org.apache.hadoop.hive.metastore.api.ShowLocksRequest;
import org.apache.hadoop.hive.metastore.api.StringColumnStatsData;
import org.apache.hadoop.hive.metastore.api.Table;
import org.apache.hadoop.hive.metastore.api.TableMeta;
import org.apache.hadoop.hive.metastore.api.TableStatsRequest;
import org.apache.hadoop.hive.metastore.api.UnlockRequest;
import org.apache.thrift.TApplicationException;
import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static io.tarn.server.thrift.HiveSamples.partition;
import static io.tarn.server.thrift.HiveSamples.table;
import static io.tarn.server.thrift.HiveSamples.view;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What clients do, with the client that Hive's interface generates.
 */
final class TestThriftCalls
        extends AbstractDoorTest
{
    @Test
    void testDatabases()
            throws Exception
    {
        Database database = new Database("Bases", "of data", "s3://tarn-test-lake/bases", Map.of("k", "v"));
        client.create_database(database);
        assertThatThrownBy(() -> client.create_database(database)).isInstanceOf(AlreadyExistsException.class);

        Database created = client.get_database("@hive#BASES");
        assertThat(created.getName()).isEqualTo("bases");
        assertThat(created.getDescription()).isEqualTo("of data");
        assertThat(created.getLocationUri()).isEqualTo("s3://tarn-test-lake/bases");
        assertThat(created.getParameters()).isEqualTo(Map.of("k", "v"));
        assertThat(client.get_databases("b*s|nothing")).containsExactly("bases");
        assertThat(client.get_databases("@hive#")).contains("bases", "lake");
        assertThat(client.get_all_databases()).contains("bases", "lake");
        assertThatThrownBy(() -> client.get_database("@other#bases")).isInstanceOf(NoSuchObjectException.class).hasMessageContaining("other");

        database.setDescription("altered");
        client.alter_database("bases", database);
        assertThat(client.get_database("bases").getDescription()).isEqualTo("altered");

        client.create_table(table("bases", "one"));
        assertThatThrownBy(() -> client.drop_database("bases", true, false)).isInstanceOf(InvalidOperationException.class).hasMessageContaining("not empty");
        client.drop_database("bases", true, true);
        assertThatThrownBy(() -> client.get_database("bases")).isInstanceOf(NoSuchObjectException.class);
    }

    @Test
    void testTables()
            throws Exception
    {
        Table table = table("LAKE", "Tables");
        table.getSd().setNumBuckets(4);
        table.getSd().setBucketCols(List.of("id"));
        table.getSd().setSortCols(List.of(new Order("id", 1), new Order("word", 0)));
        table.setOwner("somebody");
        table.setParameters(new HashMap<>(Map.of("comment", "a table", "EXTERNAL", "TRUE")));
        client.create_table(table);
        assertThatThrownBy(() -> client.create_table(table)).isInstanceOf(AlreadyExistsException.class);

        Table created = client.get_table_req(new GetTableRequest("lake", "TABLES")).getTable();
        assertThat(created.getTableName()).isEqualTo("tables");
        assertThat(created.getTableType()).isEqualTo("EXTERNAL_TABLE");
        assertThat(created.getOwner()).isEqualTo("somebody");
        assertThat(created.getParameters()).containsEntry("comment", "a table").containsEntry("EXTERNAL", "TRUE").containsKey("transient_lastDdlTime");
        assertThat(created.getCreateTime()).isPositive();
        assertThat(created.getPartitionKeys()).isEqualTo(table.getPartitionKeys());
        assertThat(created.getSd().getCols()).isEqualTo(table.getSd().getCols());
        assertThat(created.getSd().getNumBuckets()).isEqualTo(4);
        assertThat(created.getSd().getBucketCols()).containsExactly("id");
        assertThat(created.getSd().getSortCols()).isEqualTo(table.getSd().getSortCols());
        assertThat(created.getSd().getSerdeInfo().getParameters()).isEqualTo(Map.of("field.delim", ","));
        assertThat(created.getSd().getInputFormat()).isEqualTo(table.getSd().getInputFormat());
        // the database's, as none was given
        assertThat(created.getSd().getLocation()).isEqualTo(LakeServices.location("warehouse/tables"));

        assertThat(client.get_fields("lake", "tables")).hasSize(2);
        assertThat(client.get_schema("lake", "tables")).hasSize(4);
        assertThat(client.get_tables("lake", "tab*")).contains("tables");
        assertThat(client.get_tables_by_type("lake", "tables", "EXTERNAL_TABLE")).containsExactly("tables");
        assertThat(client.get_tables_by_type("lake", "tables", "VIRTUAL_VIEW")).isEmpty();
        assertThat(client.get_table_meta("lake", "tables", List.of())).extracting(TableMeta::getTableName).containsExactly("tables");

        created.getParameters().put("more", "true");
        created.getSd().getCols().add(new FieldSchema("added", "array<struct<a:int,b:string>>", null));
        client.alter_table("lake", "tables", created);
        Table altered = client.get_table_req(new GetTableRequest("lake", "tables")).getTable();
        assertThat(altered.getParameters()).containsEntry("more", "true");
        assertThat(altered.getSd().getCols()).hasSize(3);
        // as the client has sent it
        assertThat(altered.getParameters()).containsEntry("transient_lastDdlTime", created.getParameters().get("transient_lastDdlTime"));
        altered.putToParameters("transient_lastDdlTime", "7");
        client.alter_table("lake", "tables", altered);
        assertThat(client.get_table_req(new GetTableRequest("lake", "tables")).getTable().getParameters()).containsEntry("transient_lastDdlTime", "7");
        // left out, to be renewed
        altered.getParameters().remove("transient_lastDdlTime");
        client.alter_table("lake", "tables", altered);
        Table stamped = client.get_table_req(new GetTableRequest("lake", "tables")).getTable();
        assertThat(Long.parseLong(stamped.getParameters().get("transient_lastDdlTime"))).isGreaterThanOrEqualTo(created.getCreateTime());
        altered.setTableName("renamed");
        client.alter_table("lake", "tables", altered);
        assertThat(client.get_tables("lake", "*")).contains("renamed").doesNotContain("tables");

        altered.getSd().setCols(List.of(new FieldSchema("x", "no type", null)));
        assertThatThrownBy(() -> client.alter_table("lake", "renamed", altered)).isInstanceOf(InvalidOperationException.class).hasMessageContaining("'no type'");
        Table wrong = table("lake", "wrong");
        wrong.getSd().setCols(List.of(new FieldSchema("x", "no type", null)));
        assertThatThrownBy(() -> client.create_table(wrong)).isInstanceOf(InvalidObjectException.class).hasMessageContaining("'no type'");
        client.drop_table("lake", "renamed", true);
        assertThatThrownBy(() -> client.drop_table("lake", "renamed", true)).isInstanceOf(NoSuchObjectException.class);
        assertThatThrownBy(() -> client.get_table_req(new GetTableRequest("lake", "renamed"))).isInstanceOf(NoSuchObjectException.class).hasMessageContaining("lake.renamed");
    }

    @Test
    void testViews()
            throws Exception
    {
        client.create_table(view("lake", "a_view"));
        Table created = client.get_table_req(new GetTableRequest("lake", "a_view")).getTable();
        assertThat(created.getViewOriginalText()).isEqualTo("SELECT 1");
        assertThat(created.getViewExpandedText()).isEqualTo("SELECT 1 AS one");
        assertThat(client.get_tables_by_type("lake", "*", "VIRTUAL_VIEW")).containsExactly("a_view");
        client.drop_table("lake", "a_view", false);
    }

    @Test
    void testPartitions()
            throws Exception
    {
        client.create_table(table("lake", "parted"));
        AddPartitionsRequest request = new AddPartitionsRequest("lake", "parted", ImmutableList.of(
                partition("parted", "2017", "a=b/c"), partition("parted", "2018", "a"), partition("parted", "2018", "b'\"ü"), partition("parted", "10", "__HIVE_DEFAULT_PARTITION__")), false);
        request.setNeedResult(true);
        assertThat(client.add_partitions_req(request).getPartitions()).hasSize(4);
        assertThatThrownBy(() -> client.add_partitions_req(request)).isInstanceOf(AlreadyExistsException.class);
        request.setIfNotExists(true);
        assertThat(client.add_partitions_req(request).getPartitions()).isEmpty();

        assertThat(client.get_partition_names("lake", "parted", (short) -1)).containsExactlyInAnyOrder(
                "year=2017/kind=a%3Db%2Fc", "year=2018/kind=a", "year=2018/kind=b%27%22ü", "year=10/kind=__HIVE_DEFAULT_PARTITION__");
        assertThat(client.get_partition_names("lake", "parted", (short) 2)).hasSize(2);
        assertThat(client.get_partition("lake", "parted", List.of("2017", "a=b/c")).getValues()).containsExactly("2017", "a=b/c");
        assertThat(client.get_partition_by_name("lake", "parted", "year=2017/kind=a%3Db%2Fc").getValues()).containsExactly("2017", "a=b/c");
        assertThat(client.get_partitions("lake", "parted", (short) -1)).hasSize(4);
        assertThat(client.get_partitions_by_names("lake", "parted", List.of("year=2018/kind=a", "year=1/kind=none"))).hasSize(1);
        assertThat(client.get_partition_names_ps("lake", "parted", List.of("2018"), (short) -1)).hasSize(2);
        assertThat(client.get_partition_names_ps("lake", "parted", List.of("", "a"), (short) -1)).containsExactly("year=2018/kind=a");
        assertThat(client.partition_name_to_vals("year=2017/kind=a%3Db%2Fc")).containsExactly("2017", "a=b/c");
        assertThat(client.partition_name_to_spec("year=2017/kind=a%3Db%2Fc")).isEqualTo(Map.of("year", "2017", "kind", "a=b/c"));

        for (Map.Entry<String, Integer> filter : ImmutableMap.<String, Integer>builder()
                .put("year > 2000", 3)
                // as numbers
                .put("year < \"200\"", 1)
                .put("year = 2018 AND kind = 'a'", 1)
                .put("year = 2018 and not kind like '%a%'", 1)
                .put("kind = \"b'\\\"ü\"", 1)
                .put("(year) IN (2017, 10) OR kind = \"a\"", 3)
                .put("year BETWEEN 10 AND 2017", 2)
                .put("2018 <= year", 2)
                .put("kind like 'a.*'", 2)
                .put("kind != 'a'", 3)
                .put("kind = '__HIVE_DEFAULT_PARTITION__'", 1)
                .put("((year = 2017) or (year = 2018)) and kind <> 'x'", 3)
                .buildOrThrow().entrySet()) {
            assertThat(client.get_partitions_by_filter("lake", "parted", filter.getKey(), (short) -1)).as(filter.getKey()).hasSize(filter.getValue());
            assertThat(client.get_num_partitions_by_filter("lake", "parted", filter.getKey())).as(filter.getKey()).isEqualTo(filter.getValue());
        }
        assertThatThrownBy(() -> client.get_partitions_by_filter("lake", "parted", "year =", (short) -1)).isInstanceOf(MetaException.class).hasMessageContaining("a value is expected");
        assertThatThrownBy(() -> client.get_partitions_by_filter("lake", "parted", "word = 'x'", (short) -1)).isInstanceOf(MetaException.class).hasMessageContaining("none of the partition keys");

        Partition changed = client.get_partition("lake", "parted", List.of("2018", "a"));
        changed.getParameters().put("numRows", "7");
        client.alter_partition("lake", "parted", changed);
        assertThat(client.get_partition("lake", "parted", List.of("2018", "a")).getParameters()).containsEntry("numRows", "7");
        client.rename_partition("lake", "parted", List.of("2018", "a"), partition("parted", "2019", "z"));
        assertThat(client.get_partition_names_ps("lake", "parted", List.of("2019"), (short) -1)).containsExactly("year=2019/kind=z");
        assertThat(client.append_partition("lake", "parted", List.of("1", "1")).getSd().getLocation()).endsWith("/parted/year=1/kind=1");
        assertThat(client.drop_partition("lake", "parted", List.of("2017", "a=b/c"), false)).isTrue();
        assertThatThrownBy(() -> client.drop_partition("lake", "parted", List.of("2017", "a=b/c"), false)).isInstanceOf(NoSuchObjectException.class);
        assertThatThrownBy(() -> client.get_partitions_by_expr(null)).isInstanceOfSatisfying(TApplicationException.class, refusal -> assertThat(refusal.getType()).isEqualTo(TApplicationException.UNKNOWN_METHOD));
        client.drop_table("lake", "parted", true);
    }

    @Test
    void testStatistics()
            throws Exception
    {
        client.create_table(table("lake", "counted"));
        client.add_partition(partition("counted", "1", "a"));
        client.add_partition(partition("counted", "2", "b"));
        LongColumnStatsData numbers = new LongColumnStatsData(1, 10);
        numbers.setLowValue(-5);
        numbers.setHighValue(50);
        ColumnStatisticsObj ids = new ColumnStatisticsObj("id", "bigint", ColumnStatisticsData.longStats(numbers));
        ColumnStatisticsObj words = new ColumnStatisticsObj("word", "string", ColumnStatisticsData.stringStats(new StringColumnStatsData(9, 4.5, 2, 3)));
        assertThat(client.update_table_column_statistics(new ColumnStatistics(new ColumnStatisticsDesc(true, "lake", "counted"), List.of(ids, words)))).isTrue();
        assertThat(client.get_table_statistics_req(new TableStatsRequest("lake", "counted", List.of("id", "word"))).getTableStats()).containsExactlyInAnyOrder(ids, words);
        for (String name : List.of("year=1/kind=a", "year=2/kind=b")) {
            ColumnStatisticsDesc description = new ColumnStatisticsDesc(false, "lake", "counted");
            description.setPartName(name);
            client.update_partition_column_statistics(new ColumnStatistics(description, List.of(ids)));
        }
        PartitionsStatsRequest request = new PartitionsStatsRequest("lake", "counted", List.of("id"), List.of("year=1/kind=a", "year=2/kind=b"));
        assertThat(client.get_partitions_statistics_req(request).getPartStats()).isEqualTo(Map.of("year=1/kind=a", List.of(ids), "year=2/kind=b", List.of(ids)));
        assertThat(client.get_aggr_stats_for(request).getPartsFound()).isEqualTo(2);
        assertThat(client.get_aggr_stats_for(request).getColStats().getFirst().getStatsData().getLongStats().getNumNulls()).isEqualTo(2);
        // a change of the partition leaves them
        Partition partition = client.get_partition("lake", "counted", List.of("1", "a"));
        partition.getParameters().put("k", "v");
        client.alter_partition("lake", "counted", partition);
        assertThat(client.get_partitions_statistics_req(request).getPartStats()).hasSize(2);
        client.delete_partition_column_statistics("lake", "counted", "year=1/kind=a", "id", "hive");
        assertThat(client.get_partitions_statistics_req(request).getPartStats()).containsOnlyKeys("year=2/kind=b");
        client.delete_table_column_statistics("lake", "counted", "id", "hive");
        assertThat(client.get_table_statistics_req(new TableStatsRequest("lake", "counted", List.of("id", "word"))).getTableStats()).containsExactly(words);
        client.drop_table("lake", "counted", true);
    }

    @Test
    void testFunctions()
            throws Exception
    {
        Function function = new Function("strip_it", "lake", "org.example.Strip", "somebody", PrincipalType.USER, 0, FunctionType.JAVA, List.of(new ResourceUri(ResourceType.JAR, "s3://jars/strip.jar")));
        client.create_function(function);
        assertThatThrownBy(() -> client.create_function(function)).isInstanceOf(AlreadyExistsException.class);
        assertThat(client.get_functions("lake", "str*")).containsExactly("strip_it");
        assertThat(client.get_function("lake", "strip_it").getClassName()).isEqualTo("org.example.Strip");
        assertThat(client.get_function("lake", "strip_it").getResourceUris()).isEqualTo(function.getResourceUris());
        function.setClassName("org.example.Other");
        client.alter_function("lake", "strip_it", function);
        assertThat(client.get_all_functions().getFunctions()).extracting(Function::getClassName).contains("org.example.Other");
        client.drop_function("lake", "strip_it");
        assertThatThrownBy(() -> client.get_function("lake", "strip_it")).isInstanceOf(NoSuchObjectException.class);
    }

    @Test
    void testLocks()
            throws Exception
    {
        LockComponent component = new LockComponent(LockType.EXCLUSIVE, LockLevel.TABLE, "lake");
        component.setTablename("locked");
        LockRequest request = new LockRequest(List.of(component), "somebody", "somewhere");
        LockResponse first = client.lock(request);
        LockResponse second = client.lock(request);
        assertThat(first.getState()).isEqualTo(LockState.ACQUIRED);
        assertThat(second.getState()).isEqualTo(LockState.WAITING);
        HeartbeatRequest heartbeat = new HeartbeatRequest();
        heartbeat.setLockid(first.getLockid());
        client.heartbeat(heartbeat);
        assertThat(client.show_locks(new ShowLocksRequest()).getLocks()).hasSize(2);
        client.unlock(new UnlockRequest(first.getLockid()));
        assertThat(client.check_lock(new CheckLockRequest(second.getLockid())).getState()).isEqualTo(LockState.ACQUIRED);
        client.unlock(new UnlockRequest(second.getLockid()));
        assertThatThrownBy(() -> client.unlock(new UnlockRequest(second.getLockid()))).isInstanceOf(NoSuchLockException.class);
    }

    @Test
    void testExpectedParameter()
            throws Exception
    {
        Table table = table("lake", "expected");
        table.setParameters(new HashMap<>(Map.of("metadata_location", "first", "table_type", "ICEBERG")));
        client.create_table(table);
        table.setParameters(new HashMap<>(Map.of("metadata_location", "second", "previous_metadata_location", "first", "table_type", "ICEBERG")));
        EnvironmentContext context = new EnvironmentContext(Map.of("expected_parameter_key", "metadata_location", "expected_parameter_value", "first"));
        client.alter_table_with_environment_context("lake", "expected", table, context);
        assertThatThrownBy(() -> client.alter_table_with_environment_context("lake", "expected", table, context))
                .isInstanceOf(MetaException.class)
                .hasMessageStartingWith("The table has been modified. The parameter value for key 'metadata_location' is 'second'.");
        // who holds a lock says nothing of it, but locks hold at one metastore alone
        table.getParameters().put("metadata_location", "third");
        assertThatThrownBy(() -> client.alter_table("lake", "expected", table))
                .isInstanceOf(MetaException.class)
                .hasMessageStartingWith("The table has been modified. The parameter value for key 'metadata_location' is 'second'.");
        client.drop_table("lake", "expected", false);
    }

    @Test
    void testFramed()
            throws Exception
    {
        try (Client framed = door.connectFramed()) {
            assertThat(framed.calls().get_all_databases()).contains("lake");
            assertThat(framed.calls().getVersion()).isEqualTo("test");
            assertThat(framed.calls().get_config_value("hive.exec.default.partition.name", "x")).isEqualTo("__HIVE_DEFAULT_PARTITION__");
            assertThat(framed.calls().set_ugi("somebody", List.of("people"))).containsExactly("people", "somebody");
        }
    }
}
