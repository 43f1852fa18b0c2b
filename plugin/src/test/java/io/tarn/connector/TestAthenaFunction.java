package io.tarn.connector;

import io.trino.Session;
import io.trino.testing.TestingAccessControlManager.TestingPrivilegeType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.tarn.connector.TarnQueryRunner.columns;
import static io.trino.testing.TestingAccessControlManager.TestingPrivilegeType.ADD_COLUMN;
import static io.trino.testing.TestingAccessControlManager.TestingPrivilegeType.ALTER_COLUMN;
import static io.trino.testing.TestingAccessControlManager.TestingPrivilegeType.CREATE_SCHEMA;
import static io.trino.testing.TestingAccessControlManager.TestingPrivilegeType.CREATE_TABLE;
import static io.trino.testing.TestingAccessControlManager.TestingPrivilegeType.DELETE_TABLE;
import static io.trino.testing.TestingAccessControlManager.TestingPrivilegeType.DROP_SCHEMA;
import static io.trino.testing.TestingAccessControlManager.TestingPrivilegeType.DROP_TABLE;
import static io.trino.testing.TestingAccessControlManager.TestingPrivilegeType.DROP_VIEW;
import static io.trino.testing.TestingAccessControlManager.TestingPrivilegeType.INSERT_TABLE;
import static io.trino.testing.TestingAccessControlManager.TestingPrivilegeType.RENAME_TABLE;
import static io.trino.testing.TestingAccessControlManager.TestingPrivilegeType.SELECT_COLUMN;
import static io.trino.testing.TestingAccessControlManager.TestingPrivilegeType.SET_TABLE_PROPERTIES;
import static io.trino.testing.TestingAccessControlManager.TestingPrivilegeType.SHOW_COLUMNS;
import static io.trino.testing.TestingAccessControlManager.TestingPrivilegeType.SHOW_CREATE_TABLE;
import static io.trino.testing.TestingAccessControlManager.privilege;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

@TestInstance(PER_CLASS)
// what is denied is denied to all
@Execution(ExecutionMode.SAME_THREAD)
class TestAthenaFunction
{
    private static final String CREATE = "CREATE EXTERNAL TABLE %s (a bigint, b string) PARTITIONED BY (p string) ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe' LOCATION 's3://lake/%1$s/'";

    private TarnQueryRunner runner;

    @BeforeAll
    void start(@TempDir Path folder)
            throws Exception
    {
        runner = new TarnQueryRunner(folder);
    }

    @AfterAll
    void stop()
    {
        runner.close();
    }

    @Test
    void executesOnceAndOnlyWhenTheQueryRuns()
    {
        String create = function(CREATE.formatted("once"));
        execute("EXPLAIN SELECT * FROM " + create);
        execute("EXPLAIN (TYPE VALIDATE) SELECT * FROM " + create);
        execute("DESCRIBE OUTPUT prepared", "SELECT * FROM " + create);
        assertThat(rows("SHOW TABLES 'once'")).isEmpty();

        runner.metastore().reset();
        assertThat(text("WITH created AS (SELECT * FROM %s) SELECT * FROM created UNION ALL SELECT * FROM created".formatted(create))).isEqualTo("[[Query successful.], [Query successful.]]");
        assertThat(runner.metastore().calls("createTable")).isEqualTo(1);
        assertThat(rows("SHOW TABLES 'once'")).containsExactly("[once]");
        assertThatThrownBy(() -> rows(CREATE.formatted("once"))).hasMessageContaining("already exists");
        execute("CALL system.athena(statement => 'DROP TABLE once', schema => 'tests')");
        assertThat(rows("SHOW TABLES 'once'")).isEmpty();
    }

