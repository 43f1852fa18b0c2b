package io.tarn.athena.dialect;

import io.trino.sql.SqlFormatter;
import io.trino.sql.parser.ParsingException;
import io.trino.sql.parser.SqlParser;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Trino takes, and what nobody takes.
 */
public class TestTrinoStatementsUntouched
{
    private static final List<String> TABLES = List.of("t", "\"T\".u", "awsdatacatalog.d.t", "\"AwsDataCatalog\".\"d\".\"t\"", "memory.default.x", "\"t$files\"");
    private static final List<String> EXPRESSIONS = List.of("1", "'it''s'", "a", "t.a.b", "array[1, 2]", "transform(a, x -> x + 1)", "CAST(a AS row(x bigint, y varchar))", "\"date\"", "current_date", "count(*) FILTER (WHERE a > 1)", "X'00'", "U&'\\00e9'", "?", "INTERVAL '1' DAY", "a[1]", "CASE WHEN a THEN 1 ELSE 2 END", "-1.5e3", "json_value(a, 'lax $.b')");
    private static final List<String> BLANKS = List.of(" ", "\n", "\t ", " -- comment; ' \"\n", " /* ; ' ` */ ");
    private static final DialectSession SESSION = new DialectSession("awsdatacatalog", Optional.of("d"), DialectMode.AUTO, Optional.of("iceberg"), TableKinds.assumeHive());
    private static final DialectSession ASKED = SESSION.withEngine(new TestAmbiguousStatements.Asked(_ -> Engine.Verdict.ACCEPTED));

    @Test
    public void testGeneratedStatements()
    {
        Random random = new Random(483);
        SqlParser parser = new SqlParser();
        int statements = 0;
        for (int round = 0; round < 500; round++) {
            String text = statement(random);
            String formatted;
            try {
                formatted = SqlFormatter.formatSql(parser.createStatement(text));
            }
            catch (ParsingException e) {
                // an expression at a place that is not for it
                continue;
            }
            statements++;
            assertThat(AthenaDialect.translate(text, SESSION)).isEqualTo(Translation.of(text));
            assertThat(AthenaDialect.translate(formatted, SESSION)).isEqualTo(Translation.of(formatted));
            if (!text.contains("table_type")) {
                // nor is what an engine would run that can be asked; table_type it has no property for
                assertThat(AthenaDialect.translate(text, ASKED)).isEqualTo(Translation.of(text));
            }
            // Athena's reading is Trino's too, and reading it again changes nothing
            Optional<String> read = read(text);
            read.ifPresent(athena -> {
                parser.createStatement(athena);
                assertThat(read(athena)).contains(athena);
            });
        }
        assertThat(statements).isGreaterThan(300);
    }

    private static Optional<String> read(String text)
    {
        try {
            return Optional.of(AthenaDialect.translate(text, SESSION.withMode(DialectMode.ATHENA)).statement());
        }
        catch (DialectException e) {
            return Optional.empty();
        }
    }

