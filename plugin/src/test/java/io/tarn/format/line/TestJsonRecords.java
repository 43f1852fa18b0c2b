package io.tarn.format.line;

import io.airlift.units.DataSize;
import io.tarn.format.FileColumn;
import io.tarn.format.FileRead;
import io.tarn.format.FileSchema;
import io.tarn.format.FileSlice;
import io.tarn.format.ReadEstimate;
import io.tarn.format.line.source.LineConfig;
import io.trino.spi.connector.ConnectorPageSource;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

import static io.airlift.units.DataSize.Unit.KILOBYTE;
import static io.tarn.error.TarnErrorCode.TARN_BAD_DATA;
import static io.tarn.error.TarnErrorCode.TARN_INVALID_METADATA;
import static io.tarn.format.line.LineFiles.columns;
import static io.tarn.format.line.LineFiles.schema;
import static io.tarn.format.line.LineFiles.withInputFormat;
import static io.trino.hive.formats.HiveClassNames.ESRI_GEO_JSON_INPUT_FORMAT_CLASS;
import static io.trino.hive.formats.HiveClassNames.ESRI_GEO_JSON_SERDE_CLASS;
import static io.trino.hive.formats.HiveClassNames.ESRI_INPUT_FORMAT_CLASS;
import static io.trino.hive.formats.HiveClassNames.ESRI_SERDE_CLASS;
import static io.trino.hive.formats.HiveClassNames.JSON_SERDE_CLASS;
import static io.trino.testing.assertions.TrinoExceptionAssert.assertTrinoExceptionThrownBy;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Documents whose parts are the records.
 */
class TestJsonRecords
{
    private static final String CLOUD_TRAIL = "com.amazon.emr.cloudtrail.CloudTrailInputFormat";
    private static final String[] EVENT = {
            "eventversion", "string",
            "useridentity", "struct<type:string,accountid:string,sessioncontext:struct<attributes:struct<mfaauthenticated:string>>>",
            "eventtime", "string",
            "requestparameters", "string",
            "readonly", "string",
            "resources", "array<struct<arn:string>>",
    };
    private static final String[] FEATURE = {
            "name", "string",
            "count", "int",
            "area", "double",
            "since", "date",
            "at", "timestamp",
            "shape", "binary",
            "missing", "string",
    };

    private final LineFiles files = new LineFiles();
    private final HiveReader hive = new HiveReader(files);

    @Test
    void testCloudTrail()
            throws IOException
    {
        String document =
                """
                \uFEFF{"other": {"Records": [1, 2]}, "Records": [
                  {"eventVersion":"1.08","userIdentity":{"type":"IAMUser","accountId":"123","sessionContext":{"attributes":{"mfaAuthenticated":"false"}}},
                   "eventTime":"2023-07-19T21:11:57Z","requestParameters":{"a":[1,{"b":"}]\\"{"}],"c":null},"readOnly":true,"resources":[{"ARN":"arn:aws:s3:::x"}]},
                  {"eventVersion":"1.05","requestParameters":null}
                ], "Rec\\u006frds": "x"}
                {"Records":[]}{"Records":null}
                """;
        FileSlice plain = files.write("log.json", document);
        FileSlice compressed = files.write("log.json.gz", gzip(document));
        for (String serde : List.of("com.amazon.emr.hive.serde.CloudTrailSerde", JSON_SERDE_CLASS)) {
            FileSchema schema = withInputFormat(schema(serde, EVENT), CLOUD_TRAIL);
            for (FileSlice file : List.of(plain, compressed)) {
                assertThat(files.rows(schema, file)).containsExactly(
                        Arrays.asList("1.08", List.of("IAMUser", "123", List.of(List.of("false"))), "2023-07-19T21:11:57Z", "{\"a\":[1,{\"b\":\"}]\\\"{\"}],\"c\":null}", "true", List.of(List.of("arn:aws:s3:::x"))),
                        Arrays.asList("1.05", null, null, null, null, null));
                assertThat(files.rows(schema, file, List.of())).hasSize(2);
                assertThat(files.rows(schema, file, List.of(FileColumn.RAW_LINE)).get(1)).containsExactly("{\"eventVersion\":\"1.05\",\"requestParameters\":null}");
                assertThat(LineFiles.format(schema).splittable(schema, file.location().fileName())).isFalse();
                assertExactEstimate(schema, file);
            }
        }
    }

