package io.tarn.testdata;

import io.tarn.testdata.SampleTable.Column;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The rows that the small tables hold, whatever their format.
 */
final class SampleRows
{
    static final List<Column> PRIMITIVE_COLUMNS = List.of(
            new Column("id", "bigint"),
            new Column("t_boolean", "boolean"),
            new Column("t_tinyint", "tinyint"),
            new Column("t_smallint", "smallint"),
            new Column("t_int", "int"),
            new Column("t_bigint", "bigint"),
            new Column("t_float", "float"),
            new Column("t_double", "double"),
            new Column("t_short_decimal", "decimal(10,2)"),
            new Column("t_long_decimal", "decimal(38,10)"),
            new Column("t_string", "string"),
            new Column("t_varchar", "varchar(20)"),
            new Column("t_char", "char(5)"),
            new Column("t_date", "date"),
            new Column("t_timestamp", "timestamp"),
            new Column("t_binary", "binary"));

    static final List<Column> NESTED_COLUMNS = List.of(
            new Column("id", "bigint"),
            new Column("t_list", "array<int>"),
            new Column("t_map", "map<string,int>"),
            new Column("t_struct", "struct<city:string,zip:int>"),
            new Column("t_list_of_struct", "array<struct<sku:string,quantity:int>>"));

    private static final String[] WORDS = {"feeder", "dry food", "Größe", "naïve", "東京", "it's", "plain"};

    private SampleRows() {}

    /**
     * Column {@code id} counts from {@code from} and is never null; every other column is null in one row of seven, and not in the same.
     */
    static List<List<Object>> primitives(int from, int to)
    {
        List<List<Object>> rows = new ArrayList<>();
        for (int id = from; id < to; id++) {
            rows.add(withNulls(id, primitives(id)));
        }
        return rows;
    }

    static List<List<Object>> nested(int from, int to)
    {
        List<List<Object>> rows = new ArrayList<>();
        for (int id = from; id < to; id++) {
            rows.add(withNulls(id, nested(id)));
        }
        return rows;
    }

    private static Object[] primitives(int id)
    {
        int sign = id % 2 == 0 ? 1 : -1;
        return new Object[] {
                (long) id,
                id % 3 == 0,
                (byte) (id == 0 ? Byte.MIN_VALUE : sign * (id % 100)),
                (short) (id == 0 ? Short.MAX_VALUE : sign * id * 11),
                id == 0 ? Integer.MIN_VALUE : sign * id * 1001,
                id == 0 ? Long.MAX_VALUE : sign * id * 10_000_000_019L,
                // quarters are exact in binary, so that text and binary formats hold the same numbers
                sign * id * 0.25f,
                sign * id * 0.125,
                BigDecimal.valueOf(sign * id * 12_345L, 2),
                new BigDecimal(BigInteger.TEN.pow(27).add(BigInteger.valueOf(id)).multiply(BigInteger.valueOf(sign)), 10),
                WORDS[id % WORDS.length] + " " + id,
                "v-" + id,
                "c" + id % 1000,
                LocalDate.of(2018, 1, 1).plusDays(sign * id * 100L),
                LocalDateTime.of(2018, 1, 6, 10, 43, 54).plusHours(sign * id * 999L).plusNanos(id % 1000 * 1_000_000L),
                ("bytes " + id).getBytes(UTF_8),
        };
    }

    private static Object[] nested(int id)
    {
        Map<String, Integer> map = new LinkedHashMap<>();
        for (int index = 0; index < 1 + id % 3; index++) {
            map.put("key" + index, id + index);
        }
        List<List<Object>> structs = new ArrayList<>();
        for (int index = 0; index < 1 + id % 2; index++) {
            structs.add(List.of("sku-" + id + "-" + index, index));
        }
        List<Integer> list = new ArrayList<>();
        for (int index = 0; index < 1 + id % 4; index++) {
            list.add(id * index);
        }
        return new Object[] {
                (long) id,
                Collections.unmodifiableList(list),
                Collections.unmodifiableMap(map),
                List.of("city " + id, 10_000 + id),
                List.copyOf(structs),
        };
    }

    private static List<Object> withNulls(int id, Object[] values)
    {
        for (int column = 1; column < values.length; column++) {
            if ((id + column) % 7 == 6) {
                values[column] = null;
            }
        }
        return Collections.unmodifiableList(Arrays.asList(values));
    }
}
