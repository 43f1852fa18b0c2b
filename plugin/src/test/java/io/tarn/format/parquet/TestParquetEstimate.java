package io.tarn.format.parquet;

import com.google.common.collect.ImmutableMap;
import io.airlift.units.DataSize;
import io.tarn.format.CountedFileSystem;
import io.tarn.format.FileColumn;
import io.tarn.format.FileSlice;
import io.tarn.format.FormatFiles.Result;
import io.tarn.format.ReadEstimate;
import io.tarn.format.parquet.ParquetFiles.Reading;
import io.trino.spi.predicate.Domain;
import io.trino.spi.predicate.Range;
import io.trino.spi.predicate.TupleDomain;
import io.trino.spi.predicate.ValueSet;
import io.trino.spi.type.Type;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;

import static io.airlift.slice.Slices.utf8Slice;
import static io.tarn.format.FormatFiles.column;
import static io.tarn.format.FormatFiles.nested;
import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.VarcharType.VARCHAR;
import static java.util.stream.Collectors.joining;
import static java.util.stream.IntStream.range;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is told beforehand against what is fetched, counted at the file system and by the page source.
 */
final class TestParquetEstimate
{
    private static final TupleDomain<FileColumn> ALL = TupleDomain.all();

    @TempDir
    Path directory;

    private ParquetFiles files;
    private int exact;
    private int bounded;

    @BeforeEach
    void setUp()
    {
        files = new ParquetFiles(directory);
    }

    @Test
    void testFlat()
    {
        MessageType schema = MessageTypeParser.parseMessageType("message root { required int64 sorted; required int64 a; required int64 b; required int64 c; required int64 d; }");
        Random random = new Random(1);
        files.write("flat", schema, 20_000, (row, group) -> group
                .append("sorted", (long) row)
                .append("a", random.nextLong())
                .append("b", random.nextLong())
                .append("c", random.nextLong())
                .append("d", random.nextLong()), builder -> builder.withRowGroupRowCountLimit(3000).withPageRowCountLimit(500).withCompressionCodec(CompressionCodecName.UNCOMPRESSED));
        FileColumn sorted = column("sorted", 0, BIGINT);
        FileColumn a = column("a", 1, BIGINT);
        FileColumn d = column("d", 4, BIGINT);
        assertEstimates(
                "flat",
                List.of(List.of(), List.of(a), List.of(a, d), List.of(sorted, d), List.of(sorted, a, column("b", 2, BIGINT), column("c", 3, BIGINT), d), List.of(column("absent", 9, BIGINT))),
                List.of(ALL, between(sorted, 4100, 4200), between(sorted, 0, 15_000), between(a, 0, Long.MAX_VALUE), between(column("absent", 9, BIGINT), 1, 2)));
        assertThat(exact).isGreaterThan(100);
        assertThat(bounded).isGreaterThan(100);
    }

    @Test
    void testWideWithLargeFooter()
    {
        int width = 700;
        MessageType schema = MessageTypeParser.parseMessageType("message root { %s }".formatted(range(0, width).mapToObj("required int64 column_%s;"::formatted).collect(joining(" "))));
        files.write("wide", schema, 600, (row, group) -> range(0, width).forEach(index -> group.append("column_" + index, row * 31L + index)), builder -> builder.withRowGroupRowCountLimit(300));
        assertThat(files.reading("wide").with(ranged(0)).estimate().bytes()).isGreaterThan(new ParquetReadConfig().getFooterReadSize().toBytes());
        assertEstimates(
                "wide",
                List.of(List.of(), List.of(column("column_0", 0, BIGINT)), List.of(column("column_0", 0, BIGINT), column("column_699", 699, BIGINT)), List.of(column("column_10", 10, BIGINT), column("column_300", 300, BIGINT), column("column_302", 302, BIGINT))),
                List.of(ALL, between(column("column_500", 500, BIGINT), 900, 1000)));
    }

    @Test
    void testDictionariesAndBloomFilters()
    {
        MessageType schema = MessageTypeParser.parseMessageType("message root { required binary kind (STRING); required binary key (STRING); required int64 n; }");
        Random random = new Random(2);
        files.write("strings", schema, 15_000, (_, group) -> group
                .append("kind", "kind " + random.nextInt(200) * 2)
                .append("key", "key " + random.nextInt(1_000_000))
                .append("n", (long) random.nextInt(50)), builder -> builder
                .withRowGroupRowCountLimit(5000)
                .withDictionaryEncoding("key", false)
                .withBloomFilterEnabled("key", true)
                .withBloomFilterEnabled("n", true)
                .withCompressionCodec(CompressionCodecName.SNAPPY));
        FileColumn kind = column("kind", 0, VARCHAR);
        FileColumn key = column("key", 1, VARCHAR);
        FileColumn n = column("n", 2, BIGINT);
        assertEstimates(
                "strings",
                List.of(List.of(), List.of(kind), List.of(key), List.of(kind, key, n)),
                List.of(ALL,
                        equal(kind, utf8Slice("kind 20")),
                        equal(kind, utf8Slice("kind 21")),
                        equal(key, utf8Slice("key 7")),
                        equal(n, 7L),
                        equal(n, 77L),
                        TupleDomain.withColumnDomains(Map.of(kind, Domain.singleValue(VARCHAR, utf8Slice("kind 20")), key, Domain.singleValue(VARCHAR, utf8Slice("key 5")), n, Domain.singleValue(BIGINT, 5L)))));
    }

