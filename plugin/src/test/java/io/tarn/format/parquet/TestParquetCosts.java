package io.tarn.format.parquet;

import com.google.common.collect.ImmutableMap;
import io.airlift.units.DataSize;
import io.tarn.format.CountedFileSystem;
import io.tarn.format.CountedFileSystem.Request;
import io.tarn.format.FileColumn;
import io.tarn.format.FormatFiles.Result;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.SourcePage;
import io.trino.spi.predicate.Domain;
import io.trino.spi.predicate.Range;
import io.trino.spi.predicate.TupleDomain;
import io.trino.spi.predicate.ValueSet;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

import static io.tarn.format.FormatFiles.column;
import static io.tarn.format.FormatFiles.nested;
import static io.trino.spi.type.BigintType.BIGINT;
import static org.assertj.core.api.Assertions.assertThat;

final class TestParquetCosts
{
    private static final int ROWS = 20_000;
    private static final int GROUP_ROWS = 10_000;
    private static final long FOOTER_READ = 48 * 1024;
    // eight random bytes a value, uncompressed and without a dictionary
    private static final long CHUNK = GROUP_ROWS * Long.BYTES;

    private static final MessageType SCHEMA = MessageTypeParser.parseMessageType(
            """
            message root {
              required int64 c0; required int64 c1; required int64 c2; required int64 c3; required int64 c4;
              required int64 c5; required int64 c6; required int64 c7; required int64 c8;
              required group s { required int64 a; required group t { required int64 b; required int64 c; } }
            }
            """);

    @TempDir
    Path directory;

    private ParquetFiles files;
    private CountedFileSystem counted;

    @BeforeEach
    void setUp()
    {
        files = new ParquetFiles(directory);
        counted = new CountedFileSystem(files.fileSystem());
        Random random = new Random(1);
        files.write("file", SCHEMA, ROWS, (row, group) -> {
            group.append("c0", (long) row);
            for (int i = 1; i < 9; i++) {
                group.append("c" + i, random.nextLong());
            }
            group.addGroup("s").append("a", random.nextLong()).addGroup("t").append("b", random.nextLong()).append("c", random.nextLong());
        }, builder -> builder.withCompressionCodec(CompressionCodecName.UNCOMPRESSED).withDictionaryEncoding(false).withRowGroupRowCountLimit(GROUP_ROWS).withPageRowCountLimit(1000));
    }

    @Test
    void testOneColumnOfTwelve()
    {
        Result result = read(ranged(), TupleDomain.all(), column("c5", 5, BIGINT));
        assertThat(result.rows()).hasSize(ROWS);
        assertThat(counted.requests()).extracting(Request::name).containsExactly("readTail", "readFully", "readFully");
        assertThat(counted.bytes()).isBetween(FOOTER_READ + 2 * CHUNK, FOOTER_READ + 2 * CHUNK + 2000);
        assertThat(result.bytes()).isEqualTo(counted.bytes());
    }

    @Test
    void testNestedLeafAlone()
    {
        Result result = read(ranged(), TupleDomain.all(), nested("s", 9, BIGINT, "t", "b"));
        assertThat(result.rows()).hasSize(ROWS);
        assertThat(counted.bytes()).isBetween(FOOTER_READ + 2 * CHUNK, FOOTER_READ + 2 * CHUNK + 2000);
    }

    @Test
    void testPrunedRowGroupIsNotRead()
    {
        FileColumn sorted = column("c0", 0, BIGINT);
        Result result = read(ranged().setUseColumnIndex(false), between(sorted, 0, 5), sorted);
        assertThat(result.rows()).hasSize(GROUP_ROWS);
        assertThat(counted.bytes()).isBetween(FOOTER_READ + CHUNK, FOOTER_READ + CHUNK + 1000);
    }

