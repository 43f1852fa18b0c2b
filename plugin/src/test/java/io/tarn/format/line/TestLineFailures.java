package io.tarn.format.line;

import com.google.common.collect.ImmutableMap;
import io.airlift.units.DataSize;
import io.tarn.format.FileColumn;
import io.tarn.format.FileRead;
import io.tarn.format.FileSchema;
import io.tarn.format.FileSlice;
import io.tarn.format.line.source.LineConfig;
import io.trino.filesystem.Location;
import io.trino.spi.connector.MemoryContext;
import io.trino.spi.predicate.TupleDomain;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

import static io.airlift.units.DataSize.Unit.KILOBYTE;
import static io.tarn.error.TarnErrorCode.TARN_BAD_DATA;
import static io.tarn.error.TarnErrorCode.TARN_FILE_NOT_FOUND;
import static io.tarn.error.TarnErrorCode.TARN_INVALID_METADATA;
import static io.tarn.error.TarnErrorCode.TARN_STORAGE_ERROR;
import static io.tarn.format.line.BrokenFileSystem.failAfter;
import static io.tarn.format.line.LineFiles.columns;
import static io.tarn.format.line.LineFiles.part;
import static io.tarn.format.line.LineFiles.schema;
import static io.trino.hive.formats.HiveClassNames.JSON_SERDE_CLASS;
import static io.trino.hive.formats.HiveClassNames.LAZY_SIMPLE_SERDE_CLASS;
import static io.trino.hive.formats.HiveClassNames.OPENCSV_SERDE_CLASS;
import static io.trino.hive.formats.HiveClassNames.OPENX_JSON_SERDE_CLASS;
import static io.trino.hive.formats.HiveClassNames.REGEX_SERDE_CLASS;
import static io.trino.spi.type.VarcharType.VARCHAR;
import static io.trino.testing.assertions.TrinoExceptionAssert.assertTrinoExceptionThrownBy;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Collections.singletonList;
import static org.assertj.core.api.Assertions.assertThat;

class TestLineFailures
{
    private static final FileSchema OPENX = schema(OPENX_JSON_SERDE_CLASS, "a", "int", "b", "string");
    private static final FileSchema TEXT = schema(LAZY_SIMPLE_SERDE_CLASS, "line", "string");

    private final LineFiles files = new LineFiles();

    @Test
    void testLineThatIsNotJson()
    {
        FileSlice file = files.write("bad.json", "{\"a\":1}\n{\"a\": oops\u0007" + "x".repeat(500) + "\n");
        for (FileSchema schema : List.of(OPENX, schema(JSON_SERDE_CLASS, "a", "int", "b", "string"))) {
            assertTrinoExceptionThrownBy(() -> files.rows(schema, file))
                    .hasErrorCode(TARN_BAD_DATA)
                    .hasMessageStartingWith("Line 2 of memory:///bad.json cannot be read as ")
                    .hasMessageContaining("The line starts: {\"a\": oops\uFFFDxxx")
                    .hasMessageContaining("xxx…. ")
                    .hasMessageContaining("'ignore.malformed.json'")
                    .hasMessageContaining("\"$line\"")
                    .satisfies(failure -> assertThat(failure.getMessage()).hasSizeLessThan(700));
        }
        FileSchema ignoring = schema(OPENX_JSON_SERDE_CLASS, ImmutableMap.of("ignore.malformed.json", "TRUE"), "a", "int");
        assertThat(files.rows(ignoring, file)).containsExactly(List.of(1), singletonList(null));
    }

    @Test
    void testLineThatIsNoJsonDocument()
    {
        for (String line : List.of("a,b,c", "\"text\"", "12", "null", "ü")) {
            assertTrinoExceptionThrownBy(() -> files.rows(OPENX, files.write("scalar.json", "\n {}\n" + line)))
                    .hasErrorCode(TARN_BAD_DATA)
                    .hasMessageStartingWith("Line 3 of memory:///scalar.json cannot be read as OPENX_JSON: it is not a JSON object. The line starts: " + line);
        }
    }

