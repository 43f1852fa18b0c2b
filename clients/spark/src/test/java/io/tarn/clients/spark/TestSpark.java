package io.tarn.clients.spark;

import io.tarn.clients.LocalEngine;
import io.tarn.clients.MetastoreCalls;
import io.tarn.clients.TrinoClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

/**
 * Spark with Hive support over the engine's metastore and S3, beside Trino on the same tables. Each test has a database
 * of its own, with Spark's tables under {@code s3a://} and Trino's under {@code s3://}, as each writes it.
 */
@TestInstance(PER_CLASS)
final class TestSpark
{
    private LocalEngine engine;
    private Path bucket;
    private LocalSpark spark;
    private TrinoClient trino;

    @BeforeAll
    void start(@TempDir Path folder)
    {
        CompletableFuture<LocalEngine> starting = CompletableFuture.supplyAsync(SharedEngine::engine);
        spark = LocalSpark.start(folder);
        engine = starting.join();
        bucket = SharedEngine.bucket();
        spark.connect(engine, engine.metastore());
        trino = engine.connect("default");
    }

    @AfterAll
    void stop()
    {
        try (LocalSpark _ = spark; TrinoClient _ = trino) {
            // in the opposite order of the start
        }
    }

    @Test
    void testReadsWhatTrinoWrote()
    {
        trino.execute("CREATE SCHEMA trino_made WITH (location = 's3://lake/trino_made')");
        trino.execute(
                """
                CREATE TABLE trino_made.orders COMMENT 'all orders' WITH (format = 'PARQUET', partitioned_by = ARRAY['day', 'kind']) AS
                SELECT * FROM (VALUES
                    (BIGINT '1', 'a', DECIMAL '1.50', DATE '2020-01-01', VARCHAR 'x=y/z'),
                    (2, 'ü', -2.00, DATE '2020-01-02', 'b'),
                    (3, NULL, NULL, DATE '2020-01-03', NULL),
                    (4, 'd', 4.00, DATE '2020-01-03', 'b')) t (id, word, price, day, kind)""");
        assertThat(spark.column("SHOW DATABASES", 0)).contains("default", "trino_made");
        assertThat(spark.column("SHOW TABLES IN trino_made", 1)).containsExactly("orders");
        assertThat(spark.rows("DESCRIBE trino_made.orders").subList(0, 3)).extracting(row -> row.subList(0, 2))
                .containsExactly(List.of("id", "bigint"), List.of("word", "varchar(1)"), List.of("price", "decimal(3,2)"));
        assertThat(spark.rows("DESCRIBE EXTENDED trino_made.orders")).contains(List.of("Comment", "all orders", ""));
        assertThat(spark.column("SHOW PARTITIONS trino_made.orders", 0)).containsExactly(
                "day=2020-01-01/kind=x%3Dy%2Fz",
                "day=2020-01-02/kind=b",
                "day=2020-01-03/kind=__HIVE_DEFAULT_PARTITION__",
                "day=2020-01-03/kind=b");
        assertSame("SELECT * FROM trino_made.orders ORDER BY id", 4);

        assertSame("SELECT * FROM trino_made.orders WHERE day > DATE '2020-01-02' ORDER BY id", 2);
        assertPruned("SELECT id FROM trino_made.orders WHERE day > DATE '2020-01-02'", 2);
        assertPruned("SELECT id FROM trino_made.orders WHERE day = DATE '2020-01-03' AND kind = 'b'", 1);
        assertPruned("SELECT id FROM trino_made.orders WHERE kind = 'x=y/z'", 1);
        assertPruned("SELECT id FROM trino_made.orders WHERE kind IN ('b', 'c') AND day <> DATE '2020-01-02'", 1);
        assertPruned("SELECT id FROM trino_made.orders WHERE kind LIKE 'x=%'", 1);

        spark.execute("INSERT INTO trino_made.orders VALUES (5, 'e', 5.25, DATE '2020-01-04', 'new')");
        assertSame("SELECT * FROM trino_made.orders ORDER BY id", 5);
        trino.execute("DROP SCHEMA trino_made CASCADE");
        assertThat(spark.column("SHOW DATABASES", 0)).doesNotContain("trino_made");
    }