    @Test
    void testSkippedPagesAreNotRead()
    {
        FileColumn sorted = column("c0", 0, BIGINT);
        Result result = read(ranged(), between(sorted, 5100, 5200), column("c8", 8, BIGINT));
        assertThat(result.rows()).hasSize(1000);
        // a page of the column, the indexes of both; nothing of the filter's own column
        assertThat(counted.bytes()).isBetween(FOOTER_READ + CHUNK / 10, FOOTER_READ + CHUNK / 10 + 4000);
    }

    @Test
    void testCountReadsTheFooterAlone()
    {
        Result result = read(new ParquetReadConfig(), TupleDomain.all());
        assertThat(result.rows()).hasSize(ROWS);
        assertThat(counted.requests()).containsExactly(new Request("readTail", -1, FOOTER_READ));
        assertThat(result.bytes()).isEqualTo(FOOTER_READ);
    }

    @Test
    void testSmallFileIsReadInOneRequest()
    {
        long length = files.slice("file").length();
        Result result = read(new ParquetReadConfig(), TupleDomain.all(), column("c1", 1, BIGINT), column("c7", 7, BIGINT));
        assertThat(result.rows()).hasSize(ROWS);
        assertThat(counted.requests()).containsExactly(new Request("readTail", -1, length));
        assertThat(result.bytes()).isEqualTo(length);
    }

    @Test
    void testFooterThatIsLargerThanGuessed()
    {
        read(ranged().setFooterReadSize(DataSize.ofBytes(100)), TupleDomain.all());
        assertThat(counted.requests()).extracting(Request::name).containsExactly("readTail", "readFully");
        // what is there already is not fetched again
        assertThat(counted.bytes()).isLessThan(files.slice("file").length() / 2);
    }

    @Test
    void testColumnsAreReadWhenTheyAreAskedFor()
            throws IOException
    {
        List<FileColumn> columns = List.of(column("c1", 1, BIGINT), column("c7", 7, BIGINT));
        ParquetReadConfig config = ranged();
        try (ConnectorPageSource source = files.reading("file", columns.toArray(FileColumn[]::new)).with(config).from(counted.fileSystem()).open()) {
            SourcePage page = source.getNextSourcePage();
            assertThat(counted.requests()).hasSize(1);
            page.getBlock(1);
            assertThat(counted.bytes()).isBetween(FOOTER_READ + CHUNK, FOOTER_READ + CHUNK + 1000);
        }
    }

    @Test
    void testMemoryIsReportedAndGivenBack()
            throws IOException
    {
        AtomicLong now = new AtomicLong();
        AtomicLong most = new AtomicLong();
        for (ParquetReadConfig config : List.of(ranged(), new ParquetReadConfig())) {
            most.set(0);
            ConnectorPageSource source = files.reading("file", column("c1", 1, BIGINT)).with(config).reportingTo(bytes -> {
                now.set(bytes);
                most.accumulateAndGet(bytes, Math::max);
            }).open();
            SourcePage page = source.getNextSourcePage();
            page.getBlock(0);
            assertThat(now.get()).isGreaterThan(CHUNK);
            assertThat(source.getMemoryUsage()).isBetween(CHUNK, now.get());
            source.close();
            assertThat(now).hasValue(0);
            assertThat(most.get()).isGreaterThan(CHUNK);
        }
    }

    private Result read(ParquetReadConfig config, TupleDomain<FileColumn> predicate, FileColumn... columns)
    {
        return files.reading("file", columns).where(predicate).with(config).from(counted.fileSystem()).read();
    }

    private static ParquetReadConfig ranged()
    {
        return new ParquetReadConfig().setSmallFileThreshold(DataSize.ofBytes(0)).setMaxMergeDistance(DataSize.ofBytes(0));
    }

    private static TupleDomain<FileColumn> between(FileColumn column, long low, long high)
    {
        return TupleDomain.withColumnDomains(ImmutableMap.of(column, Domain.create(ValueSet.ofRanges(Range.range(column.type(), low, true, high, true)), false)));
    }
}