    @Test
    void testLineIsShownEvenIfItIsNotJson()
    {
        FileSlice file = files.write("bad.json", "{\"a\":1}\n{\"a\": oops\n\nnope");
        assertThat(files.rows(OPENX, file, List.of(FileColumn.RAW_LINE)))
                .containsExactly(List.of("{\"a\":1}"), List.of("{\"a\": oops"), List.of(""), List.of("nope"));
        assertThat(files.rows(OPENX, file, List.of())).hasSize(4);
        FileSchema ignoring = schema(OPENX_JSON_SERDE_CLASS, ImmutableMap.of("ignore.malformed.json", "true"), "a", "int");
        assertThat(files.rows(ignoring, file, List.of(FileColumn.RAW_LINE, columns(ignoring).getFirst(), FileColumn.RAW_LINE)).get(0))
                .containsExactly("{\"a\":1}", 1, "{\"a\":1}");
    }

    @Test
    void testValueThatDoesNotFitNamesTheColumn()
    {
        FileSlice file = files.write("values.json", "{\"a\":1,\"b\":\"x\"}\n{\"b\":\"y\",\"a\":{\"c\":1}}\n");
        assertTrinoExceptionThrownBy(() -> files.rows(OPENX, file))
                .hasErrorCode(TARN_BAD_DATA)
                .hasMessageStartingWith("Line 2 of memory:///values.json, column 'a' (int): ")
                .hasMessageContaining("The line starts: {\"b\":\"y\",\"a\":{\"c\":1}}");
        FileSchema hive = schema(JSON_SERDE_CLASS, "a", "int", "b", "string");
        assertTrinoExceptionThrownBy(() -> files.rows(hive, files.write("values.json", "{\"b\":\"y\",\"a\":99999999999}\n")))
                .hasErrorCode(TARN_BAD_DATA)
                .hasMessageStartingWith("Line 1 of memory:///values.json, column 'a' (int): ");
        assertTrinoExceptionThrownBy(() -> files.rows(hive, files.write("values.json", "{\"b\":\"y\",\"a\":1, \"a\":2}\n")))
                .hasErrorCode(TARN_BAD_DATA)
                .hasMessageStartingWith("Line 1 of memory:///values.json, column 'a' (int): its key occurs twice");
    }

    @Test
    void testLineNumbers()
    {
        FileSchema schema = schema(OPENX_JSON_SERDE_CLASS, ImmutableMap.of("skip.header.line.count", "1"), "a", "int");
        FileSlice file = files.write("header.json", "header\n{\"a\":1}\nbad\n");
        assertTrinoExceptionThrownBy(() -> files.rows(schema, file))
                .hasMessageStartingWith("Line 3 of memory:///header.json ");
        assertTrinoExceptionThrownBy(() -> files.rows(schema, part(file, 8, file.fileLength() - 8)))
                .hasMessageStartingWith("Line 1 of the part of memory:///header.json that starts at byte 8 ");

        // the line of a value is known although values are converted a page at a time
        StringBuilder csv = new StringBuilder();
        for (int line = 1; line <= 200_000; line++) {
            csv.append(line == 150_001 ? "x" : line).append('\n');
        }
        assertTrinoExceptionThrownBy(() -> files.rows(schema(OPENCSV_SERDE_CLASS, "n", "int"), files.write("long.csv", csv.toString())))
                .hasMessageStartingWith("Line 150001 of memory:///long.csv, column 'n' (int): 'x' is not a whole number");
    }

    @Test
    void testDeeplyNestedJson()
    {
        FileSlice file = files.write("deep.json", "{\"b\":" + "[".repeat(1_000_000) + "]".repeat(1_000_000) + "}");
        assertTrinoExceptionThrownBy(() -> files.rows(OPENX, file, List.of(columns(OPENX).get(1))))
                .hasErrorCode(TARN_BAD_DATA)
                .hasMessageStartingWith("Line 1 of memory:///deep.json");
    }

    @Test
    void testLineThatIsTooLong()
    {
        LineFiles limited = new LineFiles().withConfig(new LineConfig().setMaxLineLength(DataSize.of(2, KILOBYTE)));
        assertThat(limited.rows(TEXT, limited.write("long.txt", "a\n" + "x".repeat(2048)))).hasSize(2);
        FileSlice file = limited.write("long.txt", "a\n" + "x".repeat(2049) + "\nb\n");
        for (List<FileColumn> columns : List.of(columns(TEXT), List.<FileColumn>of())) {
            assertTrinoExceptionThrownBy(() -> limited.rows(TEXT, file, columns))
                    .hasErrorCode(TARN_BAD_DATA)
                    .hasMessageStartingWith("Line 2 of memory:///long.txt is longer than 2kB.")
                    .hasMessageContaining("text_max_line_length");
        }
    }