    @Test
    void whatIsExecutedIsSeenAtOnce()
            throws Exception
    {
        rows(CREATE.formatted("seen"));
        runner.put("seen/p=x/one.json", "{\"a\": 1}\n");
        runner.put("seen/p=y/one.json", "{\"a\": 2}\n");
        runner.put("seen/p=12:30/one.json", "{\"a\": 3}\n");
        assertThat(rows("MSCK REPAIR TABLE seen")).containsExactly(
                "[Partitions not in metastore:\tseen:p=x\tseen:p=y]",
                "[Repair: Added partition to metastore seen:p=x]",
                "[Repair: Added partition to metastore seen:p=y]");
        assertThat(rows("MSCK REPAIR TABLE seen")).isEmpty();
        assertThat(text("SELECT a FROM seen ORDER BY a")).isEqualTo("[[1], [2]]");
        rows("ALTER TABLE seen DROP PARTITION (p > 'x')");
        assertThat(text("SELECT a FROM seen")).isEqualTo("[[1]]");
        rows("ALTER TABLE seen ADD COLUMNS (c double)");
        assertThat(rows("DESCRIBE seen")).containsExactly(
                "[a                   , bigint              ,                     ]",
                "[b                   , string              ,                     ]",
                "[c                   , double              ,                     ]",
                "[p                   , string              ,                     ]",
                "[,  ,  ]",
                "[# Partition Information,  ,  ]",
                "[# col_name          , data_type           , comment             ]",
                "[,  ,  ]",
                "[p                   , string              ,                     ]");
    }

    @Test
    void columnsThatShowOthersAreTold()
            throws Exception
    {
        rows("CREATE EXTERNAL TABLE moved (a int, b int, c int) PARTITIONED BY (p string) STORED AS ORC LOCATION 's3://lake/moved/'");
        runner.put("moved/p=x/_none", "");
        rows("ALTER TABLE moved ADD PARTITION (p='x')");
        assertThat(rows("ALTER TABLE moved REPLACE COLUMNS (a bigint, b bigint)")).containsExactly("[Query successful.]");
        assertThat(rows("ALTER TABLE moved REPLACE COLUMNS (a bigint, b bigint, c int, d int)")).containsExactly("[Query successful.]");
        assertThat(rows("ALTER TABLE moved REPLACE COLUMNS (a bigint, c int, d int)")).containsExactly(
                "[Query successful.]",
                "[Columns are found in ORC files by their position, so in tests.moved 'c' shows what 'b' did, 'd' shows what 'c' did. Where all files name their columns as the table does, ALTER TABLE tests.moved SET TBLPROPERTIES ('orc.column.index.access'='false') has them found by name]");
        // the partition still has the columns that it was added with
        assertThat(rows("ALTER TABLE moved PARTITION (p='x') REPLACE COLUMNS (a int, b int)")).containsExactly("[Query successful.]");
        assertThat(rows("ALTER TABLE moved PARTITION (p='x') REPLACE COLUMNS (b int)")).hasSize(2).last().asString().contains("so in tests.moved 'b' shows what 'a' did. Where");
        assertThat(text("SELECT column_name FROM information_schema.columns WHERE table_schema = 'tests' AND table_name = 'moved' ORDER BY ordinal_position")).isEqualTo("[[a], [c], [d], [p]]");
        rows("ALTER TABLE moved SET TBLPROPERTIES ('orc.column.index.access'='false')");
        assertThat(rows("ALTER TABLE moved REPLACE COLUMNS (d int)")).containsExactly("[Query successful.]");

        rows("CREATE EXTERNAL TABLE moved_text (a int, b int) ROW FORMAT DELIMITED FIELDS TERMINATED BY ',' LOCATION 's3://lake/moved_text/'");
        assertThat(rows("ALTER TABLE moved_text REPLACE COLUMNS (b int, a int)")).containsExactly(
                "[Query successful.]",
                "[Columns are found in TEXTFILE files by their position, so in tests.moved_text 'b' shows what 'a' did, 'a' shows what 'b' did.]");
        rows("CREATE EXTERNAL TABLE moved_parquet (a int, b int) STORED AS PARQUET LOCATION 's3://lake/moved_parquet/'");
        assertThat(rows("ALTER TABLE moved_parquet REPLACE COLUMNS (b int)")).containsExactly("[Query successful.]");

        rows("CREATE EXTERNAL TABLE moved_many (%s) STORED AS ORC LOCATION 's3://lake/moved_many/'".formatted(integers(0, 13)));
        assertThat(rows("ALTER TABLE moved_many REPLACE COLUMNS (%s)".formatted(integers(1, 13)))).last().asString()
                .contains("'c10' shows what 'c9' did, and 2 more. Where");
    }

    private static String integers(int from, int to)
    {
        return IntStream.range(from, to).mapToObj(i -> "c%s int".formatted(i)).collect(joining(", "));
    }

