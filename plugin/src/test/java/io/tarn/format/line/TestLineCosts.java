package io.tarn.format.line;

import io.tarn.format.CountedFileSystem;
import io.tarn.format.FileColumn;
import io.tarn.format.FileRead;
import io.tarn.format.FileSchema;
import io.tarn.format.FileSlice;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.SourcePage;
import io.trino.spi.predicate.TupleDomain;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

import static io.tarn.format.line.LineFiles.columns;
import static io.tarn.format.line.LineFiles.part;
import static io.tarn.format.line.LineFiles.schema;
import static io.trino.hive.formats.HiveClassNames.OPENCSV_SERDE_CLASS;
import static io.trino.hive.formats.HiveClassNames.OPENX_JSON_SERDE_CLASS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class TestLineCosts
{
    private static final FileSchema CSV = schema(OPENCSV_SERDE_CLASS, "n", "int", "text", "string");
    private static final int MEGABYTE = 1024 * 1024;
    private static final int READ_AHEAD = 64 * 1024;

    private final LineFiles files = new LineFiles();

    @Test
    void testSmallFileIsOneRequest()
            throws IOException
    {
        FileSlice file = files.write("small.csv", rows(1000));
        Cost cost = read(CSV, file, columns(CSV));
        assertThat(cost.requests()).containsExactly("newInputFile", "newStream");
        assertThat(cost.rows()).isEqualTo(1000);
        assertThat(cost.bytes()).isEqualTo(file.fileLength());
    }

    @Test
    void testCompressedBytesAreCounted()
            throws IOException
    {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(rows(100_000).getBytes(UTF_8));
        }
        FileSlice file = files.write("rows.csv.gz", bytes.toByteArray());
        Cost cost = read(CSV, file, columns(CSV));
        assertThat(cost.requests()).containsExactly("newInputFile", "newStream");
        assertThat(cost.rows()).isEqualTo(100_000);
        assertThat(cost.bytes()).isEqualTo(file.fileLength()).isLessThan(rows(100_000).length());
    }

    @Test
    void testLargeFileIsStreamedInOneRequestAndBoundedMemory()
            throws IOException
    {
        FileSlice file = files.write("large.csv", rows(1_000_000));
        assertThat(file.fileLength()).isGreaterThan(12 * MEGABYTE);
        Cost whole = read(CSV, file, columns(CSV));
        assertThat(whole.requests()).containsExactly("newInputFile", "newStream");
        assertThat(whole.rows()).isEqualTo(1_000_000);
        assertThat(whole.bytes()).isEqualTo(file.fileLength());
        assertThat(whole.peakMemory()).isLessThan(6 * MEGABYTE);

        Cost slice = read(CSV, part(file, 5 * MEGABYTE, MEGABYTE), columns(CSV));
        assertThat(slice.requests()).containsExactly("newInputFile", "newStream");
        assertThat(slice.bytes()).isBetween((long) MEGABYTE, (long) MEGABYTE + 2 * READ_AHEAD);
    }

    @Test
    void testWholeSmallFileIsReportedAsMemory()
            throws IOException
    {
        FileSlice file = files.write("seven.csv", rows(550_000));
        assertThat(file.fileLength()).isBetween(6L * MEGABYTE, 8L * MEGABYTE);
        assertThat(read(CSV, file, columns(CSV)).peakMemory()).isGreaterThan(file.fileLength());
    }

    @Test
    void testClosedEarlyReadsNoFurther()
            throws IOException
    {
        FileSlice file = files.write("large.csv", rows(1_000_000));
        try (ConnectorPageSource pageSource = LineFiles.format(CSV).open(files.read(CSV, file, columns(CSV)))) {
            assertThat(pageSource.getCompletedBytes()).isZero();
            assertThat(pageSource.getNextSourcePage().getPositionCount()).isPositive();
            assertThat(pageSource.getCompletedBytes()).isLessThan(3 * MEGABYTE);
            pageSource.close();
            assertThat(pageSource.isFinished()).isTrue();
            assertThat(pageSource.getNextSourcePage()).isNull();
        }
    }

    @Test
    void testNoColumnsNoParsing()
            throws IOException
    {
        FileSchema json = schema(OPENX_JSON_SERDE_CLASS, "a", "int");
        FileSlice file = files.write("no.json", "not json at all\n".repeat(200_000));
        Cost count = read(json, file, List.of());
        assertThat(count.rows()).isEqualTo(200_000);
        // the engine gets to look in between
        assertThat(count.pages()).isGreaterThan(3);
        assertThat(read(json, file, List.of(FileColumn.RAW_LINE)).rows()).isEqualTo(200_000);
    }

    private Cost read(FileSchema schema, FileSlice slice, List<FileColumn> columns)
            throws IOException
    {
        CountedFileSystem counted = new CountedFileSystem(files.fileSystem());
        List<Long> memory = new ArrayList<>(List.of(0L));
        FileRead read = new FileRead(files.session(), counted.fileSystem(), slice, schema, columns, TupleDomain.all(), memory::add);
        long rows = 0;
        int pages = 0;
        try (ConnectorPageSource pageSource = LineFiles.format(schema).open(read)) {
            while (!pageSource.isFinished()) {
                SourcePage page = pageSource.getNextSourcePage();
                if (page != null) {
                    rows += page.getPositionCount();
                    pages++;
                }
            }
            assertThat(pageSource.getCompletedPositions()).hasValue(rows);
            assertThat(pageSource.getReadTimeNanos()).isPositive();
            return new Cost(counted.calls(), rows, pages, pageSource.getCompletedBytes(), memory.stream().mapToLong(Long::longValue).max().orElseThrow());
        }
    }

    private static String rows(int count)
    {
        StringBuilder csv = new StringBuilder();
        for (int row = 0; row < count; row++) {
            csv.append(row).append(",\"text\"\n");
        }
        return csv.toString();
    }

    private record Cost(List<String> requests, long rows, int pages, long bytes, long peakMemory) {}
}