    @Test
    void testTableOfHive()
    {
        createDatabase("hive_made");
        spark.execute("CREATE TABLE hive_made.t (id BIGINT, word STRING) PARTITIONED BY (day DATE, kind STRING) STORED AS PARQUET");
        spark.execute("INSERT INTO hive_made.t PARTITION (day = '2020-01-01', kind = 'a') VALUES (1, 'x'), (2, NULL)");
        spark.execute("INSERT INTO hive_made.t PARTITION (day, kind) VALUES (3, 'ü', DATE '2020-01-02', 'x=y/z'), (4, '', DATE '2020-01-03', NULL), (5, 'v', DATE '2020-01-03', 'ä %2F \"q\"')");
        spark.execute("INSERT INTO hive_made.t PARTITION (day = '2020-01-04', kind) SELECT 6, 'w', 'a'");
        assertThat(trino.column("SELECT count(*) FROM hive_made.\"t$partitions\"")).containsExactly("5");
        assertSame("SELECT * FROM hive_made.t ORDER BY id", 6);
        assertSame("SELECT id FROM hive_made.t WHERE kind = 'x=y/z' OR kind = 'ä %2F \"q\"' ORDER BY id", 2);

        trino.execute("INSERT INTO hive_made.t VALUES (7, 'of Trino', DATE '2020-01-05', 'b'), (8, NULL, DATE '2020-01-01', 'a')");
        // Spark remembers which files a partition has
        spark.execute("REFRESH TABLE hive_made.t");
        assertSame("SELECT * FROM hive_made.t ORDER BY id", 8);
        spark.execute("INSERT OVERWRITE TABLE hive_made.t PARTITION (day = '2020-01-01', kind = 'a') VALUES (9, 'instead')");
        assertThat(trino.column("SELECT id FROM hive_made.t WHERE day = DATE '2020-01-01'")).containsExactly("9");
        assertSame("SELECT * FROM hive_made.t ORDER BY id", 6);
    }

    @Test
    void testTableOfSpark()
    {
        createDatabase("spark_made");
        spark.execute("CREATE TABLE spark_made.t (Id BIGINT, `A b.c` STRING, `größe` INT, day DATE) USING parquet PARTITIONED BY (day)");
        spark.execute("INSERT INTO spark_made.t VALUES (1, 'x', 10, DATE '2020-01-01'), (2, NULL, NULL, DATE '2020-01-02')");
        // Spark remembers the case that the catalogue does not keep
        assertThat(spark.column("DESCRIBE spark_made.t", 0)).startsWith("Id", "A b.c", "größe", "day");
        assertThat(trino.rows("SELECT * FROM spark_made.t ORDER BY id")).isEqualTo(spark.rows("SELECT * FROM spark_made.t ORDER BY id")).hasSize(2);
        assertThat(trino.column("SELECT id FROM spark_made.t WHERE \"a b.c\" = 'x' AND \"größe\" = 10")).containsExactly("1");
        trino.execute("INSERT INTO spark_made.t VALUES (3, 'y', 30, DATE '2020-01-03')");
        assertSame("SELECT * FROM spark_made.t ORDER BY id", 3);

        spark.execute("CREATE TABLE spark_made.types (a TINYINT, b SMALLINT, c INT, d FLOAT, e DOUBLE, f DECIMAL(20, 3), g TIMESTAMP, i BOOLEAN, j CHAR(3), k VARCHAR(5), l ARRAY<STRUCT<m: INT, n: STRING>>, o MAP<STRING, BIGINT>) USING parquet");
        spark.execute("INSERT INTO spark_made.types VALUES (1, 2, 3, 1.5, 2.5, 3.125, TIMESTAMP '2020-01-01 12:34:56.789', TRUE, 'ab', 'cde', ARRAY(NAMED_STRUCT('m', 1, 'n', 'x')), MAP('k', 7))");
        assertThat(trino.rows("SELECT a, b, c, d, e, f, CAST(g AS varchar), i, j, k, l[1].m, l[1].n, o['k'] FROM spark_made.types"))
                .containsExactly(List.of("1", "2", "3", "1.5", "2.5", "3.125", "2020-01-01 12:34:56.789", "true", "ab ", "cde", "1", "x", "7"));

        spark.execute("CREATE TABLE spark_made.buckets (id BIGINT, word STRING) USING parquet CLUSTERED BY (id) SORTED BY (id) INTO 4 BUCKETS");
        spark.execute("INSERT INTO spark_made.buckets SELECT id, CAST(id AS STRING) FROM RANGE(20)");
        // Spark has a hash of its own, so its buckets must not be taken for Hive's
        for (int id = 0; id < 20; id += 7) {
            assertThat(trino.column("SELECT word FROM spark_made.buckets WHERE id = " + id)).containsExactly(String.valueOf(id));
        }
    }

