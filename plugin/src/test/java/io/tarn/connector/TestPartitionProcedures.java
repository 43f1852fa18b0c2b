package io.tarn.connector;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static io.tarn.connector.TarnQueryRunner.columns;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

@TestInstance(PER_CLASS)
class TestPartitionProcedures
{
    private static final String LINE = "{\"a\": 1}\n";

    private Path folder;
    private TarnQueryRunner runner;

    @BeforeAll
    void start(@TempDir Path folder)
            throws Exception
    {
        this.folder = folder;
        runner = new TarnQueryRunner(folder);
    }

    @AfterAll
    void stop()
    {
        runner.close();
    }

    @Test
    void sync()
            throws IOException
    {
        runner.createJsonTable("synced", columns("a bigint"), columns("y int", "p string"), Map.of());
        runner.put("synced/y=2025/p=x/one.json", LINE);
        runner.put("synced/y=2025/p=x/deeper/two.json", LINE);
        runner.put("synced/y=2026/p=a%2Fb%3D/one.json", LINE);
        runner.put("synced/y=2026/p=sp%20ace/one.json", LINE);
        runner.put("synced/y=__HIVE_DEFAULT_PARTITION__/p=x=y/one.json", LINE);
        runner.put("synced/Y=2027/P=upper/one.json", LINE);
        // none of these is a partition
        runner.put("synced/y=2028/p=empty/nothing.json", "");
        runner.put("synced/y=2028/p=hidden/_one.json", LINE);
        runner.put("synced/y=2028/one.json", LINE);
        runner.put("synced/_y=2028/p=x/one.json", LINE);
        runner.put("synced/other/p=x/one.json", LINE);
        // the metastore of the tests registers no partition without a folder
        runner.put("synced/y=2020/p=gone/_marker", "");
        runner.addPartition("synced", "y=2020/p=gone", columns("a bigint"));
        call("register_partition('tests', 'synced', ARRAY['y', 'p'], ARRAY['2021', 'elsewhere'], 's3://lake/synced/other')");

        call("sync_partition_metadata('tests', 'synced', 'add')");
        String before = "[2020, gone], [2021, elsewhere], ";
        String found = "[2025, x], [2026, a/b=], [2026, sp ace], [null, x=y]";
        assertThat(partitions("synced")).isEqualTo("[" + before + found + "]");
        assertThat(text("SELECT y, p, count(*) FROM synced WHERE p = 'sp ace' OR p = 'x' GROUP BY 1, 2 ORDER BY 1")).isEqualTo("[[2025, x, 2], [2026, sp ace, 1]]");

        call("sync_partition_metadata('tests', 'synced', 'DROP')");
        assertThat(partitions("synced")).isEqualTo("[[2021, elsewhere], " + found + "]");

        call("sync_partition_metadata(schema_name => 'tests', table_name => 'synced', mode => 'FULL', case_sensitive => false)");
        assertThat(partitions("synced")).isEqualTo("[[2021, elsewhere], [2025, x], [2026, a/b=], [2026, sp ace], [2027, upper], [null, x=y]]");
        assertThat(text("SELECT a FROM synced WHERE y = 2027")).isEqualTo("[[1]]");
        // it is what it is called, and not gone for those who look at the case
        call("sync_partition_metadata('tests', 'synced', 'FULL')");
        assertThat(partitions("synced")).contains("[2027, upper]");

        Files.delete(path("synced/y=2025/p=x/one.json"));
        Files.delete(path("synced/y=2025/p=x/deeper/two.json"));
        call("sync_partition_metadata('tests', 'synced', 'ADD')");
        assertThat(partitions("synced")).contains("[2025, x]");
        call("sync_partition_metadata('tests', 'synced', 'FULL')");
        assertThat(partitions("synced")).doesNotContain("[2025, x]");
    }

    @Test
    void syncNamesFoldersThatDoNotParse()
            throws IOException
    {
        runner.createJsonTable("unparsable", columns("a bigint"), columns("y int"), Map.of());
        runner.put("unparsable/y=2025/one.json", LINE);
        runner.put("unparsable/y=latest/one.json", LINE);
        assertThatThrownBy(() -> call("sync_partition_metadata('tests', 'unparsable', 'FULL')"))
                .hasMessageContaining("Folder y=latest of table tests.unparsable at s3://lake/unparsable cannot be a partition")
                .hasMessageContaining("has the value 'latest' for key 'y', which is no integer");
        assertThat(partitions("unparsable")).isEqualTo("[]");
        call("sync_partition_metadata('tests', 'unparsable', 'DROP')");
    }

