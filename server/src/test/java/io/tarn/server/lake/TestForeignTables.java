package io.tarn.server.lake;

import com.google.common.collect.ImmutableMap;
import io.trino.Session;
import io.trino.testing.QueryFailedException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static io.tarn.server.lake.LakeFixture.SCHEMA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

/**
 * Tables that are other connectors' to read: catalogue {@code lake} hands those of Iceberg to the plugin that the local
 * engine ships, catalogue {@code s3} hands nothing to anybody.
 */
@TestInstance(PER_CLASS)
final class TestForeignTables
{
    private static final int WRITERS = 3;
    private static final int INSERTS = 3;

    private LakeFixture lake;

    @BeforeAll
    void start()
            throws Exception
    {
        lake = new LakeFixture();
        ShippedPlugins.install(lake.queryRunner(), "iceberg");
        lake.queryRunner().createCatalog("iceberg", "iceberg", lake.icebergProperties());
        lake.queryRunner().createCatalog("lake", "tarn", ImmutableMap.<String, String>builder()
                .putAll(lake.tarnS3Properties())
                .put("tarn.iceberg-catalog-name", "iceberg")
                .buildOrThrow());
        rows("iceberg", "CREATE SCHEMA ice WITH (location = '%s')".formatted(LakeFixture.location("ice")));
    }

    @AfterAll
    void stop()
    {
        lake.close();
    }

    @Test
    void anIcebergTableIsReadAndWritten()
    {
        rows("iceberg", "CREATE TABLE ice.cats AS SELECT * FROM (VALUES (1, 'Tom', TIMESTAMP '2024-01-01 10:00:00.123456'), (2, 'Kit', NULL)) AS t(id, name, seen)");
        assertThat(rows("lake", "SELECT id, name FROM ice.cats ORDER BY id")).isEqualTo("[[1, Tom], [2, Kit]]");
        assertThat(rows("lake", "SHOW TABLES FROM ice")).contains("[cats]");

        rows("lake", "INSERT INTO ice.cats VALUES (3, 'Leo', NULL)");
        rows("lake", "UPDATE ice.cats SET name = 'Kitty' WHERE id = 2");
        rows("lake", "DELETE FROM ice.cats WHERE id = 1");
        assertThat(rows("iceberg", "SELECT id, name FROM ice.cats ORDER BY id")).isEqualTo("[[2, Kitty], [3, Leo]]");

        rows("lake", "ALTER TABLE ice.cats ADD COLUMN age integer");
        rows("lake", "COMMENT ON TABLE ice.cats IS 'of the house'");
        assertThat(rows("iceberg", "SHOW CREATE TABLE ice.cats")).contains("age integer", "of the house");
        assertThat(rows("lake", "DESCRIBE ice.cats")).isEqualTo(rows("iceberg", "DESCRIBE ice.cats"));

        assertThat(rows("lake", "SELECT operation FROM ice.\"cats$snapshots\" ORDER BY committed_at")).isEqualTo("[[append], [append], [overwrite], [delete]]");
        assertThat(rows("lake", "SELECT sum(record_count) FROM ice.\"cats$partitions\"")).isEqualTo(rows("iceberg", "SELECT sum(record_count) FROM ice.\"cats$partitions\""));

        rows("lake", "DROP TABLE ice.cats");
        assertThat(rows("iceberg", "SHOW TABLES FROM ice LIKE 'cats'")).isEqualTo("[]");
        assertThat(rows("lake", "SHOW TABLES FROM ice LIKE 'cats'")).isEqualTo("[]");
    }

    @Test
    void columnsAreListed()
    {
        rows("iceberg", "CREATE TABLE ice.listed (id uuid, at timestamp(6) with time zone, r row(a integer, b time(6)))");
        lake.declare(Declared.json("own", "n bigint"));
        // marked, and nothing behind it
        lake.glue().createTable(request -> request.databaseName("ice").tableInput(Declared.parquet("hollow", "n bigint").toTableInput().toBuilder().parameters(Map.of("table_type", "ICEBERG")).build()));
        lake.glue().createTable(request -> request.databaseName("ice").tableInput(Declared.parquet("torn", "n bigint").toTableInput().toBuilder()
                .parameters(Map.of("table_type", "ICEBERG", "metadata_location", LakeFixture.location("ice/none/metadata/none.metadata.json"))).build()));

        String columns = "SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = 'ice' AND table_name = 'listed' ORDER BY ordinal_position";
        assertThat(rows("lake", columns))
                .isEqualTo(rows("iceberg", columns))
                .isEqualTo("[[id, uuid], [at, timestamp(6) with time zone], [r, row(\"a\" integer, \"b\" time(6))]]");
        assertThat(rows("lake", "SELECT table_name FROM information_schema.columns WHERE table_schema IN ('ice', '%s')".formatted(SCHEMA)))
                .contains("[listed]", "[own]", "[torn]", "[hollow]");
        assertThatThrownBy(() -> rows("lake", "SELECT * FROM ice.torn")).isInstanceOf(QueryFailedException.class);
        rows("lake", "DROP TABLE ice.listed");
    }