    /**
     * What a buffer's end cuts is put together.
     */
    @Test
    void testManyRecords()
    {
        FileSchema schema = withInputFormat(schema(JSON_SERDE_CLASS, "n", "int", "text", "string"), CLOUD_TRAIL);
        StringBuilder document = new StringBuilder("{\"Records\":[");
        for (int number = 0; number < 5000; number++) {
            document.append(number == 0 ? "" : ",").append("{\"n\":").append(number).append(",\"text\":\"").append("\\\"ä".repeat(number % 23)).append("\"}");
        }
        FileSlice file = files.write("many", document + "]}");
        List<List<Object>> rows = files.rows(schema, file);
        assertThat(rows).hasSize(5000);
        for (int number = 0; number < rows.size(); number++) {
            assertThat(rows.get(number)).containsExactly(number, "\"ä".repeat(number % 23));
        }
    }

    @Test
    void testDamagedDocuments()
    {
        FileSchema schema = withInputFormat(schema(JSON_SERDE_CLASS, "a", "int"), CLOUD_TRAIL);
        assertDamaged(schema, "{\"Records\":[{\"a\":1},{\"a\":", "it ends inside a JSON value. This shows near record 2");
        assertDamaged(schema, "{\"Records\":[{\"a\":1}]", "it ends inside a JSON value");
        assertDamaged(schema, "[{\"a\":1}]", "it does not begin with a JSON object");
        assertDamaged(schema, "{\"Records\":{\"a\":1}}", "what its document has as 'Records' is no array");
        assertDamaged(schema, "{\"Records\":[{\"a\":1}{\"a\":2}]}", "a comma is missing");
        assertDamaged(schema, "{Records:[]}", "a key of its document is not in double quotes");
        assertDamaged(schema, "{\"Records\" []}", "has no colon");
        assertDamaged(schema, "{\"Records\":[{\"a\":1}, 5]}", "Record 2 of memory:///damaged cannot be read as CLOUDTRAIL: it is not a JSON object. The line starts: 5");

        files.withConfig(new LineConfig().setMaxLineLength(DataSize.of(1, KILOBYTE)));
        assertDamaged(schema, "{\"Records\":[{\"a\":1},{\"b\":\"" + "x".repeat(2000) + "\"}]}", "Record 2 of memory:///damaged is longer than 1kB");
    }

    @Test
    void testEsriJson()
    {
        String features =
                """
                {"attributes":{"Name":"a","COUNT":5,"area":1.5,"since":"2018-01-06","at":1515235434123,"more":[1]},"geometry":{"x":1.5,"y":-2}}
                ,{"geometry":{"rings":[[[0,0],[0,1],[1,1],[0,0]]],"spatialReference":{"wkid":4326}},"attributes":{"name":null,"count":"many","at":"2018-01-06 10:43"}}
                ,{"attributes":{"name":"no geometry"}}
                """;
        FileSlice enclosed = files.write("features.json", "{\"fields\":[{\"name\":\"features\"}],\"features\":[" + features + "],\"end\":1}");
        FileSchema schema = withInputFormat(schema(ESRI_SERDE_CLASS, FEATURE), ESRI_INPUT_FORMAT_CLASS);
        List<List<Object>> rows = files.rows(schema, enclosed);
        assertThat(rows).hasSize(3).isEqualTo(hive.rows(schema, enclosed));
        assertThat(rows.getFirst().subList(0, 4).toString()).isEqualTo("[a, 5, 1.5, 2018-01-06]");
        assertThat(rows.getFirst().get(5)).isNotNull();

        // by the names that Athena has for it
        assertThat(files.rows(withInputFormat(schema("com.esri.hadoop.hive.serde.JsonSerde", FEATURE), "com.esri.json.hadoop.EnclosedJsonInputFormat"), enclosed)).isEqualTo(rows);
        FileSlice unenclosed = files.write("unenclosed.json", features.replaceAll("(?m)^,", ""));
        assertThat(files.rows(withInputFormat(schema("com.esri.hadoop.hive.serde.JsonSerde", FEATURE), "com.esri.json.hadoop.UnenclosedJsonInputFormat"), unenclosed)).isEqualTo(rows);
        assertExactEstimate(schema, enclosed);
    }