    @Test
    void testMissingFile()
    {
        FileSlice file = new FileSlice(Location.of("memory:///missing.txt"), 0, 10, 10, Instant.EPOCH);
        assertTrinoExceptionThrownBy(() -> files.rows(TEXT, file))
                .hasErrorCode(TARN_FILE_NOT_FOUND)
                .hasMessageContaining("memory:///missing.txt");
    }

    @Test
    void testStorageThatFailsIsNotTakenForDamage()
            throws IOException
    {
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(gzip)) {
            out.write("a\n".repeat(1000).getBytes(UTF_8));
        }
        for (FileSlice file : List.of(files.write("plain.txt", "a\n".repeat(1000)), files.write("packed.txt.gz", gzip.toByteArray()))) {
            // a listed length beyond what is fetched whole makes it a stream
            for (long length : List.of(file.fileLength(), 100_000_000L)) {
                FileSlice slice = new FileSlice(file.location(), 0, length, length, Instant.EPOCH);
                FileRead read = new FileRead(files.session(), failAfter(files.fileSystem(), 10), slice, TEXT, columns(TEXT), TupleDomain.all(), MemoryContext.NO_LIMIT);
                assertTrinoExceptionThrownBy(() -> LineFiles.rows(LineFiles.format(TEXT).open(read), List.of(VARCHAR)))
                        .hasErrorCode(TARN_STORAGE_ERROR)
                        .hasMessage("Reading %s failed after 10 bytes: connection reset".formatted(file.location()));
            }
        }
    }

    @Test
    void testFileThatChangedSinceItWasListed()
    {
        FileSlice file = files.write("changed.txt", "a\nb\n");
        for (long listed : List.of(3L, 5L)) {
            assertTrinoExceptionThrownBy(() -> files.rows(TEXT, new FileSlice(file.location(), 0, listed, listed, Instant.EPOCH)))
                    .hasErrorCode(TARN_STORAGE_ERROR)
                    .hasMessageContaining("memory:///changed.txt was listed with %s bytes".formatted(listed));
        }
    }

    @Test
    void testDeclarationsThatMakeNoSense()
    {
        assertInvalid(schema(LAZY_SIMPLE_SERDE_CLASS, Map.of("skip.header.line.count", "one"), "a", "string"), "'skip.header.line.count'", "'one'");
        assertInvalid(schema(LAZY_SIMPLE_SERDE_CLASS, Map.of("skip.footer.line.count", "-1"), "a", "string"), "'skip.footer.line.count'", "'-1'");
        assertInvalid(schema(LAZY_SIMPLE_SERDE_CLASS, Map.of("skip.footer.line.count", "2000000000"), "a", "string"), "'skip.footer.line.count'");
        assertInvalid(schema(LAZY_SIMPLE_SERDE_CLASS, Map.of("line.delim", "|"), "a", "string"), "'line.delim'");
        assertInvalid(schema(OPENCSV_SERDE_CLASS, Map.of("separatorChar", ""), "a", "string"), "'separatorChar' is empty");
        assertInvalid(schema(OPENCSV_SERDE_CLASS, Map.of("separatorChar", "\""), "a", "string"), "Separator and quote character cannot be the same");
        assertInvalid(schema(OPENCSV_SERDE_CLASS, "a", "array<int>"), "column 'a'", "'array<int>'");
        assertInvalid(schema(OPENX_JSON_SERDE_CLASS, Map.of("timestamp.formats", "nonsense {"), "a", "timestamp"), "Unknown pattern letter", "{timestamp.formats=nonsense {}");
        assertInvalid(schema(REGEX_SERDE_CLASS, "a", "string"), "input.regex");
        assertInvalid(schema(REGEX_SERDE_CLASS, Map.of("input.regex", "("), "a", "string"), "Unclosed group");
        assertInvalid(schema(REGEX_SERDE_CLASS, Map.of("input.regex", "(.*)"), "a", "map<string,string>"), "column 'a'");
    }

    private void assertInvalid(FileSchema schema, String... words)
    {
        FileSlice file = files.write("declared.txt", "a\n");
        assertTrinoExceptionThrownBy(() -> files.rows(schema, file))
                .hasErrorCode(TARN_INVALID_METADATA)
                .satisfies(failure -> assertThat(failure.getMessage()).contains(words));
    }
}
