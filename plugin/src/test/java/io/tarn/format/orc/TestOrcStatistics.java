package io.tarn.format.orc;

import com.google.common.collect.ImmutableList;
import io.airlift.slice.Slice;
import io.tarn.format.ColumnChunkStatistics;
import io.tarn.format.CountedFileSystem;
import io.tarn.format.DistinctSample;
import io.tarn.format.FileCodec;
import io.tarn.format.FileColumn;
import io.tarn.format.FileStatistics;
import io.tarn.format.RowGroupStatistics;
import io.trino.spi.Page;
import io.trino.spi.block.Block;
import io.trino.spi.block.RunLengthEncodedBlock;
import io.trino.spi.predicate.Range;
import io.trino.spi.predicate.ValueSet;
import io.trino.spi.type.ArrayType;
import io.trino.spi.type.CharType;
import io.trino.spi.type.RowType;
import io.trino.spi.type.TimestampType;
import io.trino.spi.type.Type;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static io.tarn.error.TarnErrorCode.TARN_CANNOT_OPEN_FILE;
import static io.tarn.format.FormatFiles.column;
import static io.tarn.format.FormatFiles.nested;
import static io.tarn.format.FormatFiles.page;
import static io.tarn.format.TarnErrorAssertions.assertTarnError;
import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.BooleanType.BOOLEAN;
import static io.trino.spi.type.CharType.createCharType;
import static io.trino.spi.type.DateType.DATE;
import static io.trino.spi.type.DecimalType.createDecimalType;
import static io.trino.spi.type.DoubleType.DOUBLE;
import static io.trino.spi.type.IntegerType.INTEGER;
import static io.trino.spi.type.RealType.REAL;
import static io.trino.spi.type.SmallintType.SMALLINT;
import static io.trino.spi.type.TimestampType.TIMESTAMP_MILLIS;
import static io.trino.spi.type.TinyintType.TINYINT;
import static io.trino.spi.type.TypeUtils.readNativeValue;
import static io.trino.spi.type.VarbinaryType.VARBINARY;
import static io.trino.spi.type.VarcharType.VARCHAR;
import static io.trino.spi.type.VarcharType.createVarcharType;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What tails tell, of files whose values are known.
 */
final class TestOrcStatistics
{
    private static final RowType STRUCT = RowType.rowType(RowType.field("x", DOUBLE), RowType.field("y", new ArrayType(VARCHAR)));
    private static final List<FileColumn> COLUMNS = List.of(
            column("flag", 0, BOOLEAN),
            column("tiny", 1, TINYINT),
            column("small", 2, SMALLINT),
            column("number", 3, INTEGER),
            column("large", 4, BIGINT),
            column("single", 5, REAL),
            column("precise", 6, DOUBLE),
            column("amount", 7, createDecimalType(9, 2)),
            column("huge", 8, createDecimalType(38, 10)),
            column("text", 9, VARCHAR),
            column("short", 10, createVarcharType(5)),
            column("padded", 11, createCharType(6)),
            column("bytes", 12, VARBINARY),
            column("day", 13, DATE),
            column("at", 14, TIMESTAMP_MILLIS),
            column("list", 15, new ArrayType(BIGINT)),
            column("structure", 16, STRUCT));
    private static final FileColumn NESTED = nested("structure", 16, DOUBLE, "x");
    private static final FileColumn MISSING = column("missing", 17, BIGINT);

    @TempDir
    Path directory;

    private OrcFiles files;

    @BeforeEach
    void setUp()
    {
        files = new OrcFiles(directory);
    }

    @Test
    void testEveryType()
    {
        Page first = page(COLUMNS, 400, 1);
        Page second = page(COLUMNS, 300, 2);
        files.write("types", COLUMNS, FileCodec.ZSTD, new OrcWriteConfig().setStripeMaxRowCount(400), Map.of(), first, second);
        List<FileColumn> asked = ImmutableList.<FileColumn>builder().addAll(COLUMNS).add(NESTED, MISSING).build();
        FileStatistics statistics = statistics("types", new OrcTails(new OrcReadConfig()), asked);
        assertThat(statistics.rows()).isEqualTo(700);
        assertThat(statistics.rowGroups()).extracting(RowGroupStatistics::rows).containsExactly(400L, 300L);
        assertThat(statistics.codecs()).containsExactly("ZSTD");
        assertThat(statistics.absent()).containsExactly(MISSING);
        List<Page> stripes = List.of(first, second);
        for (int stripe = 0; stripe < stripes.size(); stripe++) {
            Map<FileColumn, ColumnChunkStatistics> chunks = statistics.rowGroups().get(stripe).columns();
            assertThat(chunks).hasSize(COLUMNS.size() - 1).doesNotContainKeys(COLUMNS.get(15), COLUMNS.get(16)).containsKey(NESTED);
            for (int channel = 0; channel < 15; channel++) {
                assertChunk(chunks.get(COLUMNS.get(channel)), COLUMNS.get(channel), stripes.get(stripe).getBlock(channel));
            }
        }
    }

