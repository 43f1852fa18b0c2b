package io.tarn.athena.grammar;

import org.junit.jupiter.api.Test;

import java.util.List;

import static io.tarn.athena.grammar.StatementSplitter.split;
import static org.assertj.core.api.Assertions.assertThat;

final class TestStatementSplitter
{
    @Test
    void testPlaces()
    {
        assertThat(split("SELECT 1;\n\n  DROP TABLE t ;;\t/* \u00e9\uD83D\uDE00; */ SELECT 2 -- end"))
                .containsExactly(
                        new StatementText("SELECT 1", 0, 1, 1),
                        new StatementText("DROP TABLE t", 13, 3, 3),
                        new StatementText("/* \u00e9\uD83D\uDE00; */ SELECT 2 -- end", 29, 3, 19));
    }

    @Test
    void testNothing()
    {
        assertThat(split("")).isEmpty();
        assertThat(split(" ;\n; -- nothing; at all\n /* ; */ ;")).isEmpty();
    }

    @Test
    void testSemicolonsThatDoNotEnd()
    {
        assertSplit("SELECT ';', \";\", 'it''s;' -- ;\n, /* ; */ 1");
        assertSplit("CREATE TABLE t (`a;b` int COMMENT ';') -- ;");
        assertSplit("CREATE EXTERNAL TABLE t (a int) WITH SERDEPROPERTIES (\"input.regex\" = \"[^\\;]+;\\\";'\", 'b'='\\';\\\\')", "SELECT 1");
        assertSplit("ALTER TABLE t SET TBLPROPERTIES ('a'='\\';', \"b\"=\"\\\";\")", "SELECT 2");
    }

    @Test
    void testBackslashIsAnEscapeInDdlOnly()
    {
        assertSplit("SELECT '\\'", "SELECT ';'");
        assertSplit("INSERT INTO t VALUES '\\'", "SELECT 1");
        assertSplit("CREATE VIEW v AS SELECT '\\'", "SELECT 1");
        assertSplit("CREATE OR REPLACE VIEW v AS SELECT '\\'", "SELECT 1");
        assertSplit("UNLOAD (SELECT 1) TO 's3://a/' WITH (field_delimiter = '\\')", "SELECT 1");
        assertSplit("OPTIMIZE t REWRITE DATA USING BIN_PACK WHERE a = '\\'", "SELECT 1");
        assertSplit("SHOW TABLES '\\';'", "SELECT 1");
        assertSplit("DROP TABLE \"a\\\";\"", "SELECT 1");
    }

    @Test
    void testCreateTableTurnsIntoQuery()
    {
        assertSplit("CREATE TABLE t AS SELECT '\\'", "SELECT 1");
        assertSplit("CREATE TABLE t WITH (field_delimiter = '\\') AS SELECT 1", "SELECT 1");
        assertSplit("CREATE TABLE t STORED AS TEXTFILE AS SELECT '\\'", "SELECT 1");
        assertSplit("CREATE TABLE t (as int) ROW FORMAT DELIMITED NULL DEFINED AS '\\';' STORED AS TEXTFILE LOCATION '\\';'", "SELECT 1");
        assertSplit("CREATE EXTERNAL TABLE t (a int) WITH SERDEPROPERTIES ('a'='\\';')", "SELECT 1");
    }

    @Test
    void testWhatIsNotClosedGoesToTheEnd()
    {
        assertSplit("SELECT 1", "SELECT 'a; SELECT 2;");
        assertSplit("SELECT 1", "DROP TABLE `a; SELECT 2;");
        assertThat(split("SELECT 1; /* a; SELECT 2;")).containsExactly(new StatementText("SELECT 1", 0, 1, 1));
    }

    private static void assertSplit(String... statements)
    {
        assertThat(split(String.join(";", statements)).stream().map(StatementText::text)).isEqualTo(List.of(statements));
        assertThat(split("  " + String.join(" ;\n ", statements) + "\n").stream().map(StatementText::text)).isEqualTo(List.of(statements));
    }
}