    @Test
    void testNested()
    {
        MessageType schema = MessageTypeParser.parseMessageType(
                """
                message root {
                  required int64 id;
                  optional group s { required int64 a; optional group t { required int64 b; required binary c (STRING); } }
                }
                """);
        files.write("nested", schema, 9000, (row, group) -> {
            group.append("id", (long) row);
            if (row % 3 != 0) {
                group.addGroup("s").append("a", row * 7L).addGroup("t").append("b", (long) row).append("c", "text " + row);
            }
        }, builder -> builder.withRowGroupRowCountLimit(2000));
        FileColumn b = nested("s", 1, BIGINT, "t", "b");
        assertEstimates(
                "nested",
                List.of(List.of(), List.of(b), List.of(column("id", 0, BIGINT), nested("s", 1, VARCHAR, "t", "c")), List.of(nested("s", 1, BIGINT, "a"), b)),
                List.of(ALL, between(b, 100, 200), between(column("id", 0, BIGINT), 8900, 10_000)));
    }

    @Test
    void testChunksLargerThanARequest()
    {
        MessageType schema = MessageTypeParser.parseMessageType("message root { required int64 sorted; required int64 large; required int64 small; required int64 other; }");
        Random random = new Random(3);
        files.write("large", schema, 40_000, (row, group) -> group
                .append("sorted", (long) row)
                .append("large", random.nextLong())
                .append("small", (long) random.nextInt(3))
                .append("other", random.nextLong()), builder -> builder.withRowGroupRowCountLimit(30_000).withCompressionCodec(CompressionCodecName.UNCOMPRESSED).withDictionaryEncoding("large", false));
        FileColumn sorted = column("sorted", 0, BIGINT);
        FileColumn large = column("large", 1, BIGINT);
        FileColumn small = column("small", 2, BIGINT);
        FileColumn other = column("other", 3, BIGINT);
        assertEstimates(
                "large",
                List.of(List.of(large), List.of(large, small), List.of(sorted, large, small, other), List.of(sorted, small)),
                List.of(ALL, between(sorted, 20_000, 35_000)));
    }

    @Test
    void testRowsAreThoseOfTheRowGroupsLeft()
    {
        MessageType schema = MessageTypeParser.parseMessageType("message root { required int64 sorted; }");
        files.write("rows", schema, 1000, (row, group) -> group.append("sorted", (long) row), builder -> builder.withRowGroupRowCountLimit(100));
        FileColumn sorted = column("sorted", 0, BIGINT);
        assertThat(files.reading("rows", sorted).estimate().rows()).hasValue(1000);
        assertThat(files.reading("rows", sorted).where(between(sorted, 250, 320)).estimate().rows()).hasValue(200);
        assertThat(files.reading("rows").where(between(sorted, 2500, 3200)).estimate().rows()).hasValue(0);
        assertThat(files.reading("rows").estimate()).isEqualTo(new ReadEstimate(files.slice("rows").fileLength(), OptionalLong.of(1000), true));
    }

    @Test
    void testLimitReadsTheRowGroupsThatHoldEnough()
    {
        MessageType schema = MessageTypeParser.parseMessageType("message root { required int64 a; required int64 b; }");
        Random random = new Random(4);
        files.write("limited", schema, 50_000, (_, group) -> group.append("a", random.nextLong()).append("b", random.nextLong()), builder -> builder.withRowGroupRowCountLimit(10_000));
        FileColumn a = column("a", 0, BIGINT);
        long whole = files.reading("limited", a).with(ranged(0)).estimate().bytes();
        for (long limit : List.of(0L, 1L, 10L, 9_999L, 10_000L, 10_001L, 25_000L, 49_999L, 50_000L, 1_000_000L)) {
            CountedFileSystem counted = new CountedFileSystem(files.fileSystem());
            Reading reading = files.reading("limited", a).with(ranged(0)).limited(limit);
            ReadEstimate estimate = reading.estimate();
            Result result = reading.from(counted.fileSystem()).read();
            assertThat(result.rows()).hasSize((int) Math.min(limit, 50_000));
            assertThat(result.rows()).isEqualTo(files.reading("limited", a).rows().subList(0, result.rows().size()));
            assertThat(estimate.bytes()).isGreaterThanOrEqualTo(counted.bytes()).isLessThanOrEqualTo(whole);
            assertThat(estimate.rows()).hasValue(result.rows().size());
            assertThat(files.reading("limited").with(ranged(0)).limited(limit).rows()).hasSize(result.rows().size());
        }
        assertThat(files.reading("limited", a).with(ranged(0)).limited(10).estimate().bytes()).isLessThan(whole / 3);
    }

