package io.tarn.format.parquet;

import io.tarn.format.ColumnChunkStatistics;
import io.tarn.format.DistinctSample;
import io.tarn.format.FileColumn;
import io.tarn.format.FileRead;
import io.tarn.format.FileStatistics;
import io.tarn.format.RowGroupStatistics;
import io.trino.spi.connector.MemoryContext;
import io.trino.spi.predicate.TupleDomain;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import static io.airlift.slice.Slices.utf8Slice;
import static io.tarn.format.parquet.ParquetFiles.column;
import static io.tarn.format.parquet.ParquetFiles.schema;
import static io.tarn.format.parquet.ParquetFiles.session;
import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.DoubleType.DOUBLE;
import static io.trino.spi.type.VarcharType.VARCHAR;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What footers tell, of files whose values are known.
 */
final class TestParquetStatistics
{
    private static final int ROWS = 30_000;

    @TempDir
    Path directory;

    private ParquetFiles files;

    @BeforeEach
    void setUp()
    {
        files = new ParquetFiles(directory);
    }

    @Test
    void testRowGroups()
    {
        MessageType schema = MessageTypeParser.parseMessageType("message root { required int64 n; optional binary text (STRING); }");
        files.write("groups", schema, 2500, (row, group) -> {
            group.append("n", (long) row);
            if (row % 5 > 0) {
                group.append("text", "text " + row % 3);
            }
        }, builder -> builder.withRowGroupRowCountLimit(1000));
        FileColumn n = column("n", 0, BIGINT);
        FileColumn text = column("text", 1, VARCHAR);
        FileColumn absent = column("absent", 2, BIGINT);
        FileStatistics statistics = statistics("groups", n, text, absent);
        assertThat(statistics.rows()).isEqualTo(2500);
        assertThat(statistics.rowGroups()).extracting(RowGroupStatistics::rows).containsExactly(1000L, 1000L, 500L);
        Map<FileColumn, ColumnChunkStatistics> last = statistics.rowGroups().getLast().columns();
        assertThat(last.get(n).nulls()).hasValue(0);
        assertThat(last.get(n).min()).contains(2000L);
        assertThat(last.get(n).max()).contains(2499L);
        assertThat(last.get(n).storedBytes()).isPositive();
        assertThat(last.get(text).nulls()).hasValue(100);
        assertThat(last.get(text).min()).contains(utf8Slice("text 0"));
        assertThat(last.get(text).max()).contains(utf8Slice("text 2"));
        assertThat(last.get(text).valueLength()).hasValue(6);
        assertThat(last.get(absent).nulls()).hasValue(500);
    }

    @ParameterizedTest
    @EnumSource(names = {"UNCOMPRESSED", "SNAPPY", "GZIP", "ZSTD"})
    void testDictionaries(CompressionCodecName codec)
    {
        for (int values : new int[] {1, 2, 3, 7, 25, 200, 3000}) {
            assertDistinct(codec, values, 2, false);
            // a strong codec packs a dictionary of like texts into less than any rule can know of
            assertDistinct(codec, values, 8, true);
        }
    }

    private void assertDistinct(CompressionCodecName codec, int values, double factor, boolean runs)
    {
        MessageType schema = MessageTypeParser.parseMessageType("message root { required int64 n; required double x; required binary text (STRING); }");
        Random random = new Random(values);
        String name = "%s-%s-%s".formatted(codec, values, runs);
        files.write(name, schema, ROWS, (row, group) -> {
            int value = runs ? (int) ((long) row * values / ROWS) : random.nextInt(values);
            group.append("n", value * 1_000_003L);
            group.append("x", value / 7.0);
            group.append("text", "value " + value);
        }, builder -> builder.withCompressionCodec(codec));
        FileColumn n = column("n", 0, BIGINT);
        FileColumn x = column("x", 1, DOUBLE);
        FileColumn text = column("text", 2, VARCHAR);
        Map<FileColumn, ColumnChunkStatistics> chunks = statistics(name, n, x, text).rowGroups().getFirst().columns();
        for (FileColumn column : List.of(n, x, text)) {
            DistinctSample sample = chunks.get(column).distinct().orElseThrow();
            assertThat(sample.values()).isEqualTo(ROWS);
            assertThat(sample.distinct()).as("%s of %s", column.name(), name).isBetween(values / factor - 0.5, values * factor + 0.5);
        }
    }

    @Test
    void testValuesWithoutDictionary()
    {
        MessageType schema = MessageTypeParser.parseMessageType("message root { required int64 n; required binary text (STRING); }");
        files.write("keys", schema, ROWS, (row, group) -> group
                .append("n", row * 31L)
                .append("text", "a longer text of which there is but one, number " + (100_000 + row)));
        FileColumn n = column("n", 0, BIGINT);
        FileColumn text = column("text", 1, VARCHAR);
        Map<FileColumn, ColumnChunkStatistics> chunks = statistics("keys", n, text).rowGroups().getFirst().columns();
        assertThat(chunks.get(text).valueLength().orElseThrow()).isBetween(52.0, 56.0);
        for (FileColumn column : List.of(n, text)) {
            assertThat(chunks.get(column).distinct().map(sample -> sample.distinct() / sample.values()).orElse(1.0)).isGreaterThan(0.9);
        }
    }

    private FileStatistics statistics(String name, FileColumn... columns)
    {
        ParquetReadConfig config = new ParquetReadConfig();
        return new ParquetFormat(config, new ParquetFooters(config)).statistics(new FileRead(
                session(config),
                files.fileSystem(),
                files.slice(name),
                schema(List.of(columns), Map.of()),
                List.of(columns),
                TupleDomain.all(),
                Optional.empty(),
                MemoryContext.NO_LIMIT)).orElseThrow();
    }
}
