package io.tarn.format.line;

import io.tarn.format.CountedFileSystem;
import io.tarn.format.FileColumn;
import io.tarn.format.FileRead;
import io.tarn.format.FileSchema;
import io.tarn.format.FileSlice;
import io.tarn.format.ReadEstimate;
import io.tarn.format.ReadLimit;
import io.trino.hive.formats.compression.CompressionKind;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.MemoryContext;
import io.trino.spi.predicate.TupleDomain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;

import static io.tarn.error.TarnErrorCode.QUOTA_EXCEEDED;
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
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is told beforehand against what is fetched, counted at the file system and by the page source.
 */
class TestLineEstimates
{
    private static final FileSchema TEXT = schema(LAZY_SIMPLE_SERDE_CLASS, "line", "string");
    private static final int MEGABYTE = 1024 * 1024;
    /**
     * Above the size up to which a file is fetched whole, also when it is compressed.
     */
    private static final int LINES = 300_000;

    private final LineFiles files = new LineFiles();

    @ParameterizedTest
    @EnumSource(CompressionKind.class)
    void testCompressedFiles(CompressionKind codec)
    {
        for (int lines : List.of(0, 1, 1000)) {
            assertExact(TEXT, files.write(lines + "lines" + codec.getFileExtension(), compress(codec, text(lines, 50))));
        }
        FileSlice file = files.write("large" + codec.getFileExtension(), compress(codec, text(LINES, 50)));
        assertThat(file.length()).isGreaterThan(8 * MEGABYTE);
        Cost cost = read(TEXT, file, List.of(), Optional.empty());
        assertThat(cost.rows()).hasSize(LINES);
        assertThat(cost.estimate()).isEqualTo(new ReadEstimate(cost.bytes(), OptionalLong.empty(), true));
    }

    @Test
    void testWholeFiles()
    {
        for (String content : List.of("", "one", "one\n", "\uFEFFone\ntwo\n", "one\r\ntwo\r\n", text(1000, 100), text(3, 100_000), text(120_000, 70), "x".repeat(9 * MEGABYTE))) {
            FileSlice file = files.write("whole", content);
            assertExact(TEXT, file);
            assertExact(schema(LAZY_SIMPLE_SERDE_CLASS, Map.of("skip.header.line.count", "2", "skip.footer.line.count", "3"), "line", "string"), file);
        }
    }

    @Test
    void testSlices()
    {
        for (int lineLength : List.of(1, 40, 5000, 100_000, 240_000)) {
            for (String end : List.of("\n", "\r\n", "\r")) {
                String content = "\uFEFF" + text(2_500_000 / (lineLength + 10), lineLength).replace("\n", end);
                FileSlice file = files.write("sliced", content);
                List<List<Object>> rows = files.rows(TEXT, file);
                for (long size : List.of(MEGABYTE / 4L, MEGABYTE + 1L)) {
                    assertThat(assertParts(TEXT, file, size)).isEqualTo(rows);
                }
            }
        }
        FileSchema header = schema(LAZY_SIMPLE_SERDE_CLASS, Map.of("skip.header.line.count", "1"), "line", "string");
        FileSlice file = files.write("header", text(20_000, 100));
        assertThat(assertParts(header, file, MEGABYTE / 3)).isEqualTo(files.rows(header, file));
    }

    @Test
    void testSlicesOfALargeFileAreToldWithinOnePercent()
    {
        byte[] content = new byte[130 * MEGABYTE];
        for (int index = 0; index < content.length; index++) {
            content[index] = (byte) (index % 150 == 149 ? '\n' : 'x');
        }
        FileSlice file = files.write("large", content);
        long parts = 5;
        long size = (file.length() + parts - 1) / parts;
        assertThat(size).isLessThan(32 * MEGABYTE);
        long estimated = 0;
        long read = 0;
        for (long start = 0; start < file.length(); start += size) {
            Cost cost = read(TEXT, part(file, start, Math.min(size, file.length() - start)), List.of(), Optional.empty());
            assertThat(cost.estimate().bytes()).isGreaterThanOrEqualTo(cost.bytes());
            estimated += cost.estimate().bytes();
            read += cost.bytes();
        }
        assertThat(read).isBetween(file.length(), file.length() + parts * 16 * 1024);
        assertThat(estimated).isBetween(read, file.length() + file.length() / 100);
    }

