package io.tarn.athena.dialect;

import com.google.common.collect.ImmutableSet;
import io.tarn.ddl.TableProperties;
import io.tarn.format.FormatWriters;
import io.trino.spi.session.PropertyMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static io.tarn.athena.dialect.DialectMode.ATHENA;
import static io.tarn.athena.dialect.DialectMode.AUTO;
import static io.tarn.athena.dialect.Engine.Verdict.ACCEPTED;
import static io.tarn.athena.dialect.Engine.Verdict.MISMATCHED_ALIASES;
import static io.tarn.athena.dialect.Engine.Verdict.UNKNOWN;
import static io.trino.type.InternalTypeManager.TESTING_TYPE_MANAGER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What both parsers take, in a session that does not say whose it is.
 */
public class TestAmbiguousStatements
{
    private static final String ICEBERG_TABLE_AS = "CREATE TABLE c WITH (table_type = 'ICEBERG', is_external = false, location = 's3://b/c/') AS SELECT 1 AS a";
    private static final String UNNEST = "SELECT x FROM t CROSS JOIN UNNEST(items) AS u(x)";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock =
            """
            SELECT x FROM t CROSS JOIN UNNEST(items) AS u(x) | SELECT x FROM t CROSS JOIN UNNEST(transform(items, element -> ROW(element))) AS u(x)
            SELECT x FROM t CROSS JOIN UNNEST(items) AS u(x); | SELECT x FROM t CROSS JOIN UNNEST(transform(items, element -> ROW(element))) AS u(x)
            CREATE VIEW v AS SELECT x FROM UNNEST(a) WITH ORDINALITY AS u(x, n) | CREATE VIEW v AS SELECT x FROM UNNEST(transform(a, element -> ROW(element))) WITH ORDINALITY AS u(x, n)
            PREPARE p FROM SELECT x FROM UNNEST(a) AS u(x) WHERE x.b = ? | PREPARE p FROM SELECT x FROM UNNEST(transform(a, element -> ROW(element))) AS u(x) WHERE x.b = ?
            EXPLAIN (TYPE DISTRIBUTED) SELECT x FROM UNNEST(a) AS u(x) | EXPLAIN (TYPE DISTRIBUTED) SELECT x FROM UNNEST(transform(a, element -> ROW(element))) AS u(x)
            EXPLAIN ANALYZE VERBOSE SELECT x FROM UNNEST(a) AS u(x) | EXPLAIN ANALYZE VERBOSE SELECT x FROM UNNEST(transform(a, element -> ROW(element))) AS u(x)
            EXPLAIN ANALYZE (FORMAT JSON) SELECT x FROM UNNEST(a) AS u(x) | EXPLAIN ANALYZE SELECT x FROM UNNEST(transform(a, element -> ROW(element))) AS u(x)
            EXECUTE IMMEDIATE 'SELECT x FROM UNNEST(a) AS u(x) WHERE x.b = ''c''' USING 1 | EXECUTE IMMEDIATE 'SELECT x FROM UNNEST(transform(a, element -> ROW(element))) AS u(x) WHERE x.b = ''c''' USING 1
            """)
    public void testUnnestThatTrinoRefuses(String statement, String athena)
    {
        Asked engine = new Asked(text -> text.contains("transform") ? ACCEPTED : MISMATCHED_ALIASES);
        assertThat(translate(statement, engine).statement()).isEqualTo(athena);
        assertThat(engine.questions).hasSize(2);

        // Trino runs it, or says itself why not
        for (Engine.Verdict verdict : new Engine.Verdict[] {ACCEPTED, UNKNOWN}) {
            Asked other = new Asked(_ -> verdict);
            assertThat(translate(statement, other)).isEqualTo(translate(statement, Engine.unknown()));
            assertThat(other.questions).hasSize(1);
        }
        // Athena's reading is no better
        assertThat(translate(statement, new Asked(_ -> MISMATCHED_ALIASES))).isEqualTo(translate(statement, Engine.unknown()));
        // where the session says whose it is, nobody is asked
        assertThat(AthenaDialect.translate(statement, session(engine).withMode(ATHENA)).statement()).isEqualTo(athena);
        assertThat(engine.questions).hasSize(2);
    }

    // an UNNEST is not enough
    @ParameterizedTest
    @ValueSource(strings = {
            "SELECT * FROM UNNEST(a)",
            "SELECT * FROM UNNEST(a) AS t",
            "SELECT k, v FROM UNNEST(m) AS t(k, v)",
            "SELECT x FROM UNNEST(transform(a, e -> ROW(e))) AS t(x)",
            "SELECT 'UNNEST(a) AS t(x)' -- UNNEST(a) AS t(x)",
            "SELECT \"unnest\" FROM t AS u(x)",
            "EXPLAIN ANALYZE t",
            "EXPLAIN ANALYZE \"unnest\"",
    })
    public void testNothingToAsk(String statement)
    {
        Asked engine = new Asked(_ -> MISMATCHED_ALIASES);
        assertThat(translate(statement, engine)).isEqualTo(Translation.of(statement));
        assertThat(engine.questions).isEmpty();
    }

    @Test
    public void testReadingThatAthenaRefuses()
    {
        String statement = "WITH RECURSIVE w(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM w WHERE n < 3) SELECT * FROM w, UNNEST(items) AS u(x)";
        assertThat(translate(statement, new Asked(_ -> MISMATCHED_ALIASES))).isEqualTo(Translation.of(statement));
    }

    @Test
    public void testViewIsNoted()
    {
        Asked engine = new Asked(text -> text.contains("transform") ? ACCEPTED : MISMATCHED_ALIASES);
        assertThat(translate("CREATE VIEW v AS\n" + UNNEST, engine).notes()).extracting(TranslationNote::text)
                .containsExactly("The view is kept with the text that Trino reads, in which the array of line 2 has a row around each element: Athena, which takes elements as they are, sees that row");
        assertThat(translate(UNNEST, engine).notes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock =
            """
            CREATE TABLE c WITH (table_type = 'ICEBERG', is_external = false, location = 's3://b/c/') AS SELECT 1 AS a | CREATE TABLE iceberg.db.c WITH (location = 's3://b/c') AS SELECT 1 AS a
            CREATE TABLE awsdatacatalog.d.c WITH ("TABLE_TYPE" = 'iceberg', "format" = 'orc') AS SELECT 1 AS a | CREATE TABLE iceberg.d.c WITH (format = 'ORC') AS SELECT 1 AS a
            CREATE TABLE c WITH (table_type = 'HIVE', format = 'ORC') AS SELECT 1 AS a | CREATE TABLE c WITH (format = 'ORC') AS SELECT 1 AS a
            CREATE TABLE IF NOT EXISTS c WITH (table_type = 'HIVE') AS SELECT x FROM UNNEST(a) AS u(x) | CREATE TABLE IF NOT EXISTS c  AS SELECT x FROM UNNEST(transform(a, element -> ROW(element))) AS u(x)
            PREPARE p FROM CREATE TABLE c WITH (table_type = 'HIVE') AS SELECT ? AS a | PREPARE p FROM CREATE TABLE c  AS SELECT ? AS a
            EXPLAIN CREATE TABLE c WITH (table_type = 'HIVE') AS SELECT 1 AS a | EXPLAIN CREATE TABLE c  AS SELECT 1 AS a
            """)
    public void testPropertyThatTrinoRefuses(String statement, String athena)
    {
        assertThat(translate(statement, new Asked(_ -> UNKNOWN)).statement()).isEqualTo(athena);
        assertThat(translate(statement, Engine.unknown())).isEqualTo(Translation.of(statement));
    }

    @Test
    public void testPropertiesThatTrinoMayTake()
    {
        Asked engine = new Asked(_ -> UNKNOWN);
        for (String statement : List.of(
                ICEBERG_TABLE_AS.replace(" c ", " memory.default.c "),
                ICEBERG_TABLE_AS.replace(" c ", " iceberg.db.c "),
                "CREATE TABLE c WITH (location = 's3://b/c/', format = 'ORC') AS SELECT 1 AS a",
                "CREATE TABLE c WITH (no_such = 1) AS SELECT 1 AS a",
                "CREATE TABLE c AS SELECT 1 AS table_type")) {
            assertThat(translate(statement, engine)).isEqualTo(Translation.of(statement));
        }
        // where there is such a table already, Trino leaves it at that and looks at no properties
        String once = ICEBERG_TABLE_AS.replace("TABLE", "TABLE IF NOT EXISTS");
        assertThat(translate(once, new Asked(_ -> ACCEPTED))).isEqualTo(Translation.of(once));
        // the day that the catalogue has such a property
        Engine knows = new Engine()
        {
            @Override
            public Verdict analyze(String statement)
            {
                return UNKNOWN;
            }

            @Override
            public Optional<Set<String>> tableProperties(List<String> table)
            {
                return Optional.of(ImmutableSet.of("table_type"));
            }
        };
        assertThat(translate(ICEBERG_TABLE_AS, knows)).isEqualTo(Translation.of(ICEBERG_TABLE_AS));
    }

    @Test
    public void testErrorsAreAthenas()
    {
        assertThatExceptionOfType(DialectException.class)
                .isThrownBy(() -> translate("EXPLAIN CREATE TABLE c WITH (\n table_type = 'ICEBERG', bucket_count = 3) AS SELECT 1 AS a", new Asked(_ -> UNKNOWN)))
                .withMessage("line 2:26: bucket_count is for tables of Hive's kind; Iceberg tables have location and partitioning");
    }

    private static Translation translate(String statement, Engine engine)
    {
        return AthenaDialect.translate(statement, session(engine));
    }

    private static DialectSession session(Engine engine)
    {
        return new DialectSession("awsdatacatalog", Optional.of("db"), AUTO, Optional.of("iceberg"), TableKinds.assumeHive(), engine);
    }

    /**
     * An engine with the properties of the catalogue itself.
     */
    static final class Asked
            implements Engine
    {
        private static final Set<String> PROPERTIES = new TableProperties(new FormatWriters(ImmutableSet.of()), TESTING_TYPE_MANAGER).properties().stream()
                .map(PropertyMetadata::getName)
                .collect(toImmutableSet());

        private final Function<String, Verdict> opinion;
        private final List<String> questions = new ArrayList<>();

        Asked(Function<String, Verdict> opinion)
        {
            this.opinion = opinion;
        }

        @Override
        public Verdict analyze(String statement)
        {
            questions.add(statement);
            return opinion.apply(statement);
        }

        @Override
        public Optional<Set<String>> tableProperties(List<String> table)
        {
            return table.size() < 3 || table.getFirst().equals("awsdatacatalog") ? Optional.of(PROPERTIES) : Optional.empty();
        }
    }
}
