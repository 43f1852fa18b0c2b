package io.tarn.format.line;

import com.google.common.collect.ImmutableMap;
import io.tarn.format.FileSchema;
import io.tarn.format.FileSlice;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Random;

import static io.tarn.format.line.AllTypes.ALL_TYPES;
import static io.tarn.format.line.LineFiles.schema;
import static io.trino.hive.formats.HiveClassNames.JSON_SERDE_CLASS;
import static io.trino.hive.formats.HiveClassNames.LAZY_SIMPLE_SERDE_CLASS;
import static io.trino.hive.formats.HiveClassNames.LEGACY_JSON_SERDE_CLASS;
import static io.trino.hive.formats.HiveClassNames.OPENCSV_SERDE_CLASS;
import static io.trino.hive.formats.HiveClassNames.OPENX_JSON_SERDE_CLASS;
import static io.trino.hive.formats.HiveClassNames.REGEX_SERDE_CLASS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The same files through the Hive connector's page sources. Where Tarn differs on purpose it is tested beside the
 * format: typed CSV columns, OpenX lines that are no JSON, damaged gzip, LZ4 and Snappy files, and all errors.
 */
class TestLineFormatsAgainstHive
{
    private static final String SYNTAX = ",\"'\\|;:\n\r{}[]1.tN";

    private final LineFiles files = new LineFiles();
    private final HiveReader hive = new HiveReader(files);

    @Test
    void testOpenXJson()
    {
        FileSlice file = files.write("all.json",
                """
                {"c_boolean":true,"c_tinyint":1,"c_smallint":2,"c_int":3,"c_bigint":4,"c_float":1.5,"c_double":2.25,"c_decimal":12.345,"c_long_decimal":1234567890.0123456789,"c_string":"ä\\u00e4\\n","c_varchar":"abcdef","c_char":"ab  ","c_date":"2018-01-06","c_timestamp":"2018-01-06 10:43:54.123","c_binary":"aGVsbG8=","c_array":[1,null,3],"c_map":{"x":1,"y":null},"c_struct":{"a":1,"b":"z","c":{"d":0.5,"e":["p","q"]}}}
                {"C_BOOLEAN":"TRUE","c_Tinyint":"7","c_smallint":99999,"c_int":"0x10","c_bigint":1e3,"c_float":"NaN","c_double":"x","c_decimal":"1e20","c_string":{"any":[1, 2]},"c_date":"2018-01-06T00:00","c_timestamp":1515235434123,"c_array":5,"c_map":"","c_struct":[1,"b"]}
                {"c_timestamp":"2018-01-06T10:43:54.123456Z","c_string":12.50,"c_struct":{"C":{"D":1}},"c_array":[]}
                {}

                []
                  {"c_int": 5, "c_int": 6}
                {"c_boolean":null,"c_tinyint":null,"c_string":null,"c_struct":null,"c_map":null,"c_array":null}
                [true,1,2]
                """);
        assertSame(schema(OPENX_JSON_SERDE_CLASS, ALL_TYPES), file);
        assertSame(schema(OPENX_JSON_SERDE_CLASS, ImmutableMap.of("ignore.malformed.json", "true"), ALL_TYPES), file);
    }

    @Test
    void testOpenXJsonProperties()
    {
        FileSlice file = files.write("properties.json",
                """
                {"Key":"a","ts":"06/Jan/2018 10:43","a.b":"dotted","Time":"mapped"}
                {"key":"a","KEY":"b","a_b":"underscore","time":"lower"}
                not json
                {"key": broken
                """);
        for (String caseInsensitive : List.of("true", "false")) {
            assertSame(schema(
                    OPENX_JSON_SERDE_CLASS,
                    ImmutableMap.<String, String>builder()
                            .put("ignore.malformed.json", "true")
                            .put("case.insensitive", caseInsensitive)
                            .put("dots.in.keys", "true")
                            .put("mapping.moment", "Time")
                            .put("timestamp.formats", "dd/MMM/yyyy HH:mm")
                            .buildOrThrow(),
                    "key",
                    "string",
                    "ts",
                    "timestamp",
                    "a_b",
                    "string",
                    "moment",
                    "string"), file);
        }
    }