    @Test
    void testLongLastLineIsReadToItsEnd()
    {
        FileSlice file = files.write("long", text(100, 100) + "x".repeat(3 * MEGABYTE) + "\n" + text(100, 100));
        List<Object> rows = new ArrayList<>();
        for (FileSlice slice : List.of(part(file, 0, 20_000), part(file, 20_000, file.length() - 20_000))) {
            rows.addAll(files.rows(TEXT, slice));
        }
        assertThat(rows).isEqualTo(files.rows(TEXT, file));
        Cost first = read(TEXT, part(file, 0, 20_000), columns(TEXT), Optional.empty());
        // no further than that line, and not more than a step behind it
        assertThat(first.bytes()).isBetween(3L * MEGABYTE, 3L * MEGABYTE + 32 * 1024);
    }

    @Test
    void testLimitOfEveryFormat()
    {
        Map<FileSchema, String> formats = Map.of(
                schema(LAZY_SIMPLE_SERDE_CLASS, Map.of("field.delim", ","), "n", "int", "t", "string"), "%s,text\n",
                schema(OPENCSV_SERDE_CLASS, "n", "int", "t", "string"), "\"%s\",\"text\"\n",
                schema(OPENX_JSON_SERDE_CLASS, "n", "int", "t", "string"), "{\"n\": %s, \"t\": \"text\"}\n",
                schema(JSON_SERDE_CLASS, "n", "int", "t", "string"), "{\"n\": %s, \"t\": \"text\"}\n",
                schema(REGEX_SERDE_CLASS, Map.of("input.regex", "(\\d+) (.*)"), "n", "int", "t", "string"), "%s text\n");
        formats.forEach((schema, line) -> {
            StringBuilder content = new StringBuilder();
            for (int number = 0; number < 100_000; number++) {
                content.append(line.formatted(number));
            }
            FileSlice plain = files.write("limited", content.toString());
            List<List<Object>> rows = files.rows(schema, plain);
            for (FileSlice file : List.of(plain, files.write("limited.gz", compress(CompressionKind.GZIP, content.toString())))) {
                assertLimited(schema, file, rows);
            }
        });
    }

    @ParameterizedTest
    @EnumSource(CompressionKind.class)
    void testLimitOfEveryCodec(CompressionKind codec)
    {
        FileSlice file = files.write("limited" + codec.getFileExtension(), compress(codec, text(LINES, 50)));
        List<List<Object>> rows = files.rows(TEXT, file);
        assertLimited(TEXT, file, rows);
        Cost ten = read(TEXT, file, columns(TEXT), Optional.of(new ReadLimit(10, true)));
        assertThat(ten.estimate().bytes()).isLessThan(file.length() / 3);
    }

    @Test
    void testLimitOfLongLines()
    {
        FileSlice file = files.write("lines", text(500, 12_000));
        List<List<Object>> rows = files.rows(TEXT, file);
        assertLimited(TEXT, file, rows);
        assertLimited(schema(LAZY_SIMPLE_SERDE_CLASS, Map.of("skip.header.line.count", "50", "skip.footer.line.count", "50"), "line", "string"), file, rows.subList(50, 450));
        for (FileSlice slice : List.of(part(file, 0, 600_000), part(file, 600_000, 2_000_000), part(file, file.length() - 1_000_000, 1_000_000))) {
            assertLimited(TEXT, slice, files.rows(TEXT, slice));
        }
    }

    @Test
    void testAllowanceIsEnforcedWhereTheSplitSaysSo()
    {
        FileSlice file = files.write("longer", text(100, 100_000));
        List<List<Object>> rows = files.rows(TEXT, file);
        assertTrinoExceptionThrownBy(() -> read(TEXT, file, columns(TEXT), Optional.of(new ReadLimit(10, true))))
                .hasErrorCode(QUOTA_EXCEEDED)
                .hasMessage("The first 10 rows of memory:///longer take more than the 294912 bytes that were set aside for them: its lines are very long. Query without LIMIT, for which all of the table's bytes are set aside, or query a copy of the table in Parquet.");
        CountedFileSystem counted = new CountedFileSystem(files.fileSystem());
        assertTrinoExceptionThrownBy(() -> LineFiles.rows(LineFiles.format(TEXT).open(fileRead(TEXT, file, columns(TEXT), Optional.of(new ReadLimit(10, true)), counted)), List.of(VARCHAR)))
                .hasErrorCode(QUOTA_EXCEEDED);
        assertThat(counted.bytes()).isEqualTo(294_912);

        Cost tolerated = read(TEXT, file, columns(TEXT), Optional.of(new ReadLimit(10, false)));
        assertThat(tolerated.rows()).isEqualTo(rows.subList(0, 10));
        assertThat(tolerated.bytes()).isLessThan(10 * 100_000 + 128 * 1024);
        // nothing holds it back, so nothing less than the file can be told
        assertThat(tolerated.estimate().bytes()).isEqualTo(file.length());
    }