    @Test
    void aLongAnswerTravelsInParts()
    {
        runner.createJsonTable("wide", columns(IntStream.range(0, 25_000).mapToObj("c%s string"::formatted).toArray(String[]::new)), List.of(), Map.of());
        assertThat(text("SELECT count(*), count(DISTINCT field) FROM " + function("SHOW COLUMNS IN wide"))).isEqualTo("[[25000, 25000]]");
    }

    @Test
    void whatIsNotExecutedIsRefusedByName()
    {
        assertThatThrownBy(() -> rows("SELECT 1")).hasMessageContaining("SELECT is a query");
        assertThatThrownBy(() -> rows("LOCK TABLE t")).hasMessageContaining("LOCK TABLE is not supported by Athena");
        assertThatThrownBy(() -> rows("CREATE EXTERNAL TABEL t")).hasMessageContaining("line 1:17");
        assertThatThrownBy(() -> rows("DROP TABLE nowhere.tests.t")).hasMessageContaining("is of the catalog 'nowhere'");
        assertThatThrownBy(() -> rows("DROP TABLE none")).hasMessageContaining("Table 'tests.none' not found");
        assertThatThrownBy(() -> execute("CALL system.athena('SHOW TABLES', 'tests')")).hasMessageContaining("SELECT * FROM TABLE(system.athena");
        assertThatThrownBy(() -> execute("CALL system.athena(NULL)")).hasMessageContaining("cannot be null");
        assertThatThrownBy(() -> rows("CREATE TABLE t (a int) LOCATION 's3://lake/t/'")).hasMessageContaining("use CREATE EXTERNAL TABLE");
        assertThatThrownBy(() -> rows("CREATE EXTERNAL TABLE t (a int) LOCATION 's3://lake/t/' TBLPROPERTIES ('table_type'='ICEBERG')")).hasMessageContaining("External keyword not supported for table type ICEBERG");
        assertThatThrownBy(() -> rows("CREATE TABLE t (a int) LOCATION 's3://lake/t/' TBLPROPERTIES ('table_type'='ICEBERG')")).hasMessageContaining("in a catalog of the iceberg connector");
        assertThatThrownBy(() -> rows("CREATE EXTERNAL TABLE t (a int)")).hasMessageContaining("No location was specified");
        assertThatThrownBy(() -> rows("CREATE EXTERNAL TABLE t (a int) LOCATION 'file:///t/'")).hasMessageContaining("must begin with s3://");
        assertThatThrownBy(() -> rows("CREATE EXTERNAL TABLE t (a int, A string) LOCATION 's3://lake/t/'")).hasMessageContaining("has the column 'a' twice");
        assertThatThrownBy(() -> rows("CREATE EXTERNAL TABLE `t-u` (a int) LOCATION 's3://lake/t/'")).hasMessageContaining("is no name for a table");
        assertThatThrownBy(() -> rows("CREATE EXTERNAL TABLE t (a int) STORED AS CSV LOCATION 's3://lake/t/'")).hasMessageContaining("STORED AS CSV is none of Athena's formats");
        assertThatThrownBy(() -> rows("CREATE EXTERNAL TABLE t (a int) LOCATION 's3://lake/t/' TBLPROPERTIES ('tarn.writes.log'='x')")).hasMessageContaining("tarn.writes.log");
    }

