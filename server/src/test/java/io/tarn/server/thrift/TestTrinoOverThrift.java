package io.tarn.server.thrift;

import com.google.common.collect.ImmutableMap;
import io.tarn.server.lake.LakeServices;
import io.trino.Session;
import io.trino.plugin.hive.HivePlugin;
import io.trino.testing.QueryRunner;
import io.trino.testing.StandaloneQueryRunner;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.util.Map;

import static io.trino.testing.TestingSession.testSessionBuilder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

/**
 * Trino's own Hive connector on one lake, by both doors: what it does through one, it sees through the other.
 */
@TestInstance(PER_CLASS)
final class TestTrinoOverThrift
{
    private LakeServices lake;
    private MetastoreDoor door;
    private QueryRunner trino;

    @BeforeAll
    void start()
            throws Exception
    {
        lake = new LakeServices();
        door = new MetastoreDoor(lake, Map.of());
        trino = new StandaloneQueryRunner(testSessionBuilder().setCatalog("thrift").setSchema(LakeServices.SCHEMA).build());
        trino.installPlugin(new HivePlugin());
        Map<String, String> storage = ImmutableMap.<String, String>builder()
                .put("fs.s3.enabled", "true")
                .put("hive.non-managed-table-writes-enabled", "true")
                // what one catalogue writes the other does not know to forget
                .put("hive.metastore-stats-cache-ttl", "0s")
                .putAll(lake.s3Properties(lake.s3Endpoint()))
                .buildOrThrow();
        trino.createCatalog("thrift", "hive", ImmutableMap.<String, String>builder()
                .putAll(storage)
                .put("hive.metastore", "thrift")
                .put("hive.metastore.uri", door.uri())
                .buildOrThrow());
        trino.createCatalog("glue", "hive", ImmutableMap.<String, String>builder()
                .putAll(storage)
                .put("hive.metastore", "glue")
                .put("hive.metastore.glue.endpoint-url", lake.awsEndpoint().toString())
                .put("hive.metastore.glue.region", lake.glueRegion())
                .put("hive.metastore.glue.aws-access-key", lake.glueCredentials().accessKey())
                .put("hive.metastore.glue.aws-secret-key", lake.glueCredentials().secretKey())
                .buildOrThrow());
    }

    @AfterAll
    void stop()
            throws Exception
    {
        try (LakeServices _ = lake; MetastoreDoor _ = door; QueryRunner _ = trino) {
            // in the opposite order of the start
        }
    }

    @Test
    void testTables()
    {
        trino.execute("CREATE TABLE orders (id bigint COMMENT 'an id', word varchar, price decimal(10,2), at timestamp, day date, kind varchar) WITH (format = 'PARQUET', partitioned_by = ARRAY['day', 'kind'])");
        trino.execute("INSERT INTO orders VALUES (1, 'a', 1.5, TIMESTAMP '2020-01-01 10:00:00', DATE '2020-01-01', 'x=y/z'), (2, 'ü', -2, NULL, DATE '2020-01-02', 'b'), (3, NULL, NULL, NULL, NULL, NULL)");
        checkSame("SELECT * FROM orders");
        checkSame("SELECT id FROM orders WHERE day > DATE '2020-01-01'");
        checkSame("SELECT id FROM orders WHERE kind IN ('x=y/z', 'c')");
        checkSame("SELECT id FROM orders WHERE day IS NULL");
        checkSame("SELECT * FROM \"orders$partitions\"");
        checkSame("SHOW STATS FOR orders");
        checkSame("SHOW STATS FOR (SELECT * FROM orders WHERE day = DATE '2020-01-02')");
        checkSame("SELECT column_name, data_type, comment FROM information_schema.columns WHERE table_schema = 'lake' AND table_name = 'orders'");
        checkSame("SHOW CREATE TABLE orders");

        trino.execute("ALTER TABLE orders ADD COLUMN more array(row(a integer, b varchar))");
        trino.execute("COMMENT ON TABLE orders IS 'all orders'");
        trino.execute("INSERT INTO orders VALUES (4, 'b', 9, NULL, ARRAY[ROW(1, 'x')], DATE '2020-01-02', 'b')");
        trino.execute("ANALYZE orders");
        checkSame("SELECT * FROM orders");
        checkSame("SHOW STATS FOR orders");
        checkSame("SHOW CREATE TABLE orders");
        trino.execute("DELETE FROM orders WHERE kind = 'b'");
        checkSame("SELECT * FROM orders");
        trino.execute("ALTER TABLE orders RENAME TO renamed");
        checkSame("SELECT * FROM renamed");
        checkSame("SHOW TABLES");
        trino.execute("DROP TABLE renamed");
        assertThat(trino.execute(glue(), "SHOW TABLES LIKE 'renamed'").getRowCount()).isZero();
    }

    @Test
    void testWrittenOverGlue()
    {
        trino.execute(glue(), "CREATE TABLE nations WITH (format = 'ORC', bucketed_by = ARRAY['id'], bucket_count = 2, sorted_by = ARRAY['id']) AS SELECT * FROM (VALUES (1, 'a', true, 1e0, DATE '2020-02-02'), (2, 'b', NULL, NULL, NULL)) AS t (id, word, yes, number, day)");
        checkSame("SELECT * FROM nations");
        checkSame("SHOW CREATE TABLE nations");
        checkSame("SHOW STATS FOR nations");
        trino.execute(glue(), "CREATE VIEW words AS SELECT word FROM nations");
        checkSame("SELECT * FROM words");
        checkSame("SHOW CREATE VIEW words");
        checkSame("SELECT table_name, table_type FROM information_schema.tables WHERE table_schema = 'lake' AND table_name IN ('nations', 'words')");
        trino.execute("DROP VIEW words");
        trino.execute("DROP TABLE nations");
    }

    @Test
    void testSchemasAndFunctions()
    {
        trino.execute("CREATE SCHEMA other WITH (location = 's3://%s/other')".formatted(LakeServices.BUCKET));
        checkSame("SHOW SCHEMAS");
        trino.execute("CREATE FUNCTION thrift.other.twice(x bigint) RETURNS bigint RETURN x * 2");
        checkSame("SELECT thrift.other.twice(21)");
        checkSame("SHOW FUNCTIONS FROM glue.other");
        checkSame("SHOW FUNCTIONS FROM thrift.other");
        trino.execute("DROP FUNCTION thrift.other.twice(bigint)");
        trino.execute("DROP SCHEMA other");
        checkSame("SHOW SCHEMAS");
    }

    private void checkSame(String sql)
    {
        assertThat(trino.execute(sql).getMaterializedRows().stream().map(Object::toString).map(text -> text.replace("thrift.", "glue.")).sorted().toList()).as(sql)
                .isEqualTo(trino.execute(glue(), sql).getMaterializedRows().stream().map(Object::toString).sorted().toList());
    }

    private Session glue()
    {
        return Session.builder(trino.getDefaultSession()).setCatalog("glue").build();
    }
}
