package io.tarn.format.parquet;

import io.airlift.units.DataSize;
import io.tarn.format.FileColumn;
import io.tarn.format.FileSlice;
import io.tarn.storage.DataFile;
import io.trino.spi.predicate.Domain;
import io.trino.spi.predicate.Range;
import io.trino.spi.predicate.ValueSet;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

import static io.tarn.error.TarnErrorCode.TARN_CANNOT_OPEN_FILE;
import static io.tarn.format.parquet.ParquetErrorAssertions.assertTarnError;
import static io.tarn.format.parquet.ParquetFiles.column;
import static io.tarn.format.parquet.ParquetFiles.nested;
import static io.tarn.format.parquet.ParquetFiles.schema;
import static io.tarn.format.parquet.ParquetFiles.session;
import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.IntegerType.INTEGER;
import static io.trino.spi.type.RowType.field;
import static io.trino.spi.type.RowType.rowType;
import static io.trino.spi.type.VarcharType.VARCHAR;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

final class TestParquetFooters
{
    private static final FileColumn NUMBER = column("n", 0, BIGINT);
    private static final FileColumn STRUCT = column("s", 1, rowType(field("x", INTEGER), field("absent", VARCHAR)));

    @TempDir
    Path directory;

    @Test
    void testRowGroupsOfChosenColumns()
    {
        ParquetFiles files = new ParquetFiles(directory);
        files.write("file", MessageTypeParser.parseMessageType("message root { required int64 n; optional group s { optional int32 x; optional binary y (STRING); } }"), 300, (row, group) -> {
            group.append("n", (long) row);
            if (row % 2 == 0) {
                group.addGroup("s").append("x", -row).append("y", "y".repeat(50) + row);
            }
        }, builder -> builder.withRowGroupRowCountLimit(100));
        CountedFileSystem counted = new CountedFileSystem(files.fileSystem());
        ParquetFooters footers = new ParquetFooters(new ParquetReadConfig());
        FileSlice slice = files.slice("file");
        DataFile file = new DataFile(slice.location(), slice.fileLength(), slice.modified());
        List<FileColumn> columns = List.of(NUMBER, STRUCT, column("missing", 2, VARCHAR));

        ParquetFooter footer = footers.read(session(new ParquetReadConfig()), counted.fileSystem(), file, schema(columns, Map.of()), columns);

        assertThat(counted.requests()).hasSize(1);
        assertThat(footer.fileLength()).isEqualTo(slice.fileLength());
        assertThat(footer.rowGroups()).extracting(ParquetRowGroup::rowCount).containsExactly(100L, 100L, 100L);
        assertThat(footer.rowGroups().getFirst().start()).isEqualTo(4);
        ParquetRowGroup second = footer.rowGroups().get(1);
        assertThat(second.start()).isEqualTo(4 + footer.rowGroups().getFirst().totalBytes());
        assertThat(second.chunks()).extracting(ParquetColumnChunk::path).containsExactlyInAnyOrder(List.of("n"), List.of("s", "x"));
        ParquetColumnChunk number = chunk(second, "n");
        assertThat(number.nullCount()).isEqualTo(OptionalLong.of(0));
        assertThat(number.values()).isEqualTo(Domain.create(ValueSet.ofRanges(Range.range(BIGINT, 100L, true, 199L, true)), false));
        ParquetColumnChunk leaf = chunk(second, "x");
        assertThat(leaf.nullCount()).isEqualTo(OptionalLong.of(50));
        assertThat(leaf.values()).isEqualTo(Domain.create(ValueSet.ofRanges(Range.range(INTEGER, -198L, true, -100L, true)), true));
        assertThat(number.compressedBytes() + leaf.compressedBytes()).isPositive().isLessThan(second.totalBytes());

        FileColumn nested = nested("s", 1, VARCHAR, "y");
        ParquetFooter other = footers.read(session(new ParquetReadConfig()), files.fileSystem(), file, schema(columns, Map.of()), List.of(nested));
        assertThat(other.rowGroups().getFirst().chunks()).extracting(ParquetColumnChunk::path).containsExactly(List.of("s", "y"));
        assertThat(other.rowGroups().get(1).chunks().getFirst().compressedBytes() + number.compressedBytes() + leaf.compressedBytes()).isEqualTo(second.totalBytes());
    }

    @Test
    void testBytesAreThoseThatAReadTakes()
    {
        ParquetFiles files = new ParquetFiles(directory);
        files.write("file", MessageTypeParser.parseMessageType("message root { required int64 n; required binary t (STRING); }"), 5000, (row, group) -> group.append("n", row * 7919L).append("t", "text " + row));
        FileSlice slice = files.slice("file");
        DataFile file = new DataFile(slice.location(), slice.fileLength(), slice.modified());
        ParquetReadConfig ranged = new ParquetReadConfig().setSmallFileThreshold(DataSize.ofBytes(0)).setFooterReadSize(DataSize.ofBytes(8));

        ParquetFooter footer = new ParquetFooters(ranged).read(session(ranged), files.fileSystem(), file, schema(List.of(NUMBER), Map.of()), List.of(NUMBER));
        long read = files.reading("file", NUMBER).with(ranged).read().bytes();

        // the guess, the footer with its trailer, the column
        assertThat(read).isEqualTo(8 + footer.footerLength() + 8 + footer.rowGroups().getFirst().chunks().getFirst().compressedBytes());
    }

    @Test
    void testBrokenFile()
    {
        ParquetFiles files = new ParquetFiles(directory);
        files.put("text", "no parquet, but long enough".getBytes(UTF_8));
        DataFile file = new DataFile(files.location("text"), 27, Instant.EPOCH);
        assertTarnError(
                () -> new ParquetFooters(new ParquetReadConfig()).read(session(new ParquetReadConfig()), files.fileSystem(), file, schema(List.of(NUMBER), Map.of()), List.of(NUMBER)),
                TARN_CANNOT_OPEN_FILE,
                "local:///text",
                "looks like text");
    }

    private static ParquetColumnChunk chunk(ParquetRowGroup rowGroup, String leaf)
    {
        return rowGroup.chunks().stream()
                .filter(chunk -> chunk.path().getLast().equals(leaf))
                .findFirst()
                .orElseThrow();
    }
}