    @Test
    void testFormats()
    {
        createDatabase("formats");
        for (String format : List.of("PARQUET", "ORC", "AVRO", "TEXTFILE")) {
            // of an empty table Spark asks for the folder
            spark.execute("CREATE TABLE formats.t_%s (id BIGINT, word STRING) STORED AS %s".formatted(format, format));
            assertThat(spark.rows("SELECT * FROM formats.t_" + format)).isEmpty();
            spark.execute("INSERT INTO formats.t_%s VALUES (1, 'x'), (2, 'ü')".formatted(format));
            assertSame("SELECT * FROM formats.t_%s ORDER BY id".formatted(format), 2);
        }
        spark.execute("CREATE TABLE formats.made STORED AS ORC AS SELECT id, id % 3 AS rest FROM RANGE(10)");
        assertSame("SELECT * FROM formats.made ORDER BY id", 10);
        spark.execute("TRUNCATE TABLE formats.made");
        assertSame("SELECT * FROM formats.made", 0);
    }

    @Test
    void testPartitions()
            throws IOException
    {
        createDatabase("parts");
        spark.execute("CREATE TABLE parts.t (id BIGINT) PARTITIONED BY (day DATE, kind STRING) STORED AS PARQUET");
        spark.execute("INSERT INTO parts.t VALUES (1, DATE '2020-01-01', 'a'), (2, DATE '2020-01-02', 'a'), (3, DATE '2020-01-02', 'b')");
        spark.execute("ALTER TABLE parts.t ADD PARTITION (day = '2020-01-03', kind = 'a') PARTITION (day = '2020-01-03', kind = 'b') LOCATION 's3a://lake/elsewhere'");
        assertThat(spark.column("SHOW PARTITIONS parts.t", 0)).hasSize(5);
        assertThat(spark.column("SHOW PARTITIONS parts.t PARTITION (day = '2020-01-02')", 0)).containsExactly("day=2020-01-02/kind=a", "day=2020-01-02/kind=b");
        assertThat(trino.column("SELECT count(*) FROM parts.\"t$partitions\"")).containsExactly("5");
        assertSame("SELECT * FROM parts.t ORDER BY id", 3);
        assertThatThrownBy(() -> spark.execute("ALTER TABLE parts.t ADD PARTITION (day = '2020-01-01', kind = 'a')"))
                .hasMessageContaining("PARTITIONS_ALREADY_EXIST");

        trino.execute("INSERT INTO parts.t VALUES (4, DATE '2020-01-03', 'b')");
        try (Stream<Path> files = Files.list(bucket.resolve("elsewhere"))) {
            assertThat(files).isNotEmpty();
        }
        spark.execute("ALTER TABLE parts.t PARTITION (day = '2020-01-01', kind = 'a') RENAME TO PARTITION (day = '2021-01-01', kind = 'ä')");
        assertThat(trino.rows("SELECT * FROM parts.t WHERE id = 1")).containsExactly(List.of("1", "2021-01-01", "ä"));
        assertSame("SELECT * FROM parts.t ORDER BY id", 4);

        spark.execute("ALTER TABLE parts.t DROP PARTITION (day = '2020-01-02')");
        assertThat(trino.column("SELECT id FROM parts.t ORDER BY id")).containsExactly("1", "4");
        spark.execute("ALTER TABLE parts.t DROP IF EXISTS PARTITION (day = '1999-01-01')");
        assertThatThrownBy(() -> spark.execute("ALTER TABLE parts.t DROP PARTITION (day = '1999-01-01', kind = 'a')"))
                .hasMessageContaining("PARTITIONS_NOT_FOUND");

        // folders that nobody registered, of a table that does not own its files
        spark.execute("CREATE EXTERNAL TABLE parts.found (id BIGINT) PARTITIONED BY (kind STRING) STORED AS TEXTFILE LOCATION 's3a://lake/found'");
        for (String kind : List.of("kind=a", "kind=x%3Dy")) {
            Files.writeString(Files.createDirectories(bucket.resolve("found").resolve(kind)).resolve("file"), "7\n");
        }
        assertThat(spark.rows("SELECT * FROM parts.found")).isEmpty();
        spark.execute("MSCK REPAIR TABLE parts.found");
        assertThat(spark.column("SHOW PARTITIONS parts.found", 0)).containsExactly("kind=a", "kind=x%3Dy");
        assertSame("SELECT * FROM parts.found ORDER BY kind", 2);
        spark.execute("DROP TABLE parts.found");
        assertThat(bucket.resolve("found/kind=a/file")).exists();
    }