    @Test
    void withoutACatalogueTheMessageNamesOne()
    {
        rows("iceberg", "CREATE TABLE ice.unreachable (id integer)");
        declareMarked("deltas", Map.of("spark.sql.sources.provider", "delta"));
        lake.glue().createTable(request -> request.databaseName(SCHEMA).tableInput(Declared.parquet("hudis", "n bigint").toTableInput().toBuilder()
                .storageDescriptor(storage -> storage
                        .columns(Declared.columns("n bigint"))
                        .location(LakeFixture.location("hudis"))
                        .inputFormat("org.apache.hudi.hadoop.HoodieParquetInputFormat")
                        .serdeInfo(serde -> serde.serializationLibrary("org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe")))
                .build()));
        assertRefused("s3", "ice.unreachable", "iceberg", "tarn.iceberg-catalog-name");
        assertRefused("lake", SCHEMA + ".deltas", "delta_lake", "tarn.delta-lake-catalog-name");
        assertRefused("lake", SCHEMA + ".hudis", "hudi", "tarn.hudi-catalog-name");
        assertThat(rows("s3", "SELECT column_name FROM information_schema.columns WHERE table_schema = '%s' AND table_name LIKE 'delt%%'".formatted(SCHEMA))).isEqualTo("[[n]]");
        assertThatThrownBy(() -> rows("s3", "SELECT * FROM ice.\"unreachable$files\"")).hasMessageContaining("does not exist");

        // a session may name one, and another session none
        Session toIceberg = Session.builder(lake.session("s3")).setCatalogSessionProperty("s3", "iceberg_catalog_name", "iceberg").build();
        assertThat(lake.queryRunner().execute(toIceberg, "SELECT count(*) FROM ice.unreachable").getOnlyValue()).isEqualTo(0L);
        Session toNobody = Session.builder(lake.session("lake")).setCatalogSessionProperty("lake", "iceberg_catalog_name", "").build();
        assertThatThrownBy(() -> lake.queryRunner().execute(toNobody, "SELECT * FROM ice.unreachable")).hasMessageContaining("tarn.iceberg-catalog-name");
        Session toNowhere = Session.builder(lake.session("lake")).setCatalogSessionProperty("lake", "delta_lake_catalog_name", "nowhere").build();
        assertThatThrownBy(() -> lake.queryRunner().execute(toNowhere, "SELECT * FROM %s.deltas".formatted(SCHEMA))).hasMessageContaining("the target catalog 'nowhere' does not exist");
        assertThat(lake.queryRunner().execute(toNowhere, "SELECT count(*) FROM information_schema.columns WHERE table_schema = '%s'".formatted(SCHEMA)).getRowCount()).isEqualTo(1);
    }

    @Test
    void writersAtOnceLoseNothing()
            throws Exception
    {
        rows("iceberg", "CREATE TABLE ice.contended (writer integer, n integer) WITH (max_commit_retry = 20)");
        int succeeded = 0;
        try (ExecutorService executor = Executors.newFixedThreadPool(WRITERS)) {
            List<Future<Integer>> writers = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                int number = writer;
                writers.add(executor.submit(() -> insert(number)));
            }
            for (Future<Integer> writer : writers) {
                succeeded += writer.get();
            }
        }
        // who is told of success has its row, who is told of a conflict has none
        assertThat(succeeded).isPositive();
        assertThat(rows("lake", "SELECT count(*), count(DISTINCT (writer, n)) FROM ice.contended")).isEqualTo("[[%s, %1$s]]".formatted(succeeded));
        // one for the empty table
        assertThat(rows("lake", "SELECT count(*) FROM ice.\"contended$snapshots\"")).isEqualTo("[[%s]]".formatted(succeeded + 1));
    }

    private int insert(int writer)
    {
        int succeeded = 0;
        for (int n = 0; n < INSERTS; n++) {
            try {
                rows("lake", "INSERT INTO ice.contended VALUES (%s, %s)".formatted(writer, n));
                succeeded++;
            }
            catch (QueryFailedException e) {
                assertThat(e).hasMessageContaining("Failed to commit");
            }
        }
        return succeeded;
    }

    private void declareMarked(String name, Map<String, String> parameters)
    {
        lake.glue().createTable(request -> request.databaseName(SCHEMA).tableInput(Declared.parquet(name, "n bigint").toTableInput().toBuilder().parameters(parameters).build()));
    }

    private void assertRefused(String catalog, String table, String connector, String property)
    {
        for (String sql : List.of("SELECT * FROM %s", "DROP TABLE %s", "INSERT INTO %s VALUES (1)", "ALTER TABLE %s ADD COLUMN c integer")) {
            assertThatThrownBy(() -> rows(catalog, sql.formatted(table)))
                    .as(sql)
                    .hasMessageContaining("connector.name=" + connector)
                    .hasMessageContaining(property);
        }
    }

    private String rows(String catalog, String sql)
    {
        return lake.queryRunner().execute(lake.session(catalog), sql).getMaterializedRows().stream()
                .map(row -> row.getFields().toString())
                .toList()
                .toString();
    }
}