    @Test
    void anAvroTableWithoutColumnsHasThoseOfItsSchema()
    {
        String schema =
                """
                {"type": "record", "name": "Visit", "fields": [
                  {"name": "Id", "type": "long", "doc": "of the visit"},
                  {"name": "day", "type": {"type": "int", "logicalType": "date"}},
                  {"name": "at", "type": ["null", {"type": "long", "logicalType": "timestamp-millis"}], "default": null},
                  {"name": "price", "type": [{"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}, "null"]},
                  {"name": "code", "type": {"type": "string", "logicalType": "varchar", "maxLength": 7}},
                  {"name": "kind", "type": {"type": "enum", "name": "Kind", "symbols": ["A", "B"]}},
                  {"name": "digest", "type": {"type": "fixed", "name": "Digest", "size": 4}},
                  {"name": "tags", "type": {"type": "array", "items": ["null", "string"]}},
                  {"name": "rates", "type": {"type": "map", "values": "float"}},
                  {"name": "place", "type": {"type": "record", "name": "Place", "fields": [{"name": "lat", "type": "double"}, {"name": "ok", "type": "boolean"}, {"name": "n", "type": "int"}]}}]}
                """;
        String[] columns = {
                "id bigint of the visit",
                "day date",
                "at timestamp",
                "price decimal(9,2)",
                "code varchar(7)",
                "kind string",
                "digest binary",
                "tags array<string>",
                "rates map<string,float>",
                "place struct<lat:double,ok:boolean,n:int>",
        };
        rows("CREATE EXTERNAL TABLE avro_serde PARTITIONED BY (p string) ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.avro.AvroSerDe' WITH SERDEPROPERTIES ('avro.schema.literal'='%s') STORED AS AVRO LOCATION 's3://lake/avro_serde/'".formatted(schema));
        assertThat(described("avro_serde")).startsWith(columns).hasSizeGreaterThan(columns.length);
        rows("CREATE EXTERNAL TABLE avro_named STORED AS AVRO LOCATION 's3://lake/avro_named/' TBLPROPERTIES ('avro.schema.literal'='%s')".formatted(schema));
        assertThat(described("avro_named")).containsExactly(columns);
        // columns that are listed are the table's
        rows("CREATE EXTERNAL TABLE avro_listed (id bigint) STORED AS AVRO LOCATION 's3://lake/avro_listed/' TBLPROPERTIES ('avro.schema.literal'='%s')".formatted(schema));
        assertThat(described("avro_listed")).containsExactly("id bigint");

        assertAvroRefused("{\"type\": \"strin", "is no schema of Avro's");
        assertAvroRefused("\"string\"", "is of the type string");
        assertAvroRefused(record("[\"int\", \"string\"]"), "has a field 'a' that is one of 2 types");
        assertAvroRefused(record("\"null\""), "has a field 'a' of the type null");
        assertAvroRefused(record("[\"null\", \"R\"]"), "has a record 'R' that contains itself, which no table can hold");
        assertAvroRefused(record("{\"type\": \"array\", \"items\": ".repeat(5_000) + "\"int\"" + "}".repeat(5_000)), "");
        assertThatThrownBy(() -> rows("CREATE EXTERNAL TABLE avro_not STORED AS AVRO LOCATION 's3://lake/t/' TBLPROPERTIES ('avro.schema.literal'='none')")).hasMessageContaining("has no columns");
        assertThatThrownBy(() -> rows("CREATE EXTERNAL TABLE avro_not STORED AS ORC LOCATION 's3://lake/t/' TBLPROPERTIES ('avro.schema.literal'='%s')".formatted(schema))).hasMessageContaining("has no columns");
    }

    private static String record(String type)
    {
        return "{\"type\": \"record\", \"name\": \"R\", \"fields\": [{\"name\": \"a\", \"type\": %s}]}".formatted(type);
    }

    private void assertAvroRefused(String schema, String problem)
    {
        assertThatThrownBy(() -> rows("CREATE EXTERNAL TABLE avro_not STORED AS AVRO LOCATION 's3://lake/t/' TBLPROPERTIES ('avro.schema.literal'='%s')".formatted(schema)))
                .hasMessageContaining("avro.schema.literal")
                .hasMessageContaining(problem);
    }

    private List<String> described(String table)
    {
        return rows("DESCRIBE " + table).stream()
                .map(row -> row.replaceAll("[\\[\\]]", "").replaceAll("\\s*, ", " ").strip())
                .toList();
    }

    /**
     * Which properties a reader knows is asked when it reads.
     */
    @Test
    void propertiesAreNotJudgedWhenATableIsDeclared()
    {
        rows("CREATE EXTERNAL TABLE projected (a int) PARTITIONED BY (d string, n int) STORED AS PARQUETFILE LOCATION 's3://lake/projected/' TBLPROPERTIES ('projection.enabled'='TRUE', 'projection.d.type'='Date', 'projection.d.range'='NOW-3YEARS , NOW', 'projection.d.interval'='once', 'projection.gone.type'='enum', 'projection.n.digits'=x, 'storage.location.template'='s3://lake/<place>/${d}')");
        assertThat(rows("SHOW TBLPROPERTIES projected('projection.d.interval')")).containsExactly("[once]");
        rows("DROP TABLE projected PURGE");
        assertThat(rows("SHOW TABLES 'projected'")).isEmpty();
    }