    @Test
    void testStatistics()
    {
        createDatabase("stats");
        // of text nothing is known but what the catalogue has
        spark.execute("CREATE TABLE stats.t (id BIGINT, word STRING, price DECIMAL(10, 2), at DATE) STORED AS TEXTFILE");
        spark.execute("INSERT INTO stats.t VALUES (1, 'x', 1.5, DATE '2020-01-01'), (2, 'yyy', -2.5, NULL), (4, NULL, 0, DATE '2020-02-02')");
        assertThat(rowCount("stats.t")).isNull();
        spark.execute("ANALYZE TABLE stats.t COMPUTE STATISTICS FOR ALL COLUMNS");
        assertThat(spark.rows("DESCRIBE EXTENDED stats.t")).anyMatch(row -> row.get(0).equals("Statistics") && row.get(1).endsWith(", 3 rows"));
        assertThat(spark.rows("DESCRIBE EXTENDED stats.t id")).contains(List.of("min", "1"), List.of("max", "4"), List.of("distinct_count", "3"), List.of("num_nulls", "0"));
        assertThat(rowCount("stats.t")).isEqualTo("3.0");
        assertThat(trino.rows("SHOW STATS FOR stats.t")).contains(
                Arrays.asList("id", null, "3.0", "0.0", null, "1", "4"),
                Arrays.asList("price", null, "3.0", "0.0", null, "-2.5", "1.5"),
                Arrays.asList("at", null, "2.0", "0.3333333333333333", null, "2020-01-01", "2020-02-02"));
        trino.execute("ANALYZE stats.t");
        trino.execute("INSERT INTO stats.t VALUES (5, 'z', 9, NULL)");
        assertThat(rowCount("stats.t")).isEqualTo("4.0");

        spark.execute("CREATE TABLE stats.p (id BIGINT) PARTITIONED BY (kind STRING) STORED AS TEXTFILE");
        spark.execute("INSERT INTO stats.p VALUES (1, 'a'), (2, 'b'), (3, 'b')");
        spark.execute("ANALYZE TABLE stats.p PARTITION (kind) COMPUTE STATISTICS");
        assertThat(spark.rows("DESCRIBE EXTENDED stats.p PARTITION (kind = 'b')")).anyMatch(row -> row.get(0).equals("Partition Statistics") && row.get(1).endsWith(", 2 rows"));
        assertThat(rowCount("stats.p")).isEqualTo("3.0");
    }

    @Test
    void testViews()
    {
        createDatabase("views");
        spark.execute("CREATE TABLE views.t (id BIGINT, word STRING) USING parquet");
        spark.execute("INSERT INTO views.t VALUES (1, 'x'), (2, 'y')");
        spark.execute("CREATE VIEW views.v (number, letter COMMENT 'a letter') COMMENT 'of Spark' AS SELECT id, word FROM views.t WHERE id > 1");
        assertThat(spark.column("SHOW VIEWS IN views", 1)).containsExactly("v");
        assertSame("SELECT number, letter FROM views.v", 1);
        spark.execute("CREATE OR REPLACE VIEW views.v AS SELECT id FROM views.t");
        assertSame("SELECT * FROM views.v ORDER BY id", 2);
        spark.execute("ALTER VIEW views.v RENAME TO views.renamed");
        assertThat(trino.column("SELECT table_name FROM information_schema.tables WHERE table_schema = 'views' AND table_type = 'VIEW'")).containsExactly("renamed");
        spark.execute("DROP VIEW views.renamed");

        trino.execute("CREATE VIEW views.of_trino AS SELECT id FROM views.t");
        // in Trino's own encoding, which Spark cannot read, and can drop
        assertThatThrownBy(() -> spark.rows("SELECT * FROM views.of_trino")).hasMessageContaining("of_trino");
        spark.execute("DROP VIEW views.of_trino");
        assertThat(trino.column("SHOW TABLES FROM views")).containsExactly("t");
    }

