package io.tarn.athena.grammar;

import io.tarn.athena.print.AthenaPrinter;
import io.tarn.athena.statement.AddColumns;
import io.tarn.athena.statement.AddPartitions;
import io.tarn.athena.statement.AlterDatabaseProperties;
import io.tarn.athena.statement.AthenaStatement;
import io.tarn.athena.statement.ChangeColumn;
import io.tarn.athena.statement.ColumnDefinition;
import io.tarn.athena.statement.ColumnPosition;
import io.tarn.athena.statement.CreateDatabase;
import io.tarn.athena.statement.CreateTable;
import io.tarn.athena.statement.DataType;
import io.tarn.athena.statement.DataType.Primitive;
import io.tarn.athena.statement.DatabaseName;
import io.tarn.athena.statement.DescribeTable;
import io.tarn.athena.statement.DescribeTable.Detail;
import io.tarn.athena.statement.DescribeView;
import io.tarn.athena.statement.DropColumn;
import io.tarn.athena.statement.DropDatabase;
import io.tarn.athena.statement.DropPartitions;
import io.tarn.athena.statement.DropTable;
import io.tarn.athena.statement.DropView;
import io.tarn.athena.statement.OptimizeTable;
import io.tarn.athena.statement.PartitionCondition;
import io.tarn.athena.statement.PartitionCondition.Operator;
import io.tarn.athena.statement.PartitionLocation;
import io.tarn.athena.statement.PartitionValue;
import io.tarn.athena.statement.QueryStatement;
import io.tarn.athena.statement.RefusedStatement;
import io.tarn.athena.statement.RenamePartition;
import io.tarn.athena.statement.RenameTable;
import io.tarn.athena.statement.RepairTable;
import io.tarn.athena.statement.ReplaceColumns;
import io.tarn.athena.statement.SetLocation;
import io.tarn.athena.statement.SetTableProperties;
import io.tarn.athena.statement.ShowColumns;
import io.tarn.athena.statement.ShowCreateTable;
import io.tarn.athena.statement.ShowCreateView;
import io.tarn.athena.statement.ShowDatabases;
import io.tarn.athena.statement.ShowPartitions;
import io.tarn.athena.statement.ShowTableProperties;
import io.tarn.athena.statement.ShowTables;
import io.tarn.athena.statement.ShowViews;
import io.tarn.athena.statement.TableName;
import io.tarn.athena.statement.UnsetTableProperties;
import io.tarn.athena.statement.VacuumTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class TestAthenaParser
{
    private static final TableName TABLE = TableName.of("t");
    private static final TableName QUALIFIED = TableName.of("db", "t");
    private static final List<PartitionValue> PARTITION = List.of(new PartitionValue("dt", "2024-01-01"), new PartitionValue("hour", "05"));

    private record Example(String text, AthenaStatement statement) {}

    static Stream<Example> examples()
    {
        return Stream.of(
                new Example("CREATE DATABASE db", new CreateDatabase(DatabaseName.of("db"), false, Optional.empty(), Optional.empty(), Map.of())),
                new Example(
                        "create schema if not exists Cat.DB with dbproperties ('a'='b', c.d=5) location \"s3://a/\" comment 'x'",
                        new CreateDatabase(new DatabaseName(Optional.of("cat"), "db"), true, Optional.of("x"), Optional.of("s3://a/"), Map.of("a", "b", "c.d", "5"))),
                new Example("ALTER SCHEMA db SET DBPROPERTIES ('a'='b')", new AlterDatabaseProperties(DatabaseName.of("db"), Map.of("a", "b"))),
                new Example("DROP DATABASE db", new DropDatabase(DatabaseName.of("db"), false, false)),
                new Example("DROP SCHEMA IF EXISTS `cat.db` CASCADE", new DropDatabase(new DatabaseName(Optional.of("cat"), "db"), true, true)),
                new Example("DROP DATABASE db RESTRICT;", new DropDatabase(DatabaseName.of("db"), false, false)),
                new Example("DROP TABLE IF EXISTS `db.t`", new DropTable(QUALIFIED, true, false)),
                new Example("DROP TABLE \"db\".\"T\"", new DropTable(QUALIFIED, false, false)),
                new Example("drop table if exists db.t purge", new DropTable(QUALIFIED, true, true)),
                new Example("DROP TABLE purge", new DropTable(TableName.of("purge"), false, false)),
                new Example("DROP TABLE IF EXISTS Lake-01.page-views-2024", new DropTable(TableName.of("lake-01", "page-views-2024"), true, false)),
                new Example("DROP TABLE old-table PURGE", new DropTable(TableName.of("old-table"), false, true)),
                new Example("DROP TABLE AwsDataCatalog.db.t", new DropTable(new TableName(Optional.of(new DatabaseName(Optional.of("awsdatacatalog"), "db")), "t"), false, false)),
                new Example("DROP VIEW IF EXISTS db.t", new DropView(QUALIFIED, true)),
                new Example("MSCK REPAIR TABLE t", new RepairTable(TABLE)),
                new Example("VACUUM db.t", new VacuumTable(QUALIFIED)),
                new Example("OPTIMIZE t REWRITE DATA USING BIN_PACK", new OptimizeTable(TABLE, Optional.empty())),
                new Example(
                        "OPTIMIZE \"db\".t REWRITE DATA USING BIN_PACK WHERE a = '\\' AND b > 1 -- why\n;",
                        new OptimizeTable(QUALIFIED, Optional.of("a = '\\' AND b > 1"))),

                new Example("ALTER TABLE t RENAME TO db.u", new RenameTable(TABLE, TableName.of("db", "u"))),
                new Example("ALTER TABLE t ADD COLUMNS (a int COMMENT 'c', `B` string)", new AddColumns(TABLE, List.of(), List.of(column("a", "int", "c"), column("b", "string")))),
                new Example("ALTER TABLE t PARTITION (dt='2024-01-01', hour=05) ADD COLUMNS (a int)", new AddColumns(TABLE, PARTITION, List.of(column("a", "int")))),
                new Example("ALTER TABLE t ADD COLUMNS (a int) RESTRICT", new AddColumns(TABLE, List.of(), List.of(column("a", "int")))),
                new Example("ALTER TABLE t PARTITION (dt='2024-01-01', hour=05) REPLACE COLUMNS (a int) restrict", new ReplaceColumns(TABLE, PARTITION, List.of(column("a", "int")))),
                new Example("ALTER TABLE t REPLACE COLUMNS (a int)", new ReplaceColumns(TABLE, List.of(), List.of(column("a", "int")))),
                new Example("ALTER TABLE t PARTITION (dt='2024-01-01', hour=05) REPLACE COLUMNS (a int)", new ReplaceColumns(TABLE, PARTITION, List.of(column("a", "int")))),
                new Example("ALTER TABLE t CHANGE a b bigint", new ChangeColumn(TABLE, "a", column("b", "bigint"), Optional.empty())),
                new Example("ALTER TABLE t CHANGE COLUMN A `B` bigint COMMENT 'c' FIRST", new ChangeColumn(TABLE, "a", column("b", "bigint", "c"), Optional.of(ColumnPosition.first()))),
                new Example("ALTER TABLE t CHANGE COLUMN column column int AFTER after", new ChangeColumn(TABLE, "column", column("column", "int"), Optional.of(ColumnPosition.after("after")))),
                new Example("ALTER TABLE t DROP COLUMN A", new DropColumn(TABLE, "a")),
                new Example("ALTER TABLE t SET LOCATION 's3://a/'", new SetLocation(TABLE, List.of(), "s3://a/")),
                new Example("ALTER TABLE t PARTITION (dt = \"2024-01-01\", hour = '05') SET LOCATION 's3://a/'", new SetLocation(TABLE, PARTITION, "s3://a/")),
                new Example("ALTER TABLE t SET TBLPROPERTIES (\"a\"=\"b\", 'n'=-1.5, 'b'=true, k.e=v)", new SetTableProperties(TABLE, Map.of("a", "b", "n", "-1.5", "b", "true", "k.e", "v"))),
                new Example("ALTER TABLE t SET TBLPROPERTIES ('a'='b', 'a'='c')", new SetTableProperties(TABLE, Map.of("a", "c"))),
                new Example("ALTER TABLE t UNSET TBLPROPERTIES IF EXISTS ('a', \"b\")", new UnsetTableProperties(TABLE, true, List.of("a", "b"))),

                new Example(
                        "ALTER TABLE t ADD IF NOT EXISTS PARTITION (dt='2024-01-01', hour=05) LOCATION 's3://a/' PARTITION (Dt=DATE '2024-01-02', flag=true)",
                        new AddPartitions(TABLE, true, List.of(
                                new PartitionLocation(PARTITION, Optional.of("s3://a/")),
                                new PartitionLocation(List.of(new PartitionValue("dt", "2024-01-02"), new PartitionValue("flag", "true")), Optional.empty())))),
                new Example(
                        "ALTER TABLE t DROP IF EXISTS PARTITION (a='x', b<>2, c!=3), PARTITION (d<4, e<=5, f>-6, g>=7, h==8)",
                        new DropPartitions(TABLE, true, List.of(
                                List.of(condition("a", Operator.EQUAL, "x"), condition("b", Operator.NOT_EQUAL, "2"), condition("c", Operator.NOT_EQUAL, "3")),
                                List.of(condition("d", Operator.LESS, "4"), condition("e", Operator.LESS_OR_EQUAL, "5"), condition("f", Operator.GREATER, "-6"), condition("g", Operator.GREATER_OR_EQUAL, "7"), condition("h", Operator.EQUAL, "8"))))),
                new Example(
                        "ALTER TABLE t PARTITION (dt='2024-01-01', hour='05') RENAME TO PARTITION (dt='2024-01-01', hour='06')",
                        new RenamePartition(TABLE, PARTITION, List.of(new PartitionValue("dt", "2024-01-01"), new PartitionValue("hour", "06")))),

                new Example("SHOW DATABASES", new ShowDatabases(Optional.empty())),
                new Example("SHOW SCHEMAS LIKE 'a.*'", new ShowDatabases(Optional.of("a.*"))),
                new Example("SHOW TABLES", new ShowTables(Optional.empty(), Optional.empty())),
                new Example("SHOW TABLES IN db '*x*|y'", new ShowTables(Optional.of(DatabaseName.of("db")), Optional.of("*x*|y"))),
                new Example("SHOW TABLES FROM \"db\" LIKE \"x\"", new ShowTables(Optional.of(DatabaseName.of("db")), Optional.of("x"))),
                new Example("SHOW TABLES 'x'", new ShowTables(Optional.empty(), Optional.of("x"))),
                new Example("SHOW VIEWS IN db LIKE 'x'", new ShowViews(Optional.of(DatabaseName.of("db")), Optional.of("x"))),
                new Example("SHOW COLUMNS FROM t FROM db", new ShowColumns(QUALIFIED)),
                new Example("SHOW COLUMNS IN db.t IN db", new ShowColumns(QUALIFIED)),
                new Example("SHOW PARTITIONS db.t", new ShowPartitions(QUALIFIED, List.of())),
                new Example("SHOW PARTITIONS t PARTITION (dt='2024-01-01', hour=05)", new ShowPartitions(TABLE, PARTITION)),
                new Example("SHOW TBLPROPERTIES t", new ShowTableProperties(TABLE, Optional.empty())),
                new Example("SHOW TBLPROPERTIES t('k')", new ShowTableProperties(TABLE, Optional.of("k"))),
                new Example("SHOW CREATE TABLE t", new ShowCreateTable(TABLE)),
                new Example("SHOW CREATE VIEW \"db\".t", new ShowCreateView(QUALIFIED)),
                new Example("DESCRIBE VIEW t", new DescribeView(TABLE)),
                new Example("DESCRIBE view", new DescribeTable(TableName.of("view"), Detail.PLAIN, List.of(), List.of())),
                new Example("DESC db.t", new DescribeTable(QUALIFIED, Detail.PLAIN, List.of(), List.of())),
                new Example("DESCRIBE EXTENDED t a", new DescribeTable(TABLE, Detail.EXTENDED, List.of(), List.of("a"))),
                new Example("DESCRIBE extended", new DescribeTable(TableName.of("extended"), Detail.PLAIN, List.of(), List.of())),
                new Example(
                        "DESCRIBE FORMATTED db.t PARTITION(dt='2024-01-01', hour='05') a.$elem$.'$key$'.`B`.\"c\"",
                        new DescribeTable(QUALIFIED, Detail.FORMATTED, PARTITION, List.of("a", "$elem$", "$key$", "b", "c"))),
                new Example("DESCRIBE t.a", new DescribeTable(TableName.of("t", "a"), Detail.PLAIN, List.of(), List.of())));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void testStatement(Example example)
    {
        assertThat(AthenaParser.parse(example.text())).isEqualTo(example.statement());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
                                                                   SELECT 1                                             | SELECT
                                                                   ( SELECT 1 )                                         | SELECT
                                                                   with a as (select 1) select * from a                 | SELECT
                                                                   VALUES 1                                             | SELECT
                                                                   TABLE t                                              | SELECT
                                                                   /* first */ INSERT INTO t VALUES 1                   | INSERT
                                                                   UPDATE t SET a = 1                                   | UPDATE
                                                                   DELETE FROM t                                        | DELETE
                                                                   MERGE INTO t USING u ON 1 = 1                        | MERGE
                                                                   UNLOAD (SELECT 1) TO 's3://a/' WITH (format = 'ORC') | UNLOAD
                                                                   PREPARE p FROM SELECT ?                              | PREPARE
                                                                   EXECUTE p USING 1                                    | EXECUTE
                                                                   DEALLOCATE PREPARE p                                 | DEALLOCATE
                                                                   EXPLAIN (FORMAT JSON) SELECT 1                       | EXPLAIN
                                                                   USING EXTERNAL FUNCTION f(a int) RETURNS int         | USING_FUNCTION
                                                                   CREATE VIEW v AS SELECT 1                            | CREATE_VIEW
                                                                   create or replace view v as select 1                 | CREATE_VIEW
                                                                   CREATE TABLE t AS SELECT 1                           | CREATE_TABLE_AS
                                                                   CREATE TABLE IF NOT EXISTS t AS (SELECT 1)           | CREATE_TABLE_AS
                                                                   CREATE TABLE t AS WITH a AS (SELECT 1) TABLE a       | CREATE_TABLE_AS
                                                                   CREATE TABLE t WITH (format = '\\', a = 'AS') AS SELECT 'x' WITH NO DATA | CREATE_TABLE_AS
                                                                   CREATE TABLE "AS" WITH (location = 'AS') AS SELECT 1 | CREATE_TABLE_AS
                                                                   """)
    void testQuery(String text, QueryStatement.Kind kind)
    {
        assertThat(AthenaParser.parse(text + " ;")).isEqualTo(new QueryStatement(kind, text));
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "CREATE TABLE t (a int, `as` string) STORED AS PARQUET",
            "CREATE TABLE t (as int) ROW FORMAT DELIMITED NULL DEFINED AS 'AS SELECT'",
            "CREATE TABLE t (a int COMMENT 'AS SELECT') -- AS SELECT",
            "CREATE TABLE t (a int) TBLPROPERTIES ('as'='AS') /* AS SELECT 1 */",
    })
    void testTableThatIsNotFromQuery(String text)
    {
        assertThat(AthenaParser.parse(text)).isInstanceOf(CreateTable.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                            BOOLEAN                                             | boolean
                                            integer                                             | int
                                            Real                                                | float
                                            double precision                                    | double
                                            numeric(5)                                          | decimal(5,0)
                                            decimal                                             | decimal(10,0)
                                            DECIMAL ( 10 , 2 )                                  | decimal(10,2)
                                            varchar(10)                                         | varchar(10)
                                            char(3)                                             | char(3)
                                            array < struct < a : int , B: array<string> > >     | array<struct<a:int,B:array<string>>>
                                            map<string,map<int,struct<x:double COMMENT 'wide'>>> | map<string,map<int,struct<x:double>>>
                                            struct<`a-b`:int, timestamp:timestamp, `from`:date> | struct<a-b:int,timestamp:timestamp,from:date>
                                            array /* of */ <int>                                | array<int>
                                            """)
    void testType(String text, String hiveName)
    {
        assertThat(AthenaParser.parseType(text).hiveName()).isEqualTo(hiveName);
    }

    static Stream<Map.Entry<String, String>> strings()
    {
        return Stream.of(
                entry("'\\\\'", "\\"),
                entry("\"\\\"\"", "\""),
                entry("'\"'", "\""),
                entry("'\\''", "'"),
                entry("\"it's\"", "it's"),
                entry("'\\001'", "\u0001"),
                entry("'\\0011'", "\u00011"),
                entry("'\\08'", "\0008"),
                entry("'\\0'", "\0"),
                entry("'\\u0041\\u00e9'", "A\u00e9"),
                entry("'\\uZZZZ\\u00'", "uZZZZu00"),
                entry("'\\t\\n\\r\\b\\Z'", "\t\n\r\b\u001A"),
                entry("'\\;'", ";"),
                entry("'\\%20\\_'", "\\%20\\_"),
                entry("'\\d+\\\\s'", "d+\\s"),
                entry("'two\nlines'", "two\nlines"),
                entry("'a''b'", "ab"),
                entry("'a'\"b\"", "ab"),
                entry("''", ""));
    }

    @ParameterizedTest
    @MethodSource("strings")
    void testString(Map.Entry<String, String> string)
    {
        assertThat(AthenaParser.parse("SHOW TBLPROPERTIES t(" + string.getKey() + ")"))
                .isEqualTo(new ShowTableProperties(TABLE, Optional.of(string.getValue())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"logs.sql", "tables.sql"})
    void testRealWorldStatements(String resource)
            throws IOException
    {
        List<StatementText> statements = StatementSplitter.split(text(resource));
        assertThat(statements).hasSizeGreaterThan(20);
        for (StatementText statement : statements) {
            AthenaStatement record = AthenaParser.parse(statement);
            assertThat(record).isNotInstanceOfAny(QueryStatement.class, RefusedStatement.class);
            assertThat(AthenaParser.parse(AthenaPrinter.print(record))).isEqualTo(record);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
                                                                   CREATE TABLE t (x, y int)                               | line 1:18: CREATE TABLE: expected a column type after 'x', found ','
                                                                   CREATE TABLE t (x int,)                                 | line 1:23: CREATE TABLE: expected a column name after ',', found ')'
                                                                   CREATE TABLE t ()                                       | line 1:17: CREATE TABLE: expected a column name after '(', found ')'
                                                                   CREATE TABLE t (x int y int)                            | line 1:23: CREATE TABLE: expected '(', ')', ',' or COMMENT after 'int', found 'y'
                                                                   CREATE TABLE t (x strng)                                | line 1:19: CREATE TABLE: unknown column type 'strng'; Athena has boolean, tinyint, smallint, int, bigint, float, double, decimal, char, varchar, string, binary, date, timestamp, array, map and struct
                                                                   CREATE TABLE t (x varchar)                              | line 1:19: CREATE TABLE: expected one length, as in varchar(10), or the type string
                                                                   CREATE TABLE t (x decimal(39))                          | line 1:27: CREATE TABLE: the precision of a decimal must be between 1 and 38, not '39'
                                                                   CREATE TABLE t (x decimal(5,6))                         | line 1:29: CREATE TABLE: the scale of a decimal must be between 0 and 5, not '6'
                                                                   CREATE TABLE t (x map<array<int>,int>)                  | line 1:23: CREATE TABLE: the key of a map must be of a primitive type, not 'array<int>'
                                                                   CREATE TABLE t (x struct<a int>)                        | line 1:28: CREATE TABLE: expected ':' after 'a', found 'int'
                                                                   CREATE TABLE t (x array<int)                            | line 1:28: CREATE TABLE: expected '(' or '>' after 'int', found ')'
                                                                   CREATE TABLE t (x array)                                | line 1:19: CREATE TABLE: expected '<' and what is in the array, as in array<string>
                                                                   CREATE TABLE t (x int) STORED PARQUET                   | line 1:31: CREATE TABLE: expected AS after 'STORED', found 'PARQUET'
                                                                   CREATE TABLE t (x int) LOCATION 's3://a' LOCATION 'b'   | line 1:42: CREATE TABLE: LOCATION is written twice
                                                                   CREATE TABLE t (x int) ROW FORMAT SERDE 'a' ROW FORMAT DELIMITED | line 1:45: CREATE TABLE: ROW FORMAT is written twice
                                                                   CREATE TABLE t (x int) TBLPROPERTIES ('a'='b',)         | line 1:47: CREATE TABLE: expected a property's name in quotes after ',', found ')'
                                                                   CREATE TABLE t (x int) TBLPROPERTIES ('a'='b             | line 1:43: the string that begins here is not closed
                                                                   CREATE TABLE t (x int) PARTITIONED BY (a int, day(x))   | line 1:47: CREATE TABLE: PARTITIONED BY has either columns with their types, or Iceberg's columns and transforms of the table, not both
                                                                   CREATE TABLE t (x int) PARTITIONED BY (bucket(x))       | line 1:40: CREATE TABLE: expected a number and a column, as in bucket(16, id)
                                                                   CREATE TABLE t (x int) CLUSTERED BY (x) INTO 0 BUCKETS  | line 1:46: CREATE TABLE: the number of buckets must be between 1 and 2147483647, not '0'
                                                                   CREATE TABLE a.b.c.d (x int)                            | line 1:14: CREATE TABLE: a table is named by at most a catalog, a database and itself
                                                                   CREATE TABLE `a..b` (x int)                             | line 1:14: CREATE TABLE: a name must not be empty
                                                                   CREATE TABLE t (x int) WITH (format = 'ORC')            | line 1:29: CREATE TABLE: expected SERDEPROPERTIES after 'WITH', found '('
                                                                   CREATE DATABASE my-db                                   | line 1:19: CREATE DATABASE: expected COMMENT, LOCATION, WITH or the end of the statement after 'my', found '-'
                                                                   DROP TABLE                                              | line 1:11: DROP TABLE: expected a table name or IF after 'TABLE', found the end of the statement
                                                                   DROP TABLE t, u                                         | line 1:13: DROP TABLE: expected PURGE or the end of the statement after 't', found ','
                                                                   DROP TABLE t - u                                        | line 1:12: DROP TABLE: a name has no blanks around its hyphens
                                                                   DROP TABLE a.b.c.d-e                                    | line 1:12: DROP TABLE: a table is named by at most a catalog, a database and itself
                                                                   DROP TABLE `a`-b                                        | line 1:15: DROP TABLE: expected PURGE or the end of the statement after `a`, found '-'
                                                                   ALTER TABLE t FROB                                      | line 1:15: ALTER TABLE: expected ADD, CHANGE, DROP, PARTITION, RENAME, REPLACE, SET or UNSET after 't', found 'FROB'
                                                                   ALTER TABLE t ADD PARTITION (a=b)                       | line 1:32: ALTER TABLE ADD PARTITION: expected a string in quotes or a number after '=', found 'b'
                                                                   ALTER TABLE t ADD PARTITION (day = 2024-01-31)          | line 1:36: ALTER TABLE ADD PARTITION: only numbers stand without quotes: write '2024-01-31'
                                                                   ALTER TABLE t DROP PARTITION (day >= 7-b-c)             | line 1:38: ALTER TABLE DROP PARTITION: only numbers stand without quotes: write '7-b-c'
                                                                   ALTER TABLE t PARTITION (a=1) RENAME TO u               | line 1:41: ALTER TABLE PARTITION RENAME TO PARTITION: expected PARTITION after 'TO', found 'u'
                                                                   SHOW FUNCTIONS                                          | line 1:6: SHOW: expected COLUMNS, CREATE, DATABASES, PARTITIONS, SCHEMAS, TABLES, TBLPROPERTIES or VIEWS after 'SHOW', found 'FUNCTIONS'
                                                                   DESCRIBE t PARTITION (a)                                | line 1:24: DESCRIBE: expected '=' after 'a', found ')'
                                                                   SHOW COLUMNS IN a.t IN b                                | line 1:24: SHOW COLUMNS: the table is named with another database, 'a'
                                                                   OPTIMIZE t REWRITE DATA USING BIN_PACK WHERE            | line 1:40: OPTIMIZE: expected a condition after WHERE, found the end of the statement
                                                                   FROB                                                    | line 1:1: expected ALTER, CREATE, DESC, DESCRIBE, DROP, MSCK, OPTIMIZE, SHOW, VACUUM or a query, found 'FROB'
                                                                   -- nothing                                              | line 1:1: expected a statement, found nothing but blanks and comments
                                                                   DROP TABLE a; DROP TABLE b                              | line 1:15: expected one statement, found another one after its semicolon
                                                                   """)
    void testErrors(String text, String message)
    {
        assertThatThrownBy(() -> AthenaParser.parse(text))
                .isInstanceOf(AthenaSyntaxException.class)
                .hasMessage(message);
    }

    @Test
    void testPlaceInList()
    {
        List<StatementText> statements = StatementSplitter.split("SELECT 1;\n  -- next\n  DROP\n    VIEW 'v'; DROP TABLE;");
        assertThat(statements).hasSize(3);
        assertThatThrownBy(() -> AthenaParser.parse(statements.get(1)))
                .isInstanceOfSatisfying(AthenaSyntaxException.class, e -> {
                    assertThat(e.line()).isEqualTo(4);
                    assertThat(e.column()).isEqualTo(10);
                })
                .hasMessage("line 4:10: DROP VIEW: expected a view name or IF after 'VIEW', found 'v'");
        assertThatThrownBy(() -> AthenaParser.parse(statements.get(2)))
                .hasMessageStartingWith("line 4:25: DROP TABLE: ");
    }

    private static ColumnDefinition column(String name, String type)
    {
        return new ColumnDefinition(name, Primitive.of(type), Optional.empty());
    }

    private static ColumnDefinition column(String name, String type, String comment)
    {
        DataType primitive = Primitive.of(type);
        return new ColumnDefinition(name, primitive, Optional.of(comment));
    }

    private static PartitionCondition condition(String column, Operator operator, String value)
    {
        return new PartitionCondition(column, operator, value);
    }

    private static String text(String resource)
            throws IOException
    {
        try (InputStream stream = TestAthenaParser.class.getResourceAsStream(resource)) {
            return new String(stream.readAllBytes(), UTF_8);
        }
    }
}
