package io.tarn.server.glue;

import io.trino.plugin.hive.HivePlugin;
import io.trino.testing.QueryRunner;
import io.trino.testing.StandaloneQueryRunner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import static io.tarn.server.glue.LocalGlue.CREDENTIALS;
import static io.trino.testing.TestingSession.testSessionBuilder;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Trino's own Hive connector takes the endpoint for AWS.
 */
final class TestTrinoHiveOnGlue
{
    @TempDir
    private Path folder;

    @Test
    void testWriteAndRead()
            throws Exception
    {
        Files.createDirectories(folder.resolve("lake"));
        try (LocalGlue glue = new LocalGlue(folder.resolve("glue.db"));
                QueryRunner trino = new StandaloneQueryRunner(testSessionBuilder().setCatalog("hive").setSchema("shop").build())) {
            trino.installPlugin(new HivePlugin());
            trino.createCatalog("hive", "hive", Map.ofEntries(
                    Map.entry("hive.metastore", "glue"),
                    Map.entry("hive.metastore.glue.region", "us-east-1"),
                    Map.entry("hive.metastore.glue.endpoint-url", glue.uri().toString()),
                    Map.entry("hive.metastore.glue.aws-access-key", CREDENTIALS.accessKey()),
                    Map.entry("hive.metastore.glue.aws-secret-key", CREDENTIALS.secretKey()),
                    Map.entry("fs.native-local.enabled", "true"),
                    Map.entry("local.location", folder.resolve("lake").toString())));

            trino.execute("CREATE SCHEMA shop WITH (location = 'local:///shop')");
            trino.execute("CREATE TABLE activity (word varchar, bytes bigint, year integer, day date) WITH (partitioned_by = ARRAY['year', 'day'])");
            trino.execute("INSERT INTO activity VALUES ('a', 1, 2017, DATE '2017-12-31'), ('b', 2, 2018, DATE '2018-01-01'), ('c', 3, 2018, NULL)");
            assertThat(trino.execute("SELECT word FROM activity WHERE year > 2017 AND day IS NOT NULL").getOnlyColumnAsSet()).containsExactly("b");
            assertThat(trino.execute("SELECT word FROM activity WHERE day IS NULL").getOnlyColumnAsSet()).containsExactly("c");
            assertThat(trino.execute("SELECT word FROM activity WHERE day < DATE '2018-01-01' OR year IN (1, 2)").getOnlyColumnAsSet()).containsExactly("a");
            assertThat(trino.execute("SELECT count(*) FROM \"activity$partitions\"").getOnlyValue()).isEqualTo(3L);
            assertThat(glue.client().getPartitions(request -> request.databaseName("shop").tableName("activity").expression("year = 2018")).partitions()).hasSize(2);

            // column statistics went through the catalogue
            assertThat(trino.execute("SHOW STATS FOR (SELECT * FROM activity WHERE year = 2017)").getMaterializedRows().getFirst().getField(2)).isEqualTo(1.0);

            trino.execute("ALTER TABLE activity ADD COLUMN more varchar");
            trino.execute("COMMENT ON COLUMN activity.word IS 'a word'");
            assertThat(trino.execute("SELECT word, more FROM activity WHERE year = 2017").getMaterializedRows().getFirst().getFields()).containsExactly("a", null);
            trino.execute("CREATE VIEW words AS SELECT word FROM activity");
            assertThat(trino.execute("SHOW TABLES").getOnlyColumnAsSet()).containsExactlyInAnyOrder("activity", "words");
            assertThat(trino.execute("SELECT count(*) FROM words").getOnlyValue()).isEqualTo(3L);
            trino.execute("DROP VIEW words");
            trino.execute("DROP TABLE activity");
            trino.execute("DROP SCHEMA shop");
            assertThat(glue.client().getDatabases(_ -> {}).databaseList()).isEmpty();
        }
    }
}