    @Test
    void syncIgnoresUnpublishedFiles()
    {
        execute("CREATE TABLE unpublished WITH (external_location = 's3://lake/unpublished', partitioned_by = ARRAY['p']) AS SELECT 1 a, 'x' p");
        Orphans orphans = new Orphans(runner, folder, "tests", "unpublished");
        orphans.openWrite("20260101_000000_00001_dead0", Orphans.LONG_AGO);
        orphans.file("p=y", 2);
        call("sync_partition_metadata('tests', 'unpublished', 'ADD')");
        assertThat(partitions("unpublished")).isEqualTo("[[x]]");
        // its writer may be about to publish
        call("register_partition('tests', 'unpublished', ARRAY['p'], ARRAY['y'])");
        call("sync_partition_metadata('tests', 'unpublished', 'FULL')");
        assertThat(partitions("unpublished")).isEqualTo("[[x], [y]]");
    }

    @Test
    void syncAsksForManyPartitionsAtOnce()
            throws IOException
    {
        int count = 1200;
        runner.createJsonTable("many", columns("a bigint"), columns("p int"), Map.of());
        for (int i = 0; i < count; i++) {
            runner.put("many/p=%s/one.json".formatted(i), LINE);
        }
        call("sync_partition_metadata('tests', 'many', 'FULL')");
        assertThat(text("SELECT count(*), sum(p) FROM \"many$partitions\"")).isEqualTo("[[%s, %s]]".formatted(count, count * (count - 1) / 2));
        runner.metastore().reset();
        call("sync_partition_metadata('tests', 'many', 'FULL')");
        assertThat(runner.metastore().calls()).as(() -> runner.metastore().toString()).isLessThan(5);
    }

    @Test
    void registerAndUnregister()
            throws IOException
    {
        runner.createJsonTable("registered", columns("a bigint"), columns("y int", "p string"), Map.of());
        runner.put("registered/y=1/p=a%2Fb/one.json", LINE);
        runner.put("elsewhere/one.json", LINE);
        call("register_partition('tests', 'registered', ARRAY['y', 'p'], ARRAY['1', 'a/b'])");
        call("register_partition(schema_name => 'tests', table_name => 'registered', partition_columns => ARRAY['y', 'p'], partition_values => ARRAY['2', 'x'], location => 's3://lake/elsewhere')");
        assertThat(text("SELECT y, p, a FROM registered ORDER BY y")).isEqualTo("[[1, a/b, 1], [2, x, 1]]");

        assertThatThrownBy(() -> call("register_partition('tests', 'registered', ARRAY['y', 'p'], ARRAY['2', 'x'])"))
                .hasMessageContaining("Partition y=2/p=x of table tests.registered is already registered with location s3://lake/elsewhere");
        assertThatThrownBy(() -> call("register_partition('tests', 'registered', ARRAY['y', 'p'], ARRAY['3', 'x'])"))
                .hasMessageContaining("Partition location does not exist: s3://lake/registered/y=3/p=x");
        assertThatThrownBy(() -> call("register_partition('tests', 'registered', ARRAY['y', 'p'], ARRAY['3', 'x'], 'nowhere')"))
                .hasMessageContaining("location is no location of the storage: nowhere");
        assertThatThrownBy(() -> call("register_partition('tests', 'registered', ARRAY['p', 'y'], ARRAY['x', '3'])"))
                .hasMessageContaining("Provided partition column names do not match actual partition column names: [y, p]");
        assertThatThrownBy(() -> call("register_partition('tests', 'registered', ARRAY['y', 'p'], ARRAY['three', 'x'])"))
                .hasMessageContaining("has the value 'three' for key 'y', which is no integer");
        assertThatThrownBy(() -> call("register_partition('tests', 'registered', ARRAY['y', 'p'], ARRAY['3'])"))
                .hasMessageContaining("partition_values has 1 values");
        assertThatThrownBy(() -> call("register_partition('tests', 'registered', ARRAY['y', 'p'], ARRAY['3', NULL])"))
                .hasMessageContaining("The value of partition key 'p' is null or empty");

        call("unregister_partition('tests', 'registered', ARRAY['y', 'p'], ARRAY['1', 'a/b'])");
        assertThat(partitions("registered")).isEqualTo("[[2, x]]");
        assertThat(path("registered/y=1/p=a%2Fb/one.json")).exists();
        assertThatThrownBy(() -> call("unregister_partition('tests', 'registered', ARRAY['y', 'p'], ARRAY['1', 'a/b'])"))
                .hasMessageContaining("Partition y=1/p=a%2Fb of table tests.registered does not exist");
    }

