package io.tarn.server.protect;

import io.tarn.TarnPlugin;
import io.trino.testing.MaterializedRow;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;
import static org.junit.jupiter.api.parallel.ExecutionMode.SAME_THREAD;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Every way that comes to mind to what the rules keep back, tried on a real Trino, in Tarn's catalogue and in the Hive
 * connector's.
 */
@TestInstance(PER_CLASS)
@Execution(SAME_THREAD)
final class TestProtection
{
    private static final String RULES =
            """
            {
              "schemas": [{"user": "admin", "owner": true}, {"user": "maria", "schema": "scratch", "owner": true}],
              "tables": [
                {"group": "marketing", "table": "userprofile", "privileges": ["SELECT"], "other_columns": "deny",
                 "columns": [{"name": "username"}, {"name": "gender"}, {"name": "age"}]},
                {"group": "support", "table": "userprofile", "privileges": ["SELECT"], "columns": [{"name": "cc", "allow": false}]},
                {"group": "desk", "table": "userprofile", "privileges": ["SELECT"],
                 "columns": [{"name": "cc", "mask": "'****' || substr(cc, -4)"}, {"name": "$path"}], "filter": "gender = 'Female'"},
                {"user": "ines", "table": "userprofile|visits", "privileges": ["SELECT", "INSERT"], "columns": [{"name": "cc", "allow": false}, {"name": "card", "allow": false}]},
                {"user": "nora", "table": "userprofile", "privileges": []},
                {"group": "region", "table": "visits", "privileges": ["SELECT"], "filter": "region = 'east'"},
                {"group": "cardless", "table": "visits", "privileges": ["SELECT"], "columns": [{"name": "card", "allow": false}]},
                {"group": "regionless", "table": "visits", "privileges": ["SELECT"], "columns": [{"name": "region", "allow": false}]},
                {"group": "marketing|support|desk|region|cardless|regionless", "schema": "lake|information_schema", "privileges": ["SELECT"]},
                {"group": "marketing", "schema": "scratch", "privileges": ["SELECT", "INSERT", "OWNERSHIP"]},
                {"user": "admin", "privileges": ["SELECT", "INSERT", "DELETE", "UPDATE", "OWNERSHIP", "GRANT_SELECT"]},
                {"catalog": "system", "schema": "jdbc", "privileges": ["SELECT"]},
                {"user": "dave", "table": "visits", "privileges": ["SELECT", "INSERT", "DELETE", "UPDATE"], "columns": [{"name": "card", "allow": false}]},
                {"user": "fred", "table": "visits", "privileges": ["SELECT", "DELETE"], "filter": "region = 'east'"}
              ],
              "functions": [
                {"catalog": "system", "schema": "builtin", "privileges": ["EXECUTE", "GRANT_EXECUTE"]},
                {"user": "eve", "catalog": "awsdatacatalog", "schema": "system", "function": "athena", "privileges": []},
                {"catalog": "awsdatacatalog", "schema": "system", "function": "athena", "privileges": ["EXECUTE"]}
              ]
            }
            """;
    private static final String GROUPS =
            """
            marketing:maria
            support:sam
            desk:dora
            region:rita
            cardless:carl
            regionless:rex
            """;

    private ProtectedLake lake;
    private ProtectedEngine engine;

    @BeforeAll
    void start(@TempDir Path folder)
            throws Exception
    {
        lake = new ProtectedLake();
        lake.createView("cards", "SELECT username, cc FROM userprofile", "\"owner\": \"admin\", \"runAsInvoker\": false", "username string", "cc string");
        lake.createView("cards_of_invoker", "SELECT username, cc FROM userprofile", "\"runAsInvoker\": true", "username string", "cc string");
        lake.createView("cards_of_maria", "SELECT username, cc FROM userprofile", "\"owner\": \"maria\", \"runAsInvoker\": false", "username string", "cc string");
        Path rules = Files.writeString(folder.resolve("rules.json"), RULES);
        engine = ProtectedEngine.start(lake.services(), folder, rules, Files.writeString(folder.resolve("group.txt"), GROUPS));
    }

