package io.tarn.server.lake;

import com.google.common.hash.Hashing;
import io.trino.testing.MaterializedRow;
import io.trino.testing.QueryFailedException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import static io.tarn.server.lake.LakeFixture.SCHEMA;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

/**
 * Views that Hive wrote, put into Glue as Hive puts them. What they give is what Hive gives: by its language manual, and,
 * where Trino's Hive connector translates the view too, by that.
 */
@TestInstance(PER_CLASS)
final class TestHiveViews
{
    private static final String ROWS =
            """
            {"i": 1, "b": 10, "d": 2.7, "s": "12.5", "dt": "2020-02-29", "ts": "2020-02-29 10:20:30.5", "p": 1.50, "flag": true, "arr": [7, 8], "words": ["a", "b"], "m": {"k": 5}, "sts": [{"x": 1, "y": "one"}, {"x": 2, "y": "two"}], "j": "{\\"a\\": {\\"b\\": \\"deep\\"}, \\"n\\": 1, \\"z\\": null}"}
            {"i": -2, "b": 0, "d": -2.7, "s": "a,,b", "dt": "2019-12-31", "ts": "2019-12-31 23:59:59", "p": -1.55, "flag": false, "arr": [], "words": ["c", null], "m": {}, "sts": [], "j": "nonsense"}
            {"i": 3}
            """;

    /**
     * Expressions of table t with their types, and their values in the rows 1, -2 and 3.
     */
    private static final String EXPRESSIONS =
            """
            double: b / i => 10.0 | -0.0 | null
            double: i / b => 0.1 | null | null
            int: i % 2 => 1 | 0 | 1
            int: pmod(i, 3) => 1 | 1 | 0
            bigint: i div b => 0 | null | null
            int: cast(s as int) => 12 | null | null
            double: cast(s as double) => 12.5 | null | null
            int: cast(d as int) => 2 | -2 | null
            bigint: cast(p as bigint) => 1 | -1 | null
            string: cast(ts as string) => 2020-02-29 10:20:30.5 | 2019-12-31 23:59:59 | null
            string: cast(s as varchar(2)) => 12 | a, | null
            date: cast(concat(substr(cast(dt as string), 1, 10), ' x') as date) => 2020-02-29 | 2019-12-31 | null
            int: size(arr) => 2 | 0 | -1
            int: size(m) => 1 | 0 | -1
            int: arr[0] => 7 | null | null
            int: arr[i] => 8 | null | null
            int: arr[9] => null | null | null
            int: m['k'] => 5 | null | null
            string: sts[1].y => two | null | null
            boolean: array_contains(words, 'b') => true | false | false
            array<string>: split(s, '[,.]') => [12, 5] | [a, , b] | null
            array<string>: split(s, ',') => [12.5] | [a, , b] | null
            string: regexp_extract(s, '([0-9]+)') => 12 | '' | null
            string: regexp_extract(s, 'a(x)?', 1) => '' | null | null
            string: regexp_replace(s, '([.,])', '<$1>') => 12<.>5 | a<,><,>b | null
            string: substr(s, 0, 2) => 12 | a, | null
            string: substr(s, -2) => .5 | ,b | null
            string: concat_ws('-', words) => a-b | c | ''
            string: concat(s, i) => 12.51 | a,,b-2 | null
            string: nvl(s, 'none') => 12.5 | a,,b | none
            string: get_json_object(j, '$.a.b') => deep | null | null
            string: get_json_object(j, '$.a') => {"b":"deep"} | null | null
            string: get_json_object(j, '$.n') => 1 | null | null
            string: get_json_object(j, '$.z') => null | null | null
            date: date_add(dt, 1) => 2020-03-01 | 2020-01-01 | null
            int: datediff(dt, '2020-01-01') => 59 | -1 | null
            string: last_day(dt) => 2020-02-29 | 2019-12-31 | null
            int: year(ts) => 2020 | 2019 | null
            int: weekofyear(dt) => 9 | 1 | null
            string: date_format(ts, 'yyyy/MM/dd HH:mm') => 2020/02/29 10:20 | 2019/12/31 23:59 | null
            boolean: dt > '2020-01-01' => true | false | null
            boolean: s <=> null => false | false | true
            boolean: s like '%,%' => false | true | null
            boolean: s rlike '[0-9]' => true | false | null
            boolean: i in (1, 2) => true | false | false
            bigint: floor(d) => 2 | -3 | null
            double: round(d) => 3.0 | -3.0 | null
            string: case when flag then 'yes' when not flag then 'no' else 'unknown' end => yes | no | unknown
            bigint: b & 3 => 2 | 0 | null
            string: trim(concat(' ', s, ' ')) => 12.5 | a,,b | null
            """;

