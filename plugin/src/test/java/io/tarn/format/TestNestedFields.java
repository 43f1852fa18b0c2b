package io.tarn.format;

import com.google.common.collect.ImmutableMap;
import io.tarn.format.line.LineFiles;
import io.trino.metastore.HiveType;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.SourcePage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;

import static io.tarn.error.TarnErrorCode.TARN_SCHEMA_MISMATCH;
import static io.tarn.format.line.LineFiles.column;
import static io.tarn.format.line.LineFiles.schema;
import static io.tarn.format.line.LineFiles.trinoType;
import static io.trino.hive.formats.HiveClassNames.JSON_SERDE_CLASS;
import static io.trino.hive.formats.HiveClassNames.LAZY_SIMPLE_SERDE_CLASS;
import static io.trino.hive.formats.HiveClassNames.OPENX_JSON_SERDE_CLASS;
import static io.trino.testing.assertions.TrinoExceptionAssert.assertTrinoExceptionThrownBy;
import static java.util.Arrays.asList;
import static org.assertj.core.api.Assertions.assertThat;

class TestNestedFields
{
    private static final String EVERY_TYPE = "struct<a:int,b:struct<c:string,d:struct<e:bigint,f:timestamp>>,l:array<struct<x:decimal(5,1)>>,m:map<varchar(3),date>,o:boolean,p:tinyint,q:smallint,r:float,s:double,t:char(2),u:binary>";

    private final LineFiles files = new LineFiles();

    @ParameterizedTest
    @ValueSource(strings = {OPENX_JSON_SERDE_CLASS, JSON_SERDE_CLASS})
    void testNestedFieldsOfJson(String serde)
    {
        FileSchema schema = schema(serde, "s", EVERY_TYPE, "n", "int");
        FileSlice file = files.write("nested.json",
                """
                {"n":1,"S":{"A":10,"b":{"C":"x","d":{"e":100}}}}
                {"n":2,"s":{"b":{"d":null,"c":"y"},"a":20}}
                {"n":3,"s":{"b":null,"a":30}}
                {"n":4,"s":null}
                {"n":5}
                """);
        List<FileColumn> columns = List.of(
                nested(schema, "s", "bigint", "b", "d", "e"),
                column(schema, "n"),
                nested(schema, "s", "string", "b", "C"),
                nested(schema, "s", "int", "a"),
                FileColumn.RAW_LINE,
                nested(schema, "s", "string", "b", "c"),
                nested(schema, "s", "string", "b", "absent"),
                column(schema, "n"));
        assertThat(files.rows(schema, file, columns).stream().map(TestNestedFields::withoutLine))
                .containsExactly(
                        asList(100L, 1, "x", 10, "x", null, 1),
                        asList(null, 2, "y", 20, "y", null, 2),
                        asList(null, 3, null, 30, null, null, 3),
                        asList(null, 4, null, null, null, null, 4),
                        asList(null, 5, null, null, null, null, 5));
        assertThat(files.rows(schema, file, columns)).extracting(row -> row.get(4)).element(3).isEqualTo("{\"n\":4,\"s\":null}");
    }

    @Test
    void testNestedFieldsOfText()
    {
        FileSchema schema = schema(LAZY_SIMPLE_SERDE_CLASS, ImmutableMap.of("field.delim", "|", "collection.delim", ";"), "s", "struct<a:int,b:string>", "n", "int");
        FileSlice file = files.write("nested.txt", "1;x|7\n\\N|8\n2|9\n");
        assertThat(files.rows(schema, file, List.of(nested(schema, "s", "string", "b"), column(schema, "n"), nested(schema, "s", "int", "a"))))
                .containsExactly(asList("x", 7, 1), asList(null, 8, null), asList(null, 9, 2));
    }

    @Test
    void testWholeFieldTogetherWithItsParts()
    {
        FileSchema schema = schema(OPENX_JSON_SERDE_CLASS, "s", "struct<a:int,b:string>");
        FileSlice file = files.write("whole.json", "{\"s\":{\"a\":1,\"b\":\"x\"}}\n");
        assertThat(files.rows(schema, file, List.of(nested(schema, "s", "int", "a"), column(schema, "s"))))
                .containsExactly(asList(1, asList(1, "x")));
    }

    @Test
    void testReaderIsAskedForEachFieldOnce()
    {
        FileSchema schema = schema(OPENX_JSON_SERDE_CLASS, "x", "int", "s", EVERY_TYPE);
        List<FileColumn> asked = new ArrayList<>();
        FileRead read = files.read(schema, files.write("a.json", "{}"), List.of(
                nested(schema, "s", "bigint", "b", "d", "e"), FileColumn.RAW_LINE, nested(schema, "s", "string", "b", "c"), FileColumn.RAW_LINE));
        NestedFields.open(read, whole -> {
            asked.addAll(whole.columns());
            return LineFiles.format(schema).open(whole);
        });
        // the library's mapping of declared types agrees
        assertThat(asked).containsExactly(column(schema, "s"), FileColumn.RAW_LINE);

        asked.clear();
        FileRead plain = files.read(schema, files.write("a.json", "{}"), List.of(column(schema, "s"), FileColumn.RAW_LINE));
        NestedFields.open(plain, whole -> {
            assertThat(whole).isSameAs(plain);
            return LineFiles.format(schema).open(whole);
        });
    }

    @Test
    void testPathIntoWhatIsNoStruct()
    {
        FileSchema schema = schema(OPENX_JSON_SERDE_CLASS, "s", "struct<a:int>");
        FileSlice file = files.write("a.json", "{}");
        assertTrinoExceptionThrownBy(() -> files.rows(schema, file, List.of(nested(schema, "s", "int", "a", "b"))))
                .hasErrorCode(TARN_SCHEMA_MISMATCH)
                .hasMessageContaining("Column 's' of memory:///a.json is declared 'int', which has no field 'b'");
    }

    @Test
    void testPositionsSelectedBeforeAndAfterBlocksAreTaken()
            throws Exception
    {
        FileSchema schema = schema(OPENX_JSON_SERDE_CLASS, "s", "struct<a:int,b:string>");
        FileSlice file = files.write("select.json", "{\"s\":{\"a\":1,\"b\":\"x\"}}\n{}\n{\"s\":{\"a\":3,\"b\":\"z\"}}\n");
        FileRead read = files.read(schema, file, List.of(nested(schema, "s", "int", "a"), nested(schema, "s", "string", "b")));
        try (ConnectorPageSource pageSource = LineFiles.format(schema).open(read)) {
            SourcePage page = pageSource.getNextSourcePage();
            assertThat(page.getBlock(0).getPositionCount()).isEqualTo(3);
            page.selectPositions(new int[] {9, 2, 1}, 1, 2);
            assertThat(page.getPositionCount()).isEqualTo(2);
            assertThat(page.getPage().getPositionCount()).isEqualTo(2);
            assertThat(trinoType(HiveType.HIVE_INT).getObjectValue(page.getBlock(0), 0)).isEqualTo(3);
            assertThat(trinoType(HiveType.HIVE_STRING).getObjectValue(page.getBlock(1), 0)).isEqualTo("z");
            assertThat(page.getBlock(1).isNull(1)).isTrue();
        }
    }

    private static FileColumn nested(FileSchema schema, String field, String type, String... path)
    {
        HiveType hiveType = HiveType.valueOf(type);
        return new FileColumn(field, column(schema, field).ordinal(), List.of(path), hiveType, trinoType(hiveType));
    }

    private static List<Object> withoutLine(List<Object> row)
    {
        List<Object> rest = new ArrayList<>(row);
        rest.remove(4);
        return rest;
    }
}