    @Test
    void testGeoJson()
    {
        FileSlice file = files.write("geo.json",
                """
                {"type":"FeatureCollection","features":[
                {"type":"Feature","properties":{"name":"a","count":1},"geometry":{"type":"Point","coordinates":[1,2]}},
                {"type":"Feature","properties":null,"geometry":{"type":"LineString","coordinates":[[1,2],[3,4]]}}]}
                """);
        FileSchema schema = withInputFormat(schema(ESRI_GEO_JSON_SERDE_CLASS, FEATURE), ESRI_GEO_JSON_INPUT_FORMAT_CLASS);
        assertThat(files.rows(schema, file)).hasSize(2).isEqualTo(hive.rows(schema, file));
    }

    @Test
    void testBadFeatures()
    {
        FileSchema schema = withInputFormat(schema(ESRI_SERDE_CLASS, "a", "int", "shape", "binary"), ESRI_INPUT_FORMAT_CLASS);
        assertDamaged(schema, "{\"features\":[{\"geometry\":{\"x\":1,\"y\":1}},{\"geometry\":{\"rings\":[5]}}]}", "Record 2 of memory:///damaged, column 'shape' (binary)");
        assertDamaged(schema, "{\"features\":[[]]}", "Record 1 of memory:///damaged cannot be read as ESRI_JSON");
        FileSlice file = files.write("x", "{\"features\":[]}");
        assertTrinoExceptionThrownBy(() -> files.rows(withInputFormat(schema(ESRI_SERDE_CLASS, "a", "binary", "b", "binary"), ESRI_INPUT_FORMAT_CLASS), file))
                .hasErrorCode(TARN_INVALID_METADATA)
                .hasMessageContaining("columns [a, b] are binary, and a feature has one geometry");
        assertTrinoExceptionThrownBy(() -> files.rows(withInputFormat(schema(ESRI_SERDE_CLASS, "a", "array<int>"), ESRI_INPUT_FORMAT_CLASS), file))
                .hasErrorCode(TARN_INVALID_METADATA)
                .hasMessageContaining("Column 'a'");
    }

    private void assertDamaged(FileSchema schema, String content, String message)
    {
        FileSlice file = files.write("damaged", content);
        assertTrinoExceptionThrownBy(() -> files.rows(schema, file))
                .hasErrorCode(TARN_BAD_DATA)
                .hasMessageContaining(message);
    }

    private void assertExactEstimate(FileSchema schema, FileSlice file)
    {
        FileRead read = files.read(schema, file, columns(schema));
        assertThat(LineFiles.format(schema).estimate(read, Set.of())).isEqualTo(new ReadEstimate(file.fileLength(), OptionalLong.empty(), true));
        ConnectorPageSource pageSource = LineFiles.format(schema).open(read);
        LineFiles.rows(pageSource, columns(schema).stream().map(FileColumn::type).toList());
        assertThat(pageSource.getCompletedBytes()).isEqualTo(file.fileLength());
    }

    private static byte[] gzip(String text)
            throws IOException
    {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream output = new GZIPOutputStream(bytes)) {
            output.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }
}