    @Test
    void testChanges()
    {
        createDatabase("changes");
        spark.execute("CREATE TABLE changes.t (id BIGINT) STORED AS PARQUET");
        spark.execute("INSERT INTO changes.t VALUES (1)");
        spark.execute("ALTER TABLE changes.t ADD COLUMNS (word STRING COMMENT 'a word')");
        spark.execute("INSERT INTO changes.t VALUES (2, 'x')");
        assertSame("SELECT * FROM changes.t ORDER BY id", 2);
        spark.execute("COMMENT ON TABLE changes.t IS 'changed by Spark'");
        spark.execute("ALTER TABLE changes.t SET TBLPROPERTIES ('of' = 'Spark')");
        assertThat(trino.column("SELECT \"of\" FROM changes.\"t$properties\"")).containsExactly("Spark");
        assertThat(trino.column("SELECT comment FROM system.metadata.table_comments WHERE catalog_name = 'awsdatacatalog' AND schema_name = 'changes' AND table_name = 't'")).containsExactly("changed by Spark");
        spark.execute("ALTER TABLE changes.t RENAME TO changes.renamed");
        assertThat(trino.column("SHOW TABLES FROM changes")).containsExactly("renamed");
        assertSame("SELECT * FROM changes.renamed ORDER BY id", 2);
        spark.execute("ALTER DATABASE changes SET DBPROPERTIES ('of' = 'Spark')");
        assertThat(spark.rows("DESCRIBE DATABASE EXTENDED changes")).contains(List.of("Properties", "((of,Spark))"));

        spark.execute("CREATE FUNCTION changes.absolute AS 'org.apache.hadoop.hive.ql.udf.generic.GenericUDFAbs'");
        assertThat(spark.column("SHOW USER FUNCTIONS IN changes", 0)).containsExactly("spark_catalog.changes.absolute");
        assertThat(spark.column("SELECT changes.absolute(-3)", 0)).containsExactly("3");
        spark.execute("DROP FUNCTION changes.absolute");
    }

    @Test
    void testDrop()
    {
        createDatabase("gone");
        spark.execute("CREATE TABLE gone.t USING parquet AS SELECT 1 AS id");
        assertThat(bucket.resolve("gone/t")).isNotEmptyDirectory();
        trino.execute("CREATE TABLE gone.of_trino AS SELECT 1 AS id");
        spark.execute("CREATE VIEW gone.v AS SELECT id FROM gone.t");
        spark.execute("CREATE TABLE gone.other (id BIGINT) PARTITIONED BY (day DATE) STORED AS ORC");
        spark.execute("DROP TABLE gone.other");
        assertThatThrownBy(() -> spark.execute("DROP TABLE gone.other")).hasMessageContaining("TABLE_OR_VIEW_NOT_FOUND");
        assertThatThrownBy(() -> spark.execute("DROP DATABASE gone")).hasMessageContaining("SCHEMA_NOT_EMPTY");
        assertThat(spark.column("SHOW TABLES IN gone", 1)).containsExactlyInAnyOrder("t", "of_trino", "v");

        spark.execute("DROP DATABASE gone CASCADE");
        assertThat(trino.column("SHOW SCHEMAS")).doesNotContain("gone");
        assertThat(bucket.resolve("gone")).doesNotExist();
    }

    @Test
    void testNames()
    {
        trino.execute("CREATE SCHEMA names WITH (location = 's3://lake/names')");
        for (String name : List.of("dot.ted über", "it's", "select")) {
            trino.execute("CREATE TABLE names.\"%s\" WITH (external_location = 's3://lake/names/%s') AS SELECT 1 AS \"%s\"".formatted(name, Math.abs(name.hashCode()), name));
            assertThat(spark.rows("SELECT `%s` FROM names.`%s`".formatted(name, name))).as(name).containsExactly(List.of("1"));
        }
        assertThat(spark.column("SHOW TABLES IN names", 1)).containsExactlyInAnyOrder("dot.ted über", "it's", "select");
        spark.execute("CREATE TABLE NAMES.Mixed_Case (ID BIGINT) STORED AS PARQUET");
        assertThat(trino.column("SHOW TABLES FROM names LIKE 'mixed%'")).containsExactly("mixed_case");
        assertThat(spark.rows("SELECT id FROM names.MIXED_CASE")).isEmpty();
        spark.execute("DROP DATABASE names CASCADE");
    }

    private String rowCount(String table)
    {
        return trino.rows("SHOW STATS FOR " + table).getLast().get(4);
    }

    private void createDatabase(String name)
    {
        spark.execute("CREATE DATABASE %s LOCATION 's3a://lake/%s'".formatted(name, name));
    }

    /**
     * Both engines take the statement, and give the same rows.
     */
    private void assertSame(String sql, int rows)
    {
        assertThat(trino.rows(sql)).as(sql).hasSize(rows).isEqualTo(spark.rows(sql));
    }

    /**
     * The metastore was asked for the partitions by a filter and never for all of them, and Spark goes to read the
     * files of those alone.
     */
    private void assertPruned(String sql, int files)
    {
        try (MetastoreCalls calls = engine.metastoreCalls()) {
            Map<String, Long> asked = calls.during(() -> assertThat(spark.files(sql)).as(sql).hasSize(files));
            assertThat(asked).as(sql)
                    .containsEntry("get_partitions_by_filter", 1L)
                    .doesNotContainKeys("get_partitions", "get_partition_names", "get_partitions_ps_with_auth");
        }
    }
}