    private static void assertChunk(ColumnChunkStatistics chunk, FileColumn column, Block block)
    {
        Type type = column.type();
        long nulls = 0;
        long length = 0;
        Set<Object> values = new HashSet<>();
        for (int position = 0; position < block.getPositionCount(); position++) {
            if (block.isNull(position)) {
                nulls++;
                continue;
            }
            Object value = readNativeValue(type, block, position);
            values.add(value);
            length += value instanceof Slice slice ? slice.length() : 0;
        }
        assertThat(chunk.nulls()).as(column.name()).hasValue(nulls);
        if (length > 0) {
            assertThat(chunk.valueLength()).as(column.name()).hasValue((double) length / (block.getPositionCount() - nulls));
        }
        if (type instanceof CharType || type.equals(VARBINARY) || type.equals(TINYINT)) {
            // the first is compared padded; of the others the writer keeps none
            assertThat(chunk.min()).isEmpty();
            assertThat(chunk.max()).isEmpty();
            return;
        }
        assertThat(chunk.min()).as(column.name()).isPresent();
        assertThat(chunk.max()).as(column.name()).isPresent();
        ValueSet bounds = ValueSet.ofRanges(Range.range(type, chunk.min().orElseThrow(), true, chunk.max().orElseThrow(), true));
        assertThat(values).as(column.name()).allMatch(bounds::containsValue);
        assertThat(values).as(column.name()).contains(chunk.min().get());
        if (type instanceof TimestampType) {
            // the file says it in milliseconds, which a value may exceed by a part of one
            assertThat(values).contains((long) chunk.max().get() - 1000);
        }
        else {
            assertThat(values).as(column.name()).contains(chunk.max().get());
        }
    }

    @Test
    void testHowOftenValuesRepeat()
    {
        List<FileColumn> columns = List.of(column("same", 0, BIGINT), column("different", 1, BIGINT));
        Page page = page(columns, 100, 1);
        Block same = page.getBlock(1).getSingleValueBlock(firstValue(page.getBlock(1)));
        Page rows = new Page(100, RunLengthEncodedBlock.create(same, 100), page.getBlock(1));
        files.write("repeated", columns, FileCodec.NONE, new OrcWriteConfig(), Map.of(), rows);
        Map<FileColumn, ColumnChunkStatistics> chunks = statistics("repeated", new OrcTails(new OrcReadConfig()), columns).rowGroups().getFirst().columns();
        assertThat(chunks.get(columns.getFirst()).distinct()).contains(new DistinctSample(1, 100));
        assertThat(chunks.get(columns.getLast()).distinct()).isEmpty();
    }

    private static int firstValue(Block block)
    {
        int position = 0;
        while (block.isNull(position)) {
            position++;
        }
        return position;
    }

    @Test
    void testTheTailIsReadOnce()
    {
        files.write("file", COLUMNS, FileCodec.SNAPPY, new OrcWriteConfig().setStripeMaxRowCount(1000), Map.of(), page(COLUMNS, 10_000, 1));
        OrcTails tails = new OrcTails(new OrcReadConfig());
        CountedFileSystem counted = new CountedFileSystem(files.fileSystem());
        FileStatistics statistics = statistics("file", tails, COLUMNS, counted);
        assertThat(statistics.rowGroups()).hasSize(10);
        assertThat(statistics.bytesRead()).isPositive().isEqualTo(counted.bytes());
        int requests = counted.requests().size();
        assertThat(statistics("file", tails, COLUMNS, counted).bytesRead()).isZero();
        assertThat(counted.requests()).hasSize(requests);
    }

    @Test
    void testEmptyAndBroken()
    {
        files.write("empty", COLUMNS, FileCodec.ZSTD, new OrcWriteConfig(), Map.of());
        FileStatistics statistics = statistics("empty", new OrcTails(new OrcReadConfig()), List.of(MISSING));
        assertThat(statistics).isEqualTo(new FileStatistics(List.of(), Set.of(MISSING), Set.of(), statistics.bytesRead()));
        files.put("none", new byte[0]);
        assertThat(statistics("none", new OrcTails(new OrcReadConfig()), COLUMNS).rowGroups()).isEmpty();
        files.put("text", "no ORC, but long enough".getBytes(UTF_8));
        assertTarnError(() -> statistics("text", new OrcTails(new OrcReadConfig()), COLUMNS), TARN_CANNOT_OPEN_FILE, "local:///text is not an ORC file");
    }

    private FileStatistics statistics(String name, OrcTails tails, List<FileColumn> columns)
    {
        return statistics(name, tails, columns, new CountedFileSystem(files.fileSystem()));
    }

    private FileStatistics statistics(String name, OrcTails tails, List<FileColumn> columns, CountedFileSystem fileSystem)
    {
        return files.reading(name, columns.toArray(FileColumn[]::new)).from(fileSystem.fileSystem()).statistics(tails);
    }
}
