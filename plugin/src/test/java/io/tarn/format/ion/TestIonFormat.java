package io.tarn.format.ion;

import com.amazon.ion.IonReader;
import com.amazon.ion.IonWriter;
import com.amazon.ion.system.IonBinaryWriterBuilder;
import com.amazon.ion.system.IonReaderBuilder;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.Bytes;
import io.airlift.units.DataSize;
import io.tarn.format.FileColumn;
import io.tarn.format.FileRead;
import io.tarn.format.FileSchema;
import io.tarn.format.FileSlice;
import io.tarn.format.Fuzzing;
import io.tarn.format.ReadEstimate;
import io.tarn.format.line.LineFiles;
import io.tarn.format.line.source.LineConfig;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.ConnectorPageSource;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

import static io.airlift.units.DataSize.Unit.KILOBYTE;
import static io.tarn.error.TarnErrorCode.TARN_BAD_DATA;
import static io.tarn.error.TarnErrorCode.TARN_INVALID_METADATA;
import static io.tarn.error.TarnErrorCode.TARN_SCHEMA_MISMATCH;
import static io.tarn.format.line.AllTypes.ALL_TYPES;
import static io.tarn.format.line.LineFiles.columns;
import static io.tarn.format.line.LineFiles.withInputFormat;
import static io.trino.hive.formats.HiveClassNames.TEXT_INPUT_FORMAT_CLASS;
import static io.trino.testing.assertions.TrinoExceptionAssert.assertTrinoExceptionThrownBy;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class TestIonFormat
{
    private static final String SERDE = "com.amazon.ionhiveserde.IonHiveSerDe";
    private static final String INPUT_FORMAT = "com.amazon.ionhiveserde.formats.IonInputFormat";
    private static final String ROWS =
            """
            // a comment
            {
              c_boolean: true, c_tinyint: 1, c_smallint: -2, c_int: 3, c_bigint: 9223372036854775807, c_float: 1.5e0, c_double: 2.25e0,
              c_decimal: 12.345, c_long_decimal: 1234567890.0123456789, c_string: "ä", c_varchar: symbol, c_char: 'ab', c_date: 2018-01-06, c_timestamp: 2018-01-06T11:43:54.123+01:00,
              c_binary: {{aGVsbG8=}}, c_array: [1, null, 3], c_map: {x: 1, y: null.int, x: 9}, c_struct: {A: 1, b: "z", other: 5, c: {D: 0.5e0, e: ["p", symbol]}}
            }
            {C_BOOLEAN: false, c_double: 0.5, c_float: 7, c_decimal: 3, c_string: {foo: "bar", n: [1, 2.50]}, c_binary: {{"clob"}}, c_array: (1 2), c_int: 1, c_int: 2}
            {}
            null
            null.struct
            {c_string: null.string, c_struct: null, c_array: [], unknown: [[[{}]]]}
            """.replace("symbol", "sym");

    private final LineFiles files = new LineFiles();

    @Test
    void testRows()
            throws IOException
    {
        FileSlice text = files.write("rows.ion", ROWS);
        FileSchema schema = schema(ImmutableMap.of(), ALL_TYPES);
        List<List<Object>> rows = files.rows(schema, text);
        assertThat(rows).hasSize(6);
        assertThat(rows.getFirst().toString()).isEqualTo("[true, 1, -2, 3, 9223372036854775807, 1.5, 2.25, 12.35, 1234567890.0123456789, ä, sym, ab  , 2018-01-06, 2018-01-06 10:43:54.123, aGVsbG8=, [1, null, 3], {x=1, y=null}, [1, z, [0.5, [p, sym]]]]");
        assertThat(rows.get(1).toString()).isEqualTo("[false, null, null, 1, null, 7.0, 0.5, 3.00, null, {foo:\"bar\",n:[1,2.50]}, null, null, null, null, Y2xvYg==, [1, 2], null, null]");
        for (List<Object> row : rows.subList(2, 5)) {
            assertThat(row).containsOnlyNulls();
        }
        assertThat(rows.get(5).get(15)).isEqualTo(List.of());

        // the binary form, compressed forms, and lines
        assertThat(files.rows(schema, files.write("rows.10n", binary(ROWS)))).isEqualTo(rows);
        assertThat(files.rows(schema, files.write("rows.10n.gz", gzip(binary(ROWS))))).isEqualTo(rows);
        assertThat(files.rows(schema, files.write("rows.ion.gz", gzip(ROWS.getBytes(UTF_8))))).isEqualTo(rows);
        assertThat(files.rows(withInputFormat(schema, TEXT_INPUT_FORMAT_CLASS), text)).isEqualTo(rows);
        assertThat(files.rows(schema, text, List.of())).hasSize(6);
        assertThat(LineFiles.format(schema).splittable(schema, "rows.ion")).isFalse();

        FileRead read = files.read(schema, text, columns(schema));
        assertThat(LineFiles.format(schema).estimate(read, Set.of())).isEqualTo(new ReadEstimate(text.fileLength(), OptionalLong.empty(), true));
        ConnectorPageSource pageSource = LineFiles.format(schema).open(read);
        LineFiles.rows(pageSource, columns(schema).stream().map(FileColumn::type).toList());
        assertThat(pageSource.getCompletedBytes()).isEqualTo(text.fileLength());
    }

    /**
     * Athena's guide on the letter case of fields.
     */
    @Test
    void testLetterCase()
    {
        FileSlice file = files.write("case.ion", "{ 'ALIAS': 'value1'} { 'alias': 'value2', st: {'X': 1, x: 2}}");
        String[] fields = {"alias", "string", "st", "struct<x:int>"};
        assertThat(files.rows(schema(ImmutableMap.of(), fields), file)).containsExactly(Arrays.asList("value1", null), List.of("value2", List.of(1)));
        assertThat(files.rows(schema(ImmutableMap.of("ion.path_extractor.case_sensitive", "true", "ion.alias.path_extractor", "(alias)"), fields), file))
                .containsExactly(Arrays.asList(null, null), List.of("value2", List.of(2)));
    }

    @Test
    void testPaths()
            throws IOException
    {
        String values =
                """
                {identification: {name: "Foo", driver_licence: "XXXX"}, alias: "foo", list: [1, {a: 2}, {a: 3}], '*': "star"}
                [10, {a: 20}]
                5
                """;
        FileSchema schema = schema(
                ImmutableMap.<String, String>builder()
                        .put("ion.name.path_extractor", "(identification name)")
                        .put("ion.nickname.path_extractor", "[alias]")
                        .put("ion.whole.path_extractor", "(identification)")
                        .put("ion.second.path_extractor", "(list 1 a)")
                        .put("ion.anywhere.path_extractor", "(list * a)")
                        .put("ion.star.path_extractor", "($any::'*')")
                        .put("ion.element.path_extractor", "(1 a)")
                        .put("ion.everything.path_extractor", "()")
                        .buildOrThrow(),
                "name",
                "string",
                "nickname",
                "string",
                "whole",
                "string",
                "second",
                "int",
                "anywhere",
                "int",
                "star",
                "string",
                "element",
                "int",
                "everything",
                "string");
        List<List<Object>> expected = List.of(
                Arrays.asList("Foo", "foo", "{name:\"Foo\",driver_licence:\"XXXX\"}", 2, 2, "star", null, "{identification:{name:\"Foo\",driver_licence:\"XXXX\"},alias:\"foo\",list:[1,{a:2},{a:3}],'*':\"star\"}"),
                Arrays.asList(null, null, null, null, null, null, 20, "[10,{a:20}]"),
                Arrays.asList(null, null, null, null, null, null, null, "5"));
        assertThat(files.rows(schema, files.write("paths.ion", values))).isEqualTo(expected);
        assertThat(files.rows(schema, files.write("paths.10n", binary(values)))).isEqualTo(expected);
        // each alone, where nothing has to be read twice
        for (int ordinal = 0; ordinal < expected.getFirst().size(); ordinal++) {
            int column = ordinal;
            assertThat(files.rows(schema, files.write("paths.ion", values), List.of(columns(schema).get(ordinal))))
                    .isEqualTo(expected.stream().map(row -> Arrays.asList(row.get(column))).toList());
        }
    }

    /**
     * The example of the SerDe's own documentation.
     */
    @Test
    void testOverflow()
    {
        FileSlice file = files.write("overflow.ion", "{n: 1}\n{n: 40000, s: \"123456789\", st: {f1: 40000, f2: \"123456789\"}, d: 12345.6, b: 18446744073709551617}");
        String[] fields = {"n", "smallint", "s", "varchar(5)", "st", "struct<f1:smallint,f2:varchar(5)>", "d", "decimal(5,1)", "b", "bigint"};
        List<Object> cut = Arrays.asList((short) -25536, "12345", List.of((short) -25536, "12345"), null, 1L);
        List<Object> first = Arrays.asList((short) 1, null, null, null, null);
        assertThat(files.rows(schema(ImmutableMap.of("ion.fail_on_overflow", "false"), fields), file)).containsExactly(first, cut);
        Map<String, String> byColumn = ImmutableMap.of("ion.n.fail_on_overflow", "false", "ion.s.fail_on_overflow", "false", "ion.st.fail_on_overflow", "false", "ion.d.fail_on_overflow", "false", "ion.b.fail_on_overflow", "false");
        assertThat(files.rows(schema(byColumn, fields), file)).containsExactly(first, cut);

        FileSchema strict = schema(ImmutableMap.of(), fields);
        assertMismatch(strict, file, "n", "Column 'n' of Ion file memory:///overflow.ion holds a value that its declared type cannot: in value 2, smallint has no room for 40000. Declare the column with a wider type");
        assertMismatch(strict, file, "s", "varchar(5) has no room for 123456789");
        assertMismatch(strict, file, "st", "Column 'st'");
        assertMismatch(strict, file, "d", "decimal(5,1) has no room for 12345.6");
        assertMismatch(strict, file, "b", "bigint has no room for a number of 65 bits");
    }

    @Test
    void testMismatches()
    {
        FileSlice file = files.write("mismatch.ion", "{a: \"text\", b: 5, c: [1]}\n");
        assertMismatch(schema(ImmutableMap.of(), "a", "int"), file, "a", "in value 1, text is a string, no integer");
        assertMismatch(schema(ImmutableMap.of(), "b", "boolean"), file, "b", "5 is a int, no boolean");
        assertMismatch(schema(ImmutableMap.of(), "c", "struct<x:int>"), file, "c", "its value is a list, no row");
        assertMismatch(schema(ImmutableMap.of(), "a", "timestamp"), file, "a", "text is a string, no timestamp(3)");
        FileSlice scalars = files.write("scalars.ion", "{a:1} 2");
        assertMismatch(schema(ImmutableMap.of(), "a", "int"), scalars, "a", "value 2: it is a INT, and its columns are fields of structs");
    }

    @Test
    void testMalformed()
            throws IOException
    {
        FileSlice file = files.write("malformed.ion", "{field: 1} {field: 2} {field: 3 {field: 4}");
        assertTrinoExceptionThrownBy(() -> files.rows(schema(ImmutableMap.of(), "field", "int"), file))
                .hasErrorCode(TARN_BAD_DATA)
                .hasMessageContaining("Ion file memory:///malformed.ion is damaged: value 3 is malformed: ");
        FileSchema ignoring = schema(ImmutableMap.of("ion.ignore_malformed", "true"), "field", "int", "other", "string");
        assertThat(files.rows(ignoring, file)).containsExactly(Arrays.asList(1, null), Arrays.asList(2, null));

        byte[] cut = binary("{field: 1} {field: 2, other: \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"}");
        FileSlice cutFile = files.write("cut.10n", Arrays.copyOf(cut, cut.length - 5));
        assertThat(files.rows(ignoring, cutFile)).containsExactly(Arrays.asList(1, null));
        assertTrinoExceptionThrownBy(() -> files.rows(schema(ImmutableMap.of(), "field", "int", "other", "string"), cutFile)).hasErrorCode(TARN_BAD_DATA);

        FileSlice deep = files.write("deep.ion", "[".repeat(200_000));
        assertTrinoExceptionThrownBy(() -> files.rows(schema(ImmutableMap.of("ion.a.path_extractor", "()"), "a", "string"), deep)).hasErrorCode(TARN_BAD_DATA);
    }

    /**
     * Written out, its second would have hundreds of millions of digits.
     */
    @Test
    void testTimestampWithHostileFraction()
            throws IOException
    {
        byte[] values = binary("{a: 1, t: null, n: [{x: 2000-01-01}]} {a: 2, t: 2000-01-01T00:00:05.12345678901Z, n: [{x: 2000-01-01T00:00:05.12345678901Z}]}");
        // an exponent of -11 and 12345678901, and in as many bytes an exponent of -600000000 and 1
        byte[] usual = {(byte) 0xCB, 0x02, (byte) 0xDF, (byte) 0xDC, 0x1C, 0x35};
        byte[] hostile = {0x42, 0x1E, 0x0D, 0x0C, (byte) 0x80, 0x01};
        assertThat(Bytes.indexOf(values, usual)).isPositive();
        while (Bytes.indexOf(values, usual) >= 0) {
            System.arraycopy(hostile, 0, values, Bytes.indexOf(values, usual), hostile.length);
        }
        FileSlice file = files.write("hostile.10n", values);
        for (String type : List.of("timestamp", "date", "string", "int", "varchar(10)", "char(10)")) {
            assertMismatch(schema(ImmutableMap.of(), "t", type, "a", "int"), file, "t", "600000000 digits behind the point");
        }
        assertMismatch(schema(ImmutableMap.of(), "n", "string"), file, "n", "600000000 digits behind the point");
        assertMismatch(schema(ImmutableMap.of(), "n", "array<struct<x:timestamp>>"), file, "n", "600000000 digits behind the point");
        assertThat(files.rows(schema(ImmutableMap.of(), "a", "int"), file)).containsExactly(List.of(1), List.of(2));
    }

    @Test
    void testLongValues()
            throws IOException
    {
        files.withConfig(new LineConfig().setMaxLineLength(DataSize.of(64, KILOBYTE)));
        FileSchema schema = schema(ImmutableMap.of("ion.ignore_malformed", "true"), "a", "string");
        String content = "{a: \"x\"} {a: \"" + "y".repeat(1_000_000) + "\"}";
        assertTrinoExceptionThrownBy(() -> files.rows(schema, files.write("long.ion", content)))
                .hasErrorCode(TARN_BAD_DATA)
                .hasMessageContaining("Value 2 of memory:///long.ion is longer than 64kB. Raise the session property 'text_max_line_length'");
        assertTrinoExceptionThrownBy(() -> files.rows(schema, files.write("long.10n", binary(content))))
                .hasErrorCode(TARN_BAD_DATA)
                .hasMessageContaining("Value 2 of memory:///long.10n is longer than 64kB");
        assertTrinoExceptionThrownBy(() -> files.rows(schema, files.write("hidden.ion", gzip(content.getBytes(UTF_8)))))
                .hasErrorCode(TARN_BAD_DATA)
                .hasMessageContaining("it is compressed with gzip, and its name has no extension .gz");
        String many = "{a: \"zzzzzzzzzzzzzzzz\"}\n".repeat(50_000);
        assertThat(files.rows(schema, files.write("many.ion", many))).hasSize(50_000);
        assertThat(files.rows(schema, files.write("many.10n", binary(many)))).hasSize(50_000);
    }

    @Test
    void testBadProperties()
    {
        FileSlice file = files.write("x.ion", "{}");
        assertInvalid(ImmutableMap.of("ion.a.path_extractor", "name"), file, "property 'ion.a.path_extractor' is 'name'; it takes names in parentheses");
        assertInvalid(ImmutableMap.of("ion.a.path_extractor", "(a"), file, "which is no Ion");
        assertInvalid(ImmutableMap.of("ion.a.path_extractor", "(1.5)"), file, "its steps are names, numbers of elements, or *");
        assertInvalid(ImmutableMap.of("ion.fail_on_overflow", "maybe"), file, "Property ion.fail_on_overflow is 'maybe'. Set it to true or false.");
        assertTrinoExceptionThrownBy(() -> files.rows(schema(ImmutableMap.of(), "a", "map<int,int>"), file))
                .hasErrorCode(TARN_INVALID_METADATA)
                .hasMessageContaining("no map has keys of type 'integer'");
    }

    /**
     * Whatever is done to a file, it is read or refused.
     */
    @Test
    void testDamagedFiles()
            throws IOException
    {
        Random random = new Random(11);
        FileSchema schema = schema(ImmutableMap.of(), ALL_TYPES);
        for (byte[] sound : List.of(ROWS.getBytes(UTF_8), binary(ROWS))) {
            for (int round = 0; round < 500; round++) {
                byte[] mutated = Fuzzing.mutate(sound, random, bytes -> Arrays.fill(bytes, random.nextInt(bytes.length), bytes.length, (byte) 0x8E));
                FileSlice file = files.write("mutated", mutated);
                try {
                    files.rows(schema, file);
                }
                catch (TrinoException e) {
                    assertThat(e.getErrorCode().getName()).startsWith("TARN_");
                    assertThat(e.getMessage()).contains("memory:///mutated");
                }
            }
        }
    }

    private void assertMismatch(FileSchema schema, FileSlice file, String column, String message)
    {
        assertTrinoExceptionThrownBy(() -> files.rows(schema, file, List.of(LineFiles.column(schema, column))))
                .hasErrorCode(TARN_SCHEMA_MISMATCH)
                .hasMessageContaining(message);
    }

    private void assertInvalid(Map<String, String> properties, FileSlice file, String message)
    {
        assertTrinoExceptionThrownBy(() -> files.rows(schema(properties, "a", "string"), file))
                .hasErrorCode(TARN_INVALID_METADATA)
                .hasMessageContaining(message);
    }

    private static FileSchema schema(Map<String, String> properties, String... fields)
    {
        return withInputFormat(LineFiles.schema(SERDE, properties, fields), INPUT_FORMAT);
    }

    private static byte[] binary(String text)
            throws IOException
    {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (IonReader reader = IonReaderBuilder.standard().build(text); IonWriter writer = IonBinaryWriterBuilder.standard().build(bytes)) {
            writer.writeValues(reader);
        }
        return bytes.toByteArray();
    }

    private static byte[] gzip(byte[] content)
            throws IOException
    {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream output = new GZIPOutputStream(bytes)) {
            output.write(content);
        }
        return bytes.toByteArray();
    }
}
