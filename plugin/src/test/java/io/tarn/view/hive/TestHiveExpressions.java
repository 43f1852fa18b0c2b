package io.tarn.view.hive;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.tarn.view.hive.HiveTables.translateExpression;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Expressions of Hive beside Trino's, column by column; what they give is compared with Hive's in the server's tests.
 */
final class TestHiveExpressions
{
    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '\0', textBlock = """
                                                                            `i` => i
                                                                            T.I => i
                                                                            'it\\'s "so"' => 'it''s "so"'
                                                                            "it's" => 'it''s'
                                                                            'a\\\\b' => 'a\\b'
                                                                            10L => BIGINT '10'
                                                                            10 => 10
                                                                            3000000000 => BIGINT '3000000000'
                                                                            10S => SMALLINT '10'
                                                                            10Y => TINYINT '10'
                                                                            1.50 => CAST(DECIMAL '1.50' AS decimal(3,2))
                                                                            1e3 => DOUBLE '1000.0'
                                                                            1.5e3bd => CAST(DECIMAL '1500' AS decimal(4,0))
                                                                            1.5e-2bd => CAST(DECIMAL '0.015' AS decimal(4,3))
                                                                            true => true
                                                                            date '2020-01-31' => DATE '2020-01-31'
                                                                            current_date() => current_date
                                                                            current_timestamp => CAST(current_timestamp AS timestamp(3))
                                                                            -i => (- i)
                                                                            i + 1 * 2 => (i + (1 * 2))
                                                                            (i + 1) * 2 => ((i + 1) * 2)
                                                                            i + b - d => ((i + b) - d)
                                                                            i / 2 => (CAST(i AS double) / NULLIF(CAST(2 AS double), 0E0))
                                                                            d / i => (d / NULLIF(CAST(i AS double), 0E0))
                                                                            i % 3 => (i % NULLIF(3, 0))
                                                                            b div i => (b / NULLIF(i, 0))
                                                                            i & 1 | b => bitwise_or(bitwise_and(i, 1), b)
                                                                            i ^ 3 => bitwise_xor(i, 3)
                                                                            ~i => bitwise_not(i)
                                                                            p * p => (p * p)
                                                                            i = 1 and not b > 2 or flag => (((i = 1) AND (NOT (b > 2))) OR flag)
                                                                            i == 1 => (i = 1)
                                                                            i != 1 => (i <> 1)
                                                                            s <=> v => (s IS NOT DISTINCT FROM v)
                                                                            i is null => (i IS NULL)
                                                                            s is not null and flag => ((s IS NOT NULL) AND flag)
                                                                            i between 1 and 3 => (i BETWEEN 1 AND 3)
                                                                            i not between 1 and 3 => (NOT (i BETWEEN 1 AND 3))
                                                                            s in ('a', 'b') => (s IN ('a', 'b'))
                                                                            i not in (1, 2L) => (NOT (i IN (1, BIGINT '2')))
                                                                            dt >= '2020-01-31' => (dt >= DATE '2020-01-31')
                                                                            dt in ('2020-01-31', date '2020-02-01') => (dt IN (DATE '2020-01-31', DATE '2020-02-01'))
                                                                            ts < '2020-01-31 10:00:00' => (ts < CAST(TIMESTAMP '2020-01-31 10:00:00' AS timestamp(3)))
                                                                            s like 'a%' => (s LIKE 'a%')
                                                                            s not like 'a\\_%' => (NOT (s LIKE 'a\\_%' ESCAPE '\\'))
                                                                            s rlike '^a+' => regexp_like(s, '^a+')
                                                                            s regexp 'b' => regexp_like(s, 'b')
                                                                            s || v => concat(s, v)
                                                                            arr[0] => element_at(arr, 0 + 1)
                                                                            arr[i] => IF(i >= 0, element_at(arr, CAST(i AS bigint) + 1))
                                                                            m['k'] => element_at(m, 'k')
                                                                            st.x => st."x"
                                                                            t.st.Y => st."y"
                                                                            sts[0].y => element_at(sts, 0 + 1)."y"
                                                                            case when i > 1 then 'a' else s end => (CASE WHEN (i > 1) THEN 'a' ELSE s END)
                                                                            case i when 1 then 'a' when 2 then 'b' end => (CASE WHEN (i = 1) THEN 'a' WHEN (i = 2) THEN 'b' END)
                                                                            case when flag then 1 else null end => (CASE WHEN flag THEN 1 ELSE NULL END)
                                                                            cast(i as string) => CAST(i AS varchar)
                                                                            cast(s as varchar(3)) => CAST(s AS varchar(3))
                                                                            cast(s as char(3)) => CAST(s AS char(3))
                                                                            cast(d as int) => CAST(truncate(d) AS integer)
                                                                            cast(p as bigint) => CAST(truncate(p) AS bigint)
                                                                            cast(p as decimal(12,1)) => CAST(p AS decimal(12,1))
                                                                            cast(s as double) => TRY_CAST(s AS double)
                                                                            cast(ts as date) => CAST(ts AS date)
                                                                            cast(dt as string) => CAST(dt AS varchar)
                                                                            cast(null as int) => CAST(NULL AS integer)
                                                                            nvl(s, 'x') => COALESCE(s, 'x')
                                                                            coalesce(s, v, 'x') => COALESCE(s, v, 'x')
                                                                            if(flag, i, b) => IF(flag, i, b)
                                                                            nullif(i, 0) => NULLIF(i, 0)
                                                                            isnull(s) => (s IS NULL)
                                                                            concat(s, '-', i) => concat(s, '-', CAST(i AS varchar))
                                                                            concat_ws(',', s, v) => concat_ws(',', s, v)
                                                                            concat_ws(',', words) => IF(',' IS NOT NULL, COALESCE(concat_ws(',', words), ''))
                                                                            substr(s, 0, 2) => substr(s, 1, 2)
                                                                            substring(s, i) => substr(s, IF(i = 0, 1, i))
                                                                            length(s) => length(s)
                                                                            UPPER(s) => upper(s)
                                                                            lcase(s) => lower(s)
                                                                            trim(s) => trim(BOTH ' ' FROM s)
                                                                            instr(s, 'a') => strpos(s, 'a')
                                                                            locate('a', s) => strpos(s, 'a')
                                                                            split(s, ',') => split(s, ',')
                                                                            split(s, '\\\\.') => regexp_split(s, '\\.')
                                                                            split(s, '[|]') => regexp_split(s, '[|]')
                                                                            regexp_replace(s, '(a+)', '$1b') => regexp_replace(s, '(a+)', '$1b')
                                                                            regexp_extract(s, '(a)(b)', 2) => (CASE WHEN regexp_like(s, '(a)(b)') THEN regexp_extract(s, '(a)(b)', 2) WHEN s IS NOT NULL THEN '' END)
                                                                            get_json_object(s, '$[0]') => COALESCE(json_extract_scalar(s, '$[0]'), NULLIF(json_format(json_extract(s, '$[0]')), 'null'))
                                                                            md5(s) => lower(to_hex(md5(to_utf8(s))))
                                                                            sha2(s, 256) => lower(to_hex(sha256(to_utf8(s))))
                                                                            year(dt) => year(dt)
                                                                            weekofyear(ts) => week(CAST(ts AS date))
                                                                            hour(ts) => hour(ts)
                                                                            date_add(dt, 3) => date_add('day', 3, dt)
                                                                            date_sub(ts, i) => date_add('day', -(i), CAST(ts AS date))
                                                                            datediff(dt, ts) => date_diff('day', CAST(ts AS date), dt)
                                                                            to_date(ts) => CAST(ts AS date)
                                                                            date_format(ts, 'yyyy-MM') => format_datetime(ts, 'yyyy-MM')
                                                                            from_unixtime(b) => format_datetime(from_unixtime(b), 'yyyy-MM-dd HH:mm:ss')
                                                                            unix_timestamp() => CAST(floor(to_unixtime(current_timestamp)) AS bigint)
                                                                            round(d, 2) => round(d, 2)
                                                                            floor(d) => CAST(floor(d) AS bigint)
                                                                            ceil(p) => ceil(p)
                                                                            abs(i) => abs(i)
                                                                            pmod(i, 3) => (((i % NULLIF(3, 0)) + 3) % NULLIF(3, 0))
                                                                            greatest(i, b) => greatest(i, b)
                                                                            size(arr) => COALESCE(cardinality(arr), -1)
                                                                            array_contains(words, 'a') => COALESCE(contains(words, 'a'), false)
                                                                            map_keys(m) => map_keys(m)
                                                                            array(1, 2L) => CAST(ARRAY[1, BIGINT '2'] AS array(bigint))
                                                                            named_struct('A', i, 'b', s) => CAST(ROW(i, s) AS row("a" integer, "b" varchar))
                                                                            row_number() over (partition by s order by i desc, b) => row_number() OVER (PARTITION BY s ORDER BY i DESC NULLS LAST, b ASC NULLS FIRST)
                                                                            sum(i) over (order by b rows between unbounded preceding and current row) => sum(i) OVER (ORDER BY b ASC NULLS FIRST ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
                                                                            lag(s, 1, 'none') over (order by i) => lag(s, 1, 'none') OVER (ORDER BY i ASC NULLS FIRST)
                                                                            """)
    void translated(String hive, String trino)
    {
        assertThat(translateExpression(hive)).isEqualTo(trino);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '\0', textBlock = """
                                                                            i + s => line 1, column 10: + of integer and varchar is not translated
                                                                            dt + 1 => + of date and integer is not translated
                                                                            p / 2 => / of decimal(10,2) and integer is not translated
                                                                            p + f => + of decimal(10,2) and real is not translated
                                                                            s = 1 => a comparison of varchar with integer is not translated
                                                                            dt = s => a comparison of date with varchar is not translated
                                                                            dt = '2020-1-1' => a comparison of date with varchar is not translated
                                                                            c = 'a' => a comparison of char(5) with varchar is not translated
                                                                            st = st => a comparison of row("x" integer, "y" varchar) with
                                                                            i and flag => AND of the type integer is not translated
                                                                            i + b is null => line 1, column 14: IS needs parentheses around it here
                                                                            - i is null => line 1, column 12: IS needs parentheses around what is left of it
                                                                            flag = b is null => IS needs parentheses around it here
                                                                            i between 1 and 's' => a comparison of integer with varchar
                                                                            s like v => LIKE is translated with a literal as its pattern only
                                                                            s like 'a\\\\b' => a LIKE with a backslash before anything but _ and %
                                                                            s like any ('a') => LIKE ANY is not translated
                                                                            s rlike '' => RLIKE with an empty pattern is not translated
                                                                            interval 1 day => INTERVAL is not translated
                                                                            (select 1) => a query as a value is not translated
                                                                            'a' 'b' => two strings side by side are not translated
                                                                            '\\101' => an octal escape in a string is not translated
                                                                            cast(d as string) => a text of the type double is not translated
                                                                            cast(p as string) => a text of the type decimal(10,2) is not translated
                                                                            cast(flag as string) => a text of the type boolean is not translated
                                                                            cast(s as boolean) => a cast from a text to boolean is not translated
                                                                            cast(d as decimal(10,2)) => a cast from double to decimal(10,2) is not translated
                                                                            cast(i as timestamp) => a cast from integer to timestamp(3) is not translated
                                                                            cast(ts as bigint) => a cast from timestamp(3) to bigint is not translated
                                                                            cast(s as array<int>) => a cast to 'array' is not translated
                                                                            sts.x => it is no struct
                                                                            st.z => there is no field 'z'
                                                                            nothing => line 1, column 8: there is no column 'nothing'
                                                                            t => 't' is a table, and no value
                                                                            case when flag then 1 else 'a' end => the function CASE of integer and varchar is not translated
                                                                            if(flag, i, s) => the function if of integer and varchar is not translated
                                                                            percentile(b, 0.5) => line 1, column 8: the function percentile is not known to mean the same in Trino
                                                                            my_function(s) => the function my_function is not known to mean the same in Trino
                                                                            split(s, v) => the function split without a string written as its argument 2 is not translated
                                                                            split(s, '') => the function split with an empty pattern is not translated
                                                                            split(s, 'a*') => which matches nothing at all
                                                                            split(s, '(') => which is no regular expression
                                                                            get_json_object(s, '$..a') => the function get_json_object with the path '$..a' is not translated
                                                                            regexp_replace(s, 'a', '\\\\$') => with a backslash in the replacement
                                                                            date_format(ts, 'EEE') => the function date_format with the format 'EEE'
                                                                            hour(s) => the function hour of the type varchar: cast it to a timestamp is not translated
                                                                            unix_timestamp(s) => the function unix_timestamp of a string
                                                                            size(s) => the function size of varchar is not translated
                                                                            round(d, i) => to a number of digits that is not written out
                                                                            avg(p) => the function avg of the type decimal(10,2)
                                                                            avg(s) => the function avg of the type varchar
                                                                            sum(distinct i) over (partition by s) => the function sum with DISTINCT and OVER
                                                                            row_number() => the function row_number without OVER
                                                                            sum(i) over w => a named window is not translated
                                                                            rand() => the function rand is not known
                                                                            substr(s) => the function substr with 1 arguments is not translated
                                                                            count(distinct s, v) => the function count with 2 arguments
                                                                            arr['a'] => an element of array(integer) at varchar is not translated
                                                                            map('a') => the function map with 1 arguments
                                                                            99999999999999999999999999999999999999999 => has more than 38 digits
                                                                            1.5e999999999bd => the number 1.5E999999999 has more than 38 digits
                                                                            1.5e-999999999bd => the number 1.5E-999999999 has more than 38 digits
                                                                            i ? 1 => line 1, column 10: the character '?' is not known here
                                                                            """)
    void refused(String hive, String message)
    {
        assertThatThrownBy(() -> translateExpression(hive))
                .isInstanceOfSatisfying(UntranslatableException.class, refusal -> assertThat(refusal.place() + ": " + refusal.getMessage()).contains(message));
    }
}
