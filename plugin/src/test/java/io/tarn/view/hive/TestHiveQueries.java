package io.tarn.view.hive;

import io.trino.metastore.StorageFormat;
import io.trino.metastore.Table;
import io.trino.spi.TrinoException;
import io.trino.spi.type.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import static io.tarn.error.TarnErrorCode.TARN_INVALID_VIEW;
import static io.tarn.view.hive.HiveTables.translate;
import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.IntegerType.INTEGER;
import static io.trino.spi.type.VarcharType.VARCHAR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class TestHiveQueries
{
    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '\0', textBlock = """
                                                                            select i, s as name from t => SELECT "t"."i" AS "i", "t"."s" AS "name" FROM "lake"."t" AS "t"
                                                                            SELECT `t`.`i` FROM `other`.`t` -- all of it => SELECT "t"."i" AS "i" FROM "other"."t" AS "t"
                                                                            select /* one */ 1 as one => SELECT 1 AS "one"
                                                                            select u.* from u => SELECT "u"."i" AS "i", "u"."name" AS "name" FROM "lake"."u" AS "u"
                                                                            select * from u x => SELECT "x"."i" AS "i", "x"."name" AS "name" FROM "lake"."u" AS "x"
                                                                            select i + 1 from u => SELECT ("u"."i" + 1) AS "_c0" FROM "lake"."u" AS "u"
                                                                            select distinct name from u where i > 1 => SELECT DISTINCT "u"."name" AS "name" FROM "lake"."u" AS "u" WHERE ("u"."i" > 1)
                                                                            select name, count(*) n from u group by name having n > 1 => SELECT "u"."name" AS "name", count(*) AS "n" FROM "lake"."u" AS "u" GROUP BY "u"."name" HAVING (count(*) > 1)
                                                                            select name from u order by name desc, i limit 5 => SELECT "u"."name" AS "name" FROM "lake"."u" AS "u" ORDER BY "name" DESC NULLS LAST, "u"."i" ASC NULLS FIRST LIMIT 5
                                                                            select i from u limit 2, 5 => SELECT "u"."i" AS "i" FROM "lake"."u" AS "u" OFFSET 2 LIMIT 5
                                                                            select i from u distribute by i sort by name => SELECT "u"."i" AS "i" FROM "lake"."u" AS "u"
                                                                            select i from u cluster by i => SELECT "u"."i" AS "i" FROM "lake"."u" AS "u"
                                                                            select t.i, name from t join u on t.i = u.i => SELECT "t"."i" AS "i", "u"."name" AS "name" FROM "lake"."t" AS "t" INNER JOIN "lake"."u" AS "u" ON ("t"."i" = "u"."i")
                                                                            select a.i from t a left outer join u b on a.i = b.i => SELECT "a"."i" AS "i" FROM "lake"."t" AS "a" LEFT JOIN "lake"."u" AS "b" ON ("a"."i" = "b"."i")
                                                                            select a.i from t a full join u b on a.i = b.i => SELECT "a"."i" AS "i" FROM "lake"."t" AS "a" FULL JOIN "lake"."u" AS "b" ON ("a"."i" = "b"."i")
                                                                            select a.i from t a, u b where a.i = b.i => SELECT "a"."i" AS "i" FROM "lake"."t" AS "a" CROSS JOIN "lake"."u" AS "b" WHERE ("a"."i" = "b"."i")
                                                                            select a.i from t a cross join u b => SELECT "a"."i" AS "i" FROM "lake"."t" AS "a" CROSS JOIN "lake"."u" AS "b"
                                                                            select a.i from t a left semi join u b on a.i = b.i where a.i > 1 => SELECT "a"."i" AS "i" FROM "lake"."t" AS "a" WHERE EXISTS (SELECT 1 FROM "lake"."u" AS "b" WHERE ("a"."i" = "b"."i")) AND ("a"."i" > 1)
                                                                            select x.n from (select i n from u) x => SELECT "x"."n" AS "n" FROM (SELECT "u"."i" AS "n" FROM "lake"."u" AS "u") AS "x"
                                                                            with x as (select i from u) select i from x => WITH "x" AS (SELECT "u"."i" AS "i" FROM "lake"."u" AS "u") SELECT "x"."i" AS "i" FROM "x" AS "x"
                                                                            select i from t union all select i from u => (SELECT "t"."i" AS "i" FROM "lake"."t" AS "t") UNION ALL (SELECT "u"."i" AS "i" FROM "lake"."u" AS "u")
                                                                            select i from t union select i from u => (SELECT "t"."i" AS "i" FROM "lake"."t" AS "t") UNION (SELECT "u"."i" AS "i" FROM "lake"."u" AS "u")
                                                                            select i from u where i in (select i from other.t) => SELECT "u"."i" AS "i" FROM "lake"."u" AS "u" WHERE ("u"."i" IN (SELECT "t"."i" AS "i" FROM "other"."t" AS "t"))
                                                                            select name from u where exists (select 1 from t where t.i = u.i) => SELECT "u"."name" AS "name" FROM "lake"."u" AS "u" WHERE EXISTS (SELECT 1 AS "_c0" FROM "lake"."t" AS "t" WHERE ("t"."i" = "u"."i"))
                                                                            select e from t lateral view explode(arr) x as e => SELECT "x"."e" AS "e" FROM "lake"."t" AS "t" CROSS JOIN UNNEST("t"."arr") AS "x" ("e")
                                                                            select e from t lateral view outer explode(arr) x as e => SELECT "x"."e" AS "e" FROM "lake"."t" AS "t" LEFT JOIN UNNEST("t"."arr") AS "x" ("e") ON true
                                                                            select x.col from t lateral view explode(arr) x => SELECT "x"."col" AS "col" FROM "lake"."t" AS "t" CROSS JOIN UNNEST("t"."arr") AS "x" ("col")
                                                                            select k, v2 from t lateral view explode(m) x as k, v2 => SELECT "x"."k" AS "k", "x"."v2" AS "v2" FROM "lake"."t" AS "t" CROSS JOIN UNNEST("t"."m") AS "x" ("k", "v2")
                                                                            select p2, e from t lateral view posexplode(arr) x as p2, e => SELECT CAST("x"."p2" - 1 AS integer) AS "p2", "x"."e" AS "e" FROM "lake"."t" AS "t" CROSS JOIN UNNEST("t"."arr") WITH ORDINALITY AS "x" ("e", "p2")
                                                                            select e.y from t lateral view explode(sts) x as e => SELECT "x"."e"."y" AS "y" FROM "lake"."t" AS "t" CROSS JOIN UNNEST(transform("t"."sts", element -> ROW(element))) AS "x" ("e")
                                                                            select x.y from t lateral view inline(sts) x => SELECT "x"."y" AS "y" FROM "lake"."t" AS "t" CROSS JOIN UNNEST("t"."sts") AS "x" ("x", "y")
                                                                            select w from t lateral view explode(split(s, ' ')) x as w => SELECT "x"."w" AS "w" FROM "lake"."t" AS "t" CROSS JOIN UNNEST(split("t"."s", ' ')) AS "x" ("w")
                                                                            select a.e, b2.w from t lateral view explode(arr) a as e lateral view explode(words) b2 as w => SELECT "a"."e" AS "e", "b2"."w" AS "w" FROM "lake"."t" AS "t" CROSS JOIN UNNEST("t"."arr") AS "a" ("e") CROSS JOIN UNNEST("t"."words") AS "b2" ("w")
                                                                            """)
    void translated(String hive, String trino)
    {
        assertThat(translate(hive)).isEqualTo(trino);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '\0', textBlock = """
                                                                            select => line 1, column 7: the end of the text is not understood: an expression is expected
                                                                            selec i from t => line 1, column 1: 'selec' is not understood: SELECT is expected
                                                                            select i from t; drop table t => line 1, column 16: the character ';' is not known here
                                                                            select i from t where => an expression is expected
                                                                            select i from t x y => line 1, column 19: 'y' is not understood: the text should end here
                                                                            from t select i => FROM before SELECT is not translated
                                                                            select transform(i) using 'cat' from t => TRANSFORM is not translated
                                                                            select i from nowhere => line 1, column 15: there is no table or view lake.nowhere
                                                                            select i from no.t => there is no table or view no.t
                                                                            select i from t join u => column 'i' is in several tables
                                                                            select t.i from t join t on t.i = t.i => two tables have the name 't'
                                                                            select t.i from t left join u => an outer join without ON is not translated
                                                                            select t.i from t natural join u => NATURAL JOIN is not translated
                                                                            select t.i from t join u using (i) => USING is not translated
                                                                            select t.i from (t join u on t.i = u.i) => parentheses around a join are not translated
                                                                            select a.i from t a left semi join u b on a.i = b.i join u c2 on a.i = c2.i => a join after LEFT SEMI JOIN is not translated
                                                                            select b.name from t a left semi join u b on a.i = b.i => line 1, column 9: the field 'name' of the type
                                                                            select i from t tablesample (10 percent) => line 1, column 17: TABLESAMPLE is not translated
                                                                            select s, count(*) from t group by s with rollup => ROLLUP, CUBE and GROUPING SETS are not translated
                                                                            select s, count(*) from t group by s grouping sets ((s)) => ROLLUP, CUBE and GROUPING SETS are not translated
                                                                            select s from t group by 1 => a constant in GROUP BY is not translated
                                                                            select s from t order by 1 => a constant in ORDER BY is not translated
                                                                            select s from t sort by s limit 1 => line 1, column 17: LIMIT after SORT BY, CLUSTER BY or DISTRIBUTE BY
                                                                            select i from t union all select i from u limit 1 => ORDER BY or LIMIT in a UNION is not translated
                                                                            select i from t union all select s from t => in UNION, column 'i' of integer and varchar is not translated
                                                                            select i from t union all select i, s from t => UNION of 1 and 2 columns
                                                                            select i from t intersect select i from u => INTERSECT is not translated
                                                                            select i from t except select i from u => EXCEPT is not translated
                                                                            select null as n from t => NULL without a type is not translated
                                                                            select explode(arr) as e from t => the function explode is not known to mean the same
                                                                            select i from t lateral view stack(2, 'a', 'b') x as y => line 1, column 30: LATERAL VIEW of the function stack is not translated
                                                                            select i from t lateral view explode(s) x as y => the function explode of the type varchar is not translated
                                                                            select i from t lateral view explode(arr) x as y, z => LATERAL VIEW explode gives 1 columns, and is given the names [y, z]
                                                                            select i from t lateral view posexplode(m) x as y, z => the function posexplode of the type map(varchar, integer)
                                                                            select x.i from (select i, i from u) x => two columns of the query have the name 'i'
                                                                            select i from t where i => WHERE of the type integer is not translated
                                                                            select i from t where i in (select i, name from u) => IN with a query of 2 columns
                                                                            select i from t where i not in (select i from u) => line 1, column 25: NOT IN with a query is not translated
                                                                            select `i from t => a name in backquotes is not closed
                                                                            select 'i from t => a string is not closed
                                                                            select i /* from t => a comment is not closed
                                                                            """)
    void refused(String hive, String message)
    {
        assertThatThrownBy(() -> translate(hive))
                .isInstanceOfSatisfying(UntranslatableException.class, refusal -> assertThat(refusal.place() + ": " + refusal.getMessage()).contains(message));
    }

    @Test
    void aViewHasTheColumnsOfTheCatalogue()
    {
        Map<String, Type> columns = new LinkedHashMap<>();
        columns.put("number", BIGINT);
        columns.put("text", VARCHAR);
        assertThat(HiveViewTranslator.translate(view("select i, v from t", Map.of()), columns, new HiveTables()))
                .isEqualTo("SELECT CAST(_0 AS bigint) AS \"number\", CAST(_1 AS varchar) AS \"text\" FROM (SELECT \"t\".\"i\" AS \"i\", \"t\".\"v\" AS \"v\" FROM \"lake\".\"t\" AS \"t\") AS v (_0, _1)");
        assertThatThrownBy(() -> HiveViewTranslator.translate(view("select i from t", Map.of()), columns, new HiveTables()))
                .isInstanceOf(TrinoException.class)
                .hasMessageContaining("the query gives 1 columns, and the catalogue has 2 for the view");
        assertThatThrownBy(() -> HiveViewTranslator.translate(view("select s, s from t", Map.of()), columns, new HiveTables()))
                .hasMessageContaining("column 'number' comes out as varchar, and the catalogue has it as bigint");
    }

    @Test
    void theMessageNamesViewPlaceAndRemedy()
    {
        assertThatThrownBy(() -> HiveViewTranslator.translate(view("select i\nfrom t\n  tablesample (1 rows)", Map.of()), Map.of("i", INTEGER), new HiveTables()))
                .isInstanceOfSatisfying(TrinoException.class, e -> assertThat(e.getErrorCode()).isEqualTo(TARN_INVALID_VIEW.toErrorCode()))
                .hasMessage("View other.v is written in Hive's dialect and cannot be translated, at line 3, column 3 of its text: TABLESAMPLE is not translated. Change the view in Hive, or create it anew with Trino or Athena");
    }

    @Test
    void namesWithoutDatabaseAreOfTheViews()
    {
        assertThat(HiveViewTranslator.translate(view("select i from t", Map.of()), Map.of("i", INTEGER), new HiveTables())).contains("\"lake\".\"t\"");
        assertThat(HiveViewTranslator.translate(view("select i from t", Map.of("view.catalogAndNamespace.part.1", "other")), Map.of("i", INTEGER), new HiveTables())).contains("\"other\".\"t\"");
    }

    @Test
    void hostileTexts()
    {
        for (String text : List.of(
                "(".repeat(100_000),
                "select " + "(".repeat(100_000),
                "select " + "- ".repeat(100_000) + "1",
                "select " + "not ".repeat(100_000) + "true",
                "select " + "case when true then ".repeat(100_000),
                "select i from " + "(select i from ".repeat(50_000),
                "select \u0000",
                "select \uD83D\uDE00 from t")) {
            assertThatThrownBy(() -> translate(text)).isInstanceOf(UntranslatableException.class);
        }
        assertThatThrownBy(() -> HiveViewTranslator.translate(view("select " + "1 + ".repeat(100_000) + "1 as i", Map.of()), Map.of("i", INTEGER), new HiveTables()))
                .hasMessageContaining("it is too long or nested too deeply");
        assertThat(translate("select " + "1 + ".repeat(300) + "1 as x")).endsWith(" AS \"x\"");
    }

    @Test
    void piecesOfQueriesAreTranslatedOrRefused()
    {
        String query = "select t.i, sum(b) over (partition by s order by i) w, case when s like 'a%' then split(s, ',')[0] else cast(i as string) end x from t lateral view outer explode(words) e as word join u on t.i = u.i where dt > '2020-01-01' group by i having count(*) > 1 order by i limit 10";
        Random random = new Random(7);
        int refused = 0;
        for (int i = 0; i < 5_000; i++) {
            int cut = random.nextInt(query.length());
            int length = 1 + random.nextInt(8);
            String broken = query.substring(0, cut) + query.substring(Math.min(query.length(), cut + length));
            try {
                translate(broken);
            }
            catch (UntranslatableException _) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    private static Table view(String text, Map<String, String> parameters)
    {
        return Table.builder()
                .setDatabaseName(parameters.isEmpty() && text.startsWith("select i\n") ? "other" : "lake")
                .setTableName("v")
                .setOwner(Optional.empty())
                .setTableType("VIRTUAL_VIEW")
                .setParameters(parameters)
                .setViewOriginalText(Optional.of(text))
                .setViewExpandedText(Optional.of(""))
                .withStorage(storage -> storage.setStorageFormat(StorageFormat.VIEW_STORAGE_FORMAT))
                .build();
    }
}
