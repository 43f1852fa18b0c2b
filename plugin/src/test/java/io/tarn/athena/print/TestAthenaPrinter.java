package io.tarn.athena.print;

import io.tarn.athena.grammar.AthenaParser;
import io.tarn.athena.grammar.StatementSplitter;
import io.tarn.athena.grammar.StatementText;
import io.tarn.athena.statement.AthenaStatement;
import io.tarn.athena.statement.CreateTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

final class TestAthenaPrinter
{
    @Test
    void testPrintedStatementIsReadAsTheSame()
    {
        RandomStatements statements = new RandomStatements(483);
        Set<Class<?>> kinds = new HashSet<>();
        StringBuilder list = new StringBuilder();
        List<String> printed = new ArrayList<>();
        for (int index = 0; index < 5_000; index++) {
            AthenaStatement statement = statements.next();
            kinds.add(statement.getClass());
            String text = AthenaPrinter.print(statement);
            assertThat(AthenaParser.parse(text)).as(text).isEqualTo(statement);
            if (statement instanceof CreateTable table) {
                CreateTable again = (CreateTable) AthenaParser.parse(text);
                assertThat(again.properties().keySet()).containsExactlyElementsOf(table.properties().keySet());
            }
            if (index < 1_000) {
                list.append(text).append(";\n");
                printed.add(text);
            }
        }
        assertThat(kinds).hasSize(32);
        assertThat(StatementSplitter.split(list.toString()).stream().map(StatementText::text)).isEqualTo(printed);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
                                                                   drop table if exists DB.t                                            | DROP TABLE IF EXISTS `db`.`t`
                                                                   drop view `date`                                                     | DROP VIEW "date"
                                                                   drop view cat.db.v                                                   | DROP VIEW cat.db.v
                                                                   show create view "my view"                                           | SHOW CREATE VIEW "my view"
                                                                   optimize db._t rewrite data using bin_pack where a = 1               | OPTIMIZE db."_t" REWRITE DATA USING BIN_PACK WHERE a = 1
                                                                   show tables from db like "a*"                                        | SHOW TABLES IN `db` 'a*'
                                                                   alter table t set tblproperties ("a"="it's", b=5)                    | ALTER TABLE `t` SET TBLPROPERTIES ('a' = 'it\\'s', 'b' = '5')
                                                                   alter table t add columns (a struct<`x-y`:int,Date:date,B:int>)      | ALTER TABLE `t` ADD COLUMNS (`a` struct<`x-y`:int,`Date`:date,B:int>)
                                                                   alter table t drop partition (a>5)                                   | ALTER TABLE `t` DROP PARTITION (`a` > '5')
                                                                   describe formatted db.t partition (a=1) c.$elem$.f                   | DESCRIBE FORMATTED `db`.`t` PARTITION (`a` = '1') `c`.'$elem$'.`f`
                                                                   """)
    void testText(String text, String printed)
    {
        assertThat(AthenaPrinter.print(AthenaParser.parse(text))).isEqualTo(printed);
    }

    @Test
    void testCreateTable()
    {
        String text =
                """
                CREATE EXTERNAL TABLE IF NOT EXISTS `db`.`t` (
                  `a` int COMMENT 'first',
                  `b` array<string>)
                COMMENT 'said'
                PARTITIONED BY (
                  `dt` string)
                CLUSTERED BY (`a`) SORTED BY (`b` DESC) INTO 8 BUCKETS
                ROW FORMAT DELIMITED
                  FIELDS TERMINATED BY '\\t'
                  ESCAPED BY '\\\\'
                  COLLECTION ITEMS TERMINATED BY '\\002'
                  MAP KEYS TERMINATED BY ':'
                  LINES TERMINATED BY '\\n'
                  NULL DEFINED AS '\\\\N'
                WITH SERDEPROPERTIES (
                  'k' = 'v')
                STORED AS INPUTFORMAT
                  'x.In'
                OUTPUTFORMAT
                  'x.Out'
                LOCATION
                  's3://a/b/'
                TBLPROPERTIES (
                  'p' = 'q',
                  'r' = 's')""";
        assertThat(AthenaPrinter.print(AthenaParser.parse(text))).isEqualTo(text);
    }
}
