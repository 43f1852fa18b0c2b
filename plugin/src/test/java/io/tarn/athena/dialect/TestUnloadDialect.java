package io.tarn.athena.dialect;

import io.trino.sql.parser.SqlParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import static io.tarn.athena.dialect.DialectMode.ATHENA;
import static io.tarn.athena.dialect.DialectMode.AUTO;
import static io.tarn.athena.dialect.TranslationNote.Kind.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * {@code UNLOAD} there and back.
 */
class TestUnloadDialect
{
    // Athena's text comes back as it is printed here
    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock =
            """
            UNLOAD (SELECT a FROM t) TO 's3://b/u/' WITH (format = 'ORC') ~ CREATE TABLE lake.system.unload WITH (external_location = 's3://b/u/', format = 'ORC') AS SELECT a FROM t
            UNLOAD (SELECT * FROM t) TO 's3://b/it''s/' WITH (format = 'PARQUET', compression = 'ZSTD', compression_level = 3) ~ CREATE TABLE lake.system.unload WITH (external_location = 's3://b/it''s/', format = 'PARQUET', write_compression = 'ZSTD', compression_level = 3) AS SELECT * FROM t
            UNLOAD (SELECT count(*), t.C, 1 AS "x y" FROM t) TO 's3://b/u/' WITH (format = 'JSON') ~ CREATE TABLE lake.system.unload (_col0, c, "x y") WITH (external_location = 's3://b/u/', format = 'JSON') AS SELECT count(*), t.C, 1 AS "x y" FROM t
            UNLOAD (SELECT 1 UNION ALL SELECT b FROM t) TO 's3://b/u/' WITH (format = 'JSON') ~ CREATE TABLE lake.system.unload (_col0) WITH (external_location = 's3://b/u/', format = 'JSON') AS SELECT 1 UNION ALL SELECT b FROM t
            UNLOAD (WITH q AS (SELECT max(a) FROM t) SELECT * FROM q) TO 's3://b/u/' WITH (format = 'JSON') ~ CREATE TABLE lake.system.unload (_col0) WITH (external_location = 's3://b/u/', format = 'JSON') AS WITH q AS (SELECT max(a) FROM t) SELECT * FROM q
            UNLOAD (WITH q(a) AS (SELECT 1) TABLE q) TO 's3://b/u/' WITH (format = 'JSON') ~ CREATE TABLE lake.system.unload WITH (external_location = 's3://b/u/', format = 'JSON') AS WITH q(a) AS (SELECT 1) TABLE q
            UNLOAD (VALUES (1, 'a'), (2, 'b')) TO 's3://b/u/' WITH (format = 'JSON') ~ CREATE TABLE lake.system.unload (_col0, _col1) WITH (external_location = 's3://b/u/', format = 'JSON') AS VALUES (1, 'a'), (2, 'b')
            UNLOAD (SELECT * FROM (SELECT 1) AS s) TO 's3://b/u/' WITH (format = 'JSON') ~ CREATE TABLE lake.system.unload (_col0) WITH (external_location = 's3://b/u/', format = 'JSON') AS SELECT * FROM (SELECT 1) AS s
            UNLOAD (SELECT a, b FROM t) TO 's3://b/u/' WITH (format = 'TEXTFILE', field_delimiter = '|', partitioned_by = ARRAY['b']) ~ CREATE TABLE lake.system.unload WITH (external_location = 's3://b/u/', format = 'TEXTFILE', field_delimiter = '|', partitioned_by = ARRAY['b']) AS SELECT a, b FROM t
            PREPARE p FROM UNLOAD (SELECT ? AS a) TO 's3://b/u/' WITH (format = 'JSON') ~ PREPARE p FROM CREATE TABLE lake.system.unload WITH (external_location = 's3://b/u/', format = 'JSON') AS SELECT ? AS a
            """)
    void testThereAndBack(String athena, String trino)
    {
        for (DialectMode mode : List.of(AUTO, ATHENA)) {
            Translation translation = AthenaDialect.translate(athena, session(mode));
            assertThat(translation.statement()).isEqualTo(trino);
            // of Athena's limit alone, where there are partitions
            assertThat(translation.notes()).extracting(TranslationNote::kind).isEqualTo(athena.contains("partitioned_by") ? List.of(LIMIT) : List.of());
            // clients keep prepared statements, and send what they were answered
            assertThat(AthenaDialect.translate(trino, session(mode)).statement()).isEqualTo(trino);
        }
        new SqlParser().createStatement(trino);
        Translation back = TrinoToAthena.translate(trino, session(AUTO));
        assertThat(back.statement()).isEqualTo(athena);
        assertThat(back.notes()).isEmpty();
    }

    @Test
    void testNamesThatNobodyKnowsYet()
    {
        Translation translation = AthenaDialect.translate("UNLOAD (SELECT *, lower(a) FROM t) TO 's3://b/u/' WITH (format = 'JSON', compression = 'GZIP')", session(AUTO));
        assertThat(translation.statement()).isEqualTo("SELECT * FROM TABLE(lake.system.unload(input => TABLE(SELECT *, lower(a) FROM t), location => 's3://b/u/', format => 'JSON', compression => 'GZIP'))");
        assertThat(translation.notes()).extracting(TranslationNote::text).first().asString().contains("Name the column with AS");
        assertThat(TrinoToAthena.translate(translation.statement(), session(AUTO)).statement())
                .isEqualTo("UNLOAD (SELECT *, lower(a) FROM t) TO 's3://b/u/' WITH (format = 'JSON', compression = 'GZIP')");
    }

    @Test
    void testFunction()
    {
        Translation translation = TrinoToAthena.translate(
                "SELECT * FROM TABLE(system.unload(TABLE(lake.d.t) AS t(a, b), LOCATION => 's3://b/u/', compression => NULL, PARTITIONED_BY => ARRAY['b'], compression_level => 3))",
                session(AUTO));
        assertThat(translation.statement()).isEqualTo("UNLOAD (SELECT * FROM lake.d.t AS t(a, b)) TO 's3://b/u/' WITH (format = 'PARQUET', partitioned_by = ARRAY['b'], compression_level = 3)");
        assertThat(translation.notes()).extracting(TranslationNote::text).containsExactly("Athena's UNLOAD gives no row for each file: the files are listed in the query's manifest");
        assertThat(TrinoToAthena.translate("CREATE TABLE system.unload (x) WITH (external_location = 's3://b/u/', orc_compression = 'ZLIB', format = 'orc', null_format = 'n') AS SELECT a FROM t", session(AUTO)).statement())
                .isEqualTo("UNLOAD (SELECT * FROM (SELECT a FROM t) AS t(x)) TO 's3://b/u/' WITH (format = 'orc', compression = 'ZLIB', null_format = 'n')");
    }

    @Test
    void testRefused()
    {
        assertRefused("CREATE TABLE system.unload WITH (format = 'ORC') AS SELECT 1 AS a", "UNLOAD goes TO a location: add external_location");
        assertRefused("SELECT * FROM TABLE(system.unload(input => TABLE(SELECT 1)))", "UNLOAD goes TO a location: add location");
        assertRefused("SELECT * FROM TABLE(system.unload(input => TABLE(SELECT 1), location => 's3://b/')) LIMIT 3", "UNLOAD stands alone in Athena");
        assertRefused("CREATE TABLE system.unload WITH (external_location = concat('a', 'b')) AS SELECT 1 AS a", "is not a value that is written out");
        // the tables of others
        assertThat(TrinoToAthena.translate("CREATE TABLE other.system.unload WITH (external_location = 's3://b/') AS SELECT 1 AS a", session(AUTO)).statement()).startsWith("CREATE TABLE");
        assertThatExceptionOfType(DialectException.class)
                .isThrownBy(() -> AthenaDialect.translate("UNLOAD (SHOW TABLES) TO 's3://b/u/'", session(AUTO)))
                .withMessage("line 1:9: UNLOAD: a query is expected");
    }

    private static void assertRefused(String trino, String message)
    {
        assertThatExceptionOfType(DialectException.class)
                .isThrownBy(() -> TrinoToAthena.translate(trino, session(AUTO)))
                .withMessageContaining(message);
    }

    private static DialectSession session(DialectMode mode)
    {
        return new DialectSession("lake", Optional.of("db"), mode, Optional.empty(), new TableKinds()
        {
            @Override
            public TableKind kind(String database, String table)
            {
                return TableKind.HIVE;
            }

            @Override
            public Map<String, String> properties(String database, String table)
            {
                return Map.of();
            }
        });
    }
}
