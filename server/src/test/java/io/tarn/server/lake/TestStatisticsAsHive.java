package io.tarn.server.lake;

import io.trino.Session;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import static io.tarn.server.lake.LakeFixture.location;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

/**
 * Statistics in Glue: those that {@code ANALYZE} keeps through either connector are the same through the other.
 */
@TestInstance(PER_CLASS)
final class TestStatisticsAsHive
{
    private static final String ROWS =
            """
            SELECT
                n % 2 = 0 AS flag,
                CAST(n % 100 AS tinyint) AS tiny,
                CAST(n % 1000 AS smallint) AS small,
                CAST(if(n % 10 = 0, NULL, n) AS integer) AS whole,
                n * 1000000007 AS big,
                CAST(n AS real) / 8 AS single,
                if(n % 3 = 0, NULL, n / 7E0) AS precise,
                CAST(n AS decimal(9, 2)) / 4 AS money,
                CAST(n AS decimal(30, 3)) * 1000000000 AS large,
                CAST('name ' || CAST(n % 17 AS varchar) AS varchar(20)) AS name,
                if(n % 5 = 0, NULL, 'text ' || CAST(n AS varchar)) AS text,
                CAST('c' || CAST(n % 3 AS varchar) AS char(4)) AS fixed,
                CAST('b' || CAST(n AS varchar) AS varbinary) AS bytes,
                DATE '2020-01-01' + n % 400 * INTERVAL '1' DAY AS day,
                TIMESTAMP '2020-01-01 00:00:00.000' + n * INTERVAL '1' MINUTE AS moment,
                CAST(NULL AS bigint) AS nothing,
                ARRAY[n] AS list,
                CAST(if(n % 4 = 3, NULL, n % 4) AS integer) AS part
            FROM UNNEST(sequence(1, 3000)) AS t(n)
            """;

    private LakeFixture lake;

    @BeforeAll
    void start()
            throws Exception
    {
        lake = new LakeFixture();
        execute("hive", "CREATE SCHEMA hive.statistics WITH (location = '%s')".formatted(location("statistics/")));
        execute("hive", "CREATE TABLE hive.statistics.whole WITH (format = 'PARQUET') AS " + ROWS);
        execute("hive", "CREATE TABLE hive.statistics.parts WITH (format = 'PARQUET', partitioned_by = ARRAY['part']) AS " + ROWS);
        execute("hive", "CALL hive.system.create_empty_partition('statistics', 'parts', ARRAY['part'], ARRAY['9'])");
    }

    @AfterAll
    void stop()
    {
        lake.close();
    }

    @Test
    void tableWithoutPartitions()
    {
        assertSame("statistics.whole");
        execute("s3", "ANALYZE statistics.whole");
        String analyzed = assertSame("statistics.whole");
        assertThat(analyzed).contains("[whole, null, ").contains("[null, null, null, null, 3000.0, null, null]");
        execute("hive", "ANALYZE statistics.whole");
        assertThat(assertSame("statistics.whole")).isEqualTo(analyzed);
    }

    @Test
    void partitions()
    {
        assertSame("statistics.parts");
        execute("s3", "ANALYZE statistics.parts");
        String analyzed = assertSame("statistics.parts");
        assertThat(analyzed).contains("[null, null, null, null, 3000.0, null, null]");
        for (String condition : new String[] {"part = 1", "part IS NULL", "part IN (0, 2)"}) {
            assertSame("(SELECT * FROM statistics.parts WHERE %s)".formatted(condition));
        }
        // the peer does not know how many rows there are in no partition
        assertThat(statistics("s3", "footer_statistics_enabled", "(SELECT * FROM statistics.parts WHERE part = 9)")).endsWith("[null, null, null, null, 0.0, null, null]");
        // the peer's own ANALYZE fails over an empty partition of a table that has an array
    }

    @Test
    void footersTellTheSameRowsAndRanges()
    {
        String footers = statistics("s3", "catalog_statistics_enabled", "(SELECT whole, big, precise, money, day FROM statistics.whole)");
        assertThat(footers.replaceAll("(?m)^(\\[\\w+, \\w+, )[^,]+", "$1?"))
                .isEqualTo(statistics("hive", null, "(SELECT whole, big, precise, money, day FROM statistics.whole)").replaceAll("(?m)^(\\[\\w+, \\w+, )[^,]+", "$1?"));
    }

    private String assertSame(String relation)
    {
        String statistics = statistics("s3", "footer_statistics_enabled", relation);
        assertThat(statistics).isEqualTo(statistics("hive", null, relation));
        return statistics;
    }

    private String statistics(String catalog, String turnedOff, String relation)
    {
        Session.SessionBuilder session = Session.builder(lake.session(catalog));
        if (turnedOff != null) {
            session.setCatalogSessionProperty(catalog, turnedOff, "false");
        }
        return String.join("\n", lake.queryRunner().execute(session.build(), "SHOW STATS FOR " + relation).getMaterializedRows().stream()
                .map(row -> row.getFields().toString())
                .toList());
    }

    private void execute(String catalog, String sql)
    {
        lake.queryRunner().execute(lake.session(catalog), sql);
    }
}