    private final AtomicInteger names = new AtomicInteger();
    private LakeFixture lake;

    @BeforeAll
    void start()
            throws Exception
    {
        lake = new LakeFixture();
        declare(Declared.json(
                "t",
                "i int",
                "b bigint",
                "d double",
                "s string",
                "dt date",
                "ts timestamp",
                "p decimal(10,2)",
                "flag boolean",
                "arr array<int>",
                "words array<string>",
                "m map<string,int>",
                "sts array<struct<x:int,y:string>>",
                "j string"), ROWS);
        declare(Declared.json("u", "i int", "name string"), "{\"i\": 1, \"name\": \"one\"}\n{\"i\": 1, \"name\": \"uno\"}\n{\"i\": 4, \"name\": \"four\"}\n");
        lake.createTranslatingHiveCatalog("translating");
    }

    @AfterAll
    void stop()
    {
        lake.close();
    }

    @Test
    void expressions()
    {
        List<String> columns = new ArrayList<>(List.of("i int"));
        List<String> items = new ArrayList<>(List.of("`t`.`i`"));
        Map<String, String> expected = new LinkedHashMap<>();
        EXPRESSIONS.lines().forEach(line -> {
            int typeEnd = line.indexOf(": ");
            int end = line.indexOf(" => ");
            columns.add("x%s %s".formatted(columns.size(), line.substring(0, typeEnd)));
            items.add(line.substring(typeEnd + 2, end));
            expected.put(line.substring(typeEnd + 2, end), line.substring(end + 4));
        });
        String view = create("select %s from `%s`.`t`".formatted(String.join(", ", items), SCHEMA), columns.toArray(String[]::new));
        List<MaterializedRow> rows = lake.queryRunner().execute(lake.session("s3"), "SELECT * FROM %s ORDER BY CASE i WHEN 1 THEN 1 WHEN -2 THEN 2 ELSE 3 END".formatted(view)).getMaterializedRows();
        Map<String, String> actual = new LinkedHashMap<>();
        for (int column = 1; column < items.size(); column++) {
            int field = column;
            actual.put(items.get(column), rows.stream()
                    .map(row -> String.valueOf(row.getField(field)))
                    .map(value -> value.isEmpty() ? "''" : value)
                    .collect(joining(" | ")));
        }
        assertThat(actual).isEqualTo(expected);
    }

    @Test
    void aTextThatVersionsOfHiveReadDifferentlyFailsTheQuery()
    {
        String view = create("select cast(s as date) x from t", "x date");
        assertThatThrownBy(() -> rows("s3", "SELECT * FROM " + view)).isInstanceOf(QueryFailedException.class).hasMessageContaining("Value cannot be cast to date: 12.5");
    }