    @AfterAll
    void stop()
    {
        engine.close();
        lake.close();
    }

    @Test
    void allColumnsAreThoseThatOneMaySee()
    {
        for (String catalog : List.of("awsdatacatalog", "hive")) {
            String table = catalog + ".lake.userprofile";
            assertThat(engine.query("maria", "SELECT * FROM " + table).getColumnNames()).containsExactly("username", "gender", "age");
            assertThat(engine.query("maria", "SELECT p.* FROM %s p JOIN %1$s q USING (username)".formatted(table)).getColumnNames()).containsExactly("gender", "age");
            List<String> allButOne = new ArrayList<>(Arrays.asList(ProtectedLake.PROFILE_COLUMNS));
            allButOne.remove("cc");
            assertThat(engine.query("sam", "SELECT * FROM " + table).getColumnNames()).isEqualTo(allButOne);
            // a right to write is none to see
            assertThat(engine.query("ines", "SELECT * FROM " + table).getColumnNames()).isEqualTo(allButOne);
            assertThat(engine.query("admin", "SELECT * FROM " + table).getColumnNames()).containsExactly(ProtectedLake.PROFILE_COLUMNS);

            assertThat(firstColumn("maria", "DESCRIBE " + table)).containsExactly("username", "gender", "age");
            assertThat(firstColumn("sam", "SHOW COLUMNS FROM " + table)).isEqualTo(allButOne);
            assertThat(firstColumn("maria", "SELECT column_name FROM %s.information_schema.columns WHERE table_schema = 'lake' AND table_name = 'userprofile' ORDER BY ordinal_position".formatted(catalog)))
                    .containsExactly("username", "gender", "age");
            assertThat(firstColumn("maria", "SELECT column_name FROM system.jdbc.columns WHERE table_cat = '%s' AND table_name = 'userprofile' ORDER BY ordinal_position".formatted(catalog)))
                    .containsExactly("username", "gender", "age");
        }
    }

    @Test
    void masksAndFilters()
    {
        for (String catalog : List.of("awsdatacatalog", "hive")) {
            String table = catalog + ".lake.userprofile";
            List<MaterializedRow> expected = engine.query("admin", "SELECT username, gender, '****' || substr(cc, -4) FROM %s WHERE gender = 'Female'".formatted(table)).getMaterializedRows();
            assertThat(expected).isNotEmpty();
            assertThat(engine.query("dora", "SELECT username, gender, cc FROM " + table).getMaterializedRows()).containsExactlyInAnyOrderElementsOf(expected);
            // conditions are of what one sees
            assertThat(engine.query("dora", "SELECT count(*) FROM %s WHERE cc LIKE '****%%'".formatted(table)).getOnlyValue()).isEqualTo((long) expected.size());
            assertThat(engine.query("dora", "SELECT count(*) FROM %s WHERE gender = 'Male'".formatted(table)).getOnlyValue()).isEqualTo(0L);
            assertThat(engine.query("rita", "SELECT username FROM %s.lake.visits".formatted(catalog)).getOnlyColumnAsSet()).containsExactlyInAnyOrder("ada", "bea");
            assertThat(engine.query("rita", "SELECT count(*), max(spent) FROM %s.lake.visits".formatted(catalog)).getMaterializedRows().getFirst().getFields()).containsExactly(2L, 20L);
        }
    }

