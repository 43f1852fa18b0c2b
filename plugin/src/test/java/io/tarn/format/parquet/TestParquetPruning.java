package io.tarn.format.parquet;

import com.google.common.collect.ImmutableMap;
import io.airlift.slice.Slices;
import io.airlift.units.DataSize;
import io.tarn.format.FileColumn;
import io.tarn.format.FileSlice;
import io.tarn.format.FormatFiles;
import io.tarn.format.FormatFiles.Result;
import io.trino.spi.predicate.Domain;
import io.trino.spi.predicate.Range;
import io.trino.spi.predicate.TupleDomain;
import io.trino.spi.predicate.ValueSet;
import io.trino.spi.type.Type;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import static io.tarn.format.FormatFiles.column;
import static io.tarn.format.FormatFiles.nested;
import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.DecimalType.createDecimalType;
import static io.trino.spi.type.DoubleType.DOUBLE;
import static io.trino.spi.type.IntegerType.INTEGER;
import static io.trino.spi.type.TimestampType.TIMESTAMP_MILLIS;
import static io.trino.spi.type.VarcharType.VARCHAR;
import static io.trino.spi.type.VarcharType.createVarcharType;
import static org.assertj.core.api.Assertions.assertThat;

final class TestParquetPruning
{
    private static final int GROUP_ROWS = 1000;
    private static final int ROWS = 5 * GROUP_ROWS;

    private static final MessageType SCHEMA = MessageTypeParser.parseMessageType(
            """
            message root {
              required int64 sorted;
              required binary word (STRING);
              required int32 scattered;
              required binary unique (STRING);
              optional group s { optional int32 n; optional int32 other; }
              required int64 payload;
            }
            """);

    private static final FileColumn SORTED = column("sorted", 0, BIGINT);
    private static final FileColumn WORD = column("word", 1, VARCHAR);
    private static final FileColumn UNIQUE = column("unique", 3, VARCHAR);
    private static final FileColumn NESTED = nested("s", 4, INTEGER, "n");
    private static final FileColumn PAYLOAD = column("payload", 5, BIGINT);

    @TempDir
    Path directory;

    private ParquetFiles files;

    @BeforeEach
    void setUp()
    {
        files = new ParquetFiles(directory);
        write("file", UnaryOperator.identity());
    }

    @Test
    void testStatistics()
    {
        Result result = read(new ParquetReadConfig(), between(SORTED, 2000L, 2999L), SORTED, PAYLOAD);
        assertThat(result.rows()).hasSize(GROUP_ROWS).first().isEqualTo(List.of(2000L, 6000L));
        assertCounts(result, 1, 4);

        Result ignored = read(new ParquetReadConfig().setIgnoreStatistics(true), between(SORTED, 2000L, 2999L), SORTED);
        assertThat(ignored.rows()).hasSize(ROWS);
        assertCounts(ignored, 5, 0);
    }

    @Test
    void testStatisticsOfColumnThatIsNotProjected()
    {
        Result result = read(new ParquetReadConfig(), between(SORTED, 4500L, 9000L), PAYLOAD);
        assertThat(result.column(0)).contains(3L * 4500, 3L * 4999).doesNotContain(3L * 3999);
        assertCounts(result, 1, 4);
        assertCounts(read(new ParquetReadConfig(), between(SORTED, 9000L, 9001L), PAYLOAD), 0, 5);
    }

    @Test
    void testStatisticsWithoutAnyColumn()
    {
        Result result = FormatFiles.drain(files.reading("file").where(between(SORTED, 0L, 1500L)).open(), List.of());
        assertThat(result.rows()).hasSize(2 * GROUP_ROWS);
        assertCounts(result, 2, 3);
    }

    @Test
    void testDictionary()
    {
        // every group spans all words between its first and last, but holds its own third of them only
        Result result = read(new ParquetReadConfig(), is(WORD, Slices.utf8Slice("w1")), WORD);
        assertThat(result.column(0)).contains("w1");
        assertCounts(result, 2, 3);
    }

    @Test
    void testBloomFilter()
    {
        write("bloom", builder -> builder.withBloomFilterEnabled("unique", true).withBloomFilterNDV("unique", ROWS).withDictionaryEncoding("unique", false));
        TupleDomain<FileColumn> present = is(UNIQUE, Slices.utf8Slice(unique(1234)));
        Result result = files.reading("bloom", UNIQUE, PAYLOAD).where(present).with(new ParquetReadConfig().setUseColumnIndex(false)).read();
        assertThat(result.rows()).contains(List.of(unique(1234), 3L * 1234));
        assertCounts(result, 1, 4);

        ParquetReadConfig without = new ParquetReadConfig().setUseColumnIndex(false).setUseBloomFilter(false);
        assertCounts(files.reading("bloom", UNIQUE).where(present).with(without).read(), 5, 0);
    }

    @Test
    void testBloomFilterOfWidenedColumnIsLeftAside()
    {
        // the filter holds hashes of 32 bits' bytes, where the predicate has 64
        write("bloom", builder -> builder.withBloomFilterEnabled("scattered", true).withBloomFilterNDV("scattered", ROWS).withDictionaryEncoding("scattered", false));
        FileColumn widened = column("scattered", 2, BIGINT);
        Result result = files.reading("bloom", widened).where(is(widened, (long) scattered(77))).read();
        assertThat(result.column(0)).contains((long) scattered(77));
    }

    @Test
    void testColumnIndex()
    {
        Result result = read(new ParquetReadConfig(), between(SORTED, 2150L, 2160L), SORTED, UNIQUE, PAYLOAD);
        assertThat(result.rows()).hasSizeLessThan(GROUP_ROWS / 2).contains(List.of(2155L, unique(2155), 3L * 2155));
        assertCounts(result, 1, 4);

        Result unused = read(new ParquetReadConfig().setUseColumnIndex(false), between(SORTED, 2150L, 2160L), SORTED);
        assertThat(unused.rows()).hasSize(GROUP_ROWS);
    }