    /**
     * Whole queries, with the columns of the view.
     */
    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '\0', textBlock = """
                                                                            i int, e int: select t.i, e from t lateral view explode(arr) x as e => [[1, 7], [1, 8]]
                                                                            i int, e int: select t.i, e from t lateral view outer explode(arr) x as e => [[-2, null], [1, 7], [1, 8], [3, null]]
                                                                            i int, pos int, e int: select t.i, pos, e from t lateral view posexplode(arr) x as pos, e => [[1, 0, 7], [1, 1, 8]]
                                                                            i int, pos int, e int: select t.i, pos, e from t lateral view outer posexplode(arr) x as pos, e => [[-2, null, null], [1, 0, 7], [1, 1, 8], [3, null, null]]
                                                                            i int, k string, v int: select t.i, k, v from t lateral view explode(m) x as k, v => [[1, k, 5]]
                                                                            i int, k string, v int: select t.i, k, v from t lateral view outer explode(m) x as k, v => [[-2, null, null], [1, k, 5], [3, null, null]]
                                                                            i int, y string: select t.i, e.y from t lateral view explode(sts) x as e => [[1, one], [1, two]]
                                                                            i int, x int: select t.i, z.x from t lateral view inline(sts) z => [[1, 1], [1, 2]]
                                                                            i int, w string: select t.i, w from t lateral view explode(split(s, ',')) x as w => [[-2, ], [-2, a], [-2, b], [1, 12.5]]
                                                                            e int, w string: select e, w from t lateral view explode(arr) a as e lateral view explode(words) b as w => [[7, a], [7, b], [8, a], [8, b]]
                                                                            i int, n string, q string: select t.i, n, q from t lateral view json_tuple(j, 'n', 'q') x as n, q => [[-2, null, null], [1, 1, null], [3, null, null]]
                                                                            i int, name string: select t.i, u.name from t join u on t.i = u.i => [[1, one], [1, uno]]
                                                                            i int, name string: select t.i, u.name from t left join u on t.i = u.i => [[-2, null], [1, one], [1, uno], [3, null]]
                                                                            i int: select t.i from t left semi join u on t.i = u.i => [[1]]
                                                                            n bigint: select count(*) from t, u => [[9]]
                                                                            i int: select i from t union all select i from u => [[-2], [1], [1], [1], [3], [4]]
                                                                            i int: select i from t union select i from u => [[-2], [1], [3], [4]]
                                                                            flag boolean, n bigint: select flag, count(*) as n from t group by flag having n > 0 => [[false, 1], [null, 1], [true, 1]]
                                                                            s bigint, a double, v double: select sum(i), avg(i), round(var_pop(i), 3) from t => [[2, 0.6666666666666666, 4.222]]
                                                                            l array<string>: select collect_list(s) from t where i = 3 => [[[]]]
                                                                            n bigint: select count(distinct i) from u => [[2]]
                                                                            i int, r int: select i, row_number() over (order by s) from t => [[-2, 3], [1, 2], [3, 1]]
                                                                            i int, r bigint: select i, sum(i) over (order by s desc) from t => [[-2, -2], [1, -1], [3, 2]]
                                                                            i int: select i from t order by s limit 1 => [[3]]
                                                                            i int: with big as (select i from t where i > 0) select i from big where exists (select 1 from u where u.i = big.i) => [[1]]
                                                                            name string: select name from u where i in (select i from t) => [[one], [uno]]
                                                                            """)
    void queries(String hive, String rows)
    {
        String columns = hive.substring(0, hive.indexOf(": "));
        String view = create(hive.substring(hive.indexOf(": ") + 2), columns.split(", "));
        assertThat(sortedRows("s3", "SELECT * FROM " + view)).isEqualTo(rows);
    }

    /**
     * The same rows and types as Trino's Hive connector gives, for what that translates as Hive means it.
     */
    @Test
    void sameRowsAsTrinosHiveConnector()
    {
        List<List<String>> views = List.of(
                List.of("select `t`.`i`, `t`.`s` from `lake`.`t`", "i int", "s string"),
                List.of("select * from `lake`.`u`", "i int", "name string"),
                List.of("select `t`.`i`, `x`.`e` from `lake`.`t` lateral view explode(`t`.`arr`) `x` as `e`", "i int", "e int"),
                List.of("select `t`.`i`, `x`.`e` from `lake`.`t` lateral view outer explode(`t`.`arr`) `x` as `e`", "i int", "e int"),
                List.of("select `t`.`i`, `x`.`k`, `x`.`v` from `lake`.`t` lateral view explode(`t`.`m`) `x` as `k`, `v`", "i int", "k string", "v int"),
                List.of("select `t`.`i`, `x`.`e`.`y` as `y` from `lake`.`t` lateral view explode(`t`.`sts`) `x` as `e`", "i int", "y string"),
                List.of("select `u`.`i`, count(*) as `n` from `lake`.`u` group by `u`.`i` having count(*) > 1", "i int", "n bigint"),
                List.of("select `t`.`i`, `u`.`name` from `lake`.`t` full outer join `lake`.`u` on `t`.`i` = `u`.`i`", "i int", "name string"),
                List.of("select `t`.`i` from `lake`.`t` union all select `u`.`i` from `lake`.`u`", "i int"),
                List.of("select `t`.`arr`[0] as `a`, `t`.`m`['k'] as `b`, nvl(`t`.`s`, 'x') as `c` from `lake`.`t`", "a int", "b int", "c string"),
                List.of("select case when `t`.`i` > 1 then 'big' else 'small' end as `a`, concat(`t`.`s`, `t`.`i`) as `b` from `lake`.`t`", "a string", "b string"),
                List.of("select `t`.`s` from `lake`.`t` where `t`.`s` like 'a%' or `t`.`i` between 1 and 2", "s string"));
        for (List<String> definition : views) {
            String view = create(definition.getFirst(), definition.subList(1, definition.size()).toArray(String[]::new));
            assertThat(sortedRows("s3", "SELECT * FROM " + view)).as(definition.getFirst()).isEqualTo(sortedRows("translating", "SELECT * FROM " + view));
        }
    }

    @Test
    void aRefusalNamesThePlaceAndHidesNothing()
    {
        String view = create("select i,\n  percentile(b, 0.5)\nfrom t", "i int", "p double");
        assertThatThrownBy(() -> rows("s3", "SELECT * FROM " + view)).isInstanceOf(QueryFailedException.class)
                .hasMessageContaining("View %s.%s is written in Hive's dialect and cannot be translated, at line 2, column 3 of its text: the function percentile".formatted(SCHEMA, view));
        assertThat(rows("s3", "SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = '%s' AND table_name LIKE '%s' ORDER BY 1".formatted(SCHEMA, view)))
                .isEqualTo("[[i, integer], [p, double]]");
        assertThat(rows("s3", "SELECT count(*) FROM information_schema.views WHERE table_schema = '%s' AND table_name LIKE '%s'".formatted(SCHEMA, view))).isEqualTo("[[0]]");
    }

    @Test
    void aFieldOfAJsonArrayFailsTheQuery()
    {
        String view = create("select get_json_object(concat('{\"l\": [{\"x\": ', i, '}]}'), '$.l[0].x') one, get_json_object(concat('{\"l\": [{\"x\": ', i, '}]}'), '$.l.x') all_of from u where i = 4", "one string", "all_of string");
        assertThat(rows("s3", "SELECT one FROM " + view)).isEqualTo("[[4]]");
        assertThatThrownBy(() -> rows("s3", "SELECT * FROM " + view)).isInstanceOf(QueryFailedException.class).hasMessageContaining("get_json_object meets an array at a field of the path $.l.x");
    }

    @Test
    void digests()
    {
        String view = create("select md5(s), sha1(s), sha2(s, 512), crc32(s) from t where i = 1", "a string", "b string", "c string", "d bigint");
        assertThat(rows("s3", "SELECT * FROM " + view)).isEqualTo("[[%s, %s, %s, %s]]".formatted(
                Hashing.md5().hashString("12.5", UTF_8),
                Hashing.sha1().hashString("12.5", UTF_8),
                Hashing.sha512().hashString("12.5", UTF_8),
                Hashing.crc32().hashString("12.5", UTF_8).padToLong()));
    }

    @Test
    void viewsOverViews()
    {
        String inner = create("select i + 1 as n from t", "n int");
        lake.queryRunner().execute(lake.session("s3"), "CREATE VIEW over_hive AS SELECT n * 2 AS n, CAST('x' AS varchar(3)) AS v FROM " + inner);
        String outer = create("select o.n, concat(o.v, 'y') from over_hive o where o.n > 0", "n int", "v string");
        assertThat(sortedRows("s3", "SELECT * FROM " + outer)).isEqualTo("[[4, xy], [8, xy]]");
        assertThat(rows("s3", "SHOW CREATE VIEW " + inner)).contains("SECURITY INVOKER", "(\"t\".\"i\" + 1)");
        assertThatThrownBy(() -> lake.queryRunner().execute(lake.session("s3"), "COMMENT ON VIEW %s IS 'x'".formatted(inner))).hasMessageContaining("is written in Hive's dialect, and is changed in Hive only");
        lake.queryRunner().execute(lake.session("s3"), "CREATE OR REPLACE VIEW %s AS SELECT i AS n FROM t WHERE i = 1".formatted(inner));
        assertThat(rows("s3", "SELECT n FROM " + outer)).isEqualTo("[[2]]");
        lake.queryRunner().execute(lake.session("s3"), "DROP VIEW " + outer);
        assertThatThrownBy(() -> rows("s3", "SELECT * FROM " + outer)).hasMessageContaining("does not exist");
    }

    private void declare(Declared table, String lines)
    {
        lake.put(table.folder() + "lines.json", lines.getBytes(UTF_8));
        lake.declare(table);
    }

    /**
     * Puts a view into Glue as Hive does.
     */
    private String create(String text, String... columns)
    {
        String name = "hive_" + names.incrementAndGet();
        lake.glue().createTable(request -> request.databaseName(SCHEMA).tableInput(input -> input
                .name(name)
                .owner("hadoop")
                .tableType("VIRTUAL_VIEW")
                .parameters(Map.of("transient_lastDdlTime", "1580000000"))
                .partitionKeys(List.of())
                .viewOriginalText(text)
                .viewExpandedText(text)
                .storageDescriptor(storage -> storage
                        .columns(Declared.columns(columns))
                        .inputFormat("org.apache.hadoop.mapred.SequenceFileInputFormat")
                        .outputFormat("org.apache.hadoop.hive.ql.io.HiveSequenceFileOutputFormat")
                        .serdeInfo(serde -> serde.parameters(Map.of())))));
        return name;
    }

    private String rows(String catalog, String sql)
    {
        return lake.queryRunner().execute(lake.session(catalog), sql).getMaterializedRows().stream()
                .map(row -> row.getFields().toString())
                .toList()
                .toString();
    }

    private String sortedRows(String catalog, String sql)
    {
        return lake.queryRunner().execute(lake.session(catalog), sql).getMaterializedRows().stream()
                .map(row -> row.getFields().toString())
                .sorted()
                .toList()
                .toString();
    }
}
