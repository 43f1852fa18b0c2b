package io.tarn.format.json;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tarn.format.FileColumn;
import io.tarn.format.FileSchema;
import io.tarn.format.FileSlice;
import io.tarn.format.line.LineFiles;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import static io.tarn.error.TarnErrorCode.TARN_BAD_DATA;
import static io.tarn.error.TarnErrorCode.TARN_UNSUPPORTED_FORMAT;
import static io.tarn.format.line.LineFiles.schema;
import static io.tarn.format.line.LineFiles.withInputFormat;
import static io.trino.hive.formats.HiveClassNames.JSON_SERDE_CLASS;
import static io.trino.hive.formats.HiveClassNames.OPENCSV_SERDE_CLASS;
import static io.trino.hive.formats.HiveClassNames.OPENX_JSON_SERDE_CLASS;
import static io.trino.testing.assertions.TrinoExceptionAssert.assertTrinoExceptionThrownBy;
import static org.assertj.core.api.Assertions.assertThat;

class TestExtraAttributes
{
    private final LineFiles files = new LineFiles();

    @Test
    void testBothSerDes()
    {
        FileSlice file = files.write("extra.json",
                """
                {"ID":1,"name":"a","more":{"x":[1, "}\\"", null]},"ä€":1.50,"big":1e400,"t":true,"s":"\\u00e4 \\\\"}
                  { "id" : 2 , "name" : "b" }
                {}
                {"new":1,"new":2,"name":null}
                """);
        for (String serde : List.of(JSON_SERDE_CLASS, OPENX_JSON_SERDE_CLASS)) {
            FileSchema schema = schema(serde, "id", "int", "name", "string", "lacking", "string");
            assertThat(extra(schema, file)).containsExactly(
                    "{\"more\":{\"x\":[1, \"}\\\"\", null]},\"ä€\":1.50,\"big\":1e400,\"t\":true,\"s\":\"\\u00e4 \\\\\"}",
                    null,
                    null,
                    "{\"new\":1,\"new\":2}");
        }

        // beside fields, and the line, in any order
        FileSchema schema = schema(OPENX_JSON_SERDE_CLASS, "id", "int", "name", "string");
        FileSlice small = files.write("small.json", "{\"id\":1,\"x\": 2}");
        List<FileColumn> columns = ImmutableList.of(FileColumn.EXTRA, LineFiles.column(schema, "name"), FileColumn.RAW_LINE, LineFiles.column(schema, "id"));
        assertThat(files.rows(schema, small, columns)).containsExactly(Arrays.asList("{\"x\": 2}", null, "{\"id\":1,\"x\": 2}", 1));
    }

    @Test
    void testKeysOfOpenX()
    {
        FileSlice file = files.write("keys.json", "{\"Time\":1,\"time\":2,\"moment\":3,\"a.b\":4,\"a_b\":5,\"A_B\":6}");
        assertExtra(file, ImmutableMap.of(), "{\"Time\":1,\"time\":2,\"a.b\":4}");
        assertExtra(file, ImmutableMap.of("mapping.moment", "Time"), "{\"moment\":3,\"a.b\":4}");
        assertExtra(file, ImmutableMap.of("mapping.moment", "Time", "case.insensitive", "false"), "{\"time\":2,\"moment\":3,\"a.b\":4,\"A_B\":6}");
        assertExtra(file, ImmutableMap.of("dots.in.keys", "true"), "{\"Time\":1,\"time\":2}");
    }

    private void assertExtra(FileSlice file, Map<String, String> properties, String expected)
    {
        assertThat(extra(schema(OPENX_JSON_SERDE_CLASS, properties, "moment", "int", "a_b", "int"), file)).containsExactly(expected);
    }

    @Test
    void testMalformedLines()
    {
        FileSlice file = files.write("malformed.json", "\n[1,2]\n{\"a\":1,\"b\":\nnothing\n{\"b\":1}\n");
        assertThat(extra(schema(OPENX_JSON_SERDE_CLASS, ImmutableMap.of("ignore.malformed.json", "true"), "a", "int"), file)).containsExactly(null, null, null, null, "{\"b\":1}");
        assertTrinoExceptionThrownBy(() -> extra(schema(OPENX_JSON_SERDE_CLASS, "a", "int"), file))
                .hasErrorCode(TARN_BAD_DATA)
                .hasMessageContaining("Line 3 of memory:///malformed.json cannot be read as OPENX_JSON");
        FileSlice text = files.write("text.json", "1\n");
        assertTrinoExceptionThrownBy(() -> extra(schema(JSON_SERDE_CLASS, "a", "int"), text))
                .hasErrorCode(TARN_BAD_DATA)
                .hasMessageContaining("it is not a JSON object");
    }

    @Test
    void testOtherFormats()
    {
        FileSlice file = files.write("file", "x\n");
        assertTrinoExceptionThrownBy(() -> extra(schema(OPENCSV_SERDE_CLASS, "a", "string"), file))
                .hasErrorCode(TARN_UNSUPPORTED_FORMAT)
                .hasMessageContaining("memory:///file is read as CSV, whose records have no names in them, so column '$extra' cannot be read from it");
        assertTrinoExceptionThrownBy(() -> extra(withInputFormat(schema("com.amazon.ionhiveserde.IonHiveSerDe", "a", "string"), ""), file))
                .hasErrorCode(TARN_UNSUPPORTED_FORMAT);

        FileSlice trail = files.write("trail", "{\"Records\":[{\"eventVersion\":\"1\",\"eventName\":\"x\"}]}");
        assertThat(extra(withInputFormat(schema(JSON_SERDE_CLASS, "eventversion", "string"), "com.amazon.emr.cloudtrail.CloudTrailInputFormat"), trail)).containsExactly("{\"eventName\":\"x\"}");
    }

    private List<Object> extra(FileSchema schema, FileSlice file)
    {
        List<Object> values = new ArrayList<>();
        files.rows(schema, file, List.of(FileColumn.EXTRA)).forEach(row -> values.add(row.getFirst()));
        return values;
    }
}
