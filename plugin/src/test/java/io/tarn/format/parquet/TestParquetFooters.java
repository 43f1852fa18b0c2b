package io.tarn.format.parquet;

import io.airlift.units.DataSize;
import io.tarn.format.CountedFileSystem;
import io.tarn.format.FileColumn;
import io.tarn.format.FileSlice;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static io.tarn.error.TarnErrorCode.TARN_CANNOT_OPEN_FILE;
import static io.tarn.format.FormatFiles.column;
import static io.tarn.format.TarnErrorAssertions.assertTarnError;
import static io.trino.spi.type.BigintType.BIGINT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

final class TestParquetFooters
{
    private static final FileColumn NUMBER = column("n", 0, BIGINT);

    @TempDir
    Path directory;

    private ParquetFiles files;
    private CountedFileSystem counted;

    @BeforeEach
    void setUp()
    {
        files = new ParquetFiles(directory);
        counted = new CountedFileSystem(files.fileSystem());
        for (String name : List.of("one", "two")) {
            files.write(name, MessageTypeParser.parseMessageType("message root { required int64 n; }"), 300, (row, group) -> group.append("n", (long) row), builder -> builder.withRowGroupRowCountLimit(100));
        }
    }

    @Test
    void testSlicesOfAFileReadItsFooterOnce()
    {
        ParquetFooters footers = new ParquetFooters(new ParquetReadConfig());
        FileSlice file = files.slice("one");
        long rows = 0;
        for (long start = 0; start < file.length(); start += 100) {
            rows += estimate(footers, new FileSlice(file.location(), start, 100, file.fileLength(), file.modified()));
        }
        assertThat(rows).isEqualTo(300);
        assertThat(counted.requests()).hasSize(1);
    }

    @Test
    void testFileThatWasWrittenAnewIsReadAnew()
    {
        ParquetFooters footers = new ParquetFooters(new ParquetReadConfig());
        FileSlice file = files.slice("one");
        estimate(footers, file);
        estimate(footers, new FileSlice(file.location(), 0, file.length(), file.fileLength(), Instant.ofEpochMilli(1)));
        assertThat(counted.requests()).hasSize(2);
        estimate(footers, files.slice("two"));
        assertThat(counted.requests()).hasSize(3);
    }

    @Test
    void testMemoryIsBounded()
    {
        ParquetFooters none = new ParquetFooters(new ParquetReadConfig().setFooterCacheSize(DataSize.ofBytes(0)));
        estimate(none, files.slice("one"));
        estimate(none, files.slice("one"));
        assertThat(counted.requests()).hasSize(2);

        // a footer of some hundred bytes, and one weighs several times its bytes
        ParquetFooters small = new ParquetFooters(new ParquetReadConfig().setFooterCacheSize(DataSize.ofBytes(400)));
        estimate(small, files.slice("one"));
        estimate(small, files.slice("one"));
        assertThat(counted.requests()).hasSize(4);
    }

    @Test
    void testManyAtOnceReadOnce()
            throws Exception
    {
        ParquetFooters footers = new ParquetFooters(new ParquetReadConfig());
        CountedFileSystem shared = new CountedFileSystem(files.fileSystem());
        try (ExecutorService executor = Executors.newFixedThreadPool(8)) {
            List<Future<Long>> rows = new ArrayList<>();
            for (int index = 0; index < 50; index++) {
                rows.add(executor.submit(() -> files.reading("one", NUMBER).from(shared.fileSystem()).estimate(footers).rows().orElseThrow()));
            }
            for (Future<Long> row : rows) {
                assertThat(row.get()).isEqualTo(300);
            }
        }
        assertThat(shared.requests()).hasSize(1);
    }

    @Test
    void testBrokenFooterIsNotKept()
    {
        files.put("text", "no parquet, but long enough".getBytes(UTF_8));
        ParquetFooters footers = new ParquetFooters(new ParquetReadConfig());
        for (int attempt = 1; attempt <= 2; attempt++) {
            assertTarnError(
                    () -> files.reading("text", NUMBER).from(counted.fileSystem()).estimate(footers),
                    TARN_CANNOT_OPEN_FILE,
                    "local:///text",
                    "looks like text");
            // what the file starts with is in the end that was fetched
            assertThat(counted.requests()).hasSize(attempt);
        }
    }

    private long estimate(ParquetFooters footers, FileSlice slice)
    {
        return files.reading("one", NUMBER).of(slice).from(counted.fileSystem()).estimate(footers).rows().orElseThrow();
    }
}
