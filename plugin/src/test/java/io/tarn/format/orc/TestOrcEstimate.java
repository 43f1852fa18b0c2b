package io.tarn.format.orc;

import com.google.common.collect.ImmutableMap;
import io.airlift.units.DataSize;
import io.tarn.format.CountedFileSystem;
import io.tarn.format.FileCodec;
import io.tarn.format.FileColumn;
import io.tarn.format.FileSlice;
import io.tarn.format.FormatFiles.Result;
import io.tarn.format.ReadEstimate;
import io.tarn.format.orc.OrcFiles.Reading;
import io.trino.spi.Page;
import io.trino.spi.block.Block;
import io.trino.spi.block.BlockBuilder;
import io.trino.spi.predicate.Domain;
import io.trino.spi.predicate.Range;
import io.trino.spi.predicate.TupleDomain;
import io.trino.spi.predicate.ValueSet;
import io.trino.spi.type.ArrayType;
import io.trino.spi.type.RowType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

import static io.airlift.slice.Slices.utf8Slice;
import static io.tarn.format.FormatFiles.column;
import static io.tarn.format.FormatFiles.nested;
import static io.tarn.format.FormatFiles.page;
import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.DateType.DATE;
import static io.trino.spi.type.DoubleType.DOUBLE;
import static io.trino.spi.type.VarcharType.VARCHAR;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is told beforehand against what is fetched, counted at the file system and by the page source.
 */
final class TestOrcEstimate
{
    private static final RowType STRUCT = RowType.rowType(RowType.field("x", DOUBLE), RowType.field("y", new ArrayType(VARCHAR)));
    private static final FileColumn SORTED = column("sorted", 0, BIGINT);
    private static final FileColumn WORD = column("word", 1, VARCHAR);
    private static final FileColumn NUMBER = column("number", 2, DOUBLE);
    private static final FileColumn STRUCTURE = column("structure", 3, STRUCT);
    private static final FileColumn DAY = column("day", 4, DATE);
    private static final List<FileColumn> COLUMNS = List.of(SORTED, WORD, NUMBER, STRUCTURE, DAY);

    private static final int ROWS = 40_000;
    private static final int STRIPE_ROWS = 10_000;

    @TempDir
    Path directory;

    private OrcFiles files;

    @BeforeEach
    void setUp()
    {
        files = new OrcFiles(directory);
        OrcWriteConfig config = new OrcWriteConfig().setRowGroupMaxRowCount(1000).setStripeMaxRowCount(STRIPE_ROWS);
        Page random = page(COLUMNS, ROWS, 7);
        BlockBuilder sorted = BIGINT.createFixedSizeBlockBuilder(ROWS);
        for (int row = 0; row < ROWS; row++) {
            BIGINT.writeLong(sorted, row * 2L);
        }
        Page rows = new Page(ROWS, new Block[] {sorted.build(), random.getBlock(1), random.getBlock(2), random.getBlock(3), random.getBlock(4)});
        files.write("file", COLUMNS, FileCodec.SNAPPY, config, Map.of("orc.bloom.filter.columns", "sorted,word"), rows);
    }

    @Test
    void testEveryProjection()
    {
        List<List<FileColumn>> projections = List.of(
                COLUMNS,
                List.of(SORTED),
                List.of(WORD, DAY),
                List.of(NUMBER),
                List.of(nested("structure", 3, DOUBLE, "x")),
                List.of(nested("structure", 3, new ArrayType(VARCHAR), "y"), DAY),
                List.of(STRUCTURE, column("missing", 5, VARCHAR)),
                List.of(column("missing", 5, VARCHAR)),
                List.of());
        for (OrcReadConfig config : List.of(new OrcReadConfig(), ranged(0), ranged(2_000), ranged(1_000_000), ranged(1_000_000).setMaxBufferSize(DataSize.ofBytes(30_000)))) {
            for (List<FileColumn> columns : projections) {
                for (int parts : List.of(1, 3)) {
                    assertParts(columns, TupleDomain.all(), config, parts);
                    assertParts(columns, between(20_000, 30_000), config, parts);
                }
            }
        }
    }

    private void assertParts(List<FileColumn> columns, TupleDomain<FileColumn> predicate, OrcReadConfig config, int parts)
    {
        FileSlice file = files.slice("file");
        FileColumn[] asked = columns.toArray(FileColumn[]::new);
        OrcTails tails = new OrcTails(config);
        long size = (file.length() + parts - 1) / parts;
        long rows = 0;
        for (long start = 0; start < file.length(); start += size) {
            FileSlice slice = new FileSlice(file.location(), start, Math.min(size, file.length() - start), file.fileLength(), file.modified());
            String read = "%s in %s parts at %s where %s".formatted(columns, parts, start, predicate);
            CountedFileSystem counted = new CountedFileSystem(files.fileSystem());
            Result result = files.reading("file", asked).with(config).where(predicate).of(slice).from(counted.fileSystem()).read();
            assertThat(result.bytes()).as(read).isEqualTo(counted.bytes());
            ReadEstimate estimate = files.reading("file", asked).with(config).where(predicate).of(slice).estimate(tails);
            assertThat(estimate.bytes()).as(read).isGreaterThanOrEqualTo(counted.bytes());
            assertThat(estimate.rows().orElseThrow()).as(read).isGreaterThanOrEqualTo(result.rows().size());
            if (predicate.isAll()) {
                assertThat(estimate).as(read).isEqualTo(new ReadEstimate(counted.bytes(), OptionalLong.of(result.rows().size()), true));
            }
            ReadEstimate awaiting = files.reading("file", asked).with(config).of(slice).estimate(tails, SORTED);
            assertThat(awaiting.bytes()).as(read).isGreaterThanOrEqualTo(counted.bytes());
            rows += result.rows().size();
        }
        if (predicate.isAll()) {
            assertThat(rows).isEqualTo(ROWS);
        }
    }

