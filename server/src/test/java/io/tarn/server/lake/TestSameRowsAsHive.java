package io.tarn.server.lake;

import io.tarn.testdata.SampleFiles;
import io.tarn.testdata.SampleLake;
import io.tarn.testdata.SampleObject;
import io.tarn.testdata.SampleTable;
import io.trino.Session;
import io.trino.plugin.base.metrics.LongCount;
import io.trino.testing.MaterializedResult;
import io.trino.testing.MaterializedRow;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.PartitionInput;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static io.tarn.server.lake.LakeFixture.SCHEMA;
import static io.tarn.server.lake.LakeFixture.location;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

/**
 * The same tables through Trino's own Hive connector and through Tarn, on two nodes, over S3 and over the folder: row by
 * row the same, for every type and format.
 */
@TestInstance(PER_CLASS)
final class TestSameRowsAsHive
{
    private LakeFixture lake;
    private SampleLake sample;

    @BeforeAll
    void land()
            throws Exception
    {
        lake = new LakeFixture();
        for (SampleTable table : SampleFiles.all()) {
            declare(table);
        }
        sample = SampleLake.ofRows(20_000);
        for (SampleObject object : sample.objects()) {
            lake.put(object.key(), object.bytes());
        }
        declareRaw("useractivity", Declared.json("useractivity", "ip_address string", "username string", "timestamp string", "request string", "http bigint", "bytes bigint"));
        declareRaw("userprofile", Declared.csv("userprofile", "first_name string", "last_name string", "username string", "email string", "gender string", "ip_address string", "phone string", "zip string", "cc string", "password string", "ssn string", "age string"));
        declareRaw("zipcodes", Declared.csv("zipcodes", "zipcode string", "zipcodetype string", "city string", "state string", "locationtype string", "lat string", "long string", "location string", "decommisioned string"));
    }

    @AfterAll
    void stop()
    {
        lake.close();
    }

    static Stream<String> sampleTables()
    {
        return SampleFiles.all().stream().map(SampleTable::name);
    }

    @ParameterizedTest
    @MethodSource("sampleTables")
    void sampleTable(String table)
    {
        List<MaterializedRow> expected = rows("hive", "SELECT * FROM " + table);
        assertThat(expected).isNotEmpty();
        for (String catalog : lake.tarnCatalogs()) {
            assertThat(rows(catalog, "SELECT * FROM " + table)).as("%s of %s", table, catalog).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(rows(catalog, "DESCRIBE " + table)).isEqualTo(rows("hive", "DESCRIBE " + table));
        }
    }