    @Test
    void aLocationMayBeInNoBucket()
            throws Exception
    {
        for (String location : new String[] {"s3://no-such-bucket/logs", "s3://<bucket>/logs/{region}", "s3://$BUCKET/logs", "s3://NO_BUCKET/logs/<year>"}) {
            rows("CREATE EXTERNAL TABLE nowhere (a int) PARTITIONED BY (p int) LOCATION '%s'".formatted(location));
            rows("DROP TABLE nowhere");
        }
        runner.put("objects/one.json", "{}");
        assertThatThrownBy(() -> rows("CREATE EXTERNAL TABLE nowhere (a int) LOCATION 's3://lake/objects/one.json'")).hasMessageContaining("it is an object; name the folder that it lies in");
    }

    /**
     * Created with Trino's statement, shown in Athena's, and that executed: the same table, which Athena's statement
     * shows the same again.
     */
    @Test
    void aTableOfTrinosIsDeclaredInAthenasLanguage()
    {
        assertDeclared("txt", "a integer COMMENT 'it''s', b row(x bigint, y array(varchar)), d decimal(10, 2), v varchar(7), c char(3), p date", "format = 'TEXTFILE', partitioned_by = ARRAY['p'], textfile_field_separator = '|', skip_header_line_count = 1, null_format = '\\N'");
        assertDeclared("csv", "a varchar, b varchar", "format = 'CSV', csv_separator = ';', csv_quote = '\"', csv_escape = '\\'");
        assertDeclared("parquet", "a bigint, m map(varchar, timestamp(3)), bin varbinary", "format = 'PARQUET', write_compression = 'ZSTD', bucketed_by = ARRAY['a'], bucket_count = 4, sorted_by = ARRAY['a DESC']");
        assertDeclared("json", "a real, b double, c boolean, t tinyint, s smallint", "format = 'JSON', extra_properties = MAP(ARRAY['projection.enabled', 'quo''te'], ARRAY['true', 'back\\slash and \"quotes\"'])");
        assertDeclared("regex", "a varchar", "format = 'REGEX', regex = '([^ ]*) \\[(.*)\\]'");
    }

    private void assertDeclared(String format, String columns, String properties)
    {
        String original = "by_trino_" + format;
        execute("CREATE TABLE %s (%s) COMMENT 'a comment; with a semicolon' WITH (external_location = 's3://lake/%1$s', %s)".formatted(original, columns, properties));
        List<String> shown = statement(original);
        execute("DROP TABLE " + original);
        // nothing of the first is left but the text
        rows(String.join("\n", shown));
        assertThat(statement(original)).isEqualTo(shown);
        String trinos = text("SHOW CREATE TABLE " + original);
        execute("DROP TABLE " + original);
        execute("CREATE TABLE %s (%s) COMMENT 'a comment; with a semicolon' WITH (external_location = 's3://lake/%1$s', %s)".formatted(original, columns, properties));
        assertThat(text("SHOW CREATE TABLE " + original)).isEqualTo(trinos);
    }

    private List<String> statement(String table)
    {
        return runner.queryRunner().execute("SELECT * FROM " + function("SHOW CREATE TABLE " + table)).getMaterializedRows().stream()
                .map(row -> (String) row.getField(0))
                .toList();
    }