    @Test
    void createEmpty()
            throws IOException
    {
        runner.createJsonTable("emptied", columns("a bigint"), columns("p string"), Map.of());
        // the metastore of the tests registers no partition without a folder
        runner.put("emptied/p=x/_marker", "");
        call("create_empty_partition('tests', 'emptied', ARRAY['p'], ARRAY['x'])");
        assertThat(partitions("emptied")).isEqualTo("[[x]]");
        assertThat(text("SELECT count(*) FROM emptied")).isEqualTo("[[0]]");
        execute("INSERT INTO emptied VALUES (1, 'x')");
        assertThat(text("SELECT * FROM emptied")).isEqualTo("[[1, x]]");
        assertThatThrownBy(() -> call("create_empty_partition('tests', 'emptied', ARRAY['p'], ARRAY['x'])")).hasMessageContaining("is already registered");
        runner.put("emptied/p=y/one.json", LINE);
        assertThatThrownBy(() -> call("create_empty_partition('tests', 'emptied', ARRAY['p'], ARRAY['y'])"))
                .hasMessageContaining("Partition p=y of table tests.emptied would not be empty: there are files at s3://lake/emptied/p=y, as one.json");
    }

    @Test
    void tablesThatHaveNoPartitions()
    {
        runner.createJsonTable("whole", columns("a bigint"), List.of(), Map.of());
        runner.createJsonTable("icy", columns("a bigint"), columns("p string"), Map.of("table_type", "ICEBERG"));
        execute("CREATE VIEW looking AS SELECT 1 x");
        for (String call : List.of(
                "sync_partition_metadata('tests', '%s', 'FULL')",
                "register_partition('tests', '%s', ARRAY['p'], ARRAY['x'])",
                "unregister_partition('tests', '%s', ARRAY['p'], ARRAY['x'])",
                "create_empty_partition('tests', '%s', ARRAY['p'], ARRAY['x'])")) {
            assertThatThrownBy(() -> call(call.formatted("whole"))).hasMessageContaining("Table is not partitioned: tests.whole");
            assertThatThrownBy(() -> call(call.formatted("looking"))).hasMessageContaining("Table is a view: tests.looking");
            assertThatThrownBy(() -> call(call.formatted("icy"))).hasMessageContaining("Table tests.icy is a table of the connector iceberg");
            assertThatThrownBy(() -> call(call.formatted("missing"))).hasMessageContaining("Table 'tests.missing' not found");
            assertThatThrownBy(() -> call(call.replaceFirst("'tests'", "NULL").formatted("whole"))).hasMessageContaining("schema_name cannot be null");
            assertThatThrownBy(() -> call(call.formatted(""))).hasMessageContaining("table_name cannot be empty");
        }
        assertThatThrownBy(() -> call("sync_partition_metadata('tests', 'whole', 'BOTH')")).hasMessageContaining("Invalid partition metadata sync mode: BOTH");
        assertThatThrownBy(() -> call("sync_partition_metadata('tests', 'whole', NULL)")).hasMessageContaining("mode cannot be null");
        assertThatThrownBy(() -> call("register_partition('tests', 'whole', NULL, ARRAY['x'])")).hasMessageContaining("partition_columns cannot be null");
        assertThatThrownBy(() -> call("unregister_partition('tests', 'whole', ARRAY['p'], NULL)")).hasMessageContaining("partition_values cannot be null");
    }

    private String partitions(String table)
    {
        return runner.queryRunner().execute("SELECT * FROM \"%s$partitions\"".formatted(table)).getMaterializedRows().stream()
                .map(Object::toString)
                .sorted()
                .toList()
                .toString();
    }

    private Path path(String key)
    {
        return folder.resolve("s3").resolve(TarnQueryRunner.BUCKET).resolve(key);
    }

    private void call(String call)
    {
        execute("CALL tarn.system." + call);
    }

    private void execute(String sql)
    {
        runner.queryRunner().execute(sql);
    }

    private String text(String sql)
    {
        return runner.queryRunner().execute(sql).getMaterializedRows().toString();
    }
}