    /**
     * Conditions reach row groups and pages, and must not reach too far.
     */
    @ParameterizedTest
    @ValueSource(strings = {"parquet_primitives", "parquet_int96", "csv_partitioned"})
    void eachColumnAsACondition(String table)
    {
        String conditions = rows("hive", "DESCRIBE " + table).stream()
                .map(column -> "\"" + column.getField(0) + "\"")
                .map(column -> "SELECT '%s', count(*), count(DISTINCT \"$path\") FROM %s WHERE %1$s = (SELECT max(%1$s) FROM hive.%s.%2$s)".formatted(column, table, SCHEMA))
                .collect(joining(" UNION ALL "));
        List<MaterializedRow> expected = rows("hive", conditions);
        for (String catalog : lake.tarnCatalogs()) {
            assertThat(rows(catalog, conditions)).as(catalog).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void rawLake()
    {
        for (String table : List.of("useractivity", "userprofile", "zipcodes")) {
            List<MaterializedRow> expected = rows("hive", "SELECT * FROM " + table);
            for (String catalog : lake.tarnCatalogs()) {
                assertThat(rows(catalog, "SELECT * FROM " + table)).containsExactlyInAnyOrderElementsOf(expected);
            }
        }
        assertThat(rows("hive", "SELECT count(*) FROM useractivity").getFirst().getField(0)).isEqualTo(sample.facts().requests());
    }

    @ParameterizedTest
    @MethodSource("sampleTables")
    void limit(String table)
    {
        List<MaterializedRow> all = rows("hive", "SELECT * FROM " + table);
        for (String catalog : lake.tarnCatalogs()) {
            assertThat(rows(catalog, "SELECT * FROM " + table + " LIMIT 3")).as(catalog).hasSize(3).isSubsetOf(all);
        }
    }

    @Test
    void dynamicFiltersPruneRowGroups()
    {
        String sql = "SELECT count(*) FROM parquet_primitives p, (SELECT max(t_bigint) m FROM hive." + SCHEMA + ".parquet_primitives) q WHERE p.t_bigint = q.m";
        for (String catalog : lake.tarnCatalogs()) {
            long pruned = lake.queryRunner().getCoordinator().getQueryManager()
                    .getFullQueryInfo(lake.queryRunner().executeWithPlan(lake.session(catalog), sql).queryId())
                    .getQueryStats().getOperatorSummaries().stream()
                    .map(operator -> operator.getConnectorMetrics().getMetrics().get("parquet.rowGroupsPruned"))
                    .filter(LongCount.class::isInstance)
                    .mapToLong(count -> ((LongCount) count).getTotal())
                    .sum();
            assertThat(pruned).as(catalog).isPositive();
        }
    }

    @Test
    void hiddenColumns()
    {
        String sql = "SELECT \"$path\", \"$file_size\", count(*) FROM useractivity GROUP BY 1, 2";
        List<MaterializedRow> expected = rows("hive", sql);
        for (String catalog : lake.tarnCatalogs()) {
            assertThat(rows(catalog, sql)).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    /**
     * Files with fewer, more and otherwise named columns than their table and their partitions have.
     */
    @Test
    void orcByPosition()
    {
        execute("CREATE TABLE s3.lake.orc_written WITH (format = 'ORC', partitioned_by = ARRAY['p']) AS SELECT n, name, CAST(r AS ROW(x integer, y varchar)) AS r, p FROM (VALUES (1, VARCHAR 'one', ROW(1, 'x'), 'a'), (2, 'two', ROW(2, 'y'), 'b')) AS t(n, name, r, p)");
        execute("ALTER TABLE s3.lake.orc_written RENAME COLUMN name TO title");
        execute("ALTER TABLE s3.lake.orc_written ADD COLUMN extra double");
        assertThatThrownBy(() -> execute("ALTER TABLE s3.lake.orc_written DROP COLUMN n")).hasMessageContaining("columns are found in ORC files by their position").hasMessageContaining("'orc.column.index.access'");
        assertThatThrownBy(() -> execute("ALTER TABLE s3.lake.orc_written DROP COLUMN extra")).hasMessageContaining("cannot be dropped");
        // into the partition that has the old columns, and a new one
        execute("INSERT INTO s3.lake.orc_written VALUES (3, 'three', ROW(3, 'v'), 3.5, 'a'), (4, 'four', ROW(4, 'w'), 4.5, 'c')");
        assertSameAsHive("orc_written", "title", "n", "extra", "r.x", "p");
        assertThat(rows("s3", "SELECT n, title, r, extra, p FROM orc_written ORDER BY n").toString()).isEqualTo("[[1, one, [1, x], null, a], [2, two, [2, y], null, b], [3, three, [3, v], 3.5, a], [4, four, [4, w], 4.5, c]]");

        // the same files under other names, fewer of them, and more
        Table written = lake.glue().getTable(request -> request.databaseName(SCHEMA).name("orc_written")).table();
        String folder = written.storageDescriptor().location() + "/p=c/";
        declareOrc("orc_fewer", folder, Map.of(), "x int", "y string");
        assertSameAsHive("orc_fewer", "x", "y");
        declareOrc("orc_more", folder, Map.of(), "a int", "b string", "r struct<y:string,z:int>", "d double", "more bigint");
        assertSameAsHive("orc_more", "a", "b", "d", "more");

        // by name, as the peer does by its session
        declareOrc("orc_named", folder, Map.of("orc.column.index.access", "false"), "extra double", "n int", "absent string");
        Session named = Session.builder(lake.session("hive")).setCatalogSessionProperty("hive", "orc_use_column_names", "true").build();
        List<MaterializedRow> expected = lake.queryRunner().execute(named, "SELECT * FROM orc_named").getMaterializedRows();
        assertThat(expected.toString()).isEqualTo("[[4.5, 4, null]]");
        assertThat(rows("s3", "SELECT * FROM orc_named")).isEqualTo(expected);
        assertThat(rows("s3", "SELECT count(*) FROM orc_named WHERE n = 4 AND extra > 4").toString()).isEqualTo("[[1]]");
        // there a column can go, and the others stay what they are
        execute("ALTER TABLE s3.lake.orc_named DROP COLUMN extra");
        assertThat(rows("s3", "SELECT * FROM orc_named").toString()).isEqualTo("[[4, null]]");

        // the remedy that the message names
        execute("CREATE TABLE s3.lake.orc_kept WITH (format = 'ORC') AS SELECT 1 AS a, 2 AS b, 3 AS c");
        execute("ALTER TABLE s3.lake.orc_kept SET PROPERTIES extra_properties = MAP(ARRAY['orc.column.index.access'], ARRAY['false'])");
        execute("ALTER TABLE s3.lake.orc_kept DROP COLUMN b");
        assertThat(rows("s3", "SELECT * FROM orc_kept WHERE c = 3").toString()).isEqualTo("[[1, 3]]");
    }

    private void assertSameAsHive(String table, String... columns)
    {
        List<String> queries = new ArrayList<>(List.of("SELECT * FROM " + table, "SELECT count(*) FROM " + table));
        for (String column : columns) {
            queries.add("SELECT * FROM %s WHERE %s = (SELECT max(%2$s) FROM %1$s)".formatted(table, column));
            queries.add("SELECT count(*), count(%s) FROM %s WHERE %1$s IS NULL".formatted(column, table));
        }
        for (String query : queries) {
            List<MaterializedRow> expected = rows("hive", query);
            for (String catalog : lake.tarnCatalogs()) {
                assertThat(rows(catalog, query)).as("%s in %s", query, catalog).containsExactlyInAnyOrderElementsOf(expected);
            }
        }
    }

    private void declareOrc(String name, String location, Map<String, String> properties, String... columns)
    {
        lake.glue().createTable(request -> request.databaseName(SCHEMA).tableInput(table -> table
                .name(name)
                .tableType("EXTERNAL_TABLE")
                .parameters(Map.of())
                .partitionKeys(List.of())
                .storageDescriptor(storage -> storage
                        .columns(Arrays.stream(columns).map(column -> column.split(" ", 2)).map(words -> Column.builder().name(words[0]).type(words[1]).build()).toList())
                        .location(location)
                        .inputFormat("org.apache.hadoop.hive.ql.io.orc.OrcInputFormat")
                        .outputFormat("org.apache.hadoop.hive.ql.io.orc.OrcOutputFormat")
                        .serdeInfo(serde -> serde.serializationLibrary("org.apache.hadoop.hive.ql.io.orc.OrcSerde").parameters(properties)))));
    }

    private void execute(String sql)
    {
        lake.queryRunner().execute(sql);
    }

    private List<MaterializedRow> rows(String catalog, String sql)
    {
        MaterializedResult result = lake.queryRunner().execute(lake.session(catalog), sql);
        return result.getMaterializedRows();
    }

    private void declareRaw(String folder, Declared table)
    {
        boolean json = table.serde().contains("Json");
        TableInput input = table.toTableInput();
        lake.glue().createTable(request -> request.databaseName(SCHEMA).tableInput(input.toBuilder()
                .parameters(json ? Map.of() : Map.of("skip.header.line.count", "1"))
                .storageDescriptor(input.storageDescriptor().toBuilder().location(location("raw/" + folder + "/")).build())
                .build()));
    }

    private void declare(SampleTable table)
    {
        String root = "samples/" + table.name() + "/";
        Map<String, List<String>> partitions = new LinkedHashMap<>();
        for (SampleTable.File file : table.files()) {
            lake.put(root + file.key(), file.content());
            if (!table.partitionKeys().isEmpty()) {
                String[] folders = file.key().split("/");
                String partition = String.join("/", Arrays.copyOf(folders, table.partitionKeys().size()));
                partitions.put(partition, Arrays.stream(partition.split("/")).map(part -> part.substring(part.indexOf('=') + 1)).toList());
            }
        }
        TableInput input = TableInput.builder()
                .name(table.name())
                .tableType("EXTERNAL_TABLE")
                .parameters(table.tableParameters())
                .partitionKeys(columns(table.partitionKeys()))
                .storageDescriptor(storage -> storage
                        .columns(columns(table.columns()))
                        .location(location(root))
                        .inputFormat(table.inputFormat())
                        .outputFormat(table.outputFormat())
                        .serdeInfo(serde -> serde.serializationLibrary(table.serde()).parameters(table.serdeParameters())))
                .build();
        lake.glue().createTable(request -> request.databaseName(SCHEMA).tableInput(input));
        partitions.forEach((folder, values) -> lake.glue().createPartition(request -> request
                .databaseName(SCHEMA)
                .tableName(table.name())
                .partitionInput(PartitionInput.builder()
                        .values(values)
                        .storageDescriptor(input.storageDescriptor().toBuilder().location(location(root + folder + "/")).build())
                        .build())));
    }

    private static List<Column> columns(List<SampleTable.Column> columns)
    {
        return columns.stream().map(column -> Column.builder().name(column.name()).type(column.type()).build()).toList();
    }
}