    @Test
    void testHiveJson()
    {
        FileSlice file = files.write("hive.json",
                """
                {"c_boolean":true,"c_tinyint":1,"c_smallint":2,"c_int":3,"c_bigint":4,"c_float":1.5,"c_double":2.25,"c_decimal":12.345,"c_long_decimal":1234567890.0123456789,"c_string":"ä\\u00e4\\n","c_varchar":"abcdef","c_char":"ab  ","c_date":"2018-01-06","c_timestamp":"2018-01-06 10:43:54.123","c_binary":"hello","c_array":[1,null,3],"c_map":{"x":1,"y":null},"c_struct":{"a":1,"b":"z","c":{"d":0.5,"e":["p","q"]}}}
                {"C_BOOLEAN":"TRUE","c_decimal":"x","unknown":{"nested":[1,2]},"c_struct":{"C":{"D":1},"zzz":0}}
                {}
                {"c_string":12.50,"c_int":1} trailing
                {"c_boolean":null,"c_tinyint":null,"c_string":null,"c_struct":null,"c_map":null,"c_array":null}
                """);
        assertSame(schema(JSON_SERDE_CLASS, ALL_TYPES), file);
        assertSame(schema(LEGACY_JSON_SERDE_CLASS, ALL_TYPES), file);

        FileSlice timestamps = files.write("timestamps.json",
                """
                {"t":"06/Jan/2018 10:43"}
                {"t":"2018-01-06 10:43:54"}
                """);
        assertSame(schema(JSON_SERDE_CLASS, ImmutableMap.of("timestamp.formats", "dd/MMM/yyyy HH:mm"), "t", "timestamp"), timestamps);
    }

    @Test
    void testText()
    {
        FileSlice file = files.write("all.txt", String.join(
                "\n",
                "true|1|2|3|4|1.5|2.25|12.345|1234567890.0123456789|ä|abcdef|ab  |2018-01-06|2018-01-06 10:43:54.123|aGVsbG8=|1;2;3|x:1;y:2|1;z;0.5",
                "TRUE|300|x||99999999999999999999|NaN|Infinity|1e20|1|\\N|\\N|\\N|nodate|notime|*|;||",
                "\\N|\\N|\\N|\\N|\\N|\\N|\\N|\\N|\\N|\\N|\\N|\\N|\\N|\\N|\\N|\\N|\\N|\\N",
                "t|1",
                "",
                "a\\|b|1|2|3|4|1.5|2.25|1|1|esc\\|aped\\\\|v|c|2018-01-06 11:00|2018-01-06|x|1|a:b:c|1;2;3;4|extra|fields"));
        Map<String, String> delimiters = ImmutableMap.of("field.delim", "|", "mapkey.delim", ":");
        assertSame(schema(LAZY_SIMPLE_SERDE_CLASS, with(delimiters, "collection.delim", ";"), ALL_TYPES), file);
        assertSame(schema(LAZY_SIMPLE_SERDE_CLASS, with(delimiters, "colelction.delim", ";"), ALL_TYPES), file);
        assertSame(schema(LAZY_SIMPLE_SERDE_CLASS, with(delimiters, "escape.delim", "\\"), ALL_TYPES), file);
        assertSame(schema(LAZY_SIMPLE_SERDE_CLASS, with(delimiters, "serialization.null.format", ""), ALL_TYPES), file);
        assertSame(schema(LAZY_SIMPLE_SERDE_CLASS, with(delimiters, "timestamp.formats", "yyyy-MM-dd"), ALL_TYPES), file);
        assertSame(schema(LAZY_SIMPLE_SERDE_CLASS, ImmutableMap.of("field.delim", "|", "serialization.last.column.takes.rest", "true"), "a", "string", "b", "string"), file);
        assertSame(schema(LAZY_SIMPLE_SERDE_CLASS, ImmutableMap.of("serialization.format", "124", "skip.header.line.count", "2", "skip.footer.line.count", "1"), "a", "string", "b", "int"), file);
        assertSame(schema(LAZY_SIMPLE_SERDE_CLASS, ALL_TYPES), files.write("defaults.txt", "true\u00011\u00012\u00013\u00014\u00011.5\u00012.5\u00011\u00011\u0001s\u0001v\u0001c\u00012018-01-06\u00012018-01-06 00:00:00\u0001\u00011\u00022\u0001a\u00031\u0002b\u00032\u00011\u0002x\u00020.5\u0003p\u0004q"));
    }