    @Test
    void athenasStatementsTellNoMoreAndDoNoMore()
    {
        assertThat(athena("maria", "DESCRIBE userprofile")).containsExactly("username", "gender", "age");
        assertThat(athena("maria", "SHOW COLUMNS IN userprofile")).containsExactly("username", "gender", "age");
        assertThat(athena("ines", "SHOW TABLES")).containsExactly("userprofile", "visits");
        assertThat(athena("admin", "SHOW PARTITIONS visits")).containsExactly("region=east", "region=west");
        assertThat(athena("carl", "SHOW PARTITIONS visits")).containsExactly("region=east", "region=west");
        assertAthenaDenied("eve", "SHOW DATABASES", "Cannot execute function");
        assertAthenaDenied("nora", "SHOW TABLES", "Cannot show tables of schema");
        assertAthenaDenied("rita", "SHOW PARTITIONS visits", "Access Denied");
        assertAthenaDenied("rita", "DESCRIBE visits PARTITION (region = 'west')", "Access Denied");
        assertAthenaDenied("rex", "SHOW PARTITIONS visits", "Cannot read column region");
        assertAthenaDenied("maria", "SHOW CREATE TABLE userprofile", "user maria has no right to");
        assertAthenaDenied("maria", "DROP TABLE userprofile", "Cannot drop table awsdatacatalog.lake.userprofile: user maria has no right to");
        assertAthenaDenied("sam", "ALTER TABLE userprofile ADD COLUMNS (x int)", "Access Denied");
        assertAthenaDenied("sam", "ALTER TABLE userprofile SET LOCATION '%s/elsewhere/'".formatted(ProtectedLake.bucket()), "Access Denied");
        assertAthenaDenied("carl", "MSCK REPAIR TABLE visits", "Access Denied");
        assertAthenaDenied("fred", "ALTER TABLE visits DROP PARTITION (region = 'west')", "others would be deleted with them");
        assertAthenaDenied("sam", "DROP DATABASE lake CASCADE", "Access Denied");
        // a table of one's own over the files of a protected one
        assertAthenaDenied("maria", "CREATE EXTERNAL TABLE scratch.mine (line string) LOCATION '%s/tables/userprofile/'".formatted(ProtectedLake.bucket()), "may not read everything");
    }

    private List<Object> athena(String user, String statement)
    {
        return engine.query(user, "SELECT * FROM TABLE(awsdatacatalog.system.athena(statement => '%s', schema => 'lake'))".formatted(statement.replace("'", "''"))).getMaterializedRows().stream()
                .<Object>map(row -> row.getField(0).toString().strip())
                .toList();
    }

    private void assertAthenaDenied(String user, String statement, String message)
    {
        assertThatThrownBy(() -> athena(user, statement)).as(statement).hasMessageContaining(message);
    }