    @Test
    void eachStatementTakesTheRightsOfTrinosOwn()
            throws Exception
    {
        rows(CREATE.formatted("guarded"));
        // the metastore of the tests registers no partition without a folder
        runner.put("guarded/p=x/_marker", "");
        rows("ALTER TABLE guarded ADD PARTITION (p = 'x')");
        execute("CREATE VIEW guarded_view AS SELECT 1 a");
        assertDenied("CREATE DATABASE other", "other", CREATE_SCHEMA);
        assertDenied("ALTER DATABASE tests SET DBPROPERTIES ('a'='b')", "tests", DROP_SCHEMA);
        assertDenied("DROP DATABASE tests CASCADE", "tests", DROP_SCHEMA);
        assertDenied(CREATE.formatted("guarded"), "guarded", CREATE_TABLE);
        assertDenied("DROP TABLE guarded", "guarded", DROP_TABLE);
        assertDenied("DROP VIEW guarded_view", "guarded_view", DROP_VIEW);
        assertDenied("ALTER TABLE guarded RENAME TO other", "guarded", RENAME_TABLE);
        assertDenied("ALTER TABLE guarded ADD COLUMNS (c int)", "guarded", ADD_COLUMN);
        assertDenied("ALTER TABLE guarded REPLACE COLUMNS (c int)", "guarded", ALTER_COLUMN);
        assertDenied("ALTER TABLE guarded SET LOCATION 's3://lake/other/'", "guarded", SET_TABLE_PROPERTIES);
        assertDenied("ALTER TABLE guarded PARTITION (p = 'x') SET LOCATION 's3://lake/other/'", "guarded", SET_TABLE_PROPERTIES);
        assertDenied("ALTER TABLE guarded SET TBLPROPERTIES ('a'='b')", "guarded", SET_TABLE_PROPERTIES);
        assertDenied("ALTER TABLE guarded ADD PARTITION (p = 'y')", "guarded", INSERT_TABLE);
        assertDenied("ALTER TABLE guarded ADD PARTITION (p = 'y') LOCATION 's3://lake/other/'", "guarded", SET_TABLE_PROPERTIES);
        assertDenied("ALTER TABLE guarded DROP PARTITION (p = 'x')", "guarded", DELETE_TABLE);
        assertDenied("ALTER TABLE guarded PARTITION (p = 'x') RENAME TO PARTITION (p = 'y')", "guarded", DELETE_TABLE);
        assertDenied("MSCK REPAIR TABLE guarded", "guarded", INSERT_TABLE);
        assertDenied("SHOW COLUMNS IN guarded", "guarded", SHOW_COLUMNS);
        assertDenied("SHOW PARTITIONS guarded", "guarded.p", SELECT_COLUMN);
        assertDenied("DESCRIBE guarded PARTITION (p = 'x')", "guarded.p", SELECT_COLUMN);
        assertDenied("SHOW CREATE TABLE guarded", "guarded", SHOW_CREATE_TABLE);
        assertDenied("SHOW CREATE VIEW guarded_view", "guarded_view", SHOW_CREATE_TABLE);
        assertDenied("DESCRIBE guarded", "guarded", SHOW_COLUMNS);
        assertDenied("DESCRIBE VIEW guarded_view", "guarded_view", SHOW_COLUMNS);
        assertThat(rows("SHOW PARTITIONS guarded")).containsExactly("[p=x]");
        assertThat(rows("SHOW TBLPROPERTIES guarded('EXTERNAL')")).containsExactly("[TRUE]");

        // what the predicate holds for is shown
        runner.queryRunner().getAccessControl().denyTables(table -> table.getTableName().startsWith("guarded"));
        try {
            assertThat(rows("SHOW TABLES")).containsExactly("[guarded]", "[guarded_view]");
            assertThat(rows("SHOW VIEWS LIKE '*'")).containsExactly("[guarded_view]");
        }
        finally {
            runner.queryRunner().getAccessControl().reset();
        }
    }

    private void assertDenied(String statement, String entity, TestingPrivilegeType type)
    {
        runner.queryRunner().getAccessControl().deny(privilege(entity, type));
        try {
            assertThatThrownBy(() -> rows(statement)).as(statement).hasMessageContaining("Access Denied");
            if (!statement.startsWith("S") && !statement.startsWith("DESCRIBE")) {
                assertThatThrownBy(() -> execute("CALL system.athena('%s', 'tests')".formatted(statement.replace("'", "''")))).as(statement).hasMessageContaining("Access Denied");
            }
            // by its analysis, before anything is done
            assertThatThrownBy(() -> execute("EXPLAIN SELECT * FROM " + function(statement))).as(statement).hasMessageContaining("Access Denied");
        }
        finally {
            runner.queryRunner().getAccessControl().reset();
        }
    }

    private static String function(String statement)
    {
        return "TABLE(system.athena(statement => '%s', schema => 'tests'))".formatted(statement.replace("'", "''"));
    }

    private List<String> rows(String statement)
    {
        return runner.queryRunner().execute("SELECT * FROM " + function(statement)).getMaterializedRows().stream()
                .map(row -> row.getFields().toString())
                .collect(toImmutableList());
    }

    private void execute(String sql)
    {
        runner.queryRunner().execute(sql);
    }

    private void execute(String sql, String prepared)
    {
        runner.queryRunner().execute(Session.builder(runner.queryRunner().getDefaultSession()).addPreparedStatement("prepared", prepared).build(), sql);
    }

    private String text(String sql)
    {
        return runner.queryRunner().execute(sql).getMaterializedRows().stream()
                .map(row -> row.getFields().toString())
                .toList()
                .toString();
    }
}