    @Test
    void testHugeLimitIsTheWholeFile()
    {
        FileSlice file = files.write("all", text(1000, 100));
        for (boolean enforced : new boolean[] {true, false}) {
            Cost cost = read(TEXT, file, columns(TEXT), Optional.of(new ReadLimit(Long.MAX_VALUE, enforced)));
            assertThat(cost.rows()).hasSize(1000);
            assertThat(cost.estimate().bytes()).isEqualTo(file.length());
        }
    }

    @Test
    void testNothingIsReadForAnEstimate()
    {
        CountedFileSystem counted = new CountedFileSystem(files.fileSystem());
        FileSlice file = files.write("unread", "x\n");
        LineFiles.format(TEXT).estimate(fileRead(TEXT, file, columns(TEXT), Optional.empty(), counted), Set.of());
        assertThat(counted.calls()).isEmpty();
    }

    private void assertExact(FileSchema schema, FileSlice file)
    {
        for (List<FileColumn> columns : List.of(columns(schema), List.<FileColumn>of(), List.of(FileColumn.RAW_LINE))) {
            Cost cost = read(schema, file, columns, Optional.empty());
            assertThat(cost.estimate().bytes()).isEqualTo(cost.bytes()).isEqualTo(file.length());
            assertThat(cost.estimate().exact()).isTrue();
        }
    }

    private List<List<Object>> assertParts(FileSchema schema, FileSlice file, long size)
    {
        List<List<Object>> rows = new ArrayList<>();
        for (long start = 0; start < file.length(); start += size) {
            Cost cost = read(schema, part(file, start, Math.min(size, file.length() - start)), columns(schema), Optional.empty());
            assertThat(cost.estimate().bytes()).isGreaterThanOrEqualTo(cost.bytes());
            boolean last = start + size >= file.length();
            assertThat(cost.estimate().exact()).isEqualTo(last);
            if (last) {
                assertThat(cost.estimate().bytes()).isEqualTo(cost.bytes());
            }
            rows.addAll(cost.rows());
        }
        return rows;
    }

    private void assertLimited(FileSchema schema, FileSlice slice, List<List<Object>> rows)
    {
        for (int limit : List.of(0, 1, 10, 100)) {
            Cost cost = read(schema, slice, columns(schema), Optional.of(new ReadLimit(limit, true)));
            assertThat(cost.rows()).isEqualTo(rows.subList(0, Math.min(limit, rows.size())));
            assertThat(cost.estimate().bytes()).isGreaterThanOrEqualTo(cost.bytes()).isLessThanOrEqualTo(slice.fileLength());
        }
    }

    private Cost read(FileSchema schema, FileSlice slice, List<FileColumn> columns, Optional<ReadLimit> limit)
    {
        CountedFileSystem counted = new CountedFileSystem(files.fileSystem());
        FileRead read = fileRead(schema, slice, columns, limit, counted);
        ReadEstimate estimate = LineFiles.format(schema).estimate(read, Set.of());
        ConnectorPageSource pageSource = LineFiles.format(schema).open(read);
        List<List<Object>> rows = LineFiles.rows(pageSource, columns.stream().map(FileColumn::type).toList());
        assertThat(pageSource.getCompletedBytes()).isEqualTo(counted.bytes());
        pageSource.getCompletedPositions().ifPresent(positions -> assertThat(positions).isEqualTo(rows.size()));
        return new Cost(estimate, counted.bytes(), rows);
    }

    private FileRead fileRead(FileSchema schema, FileSlice slice, List<FileColumn> columns, Optional<ReadLimit> limit, CountedFileSystem counted)
    {
        return new FileRead(files.session(), counted.fileSystem(), slice, schema, columns, TupleDomain.all(), limit, MemoryContext.NO_LIMIT);
    }

    /**
     * Lines of about this length that are hard to compress.
     */
    private static String text(int lines, int length)
    {
        Random random = new Random(7);
        byte[] bytes = new byte[(length + 1) / 2];
        StringBuilder text = new StringBuilder();
        for (int line = 0; line < lines; line++) {
            random.nextBytes(bytes);
            text.append(line).append(' ').append(HexFormat.of().formatHex(bytes)).append('\n');
        }
        return text.toString();
    }

    private static byte[] compress(CompressionKind codec, String text)
    {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = codec.createCodec().createStreamCompressor(bytes)) {
            out.write(text.getBytes(UTF_8));
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private record Cost(ReadEstimate estimate, long bytes, List<List<Object>> rows) {}
}