    @Test
    public void testAnyText()
    {
        Random random = new Random(3);
        List<String> pieces = List.of(
                "CREATE",
                "EXTERNAL",
                "TABLE",
                "UNLOAD",
                "(",
                ")",
                "SELECT",
                "'",
                "\"",
                "`",
                ";",
                "--",
                "/*",
                "*/",
                "\n",
                "TO",
                "WITH",
                "=",
                ",",
                "PREPARE",
                "p",
                "FROM",
                "EXPLAIN",
                "ANALYZE",
                "EXECUTE",
                "IMMEDIATE",
                "'x'",
                "1",
                "array<",
                ">",
                "\\",
                "\uD83D\uDE00",
                "\uD83D",
                "\u0000",
                "UNNEST",
                "AS",
                "t",
                "ALTER",
                "ADD",
                "PARTITION",
                "SHOW",
                "MSCK",
                "REPAIR",
                "OPTIMIZE",
                "VACUUM",
                "FORMAT",
                "JSON");
        for (int round = 0; round < 1500; round++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(12); length >= 0; length--) {
                text.append(pieces.get(random.nextInt(pieces.size()))).append(random.nextInt(4) == 0 ? "" : " ");
            }
            for (DialectMode mode : DialectMode.values()) {
                translateOrFailWithPosition(text.toString(), mode);
            }
            translateBackOrFailWithPosition(text.toString());
        }
    }

    @Test
    public void testCutStatements()
    {
        String unload = "PREPARE p FROM UNLOAD (SELECT x, ')' FROM UNNEST(ARRAY['é']) AS t(x)) TO 's3://b/u/' WITH (format = 'JSON', partitioned_by = ARRAY['x'], compression_level = '3')";
        String create = "CREATE TABLE `d`.`i` (a int, b struct<c:array<map<string,int>>>) PARTITIONED BY (bucket(3, a)) LOCATION 's3://b/' TBLPROPERTIES ('table_type'='ICEBERG', 'format'='orc')";
        for (String statement : List.of(unload, create)) {
            for (int end = 0; end <= statement.length(); end++) {
                translateOrFailWithPosition(statement.substring(0, end), DialectMode.AUTO);
                translateOrFailWithPosition(statement.substring(end), DialectMode.ATHENA);
            }
        }
    }

    @Test
    public void testLargeTexts()
    {
        String name = "x".repeat(1_000_000);
        for (String text : List.of(name, "SELECT " + name, "UNLOAD (SELECT " + name + ") TO 's3://b/'", "(".repeat(100_000), "UNLOAD " + "(".repeat(100_000), "EXPLAIN ".repeat(5_000) + "SHOW LOCKS", "PREPARE p FROM ".repeat(5_000) + "SHOW LOCKS")) {
            translateOrFailWithPosition(text, DialectMode.AUTO);
        }
    }

    private static void translateOrFailWithPosition(String text, DialectMode mode)
    {
        try {
            Translation translation = AthenaDialect.translate(text, SESSION.withMode(mode));
            assertThat(translation.statement()).isNotNull();
        }
        catch (DialectException e) {
            assertPosition(text, e);
        }
    }

    private static void translateBackOrFailWithPosition(String text)
    {
        try {
            assertThat(TrinoToAthena.translate(text, SESSION).before()).isEmpty();
        }
        catch (DialectException e) {
            assertPosition(text, e);
        }
    }

    private static void assertPosition(String text, DialectException exception)
    {
        assertThat(exception.line()).isBetween(1, (int) text.lines().count() + 1);
        assertThat(exception.column()).isBetween(1, text.length() + 2);
    }

    private static String statement(Random random)
    {
        String query = query(random, 2);
        String table = pick(random, TABLES);
        String text = switch (random.nextInt(24)) {
            case 0 -> "CREATE TABLE %s AS %s".formatted(table, query);
            case 1 -> "CREATE TABLE %s WITH (format = 'ORC', table_type = 'HIVE') AS %s".formatted(table, query);
            case 2 -> "INSERT INTO %s %s".formatted(table, query);
            case 3 -> "CREATE OR REPLACE VIEW %s AS %s".formatted(table, query);
            case 4 -> "EXPLAIN (TYPE DISTRIBUTED, FORMAT JSON) " + query;
            case 5 -> "EXPLAIN ANALYZE VERBOSE " + query;
            case 6 -> "PREPARE p FROM " + query;
            case 7 -> "EXECUTE IMMEDIATE 'SELECT 1' USING " + pick(random, EXPRESSIONS);
            case 8 -> "DELETE FROM %s WHERE %s = 1".formatted(table, pick(random, EXPRESSIONS));
            case 9 -> "UPDATE %s SET a = %s".formatted(table, pick(random, EXPRESSIONS));
            case 10 -> "ALTER TABLE %s ADD COLUMN c bigint COMMENT 'c'".formatted(table);
            case 11 -> "ALTER TABLE %s EXECUTE optimize(file_size_threshold => '1MB')".formatted(table);
            case 12 -> pick(random, List.of("SHOW TABLES", "SHOW SCHEMAS LIKE 'a%'", "SHOW SESSION", "SHOW CATALOGS", "SHOW FUNCTIONS", "COMMIT", "START TRANSACTION READ ONLY", "SET ROLE ALL", "SET TIME ZONE LOCAL"));
            case 13 -> "DROP TABLE IF EXISTS " + table;
            case 14 -> "DESCRIBE " + table;
            case 15 -> "CALL system.sync_partition_metadata('d', 't', 'ADD')";
            case 16 -> "CREATE TABLE %s (a bigint, b varchar(3) COMMENT 'x') WITH (partitioned_by = ARRAY['b'])".formatted(table);
            default -> query;
        };
        StringBuilder spaced = new StringBuilder();
        boolean quoted = false;
        for (char character : text.toCharArray()) {
            quoted ^= character == '\'' || character == '"';
            spaced.append(character == ' ' && !quoted ? pick(random, BLANKS) : String.valueOf(character));
        }
        return spaced.toString();
    }

    private static String query(Random random, int depth)
    {
        String from = switch (random.nextInt(depth > 0 ? 7 : 3)) {
            case 0 -> pick(random, TABLES);
            case 1 -> "UNNEST(%s, %s) WITH ORDINALITY AS u(x, y, n)".formatted(pick(random, EXPRESSIONS), pick(random, EXPRESSIONS));
            case 2 -> "%s CROSS JOIN UNNEST(%s) AS u(x)".formatted(pick(random, TABLES), pick(random, EXPRESSIONS));
            case 3 -> "(%s) AS s".formatted(query(random, depth - 1));
            case 4 -> "%s JOIN %s USING (a)".formatted(pick(random, TABLES), pick(random, TABLES));
            case 5 -> "UNNEST(ARRAY[(%s)]) AS u(x)".formatted(query(random, depth - 1));
            default -> "LATERAL (%s)".formatted(query(random, depth - 1));
        };
        String with = random.nextInt(6) == 0 ? "WITH %sw AS (SELECT 1) ".formatted(random.nextInt(3) == 0 ? "RECURSIVE " : "") : "";
        return "%sSELECT %s, %s AS \"c\" FROM %s WHERE %s IS NOT NULL".formatted(depth == 2 ? with : "", pick(random, EXPRESSIONS), pick(random, EXPRESSIONS), from, pick(random, EXPRESSIONS));
    }

    private static String pick(Random random, List<String> choices)
    {
        return choices.get(random.nextInt(choices.size()));
    }
}
