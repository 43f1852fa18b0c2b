package io.tarn.athena.dialect;

import com.google.common.collect.ImmutableMap;
import io.trino.sql.parser.SqlParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;
import java.util.Optional;

import static io.tarn.athena.dialect.DialectMode.ATHENA;
import static io.tarn.athena.dialect.DialectMode.AUTO;
import static io.tarn.athena.dialect.DialectMode.TRINO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

public class TestAthenaDialect
{
    private static final TableKinds KINDS = new TableKinds()
    {
        @Override
        public TableKind kind(String database, String table)
        {
            return switch (table) {
                case "ice" -> TableKind.ICEBERG;
                case "missing" -> TableKind.NONE;
                default -> TableKind.HIVE;
            };
        }

        @Override
        public Map<String, String> properties(String database, String table)
        {
            return database.equals("kept") ? ImmutableMap.of("vacuum_max_snapshot_age_seconds", "60", "vacuum_min_snapshots_to_keep", "3") : ImmutableMap.of();
        }
    };

    // statements that mean one thing, in any mode that translates: "…" of system.athena is the statement itself
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock =
            """
            CREATE DATABASE IF NOT EXISTS d LOCATION 's3://b/d/' | CREATE SCHEMA IF NOT EXISTS awsdatacatalog.d WITH (location = 's3://b/d/')
            CREATE DATABASE d COMMENT "it's" | CALL
            ALTER DATABASE d SET DBPROPERTIES ('a'='b') | CALL
            DROP DATABASE IF EXISTS d CASCADE | DROP SCHEMA IF EXISTS awsdatacatalog.d CASCADE
            CREATE EXTERNAL TABLE t (a int) LOCATION 's3://b/t/' | CALL
            ALTER TABLE t ADD COLUMNS (a int) | CALL
            ALTER TABLE t REPLACE COLUMNS (a int) | CALL
            ALTER TABLE t ADD PARTITION (p='a') | CALL
            ALTER TABLE t DROP PARTITION (p='a') | CALL
            ALTER TABLE t PARTITION (p='a') RENAME TO PARTITION (p='b') | CALL
            ALTER TABLE t SET LOCATION 's3://b/u/' | CALL
            ALTER TABLE t SET TBLPROPERTIES ('a'='b') | CALL
            MSCK REPAIR TABLE t | CALL
            SHOW DATABASES | ROWS
            SHOW DATABASES LIKE 'a*' | ROWS
            SHOW TABLES IN d 'a*' | ROWS
            SHOW VIEWS | ROWS
            SHOW COLUMNS IN t IN d | ROWS
            SHOW PARTITIONS t | ROWS
            SHOW TBLPROPERTIES t | ROWS
            DESCRIBE FORMATTED t | ROWS
            DESCRIBE t PARTITION (p='a') | ROWS
            ALTER TABLE ice ADD COLUMNS (c string COMMENT 'x') | ALTER TABLE iceberg.db.ice ADD COLUMN c varchar COMMENT 'x'
            ALTER TABLE ice SET TBLPROPERTIES ('format'='orc', 'vacuum_min_snapshots_to_keep'='2') | ALTER TABLE iceberg.db.ice SET PROPERTIES format = 'ORC', extra_properties = MAP(ARRAY['vacuum_min_snapshots_to_keep'], ARRAY['2'])
            DROP TABLE IF EXISTS t PURGE | DROP TABLE IF EXISTS awsdatacatalog.db.t
            DROP TABLE d-1.t-2 | DROP TABLE awsdatacatalog."d-1"."t-2"
            ALTER TABLE ice SET TBLPROPERTIES ('write_data_path_enabled'='false') | ALTER TABLE iceberg.db.ice SET PROPERTIES extra_properties = MAP(ARRAY['write_data_path_enabled'], ARRAY['false'])
            UNLOAD (SELECT 0.5 AS a) TO 's3://b/u/' | CREATE TABLE awsdatacatalog.system.unload WITH (external_location = 's3://b/u/') AS SELECT 0.5E0 AS a
            ALTER TABLE ice UNSET TBLPROPERTIES ('write_compression') | ALTER TABLE iceberg.db.ice SET PROPERTIES compression_codec = DEFAULT
            OPTIMIZE ice REWRITE DATA USING BIN_PACK WHERE a > 1 | ALTER TABLE iceberg.db.ice EXECUTE optimize WHERE a > 1
            SHOW TBLPROPERTIES ice | SELECT key, value FROM iceberg.db."ice$properties"
            DESCRIBE EXTENDED ice | DESCRIBE iceberg.db.ice
            UNLOAD (SELECT 1 AS a) TO 's3://b/u/' WITH (format = 'ORC', compression_level = '3') | CREATE TABLE awsdatacatalog.system.unload WITH (external_location = 's3://b/u/', format = 'ORC', compression_level = 3) AS SELECT 1 AS a
            UNLOAD (SELECT x FROM UNNEST(a) AS t(x)) TO 's3://b/u/' WITH (format='JSON', partitioned_by = ARRAY['x', 'y']) | CREATE TABLE awsdatacatalog.system.unload WITH (external_location = 's3://b/u/', format = 'JSON', partitioned_by = ARRAY['x', 'y']) AS SELECT x FROM UNNEST(transform(a, element -> ROW(element))) AS t(x)
            PREPARE p FROM UNLOAD (SELECT ? AS a) TO 's3://b/u/' | PREPARE p FROM CREATE TABLE awsdatacatalog.system.unload WITH (external_location = 's3://b/u/') AS SELECT ? AS a
            EXPLAIN ANALYZE (FORMAT JSON) SELECT 1 | EXPLAIN ANALYZE SELECT 1
            EXECUTE IMMEDIATE 'SHOW TABLES ''a*''' | EXECUTE IMMEDIATE 'SELECT * FROM TABLE(awsdatacatalog.system.athena(statement => ''SHOW TABLES ''''a*'''''', schema => ''db''))'
            SELECT 1; | SELECT 1
            EXPLAIN ANALYZE (FORMAT JSON) SELECT 1; | EXPLAIN ANALYZE SELECT 1
            """)
    public void testTranslated(String athena, String trino)
    {
        String expected = switch (trino) {
            case "CALL" -> "CALL awsdatacatalog.system.athena(statement => %s, schema => 'db')".formatted(SqlText.string(athena));
            case "ROWS" -> "SELECT * FROM TABLE(awsdatacatalog.system.athena(statement => %s, schema => 'db'))".formatted(SqlText.string(athena));
            default -> trino;
        };
        for (DialectMode mode : new DialectMode[] {AUTO, ATHENA}) {
            Translation translation = AthenaDialect.translate(athena, session(mode));
            assertThat(translation.statement()).as("%s in %s", athena, mode).isEqualTo(expected);
            assertThat(translation.before()).isEmpty();
            new SqlParser().createStatement(translation.statement());
        }
        assertThat(AthenaDialect.translate(athena, session(TRINO))).isEqualTo(Translation.of(athena));
    }

    // both take them: Trino's in auto, Athena's in athena
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock =
            """
            SHOW TABLES | ROWS
            SHOW TABLES LIKE 'a%' | ROWS
            SHOW SCHEMAS | ROWS
            SHOW COLUMNS FROM t | ROWS
            SHOW CREATE TABLE t | ROWS
            SHOW CREATE VIEW v | ROWS
            DESCRIBE t | ROWS
            DROP TABLE t | DROP TABLE awsdatacatalog.db.t
            DROP VIEW v | DROP VIEW awsdatacatalog.db.v
            DROP SCHEMA d | DROP SCHEMA awsdatacatalog.d
            SELECT 0.5, -1_0., 1e0, DECIMAL '0.5', "0.5" FROM t WHERE a < .25 /* 7.5 */ | SELECT 0.5E0, -10.E0, 1e0, DECIMAL '0.5', "0.5" FROM t WHERE a < .25E0 /* 7.5 */
            INSERT INTO t SELECT sum(x * 1.1) FROM UNNEST(ARRAY[2.5]) AS u(x) | INSERT INTO t SELECT sum(x * 1.1E0) FROM UNNEST(transform(ARRAY[2.5E0], element -> ROW(element))) AS u(x)
            CREATE SCHEMA d | CREATE SCHEMA awsdatacatalog.d
            CREATE TABLE t (a int) | CALL
            ALTER TABLE ice DROP COLUMN a | ALTER TABLE iceberg.db.ice DROP COLUMN a
            ALTER TABLE ice RENAME TO other | ALTER TABLE iceberg.db.ice RENAME TO iceberg.db.other
            SELECT x FROM UNNEST(a) AS t(x) | SELECT x FROM UNNEST(transform(a, element -> ROW(element))) AS t(x)
            SELECT 1 FROM t CROSS JOIN UNNEST(a, b) WITH ORDINALITY AS u (x, y, n) | SELECT 1 FROM t CROSS JOIN UNNEST(transform(a, element -> ROW(element)), transform(b, element -> ROW(element))) WITH ORDINALITY AS u (x, y, n)
            SELECT 1 FROM UNNEST(ARRAY[(SELECT max(x) FROM UNNEST(a) AS t(x))]) AS u(y) | SELECT 1 FROM UNNEST(transform(ARRAY[(SELECT max(x) FROM UNNEST(transform(a, element -> ROW(element))) AS t(x))], element -> ROW(element))) AS u(y)
            CREATE TABLE c WITH (table_type = 'HIVE', format = 'ORC') AS SELECT 1 AS a | CREATE TABLE c WITH (format = 'ORC') AS SELECT 1 AS a
            CREATE TABLE c WITH (table_type = 'HIVE') AS SELECT 1 AS a | CREATE TABLE c  AS SELECT 1 AS a
            CREATE TABLE "d"."c" WITH (table_type = 'ICEBERG', is_external = false) AS SELECT 1 AS a | CREATE TABLE iceberg.d.c  AS SELECT 1 AS a
            CREATE TABLE c WITH (table_type = 'ICEBERG', is_external = false, location = 's3://b/c/', partitioning = ARRAY['bucket(4, a)', 'day(b)'], write_compression = 'zstd', vacuum_max_snapshot_age_seconds = 60) AS SELECT 1 AS a | CREATE TABLE iceberg.db.c WITH (location = 's3://b/c', partitioning = ARRAY['bucket(a, 4)', 'day(b)'], compression_codec = 'ZSTD', extra_properties = MAP(ARRAY['vacuum_max_snapshot_age_seconds'], ARRAY['60'])) AS SELECT 1 AS a
            """)
    public void testAmbiguous(String statement, String athena)
    {
        assertThat(AthenaDialect.translate(statement, session(AUTO))).isEqualTo(Translation.of(statement));
        String expected = switch (athena) {
            case "CALL" -> "CALL awsdatacatalog.system.athena(statement => %s, schema => 'db')".formatted(SqlText.string(statement));
            case "ROWS" -> "SELECT * FROM TABLE(awsdatacatalog.system.athena(statement => %s, schema => 'db'))".formatted(SqlText.string(statement));
            default -> athena;
        };
        String translated = AthenaDialect.translate(statement, session(ATHENA)).statement();
        assertThat(translated).isEqualTo(expected);
        // what was translated stays as it is
        assertThat(AthenaDialect.translate(translated, session(ATHENA)).statement()).isEqualTo(translated);
    }

    // Trino's own, and those of other catalogues
    @ParameterizedTest
    @ValueSource(strings = {
            "SET SESSION awsdatacatalog.dialect = 'auto'",
            "USE awsdatacatalog.db",
            "SHOW CATALOGS",
            "SHOW SESSION",
            "CALL system.runtime.kill_query('x')",
            "SELECT * FROM \"AwsDataCatalog\".\"db\".\"t\" /* kept */ -- too",
            "SELECT k, v FROM UNNEST(m) AS t(k, v)",
            "SELECT * FROM t FOR TIMESTAMP AS OF TIMESTAMP '2020-01-01 00:00:00 UTC'",
            "DELETE FROM ice WHERE a = 1",
            "MERGE INTO ice USING s ON ice.a = s.a WHEN MATCHED THEN DELETE",
            "DROP TABLE memory.default.t",
            "CREATE TABLE memory.default.t (a varchar)",
            "ALTER TABLE t ADD COLUMN a varchar",
            "INSERT INTO t VALUES 1",
            "EXECUTE p USING 1, 'a'",
            "EXPLAIN (TYPE DISTRIBUTED, FORMAT JSON) SELECT 1",
            "SELECT 'a' || \u001F 'b'",
    })
    public void testUntouched(String statement)
    {
        assertThat(AthenaDialect.translate(statement, session(AUTO))).isEqualTo(Translation.of(statement));
        assertThat(AthenaDialect.translate(statement, session(ATHENA)).statement()).isEqualTo(statement);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock =
            """
            AUTO | USING EXTERNAL FUNCTION f(x int) RETURNS int LAMBDA 'l' SELECT f(1) | line 1:1: USING EXTERNAL FUNCTION is not supported
            AUTO | SHOW LOCKS | line 1:1: SHOW LOCKS is not supported by Athena
            AUTO | ALTER TABLE t TOUCH | line 1:1: ALTER TABLE TOUCH is not supported by Athena
            AUTO | CREATE EXTERNAL TABLE i (a int) TBLPROPERTIES ('table_type'='ICEBERG') | line 1:1: External keyword not supported for table type ICEBERG
            AUTO | CREATE TABLE i (a tinyint) LOCATION 's3://b/i' TBLPROPERTIES ('table_type'='ICEBERG') | line 1:1: Iceberg tables have no type tinyint
            AUTO | ALTER TABLE t REPLACE COLUMNS (a int) CASCADE | line 1:1: ALTER TABLE ... COLUMNS ... CASCADE is not supported by Athena
            AUTO | ALTER TABLE t ADD PARTITION (d=2024-01-31) | line 1:32: ALTER TABLE ADD PARTITION: only numbers stand without quotes
            AUTO | MSCK REPAIR TABLE ice | line 1:1: MSCK REPAIR TABLE is not supported for the Iceberg table ice
            AUTO | SHOW PARTITIONS ice | line 1:1: SHOW PARTITIONS is not supported for the Iceberg table ice: query "ice$partitions"
            AUTO | UNLOAD (SELECT 1) INTO 's3://b/u' | line 1:19: UNLOAD: found 'INTO' where 'TO' is expected
            AUTO | UNLOAD (SELECT FROM t) TO 's3://b/u' | line 1:16: mismatched input 'FROM'
            AUTO | UNLOAD (SELECT 1) TO 's3://b/u' WITH (colour = 'red') | line 1:39: UNLOAD: found 'colour' where format,
            AUTO | UNLOAD (SELECT 1) TO | line 1:21: UNLOAD: the statement ends where the location
            AUTO | PREPARE p FROM UNLOAD (SELECT 1) INTO 's3://b/u' | line 1:34: UNLOAD: found 'INTO'
            AUTO | CREATE EXTERNAL TABLE t (a int) STORED LIKE PARQUET | line 1:40:
            ATHENA | WITH RECURSIVE t(n) AS (SELECT 1) SELECT n FROM t | line 1:6: Recursive queries
            ATHENA | SELECT * FROM "lambda:f".d.t | line 1:15: The catalog "lambda:f" is one of a Lambda function
            ATHENA | DELETE FROM t WHERE a = 1 | line 1:1: DELETE FROM is not supported by Athena for tables of Hive's kind
            ATHENA | START TRANSACTION | line 1:1: START TRANSACTION is not supported by Athena
            ATHENA | CREATE TABLE c WITH (table_type = 'ICEBERG', external_location = 's3://b') AS SELECT 1 AS a | line 1:46: external_location is for tables of Hive's kind
            """)
    public void testRefused(DialectMode mode, String statement, String message)
    {
        assertThatExceptionOfType(DialectException.class)
                .isThrownBy(() -> AthenaDialect.translate(statement, session(mode)))
                .withMessageStartingWith(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT FROM", "SELCT 1", "", "  ", "-- nothing", "CREATE MATERIALIZED", "GRANT x"})
    public void testTrinosOwnErrors(String statement)
    {
        assertThat(AthenaDialect.translate(statement, session(AUTO)).statement()).isEqualTo(statement);
    }

    @Test
    public void testSeveralStatements()
    {
        assertThat(AthenaDialect.translate("ALTER TABLE ice ADD COLUMNS (a int, b struct<c:float>)", session(AUTO)).statements()).containsExactly(
                "ALTER TABLE iceberg.db.ice ADD COLUMN a integer",
                "ALTER TABLE iceberg.db.ice ADD COLUMN b row(c real)");
        assertThat(AthenaDialect.translate("ALTER TABLE ice CHANGE COLUMN a b bigint COMMENT 'c'", session(AUTO)).statements()).containsExactly(
                "ALTER TABLE iceberg.db.ice RENAME COLUMN a TO b",
                "ALTER TABLE iceberg.db.ice ALTER COLUMN b SET DATA TYPE bigint",
                "COMMENT ON COLUMN iceberg.db.ice.b IS 'c'");
        assertThat(AthenaDialect.translate("VACUUM kept.ice", session(AUTO)).statements()).containsExactly(
                "ALTER TABLE iceberg.kept.ice EXECUTE expire_snapshots(retention_threshold => '60s', retain_last => 3)",
                "ALTER TABLE iceberg.kept.ice EXECUTE remove_orphan_files(retention_threshold => '86400s')");
        Translation unknown = AthenaDialect.translate("VACUUM ice", session(AUTO));
        assertThat(unknown.before()).containsExactly("ALTER TABLE iceberg.db.ice EXECUTE expire_snapshots(retention_threshold => '432000s', retain_last => 1)");
        assertThat(unknown.notes()).extracting(TranslationNote::text).containsExactly("Snapshots are kept for 432000 seconds, Athena's default, as the table's own vacuum_max_snapshot_age_seconds is not known");
    }

    @Test
    public void testIcebergTable()
    {
        assertThat(AthenaDialect.translate(
                """
                -- events
                CREATE TABLE IF NOT EXISTS `d`.`events` (
                  id bigint COMMENT "it's", name string, `order` struct<a:int, b:array<string>>, at timestamp, price decimal(10,2))
                PARTITIONED BY (day(at), bucket(16, id), name)
                LOCATION 's3://b/events/'
                TBLPROPERTIES ('table_type'='iceberg', 'format'='parquet', 'write_compression'='snappy', 'write_target_data_file_size_bytes'='536870912', 'optimize_rewrite_delete_file_threshold'='10');
                """,
                session(AUTO)).statement()).isEqualTo(
                """
                -- events
                CREATE TABLE IF NOT EXISTS iceberg.d.events (
                    id bigint COMMENT 'it''s',
                    name varchar,
                    "order" row(a integer, b array(varchar)),
                    at timestamp(6),
                    price decimal(10, 2))
                WITH (location = 's3://b/events', partitioning = ARRAY['day(at)', 'bucket(id, 16)', 'name'], format = 'PARQUET', compression_codec = 'SNAPPY', target_max_file_size = '536870912B', extra_properties = MAP(ARRAY['optimize_rewrite_delete_file_threshold'], ARRAY['10']))""");
    }

    @Test
    public void testNames()
    {
        DialectSession session = new DialectSession("lake", Optional.empty(), ATHENA, Optional.empty(), KINDS);
        assertThat(AthenaDialect.translate("SELECT a.b.c FROM \"AwsDataCatalog\".d.t", session).statement()).isEqualTo("SELECT a.b.c FROM lake.d.t");
        assertThat(AthenaDialect.translate("MSCK REPAIR TABLE d.t", session).statement()).isEqualTo("CALL lake.system.athena(statement => 'MSCK REPAIR TABLE d.t')");
        assertThatExceptionOfType(DialectException.class)
                .isThrownBy(() -> AthenaDialect.translate("DROP TABLE t", session))
                .withMessage("line 1:1: The table t has no database: write database.table, or choose a database for the session");
        assertThatExceptionOfType(DialectException.class)
                .isThrownBy(() -> AthenaDialect.translate("VACUUM d.t", session))
                .withMessageContaining("There is no catalog of Iceberg tables beside lake");
        assertThatExceptionOfType(DialectException.class)
                .isThrownBy(() -> AthenaDialect.translate("MSCK REPAIR TABLE other.d.t", session))
                .withMessageContaining("The catalog other is not one of Athena's tables");
    }

    @Test
    public void testComments()
    {
        assertThat(AthenaDialect.translate("/* a */ -- b\nMSCK REPAIR TABLE t ; ", session(AUTO)).statement())
                .isEqualTo("/* a */ -- b\nCALL awsdatacatalog.system.athena(statement => 'MSCK REPAIR TABLE t', schema => 'db')");
        assertThat(AthenaDialect.translate("SELECT /* 1 */ x\n-- 2\nFROM UNNEST( a /* 3 */ ) AS t(x) -- 4", session(ATHENA)).statement())
                .isEqualTo("SELECT /* 1 */ x\n-- 2\nFROM UNNEST( transform(a, element -> ROW(element)) /* 3 */ ) AS t(x) -- 4");
    }

    @Test
    public void testLimits()
    {
        String elements = "1, ".repeat(254) + "1";
        assertThat(AthenaDialect.translate("SELECT ARRAY[" + elements + "]", session(ATHENA)).notes()).extracting(TranslationNote::text)
                .containsExactly("Athena takes at most 254 elements in an array constructor; in line 1 there are 255");
        assertThat(AthenaDialect.translate("SELECT '" + "x".repeat(262_144) + "'", session(AUTO)).notes()).extracting(TranslationNote::kind)
                .containsExactly(TranslationNote.Kind.LIMIT);
        assertThat(AthenaDialect.translate("SELECT * FROM UNNEST(a)", session(ATHENA)).notes()).extracting(TranslationNote::kind)
                .containsExactly(TranslationNote.Kind.MEANING);
    }

    @Test
    public void testWrittenPartitions()
    {
        for (String statement : new String[] {
                "CREATE TABLE c WITH (partitioned_by = ARRAY['p']) AS SELECT 1 AS a, 2 AS p",
                "CREATE TABLE c WITH (table_type = 'HIVE', bucketed_by = ARRAY['a'], bucket_count = 2) AS SELECT 1 AS a",
                "CREATE TABLE c WITH (table_type = 'ICEBERG', location = 's3://b/c/', partitioning = ARRAY['a']) AS SELECT 1 AS a",
                "UNLOAD (SELECT 1 AS a, 2 AS p) TO 's3://b/u/' WITH (format = 'ORC', partitioned_by = ARRAY['p'])",
        }) {
            assertThat(AthenaDialect.translate(statement, session(ATHENA)).notes()).as(statement)
                    .containsExactly(TranslationNote.limit("Athena writes at most 100 partitions and buckets with one statement; INSERT INTO adds others"));
        }
        assertThat(AthenaDialect.translate("CREATE TABLE c WITH (format = 'ORC') AS SELECT 1 AS a", session(ATHENA)).notes()).isEmpty();
        assertThat(AthenaDialect.translate("UNLOAD (SELECT 1 AS a) TO 's3://b/u/'", session(ATHENA)).notes()).isEmpty();
        assertThat(TrinoToAthena.translate("CREATE TABLE c WITH (external_location = 's3://b/c/', partitioned_by = ARRAY['p']) AS SELECT 1 AS a, 2 AS p", session(ATHENA)).notes())
                .extracting(TranslationNote::kind).containsExactly(TranslationNote.Kind.LIMIT);
    }

    /**
     * What is left out or written anew with a property is not read again.
     */
    @Test
    public void testValuesWithinReplacedProperties()
    {
        assertThat(AthenaDialect.translate("CREATE TABLE c WITH (table_type = 'HIVE', a = 1.5, b = awsdatacatalog.d.f(2.5)) AS SELECT 3.5 AS a", session(ATHENA)).statement())
                .isEqualTo("CREATE TABLE c WITH (a = 1.5, b = awsdatacatalog.d.f(2.5)) AS SELECT 3.5E0 AS a");
        assertThat(AthenaDialect.translate("CREATE TABLE AwsDataCatalog.d.c WITH (table_type = 'ICEBERG', location = 's3://b/c', format_version = 2.0) AS SELECT 3.5 AS a", new DialectSession("lake", Optional.of("db"), ATHENA, Optional.of("iceberg"), KINDS)).statement())
                .isEqualTo("CREATE TABLE iceberg.d.c WITH (location = 's3://b/c', format_version = 2.0) AS SELECT 3.5E0 AS a");
    }

    private static DialectSession session(DialectMode mode)
    {
        return new DialectSession("awsdatacatalog", Optional.of("db"), mode, Optional.of("iceberg"), KINDS);
    }
}