    private void assertEstimates(String name, List<List<FileColumn>> projections, List<TupleDomain<FileColumn>> predicates)
    {
        List<ParquetReadConfig> configs = List.of(
                new ParquetReadConfig(),
                ranged(0),
                ranged(20_000),
                ranged(1_000_000),
                ranged(1_000_000).setMaxBufferSize(DataSize.valueOf("100kB")),
                ranged(50_000).setMaxBufferSize(DataSize.valueOf("100kB")).setFooterReadSize(DataSize.ofBytes(100)),
                ranged(20_000).setUseColumnIndex(false),
                ranged(20_000).setUseBloomFilter(false),
                ranged(20_000).setIgnoreStatistics(true));
        for (ParquetReadConfig config : configs) {
            for (List<FileColumn> columns : projections) {
                for (TupleDomain<FileColumn> predicate : predicates) {
                    for (int parts : List.of(1, 4)) {
                        assertParts(name, columns, predicate, config, parts);
                    }
                }
            }
        }
    }

    private void assertParts(String name, List<FileColumn> columns, TupleDomain<FileColumn> predicate, ParquetReadConfig config, int parts)
    {
        FileSlice file = files.slice(name);
        FileColumn[] asked = columns.toArray(FileColumn[]::new);
        FileColumn[] filterable = predicate.getDomains().orElseThrow().keySet().toArray(FileColumn[]::new);
        ParquetFooters footers = new ParquetFooters(config);
        long size = (file.length() + parts - 1) / parts;
        long rows = 0;
        for (long start = 0; start < file.length(); start += size) {
            FileSlice slice = new FileSlice(file.location(), start, Math.min(size, file.length() - start), file.fileLength(), file.modified());
            CountedFileSystem counted = new CountedFileSystem(files.fileSystem());
            Result result = files.reading(name, asked).with(config).where(predicate).of(slice).from(counted.fileSystem()).read();
            assertThat(result.bytes()).isEqualTo(counted.bytes());

            String read = "%s of %s in %s parts at %s, filtered by %s".formatted(columns, name, parts, start, predicate);
            ReadEstimate estimate = files.reading(name, asked).with(config).where(predicate).of(slice).estimate(footers);
            assertThat(estimate.bytes()).as(read).isGreaterThanOrEqualTo(counted.bytes());
            assertThat(estimate.rows().orElseThrow()).as(read).isGreaterThanOrEqualTo(result.rows().size());
            if (estimate.exact()) {
                assertThat(estimate.bytes()).as(read).isEqualTo(counted.bytes());
                exact++;
            }
            else {
                bounded++;
            }
            if (predicate.isAll()) {
                assertThat(estimate.exact()).as(read).isTrue();
                assertThat(estimate.rows()).as(read).hasValue(result.rows().size());
            }
            ReadEstimate awaiting = files.reading(name, asked).with(config).of(slice).estimate(footers, filterable);
            assertThat(awaiting.bytes()).as(read).isGreaterThanOrEqualTo(counted.bytes());
            rows += estimate.rows().orElseThrow();
        }
        assertThat(rows).isEqualTo(files.reading(name, asked).with(config).where(predicate).estimate(footers).rows().orElseThrow());
    }

    private static ParquetReadConfig ranged(long mergeDistance)
    {
        return new ParquetReadConfig().setSmallFileThreshold(DataSize.ofBytes(0)).setMaxMergeDistance(DataSize.ofBytes(mergeDistance));
    }

    private static TupleDomain<FileColumn> between(FileColumn column, long low, long high)
    {
        return TupleDomain.withColumnDomains(ImmutableMap.of(column, Domain.create(ValueSet.ofRanges(Range.range(column.type(), low, true, high, true)), false)));
    }

    private static TupleDomain<FileColumn> equal(FileColumn column, Object value)
    {
        Type type = column.type();
        return TupleDomain.withColumnDomains(ImmutableMap.of(column, Domain.singleValue(type, value)));
    }
}