    static Stream<Arguments> attacks()
    {
        return Stream.of(
                // a column by its name, wherever one can be
                arguments("maria", "SELECT cc FROM userprofile", "Cannot read column cc of table awsdatacatalog.lake.userprofile: user maria may not, by tables[0] of the rules; leave it out, or SELECT *"),
                arguments("maria", "SELECT ssn, cc, username FROM userprofile", "Cannot read columns cc, ssn of table"),
                // the engine hides nothing from this form of SELECT *, and then refuses it
                arguments("sam", "TABLE userprofile", "cc of table awsdatacatalog.lake.userprofile"),
                arguments("sam", "SELECT count(*) FROM userprofile WHERE cc LIKE '4%'", "Cannot read column cc"),
                arguments("sam", "SELECT count(cc) FROM userprofile", "Cannot read column cc"),
                arguments("sam", "SELECT username FROM userprofile ORDER BY cc", "Cannot read column cc"),
                arguments("sam", "SELECT 1 FROM userprofile GROUP BY cc", "Cannot read column cc"),
                arguments("sam", "SELECT username, rank() OVER (ORDER BY cc) FROM userprofile", "Cannot read column cc"),
                arguments("sam", "SELECT a.username FROM userprofile a JOIN userprofile b ON a.cc = b.cc", "Cannot read column cc"),
                arguments("sam", "SELECT username FROM userprofile JOIN (VALUES '4') AS t(cc) USING (cc)", "Cannot read column cc"),
                arguments("sam", "SELECT (SELECT max(cc) FROM userprofile)", "Cannot read column cc"),
                arguments("sam", "SELECT username FROM userprofile WHERE EXISTS (SELECT 1 FROM (VALUES 1) WHERE cc > '4')", "Cannot read column cc"),
                arguments("sam", "WITH p AS (SELECT cc AS x FROM userprofile) SELECT x FROM p", "Cannot read column cc"),
                arguments("sam", "SELECT x FROM userprofile AS p(a, b, c, d, e, f, g, h, x, j, k, l)", "Cannot read column cc"),
                arguments("sam", "SELECT CC FROM \"AwsDataCatalog\".\"LAKE\".\"UserProfile\"", "Cannot read column cc"),
                arguments("sam", "SELECT * FROM userprofile MATCH_RECOGNIZE (ORDER BY username MEASURES last(cc) AS c PATTERN (A+) DEFINE A AS true)", "Cannot read column cc"),
                arguments("sam", "EXPLAIN SELECT cc FROM userprofile", "Cannot read column cc"),
                arguments("sam", "EXPLAIN ANALYZE SELECT cc FROM userprofile", "Cannot read column cc"),
                arguments("sam", "EXPLAIN (TYPE IO) SELECT * FROM userprofile WHERE cc = '4'", "Cannot read column cc"),
                arguments("sam", "SHOW STATS FOR (SELECT cc FROM userprofile)", "Cannot read column cc"),
                arguments("sam", "EXECUTE IMMEDIATE 'SELECT cc FROM userprofile'", "Cannot read column cc"),
                arguments("ines", "SELECT cc FROM userprofile", "Cannot read column cc"),
                arguments("sam", "SELECT cc FROM hive.lake.userprofile", "Cannot read column cc of table hive.lake.userprofile"),
                // the line has them all
                arguments("maria", "SELECT \"$line\" FROM userprofile", "Cannot read column $line of table awsdatacatalog.lake.userprofile: user maria may not, by tables[0] of the rules; the line of a row has every column in it"),
                arguments("sam", "SELECT count(*) FROM userprofile WHERE \"$line\" LIKE '%4111%'", "Cannot read column $line"),
                arguments("sam", "SELECT \"$LINE\" FROM userprofile", "Cannot read column $line"),
                arguments("dora", "SELECT \"$line\" FROM userprofile", "Cannot read column $line"),
                arguments("rita", "SELECT \"$line\" FROM visits", "Cannot read column $line"),
                arguments("carl", "SELECT \"$line\" FROM visits", "Cannot read column $line"),
                // a path has the values of partition columns
                arguments("rex", "SELECT \"$path\" FROM visits", "Cannot read column $path of table awsdatacatalog.lake.visits: user rex may not, by tables[7] of the rules; it can have values of columns in it that are kept back"),
                arguments("rex", "SELECT \"$partition\" FROM visits", "Cannot read column $partition"),
                arguments("rex", "SELECT \"$path\" FROM hive.lake.visits", "Cannot read column $path"),
                // metadata tables
                arguments("rex", "SELECT region FROM \"visits$partitions\"", "Cannot read column region of table awsdatacatalog.lake.visits$partitions"),
                arguments("rex", "SELECT region FROM hive.lake.\"visits$partitions\"", "Cannot read column region"),
                arguments("rita", "SELECT * FROM \"visits$partitions\"", "Cannot read table awsdatacatalog.lake.visits$partitions: it tells of what user rita may not read of awsdatacatalog.lake.visits, by tables[5] of the rules"),
                arguments("rita", "SELECT count(*) FROM hive.lake.\"visits$partitions\"", "Cannot read table hive.lake.visits$partitions"),
                arguments("sam", "SELECT * FROM hive.lake.\"userprofile$properties\"", "Cannot read table hive.lake.userprofile$properties"),
                arguments("dora", "SELECT * FROM hive.lake.\"userprofile$properties\"", "Cannot read table hive.lake.userprofile$properties"),
                arguments("nora", "SELECT * FROM hive.lake.\"userprofile$properties\"", "elation not found or not allowed"),
                // statistics are of all rows
                arguments("rita", "SHOW STATS FOR visits", "Cannot show statistics of table awsdatacatalog.lake.visits: they are of all rows, and user rita may read some, by tables[5] of the rules"),
                arguments("rita", "SHOW STATS FOR (SELECT spent FROM hive.lake.visits)", "Cannot show statistics of table hive.lake.visits"),
                arguments("rita", "/* SELECT */ -- DESCRIBE\n SHOW STATS FOR hive.lake.visits", "Cannot show statistics"),
                arguments("rita", "EXECUTE IMMEDIATE 'SHOW STATS FOR hive.lake.visits'", "Cannot show statistics"),
                // no right at all
                arguments("nora", "SELECT username FROM userprofile", "Cannot read table awsdatacatalog.lake.userprofile: user nora has no right to, by tables[4] of the rules; it takes the privilege SELECT"),
                arguments("otto", "SELECT count(*) FROM userprofile", "Cannot read table awsdatacatalog.lake.userprofile: user otto has no right to; it takes a rule in \"tables\" of the rules"),
                arguments("nora", "SELECT * FROM userprofile", "elation not found or not allowed"),
                arguments("otto", "DESCRIBE userprofile", "Access Denied"),
                // writing
                arguments("maria", "INSERT INTO userprofile (username) VALUES 'x'", "Cannot insert into table awsdatacatalog.lake.userprofile: user maria has no right to, by tables[0] of the rules"),
                arguments("maria", "DELETE FROM userprofile", "Cannot delete from table awsdatacatalog.lake.userprofile: user maria"),
                arguments("maria", "DROP TABLE userprofile", "Cannot drop table awsdatacatalog.lake.userprofile: user maria"),
                arguments("maria", "SHOW CREATE TABLE userprofile", "Cannot show create table for awsdatacatalog.lake.userprofile: user maria"),
                arguments("maria", "ALTER TABLE hive.lake.userprofile EXECUTE optimize", "Cannot insert into table hive.lake.userprofile: user maria"),
                arguments("ines", "ALTER TABLE hive.lake.visits EXECUTE optimize", "Cannot delete from table hive.lake.visits: user ines"),
                arguments("maria", "CREATE VIEW mine AS SELECT username FROM userprofile", "Cannot create view"),
                arguments("maria", "CREATE TABLE hive.scratch.copy AS SELECT username, cc FROM hive.lake.userprofile", "Cannot read column cc"),
                arguments("maria", "CALL awsdatacatalog.system.reset_budget(workgroup => 'primary', budget => 'x')", "user maria has no right to; it takes a rule in \"procedures\" of the rules"),
                // to write by what may not be read
                arguments("dave", "DELETE FROM hive.lake.visits WHERE card = '4111-east'", "Cannot read column card"),
                arguments("dave", "UPDATE hive.lake.visits SET username = card", "Cannot read column card"),
                arguments("dave", "MERGE INTO hive.lake.visits v USING (VALUES '4111-east') s(x) ON v.card = s.x WHEN NOT MATCHED THEN INSERT (username) VALUES ('no')", "Cannot read column card"),
                arguments("fred", "DELETE FROM hive.lake.visits WHERE region = 'west'", "Cannot delete from table hive.lake.visits: user fred may read some of its rows, and others would be deleted with them, by tables["),
                // the same files under another name
                arguments("maria", "CREATE TABLE hive.scratch.mine (line varchar) WITH (format = 'TEXTFILE', external_location = '" + ProtectedLake.bucket() + "/tables/userprofile')", "Cannot set external_location of table hive.scratch.mine: user maria may not read everything in catalog hive"),
                arguments("maria", "CREATE SCHEMA hive.scratch WITH (location = '" + ProtectedLake.bucket() + "/tables')", "Cannot set location of schema hive.scratch: user maria may not read everything in catalog hive"),
                // views run as their owner, who must be allowed; or as who asks
                arguments("maria", "SELECT * FROM cards_of_invoker", "Cannot read column cc"),
                arguments("sam", "SELECT cc FROM cards_of_maria", "Cannot read column cc of table awsdatacatalog.lake.userprofile: user maria may not"));
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void attack(String user, String sql, String message)
    {
        assertThatThrownBy(() -> engine.query(user, sql)).hasMessageContaining(message);
    }

    @Test
    void whatIsNotKeptBackIsRead()
    {
        assertThat(engine.query("maria", "SELECT \"$file_size\" > 0, \"$file_modified_time\" IS NOT NULL FROM userprofile LIMIT 1").getMaterializedRows()).hasToString("[[true, true]]");
        assertThat(engine.query("admin", "SELECT count(\"$line\"), count(\"$path\") FROM visits").getMaterializedRows()).hasToString("[[3, 3]]");
        // a path that a rule names, and one of a table of which rows are kept back and no columns
        assertThat(engine.query("dora", "SELECT DISTINCT \"$path\" FROM userprofile").getOnlyValue()).asString().endsWith("userprofile.csv");
        assertThat(engine.query("rita", "SELECT DISTINCT \"$partition\" FROM visits").getOnlyValue()).isEqualTo("region=east");
        // the columns of partitions are columns of the table
        for (String catalog : List.of("awsdatacatalog", "hive")) {
            assertThat(engine.query("carl", "SELECT region FROM %s.lake.\"visits$partitions\"".formatted(catalog)).getOnlyColumnAsSet()).containsExactlyInAnyOrder("east", "west");
            assertThat(engine.query("admin", "SELECT * FROM %s.lake.\"visits$partitions\"".formatted(catalog)).getRowCount()).isEqualTo(2);
        }
        assertThat(engine.query("carl", "SELECT username, spent, region FROM visits").getRowCount()).isEqualTo(3);
        // statistics of columns that one may see
        assertThat(firstColumn("carl", "SHOW STATS FOR hive.lake.visits")).containsExactly("username", "spent", "region", null);
        assertThat(engine.query("admin", "SHOW STATS FOR hive.lake.visits").getMaterializedRows().toString()).contains("900");
        assertThat(engine.query("rita", "EXPLAIN SELECT * FROM visits").getRowCount()).isPositive();
        // a view of an owner who may read
        assertThat(engine.query("maria", "SELECT cc FROM cards").getRowCount()).isPositive();
        assertThat(engine.query("admin", "SELECT cc FROM cards_of_invoker").getRowCount()).isPositive();
    }

    /**
     * What a condition makes of a row that the filter keeps back must not be seen, not even in an error.
     */
    @Test
    void anErrorTellsNothingOfOtherRows()
    {
        for (String catalog : List.of("awsdatacatalog", "hive")) {
            String sql = "SELECT username FROM %s.lake.visits WHERE CAST(replace(card, '-east', '') AS bigint) > 0".formatted(catalog);
            assertThatThrownBy(() -> engine.query("admin", sql)).hasMessageContaining("4333-west");
            assertThat(engine.query("rita", sql).getRowCount()).isEqualTo(2);
            assertThat(engine.query("rita", "SELECT count(*) FROM %s.lake.visits WHERE 1 / (spent - 900) < 1".formatted(catalog)).getOnlyValue()).isEqualTo(2L);
        }
    }

    @Test
    void listingsAreOfWhatOneMaySee()
    {
        assertThat(firstColumn("maria", "SHOW TABLES FROM lake")).contains("userprofile", "visits");
        assertThatThrownBy(() -> firstColumn("nora", "SHOW TABLES FROM lake")).hasMessageContaining("Cannot show tables of schema awsdatacatalog.lake");
        assertThat(firstColumn("ines", "SHOW TABLES FROM lake")).containsExactly("userprofile", "visits");
    }

    @Test
    void rulesThatAreBrokenAtTheStart(@TempDir Path folder)
            throws Exception
    {
        Path rules = folder.resolve("rules.json");
        assertThatThrownBy(() -> ProtectedEngine.rules(new TarnPlugin(), rules)).hasMessageContaining(rules + " does not exist; it holds the rules that say who may read what");
        Files.writeString(rules, "{\"tables\": [\n  {\"privileges\": [\"SELECT\"],\n   \"colums\": []}]}");
        assertThatThrownBy(() -> ProtectedEngine.rules(new TarnPlugin(), rules))
                .hasMessageContaining(rules + " line 3, column ")
                .hasMessageContaining("tables[0].colums: \"colums\" is not known; known here: catalog, columns,");
    }

    private List<Object> firstColumn(String user, String sql)
    {
        return engine.query(user, sql).getMaterializedRows().stream().map(row -> row.getField(0)).toList();
    }
}
