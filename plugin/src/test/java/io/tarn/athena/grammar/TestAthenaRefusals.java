package io.tarn.athena.grammar;

import io.tarn.athena.statement.QueryStatement;
import io.tarn.athena.statement.RefusedKind;
import io.tarn.athena.statement.RefusedStatement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

final class TestAthenaRefusals
{
    static Stream<Map.Entry<String, RefusedKind>> refusals()
    {
        return Stream.of(
                entry("ALTER INDEX i ON t REBUILD", RefusedKind.ALTER_INDEX),
                entry("ALTER TABLE t ARCHIVE PARTITION (a=1)", RefusedKind.ALTER_TABLE_ARCHIVE_PARTITION),
                entry("ALTER TABLE t UNARCHIVE PARTITION (a=1)", RefusedKind.ALTER_TABLE_UNARCHIVE_PARTITION),
                entry("ALTER TABLE t ADD COLUMNS (a int COMMENT 'b', c struct<d:decimal(5,2)>) CASCADE", RefusedKind.ALTER_TABLE_CASCADE),
                entry("ALTER TABLE db.t PARTITION (p=1) REPLACE COLUMNS (a int) CASCADE", RefusedKind.ALTER_TABLE_CASCADE),
                entry("ALTER TABLE db.t CLUSTERED BY (a) INTO 4 BUCKETS", RefusedKind.ALTER_TABLE_CLUSTERED_BY),
                entry("ALTER TABLE `db.t` NOT CLUSTERED", RefusedKind.ALTER_TABLE_NOT_CLUSTERED),
                entry("ALTER TABLE t NOT SORTED", RefusedKind.ALTER_TABLE_NOT_SORTED),
                entry("ALTER TABLE t PARTITION (a='(', b=')') COMPACT 'major'", RefusedKind.ALTER_TABLE_COMPACT),
                entry("alter table t concatenate", RefusedKind.ALTER_TABLE_CONCATENATE),
                entry("ALTER TABLE t EXCHANGE PARTITION (a=1) WITH TABLE u", RefusedKind.ALTER_TABLE_EXCHANGE_PARTITION),
                entry("ALTER TABLE t PARTITION (a=1) CHANGE COLUMN a b int", RefusedKind.ALTER_TABLE_PARTITION_CHANGE_COLUMNS),
                entry("ALTER TABLE t PARTITION COLUMN (a int)", RefusedKind.ALTER_TABLE_PARTITION_COLUMN),
                entry("ALTER TABLE t PARTITION (a=1) ENABLE NO_DROP", RefusedKind.ALTER_TABLE_PROTECTION),
                entry("ALTER TABLE t RECOVER PARTITIONS", RefusedKind.ALTER_TABLE_RECOVER_PARTITIONS),
                entry("ALTER TABLE t SET FILEFORMAT ORC", RefusedKind.ALTER_TABLE_SET_FILEFORMAT),
                entry("ALTER TABLE t SET SERDE 'x'", RefusedKind.ALTER_TABLE_SET_SERDE),
                entry("ALTER TABLE t PARTITION (a=1) SET SERDEPROPERTIES ('a'='b')", RefusedKind.ALTER_TABLE_SET_SERDEPROPERTIES),
                entry("ALTER TABLE t SKEWED BY (a) ON (1)", RefusedKind.ALTER_TABLE_SKEWED_BY),
                entry("ALTER TABLE t NOT SKEWED", RefusedKind.ALTER_TABLE_NOT_SKEWED),
                entry("ALTER TABLE t SET SKEWED LOCATION (1='s3://a/')", RefusedKind.ALTER_TABLE_SET_SKEWED_LOCATION),
                entry("ALTER TABLE t NOT STORED AS DIRECTORIES", RefusedKind.ALTER_TABLE_STORED_AS_DIRECTORIES),
                entry("ALTER TABLE t TOUCH", RefusedKind.ALTER_TABLE_TOUCH),
                entry("ALTER TABLE t UPDATE COLUMNS", RefusedKind.ALTER_TABLE_UPDATE_COLUMNS),
                entry("ALTER VIEW v AS SELECT 1", RefusedKind.ALTER_VIEW),
                entry("COMMIT", RefusedKind.COMMIT),
                entry("CREATE TEMPORARY FUNCTION f AS 'x'", RefusedKind.CREATE_FUNCTION),
                entry("CREATE INDEX i ON TABLE t (a) AS 'COMPACT'", RefusedKind.CREATE_INDEX),
                entry("CREATE TEMPORARY MACRO m(x int) x + 1", RefusedKind.CREATE_MACRO),
                entry("CREATE ROLE r", RefusedKind.CREATE_ROLE),
                entry("CREATE EXTERNAL TABLE IF NOT EXISTS t LIKE db.u LOCATION 's3://a/'", RefusedKind.CREATE_TABLE_LIKE),
                entry("CREATE TABLE t (a int) SKEWED BY (a) ON (1) STORED AS DIRECTORIES", RefusedKind.CREATE_TABLE_SKEWED_BY),
                entry("CREATE TABLE t (a int) STORED BY 'x.Handler' WITH SERDEPROPERTIES ('a'='b')", RefusedKind.CREATE_TABLE_STORED_BY),
                entry("CREATE TEMPORARY TABLE t (a int)", RefusedKind.CREATE_TEMPORARY_TABLE),
                entry("DESCRIBE DATABASE EXTENDED db", RefusedKind.DESCRIBE_DATABASE),
                entry("DESC FUNCTION f", RefusedKind.DESCRIBE_FUNCTION),
                entry("DESCRIBE INPUT p", RefusedKind.DESCRIBE_INPUT),
                entry("DESCRIBE OUTPUT p", RefusedKind.DESCRIBE_OUTPUT),
                entry("DFS -ls /", RefusedKind.DFS),
                entry("DROP FUNCTION f", RefusedKind.DROP_FUNCTION),
                entry("DROP INDEX i ON t", RefusedKind.DROP_INDEX),
                entry("DROP TEMPORARY MACRO m", RefusedKind.DROP_MACRO),
                entry("DROP ROLE r", RefusedKind.DROP_ROLE),
                entry("EXPORT TABLE t TO 's3://a/\\'b;'", RefusedKind.EXPORT_TABLE),
                entry("GRANT ROLE r TO USER u", RefusedKind.GRANT_ROLE),
                entry("GRANT SELECT ON t TO USER u", RefusedKind.GRANT),
                entry("IMPORT TABLE t FROM 's3://a/'", RefusedKind.IMPORT_TABLE),
                entry("INSERT OVERWRITE TABLE t SELECT 1", RefusedKind.INSERT_OVERWRITE),
                entry("LOAD DATA INPATH 's3://a/' INTO TABLE t", RefusedKind.LOAD_DATA),
                entry("LOCK DATABASE db SHARED", RefusedKind.LOCK_DATABASE),
                entry("LOCK TABLE t EXCLUSIVE", RefusedKind.LOCK_TABLE),
                entry("RELOAD FUNCTIONS", RefusedKind.RELOAD_FUNCTION),
                entry("REVOKE ROLE r FROM USER u", RefusedKind.REVOKE_ROLE),
                entry("REVOKE ALL ON t FROM USER u", RefusedKind.REVOKE),
                entry("ROLLBACK", RefusedKind.ROLLBACK),
                entry("SET ROLE ALL", RefusedKind.SET_ROLE),
                entry("SHOW COMPACTIONS", RefusedKind.SHOW_COMPACTIONS),
                entry("SHOW CURRENT ROLES", RefusedKind.SHOW_CURRENT_ROLES),
                entry("SHOW GRANT USER u ON t", RefusedKind.SHOW_GRANT),
                entry("SHOW FORMATTED INDEXES ON t", RefusedKind.SHOW_INDEXES),
                entry("SHOW LOCKS t", RefusedKind.SHOW_LOCKS),
                entry("SHOW PRINCIPALS r", RefusedKind.SHOW_PRINCIPALS),
                entry("SHOW ROLE GRANT USER u", RefusedKind.SHOW_ROLE_GRANT),
                entry("SHOW ROLES", RefusedKind.SHOW_ROLES),
                entry("SHOW STATS FOR t", RefusedKind.SHOW_STATS),
                entry("SHOW TRANSACTIONS", RefusedKind.SHOW_TRANSACTIONS),
                entry("START TRANSACTION READ ONLY", RefusedKind.START_TRANSACTION),
                entry("TRUNCATE TABLE t", RefusedKind.TRUNCATE_TABLE),
                entry("UNLOCK SCHEMA db", RefusedKind.UNLOCK_DATABASE),
                entry("UNLOCK TABLE t", RefusedKind.UNLOCK_TABLE));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void testRefusal(Map.Entry<String, RefusedKind> refusal)
    {
        assertThat(AthenaParser.parse("\n" + refusal.getKey() + ";"))
                .isEqualTo(new RefusedStatement(refusal.getValue(), refusal.getKey()));
        assertThat(AthenaParser.parse("/* no */ " + refusal.getKey().toLowerCase(Locale.ENGLISH)))
                .isInstanceOfSatisfying(RefusedStatement.class, statement -> {
                    assertThat(statement.kind()).isEqualTo(refusal.getValue());
                    assertThat(statement.reason()).startsWith(refusal.getValue().statement() + " is not supported by Athena: ");
                });
    }

    @Test
    void testEveryKindHasAnExample()
    {
        Set<RefusedKind> shown = refusals().map(Map.Entry::getValue).collect(Collectors.toCollection(() -> EnumSet.noneOf(RefusedKind.class)));
        assertThat(shown).isEqualTo(EnumSet.allOf(RefusedKind.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "ALTER TABLE touch ADD COLUMNS (concatenate int)",
            "ALTER TABLE t CHANGE COLUMN a b int",
            "ALTER TABLE cascade REPLACE COLUMNS (cascade int)",
            "ALTER TABLE t ADD COLUMNS (a int) RESTRICT",
            "ALTER TABLE t SET TBLPROPERTIES ('SERDEPROPERTIES'='x')",
            "CREATE TABLE stored (like string, stored string) COMMENT 'STORED BY'",
            "DESCRIBE database",
            "DESCRIBE input",
            "DESCRIBE EXTENDED output",
            "DROP TABLE role",
            "SHOW TABLES IN locks",
    })
    void testWordsOfRefusalsElsewhere(String text)
    {
        assertThat(AthenaParser.parse(text)).isNotInstanceOfAny(RefusedStatement.class, QueryStatement.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                            INSERT INTO overwrite VALUES 1    | INSERT
                                            CREATE VIEW index AS SELECT 1     | CREATE_VIEW
                                            CREATE TABLE t AS SELECT touch    | CREATE_TABLE_AS
                                            """)
    void testWordsOfRefusalsInQueries(String text, QueryStatement.Kind kind)
    {
        assertThat(AthenaParser.parse(text)).isEqualTo(new QueryStatement(kind, text));
    }
}