    @Test
    void testCsv()
    {
        FileSlice file = files.write("strings.csv",
                """
                a,b,c
                "a","b ""quoted""\","c, with comma"
                "esc\\"aped",'single',tail"quote
                 "space before" ,x"y"z,
                short
                too,many,fields,here

                "open quote, never closed
                ä€😀,"ä""€",\\
                ,,
                """);
        String[] columns = {"a", "string", "b", "string", "c", "string"};
        assertSame(schema(OPENCSV_SERDE_CLASS, columns), file);
        assertSame(schema(OPENCSV_SERDE_CLASS, ImmutableMap.of("skip.header.line.count", "1"), columns), file);
        assertSame(schema(OPENCSV_SERDE_CLASS, ImmutableMap.of("quoteChar", "'", "separatorChar", "\t"), columns), file);
        assertSame(schema(OPENCSV_SERDE_CLASS, ImmutableMap.of("quoteChar", "'", "escapeChar", "\""), columns), file);
    }

    @Test
    void testRegex()
    {
        FileSlice file = files.write("access.log",
                """
                10.0.0.1 - GET /petstore/Cats/Treats 200
                10.0.0.2 - PUT /petstore 99999999999
                no match
                """);
        String[] columns = {"ip", "string", "method", "varchar(2)", "path", "string", "status", "int", "beyond", "string"};
        assertSame(schema(REGEX_SERDE_CLASS, ImmutableMap.of("input.regex", "(\\S+) - (\\w+) (\\S+) (\\d+)"), columns), file);
        assertSame(schema(REGEX_SERDE_CLASS, ImmutableMap.of("input.regex", "(\\S+) - (get|put) (\\S+) (\\d+)", "input.regex.case.insensitive", "true"), columns), file);
    }

    @Test
    void testBytesThatAreNoText()
    {
        Random random = new Random(3);
        for (int round = 0; round < 200; round++) {
            byte[] bytes = new byte[random.nextInt(1, 300)];
            for (int index = 0; index < bytes.length; index++) {
                bytes[index] = random.nextInt(4) == 0 ? (byte) SYNTAX.charAt(random.nextInt(SYNTAX.length())) : (byte) random.nextInt(256);
            }
            FileSlice file = files.write("noise", bytes);
            assertSame(schema(LAZY_SIMPLE_SERDE_CLASS, ImmutableMap.of("field.delim", "|", "collection.delim", ";", "mapkey.delim", ":"), ALL_TYPES), file);
            assertSame(schema(OPENCSV_SERDE_CLASS, "a", "string", "b", "string"), file);
            assertSame(schema(OPENX_JSON_SERDE_CLASS, ImmutableMap.of("ignore.malformed.json", "true"), "a", "string"), file);
        }
    }

    @Test
    void testWhatHiveRefusesTarnRefuses()
    {
        for (String line : List.of("{\"c_int\":99999999999}", "{\"c_int\":[1]}", "{\"c_bigint\":\"x\"}", "{\"c_date\":\"x\"}", "{\"c_struct\":1}", "[1]", "1", "{", "", "{\"c_decimal\":1e20}", "{\"c_int\":1,\"c_int\":2}")) {
            assertBothFail(schema(JSON_SERDE_CLASS, ALL_TYPES), files.write("bad.json", line + "\n"));
        }
        for (String line : List.of("{\"c_int\":[1]}", "{\"c_map\":5}", "{\"c_struct\":5}", "{\"c_binary\":5}", "{", "{\"c_int\":1")) {
            assertBothFail(schema(OPENX_JSON_SERDE_CLASS, ALL_TYPES), files.write("bad.json", line + "\n"));
        }
    }

    private static Map<String, String> with(Map<String, String> properties, String key, String value)
    {
        return ImmutableMap.<String, String>builder().putAll(properties).put(key, value).buildOrThrow();
    }

    private void assertBothFail(FileSchema schema, FileSlice file)
    {
        assertThatThrownBy(() -> hive.rows(schema, file)).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> files.rows(schema, file)).hasMessageStartingWith("Line 1 of memory:///bad.json");
    }

    private void assertSame(FileSchema schema, FileSlice file)
    {
        List<List<Object>> expected = hive.rows(schema, file);
        assertThat(files.rows(schema, file)).isEqualTo(expected);
        assertThat(files.rows(schema, file, List.of())).hasSameSizeAs(expected);
        for (int column = 0; column < schema.fields().size(); column++) {
            int ordinal = column;
            List<Object> values = expected.stream().map(row -> row.get(ordinal)).toList();
            assertThat(files.rows(schema, file, List.of(LineFiles.columns(schema).get(column))).stream().map(List::getFirst).toList()).isEqualTo(values);
        }
    }
}