    @Test
    void testColumnIndexOfColumnThatIsNotProjected()
    {
        Result result = read(new ParquetReadConfig(), between(SORTED, 2150L, 2160L), PAYLOAD);
        assertThat(result.rows()).hasSizeLessThan(GROUP_ROWS / 2).contains(List.of(3L * 2155));
    }

    @Test
    void testNestedField()
    {
        Result result = read(new ParquetReadConfig(), between(NESTED, 3000L, 3100L), NESTED, PAYLOAD);
        assertThat(result.rows()).hasSizeLessThan(GROUP_ROWS).contains(List.of(3050, 3L * 3050));
        assertCounts(result, 1, 4);

        Result unprojected = read(new ParquetReadConfig(), between(NESTED, 3000L, 3100L), PAYLOAD);
        assertThat(unprojected.rows()).hasSizeLessThan(GROUP_ROWS).contains(List.of(3L * 3050));

        Result beside = read(new ParquetReadConfig(), between(NESTED, 3000L, 3100L), nested("s", 4, INTEGER, "other"));
        assertThat(beside.rows()).hasSizeLessThan(GROUP_ROWS).contains(List.of(3051));
    }

    @Test
    void testTypesWhoseStatisticsDoNotCompareLoseNoRows()
    {
        files.write("odd", MessageTypeParser.parseMessageType(
                """
                message root {
                  required float f; required int32 i; required binary v (STRING);
                  required int32 u (INTEGER(32,false)); required int32 d (DECIMAL(9,4)); required int64 t (TIMESTAMP(MILLIS,true));
                }
                """), 1, (_, group) -> group.append("f", 1.5f).append("i", 5).append("v", "abcdef").append("u", -1).append("d", 12345).append("t", 0L));
        assertKept(column("f", 0, DOUBLE), 1.5, new ParquetReadConfig());
        assertKept(column("i", 1, createDecimalType(10, 2)), 500L, new ParquetReadConfig());
        assertKept(column("v", 2, createVarcharType(3)), Slices.utf8Slice("abc"), new ParquetReadConfig());
        assertKept(column("u", 3, INTEGER), -1L, new ParquetReadConfig());
        assertKept(column("d", 4, createDecimalType(9, 1)), 12L, new ParquetReadConfig());
        assertKept(column("t", 5, TIMESTAMP_MILLIS), 3_600_000_000L, new ParquetReadConfig().setTimeZone("Europe/Vienna"));
    }

    @Test
    void testEverySliceReadsTheRowGroupsThatStartInIt()
    {
        long length = files.slice("file").length();
        for (long size : new long[] {length / 7, length / 3, 1000, length}) {
            List<Object> values = new ArrayList<>();
            long groups = 0;
            for (long start = 0; start < length; start += size) {
                FileSlice slice = new FileSlice(FormatFiles.location("file"), start, Math.min(size, length - start), length, Instant.EPOCH);
                Result result = files.reading("file", SORTED).of(slice).read();
                values.addAll(result.column(0));
                groups += result.count("parquet.rowGroupsRead");
            }
            assertThat(groups).isEqualTo(5);
            assertThat(values).hasSize(ROWS).doesNotHaveDuplicates();
        }
    }

    private <T> void assertKept(FileColumn column, T value, ParquetReadConfig config)
    {
        assertThat(files.reading("odd", column).where(is(column, value)).with(config).rows()).hasSize(1);
    }

    private Result read(ParquetReadConfig config, TupleDomain<FileColumn> predicate, FileColumn... columns)
    {
        Result whole = files.reading("file", columns).where(predicate).with(config).read();
        Result ranged = files.reading("file", columns).where(predicate).with(config.setSmallFileThreshold(DataSize.ofBytes(0))).read();
        assertThat(ranged.rows()).isEqualTo(whole.rows());
        return ranged;
    }

    private static void assertCounts(Result result, long read, long pruned)
    {
        assertThat(result.count("parquet.footersRead")).isEqualTo(1);
        assertThat(result.count("parquet.rowGroupsRead")).isEqualTo(read);
        assertThat(result.count("parquet.rowGroupsPruned")).isEqualTo(pruned);
    }

    private static TupleDomain<FileColumn> between(FileColumn column, Object low, Object high)
    {
        return TupleDomain.withColumnDomains(ImmutableMap.of(column, Domain.create(ValueSet.ofRanges(Range.range(column.type(), low, true, high, true)), false)));
    }

    private static TupleDomain<FileColumn> is(FileColumn column, Object value)
    {
        Type type = column.type();
        return TupleDomain.withColumnDomains(ImmutableMap.of(column, Domain.singleValue(type, value)));
    }

    private void write(String name, UnaryOperator<ExampleParquetWriter.Builder> options)
    {
        files.write(name, SCHEMA, ROWS, (row, group) -> {
            group.append("sorted", (long) row)
                    .append("word", "w" + ((row % 30) * 3 + row / GROUP_ROWS % 3))
                    .append("scattered", scattered(row))
                    .append("unique", unique(row));
            group.addGroup("s").append("n", row).append("other", row + 1);
            group.append("payload", 3L * row);
        }, builder -> options.apply(builder.withRowGroupRowCountLimit(GROUP_ROWS).withPageRowCountLimit(100)));
    }

    private static int scattered(int row)
    {
        return Integer.reverse(row) >>> 4;
    }

    private static String unique(int row)
    {
        return "u" + Integer.toHexString(row * 0x9E3779B1);
    }
}