    @Test
    void testFilterSavesBytes()
    {
        long whole = bytes(TupleDomain.all());
        CountedFileSystem counted = new CountedFileSystem(files.fileSystem());
        Result one = files.reading("file", SORTED, WORD).with(ranged(0)).where(between(24_000, 24_100)).from(counted.fileSystem()).read();
        assertThat(one.count("orc.stripesRead")).isEqualTo(1);
        assertThat(one.count("orc.stripesPruned")).isEqualTo(3);
        assertThat(one.rows()).hasSize(1000).extracting(List::getFirst).contains(24_000L, 24_100L);
        assertThat(counted.bytes()).isLessThan(whole / 2);
        // in the range of the statistics, but not in the file: only the Bloom filter knows
        TupleDomain<FileColumn> odd = TupleDomain.withColumnDomains(ImmutableMap.of(SORTED, Domain.singleValue(BIGINT, 24_001L)));
        assertThat(files.reading("file", SORTED, WORD).with(ranged(0)).where(odd).rows()).isEmpty();
        assertThat(files.reading("file", SORTED, WORD).with(ranged(0).setBloomFiltersEnabled(false)).where(odd).rows()).hasSize(1000);
        assertThat(bytes(odd)).isLessThan(counted.bytes());
        // nothing but the end of the file
        assertThat(bytes(between(90_000, 99_000))).isLessThanOrEqualTo(16 * 1024);
        assertThat(files.reading("file", SORTED).where(between(90_000, 99_000)).estimate().rows()).hasValue(0);
        TupleDomain<FileColumn> missing = TupleDomain.withColumnDomains(ImmutableMap.of(column("missing", 9, VARCHAR), Domain.singleValue(VARCHAR, utf8Slice("x"))));
        assertThat(files.reading("file", SORTED).where(missing).rows()).isEmpty();
    }

    private long bytes(TupleDomain<FileColumn> predicate)
    {
        CountedFileSystem counted = new CountedFileSystem(files.fileSystem());
        files.reading("file", SORTED, WORD).with(ranged(0)).where(predicate).from(counted.fileSystem()).read();
        return counted.bytes();
    }

    @Test
    void testLimitReadsTheStripesThatHoldEnough()
    {
        long whole = files.reading("file", SORTED).with(ranged(0)).estimate().bytes();
        for (long limit : List.of(0L, 1L, 9_999L, 10_000L, 10_001L, 40_000L, 1_000_000L)) {
            CountedFileSystem counted = new CountedFileSystem(files.fileSystem());
            Reading reading = files.reading("file", SORTED).with(ranged(0)).limited(limit);
            ReadEstimate estimate = reading.estimate();
            Result result = reading.from(counted.fileSystem()).read();
            assertThat(result.rows()).hasSize((int) Math.min(limit, ROWS));
            assertThat(estimate.bytes()).isGreaterThanOrEqualTo(counted.bytes()).isLessThanOrEqualTo(whole);
            assertThat(estimate.rows()).hasValue(result.rows().size());
            assertThat(files.reading("file").limited(limit).rows()).hasSize(result.rows().size());
        }
        assertThat(files.reading("file", SORTED).with(ranged(0)).limited(10).estimate().bytes()).isLessThan(whole / 2);
    }

    @Test
    void testEstimatesReadWhatTheyKnowOnce()
    {
        OrcTails tails = new OrcTails(new OrcReadConfig());
        CountedFileSystem counted = new CountedFileSystem(files.fileSystem());
        files.reading("file", SORTED).with(ranged(0)).from(counted.fileSystem()).estimate(tails);
        // the tail, and each stripe's footer
        assertThat(counted.requests()).filteredOn(request -> request.bytes() > 0).hasSize(1 + ROWS / STRIPE_ROWS);
        files.reading("file", WORD).with(ranged(0)).from(counted.fileSystem()).estimate(tails);
        assertThat(counted.requests()).filteredOn(request -> request.bytes() > 0).hasSize(1 + ROWS / STRIPE_ROWS);
    }

    private static OrcReadConfig ranged(long mergeDistance)
    {
        return new OrcReadConfig().setSmallFileThreshold(DataSize.ofBytes(0)).setMaxMergeDistance(DataSize.ofBytes(mergeDistance));
    }

    private static TupleDomain<FileColumn> between(long low, long high)
    {
        return TupleDomain.withColumnDomains(ImmutableMap.of(SORTED, Domain.create(ValueSet.ofRanges(Range.range(BIGINT, low, true, high, true)), false)));
    }
}
