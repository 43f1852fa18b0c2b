package io.tarn.format.parquet;

import io.tarn.format.ColumnChunkStatistics;
import io.tarn.format.DistinctSample;
import io.tarn.format.FileColumn;
import io.tarn.format.FileStatistics;
import io.tarn.format.RowGroupStatistics;
import io.trino.spi.type.ArrayType;
import io.trino.spi.type.MapType;
import io.trino.spi.type.TypeOperators;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import static io.airlift.slice.Slices.utf8Slice;
import static io.airlift.slice.Slices.wrappedBuffer;
import static io.tarn.error.TarnErrorCode.TARN_CANNOT_OPEN_FILE;
import static io.tarn.format.FormatFiles.column;
import static io.tarn.format.FormatFiles.nested;
import static io.tarn.format.TarnErrorAssertions.assertTarnError;
import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.BooleanType.BOOLEAN;
import static io.trino.spi.type.DoubleType.DOUBLE;
import static io.trino.spi.type.IntegerType.INTEGER;
import static io.trino.spi.type.VarbinaryType.VARBINARY;
import static io.trino.spi.type.VarcharType.VARCHAR;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What footers tell, of files whose values are known.
 */
final class TestParquetStatistics
{
    private static final MessageType NAMED = MessageTypeParser.parseMessageType("message root { required int64 N; optional binary text (STRING); }");
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
        assertThat(last.get(text).nulls()).hasValue(100);
        assertThat(last.get(text).min()).contains(utf8Slice("text 0"));
        assertThat(last.get(text).max()).contains(utf8Slice("text 2"));
        assertThat(last.get(text).valueLength()).hasValue(6);
        assertThat(last).doesNotContainKey(absent);
        assertThat(statistics.absent()).containsExactly(absent);
    }

    @Test
    void testCodecAndCost()
            throws IOException
    {
        files.write("file", NAMED, 300, (row, group) -> group.append("N", (long) row), builder -> builder.withRowGroupRowCountLimit(100).withCompressionCodec(CompressionCodecName.GZIP));
        ParquetFooters footers = new ParquetFooters(new ParquetReadConfig());
        FileStatistics statistics = statistics("file", footers, Map.of(), column("n", 0, BIGINT));
        assertThat(statistics.codecs()).containsExactly("GZIP");
        // smaller than the part of its end that is read at once
        assertThat(statistics.bytesRead()).isEqualTo(Files.size(files.path("file")));
        assertThat(statistics("file", footers, Map.of(), column("n", 0, BIGINT)).bytesRead()).isZero();
    }

    @Test
    void testOnlyTheColumnsThatAreAskedFor()
    {
        files.write("file", NAMED, 1, (_, group) -> group.append("N", 7L).append("text", "secret"));
        FileColumn n = column("n", 0, BIGINT);
        assertThat(statistics("file", n).rowGroups().getFirst().columns()).containsOnlyKeys(n);
        assertThat(statistics("file").rowGroups().getFirst().columns()).isEmpty();
        // by position, a column of another name is the file's
        FileColumn renamed = column("renamed", 0, BIGINT);
        assertThat(statistics("file", renamed).absent()).containsExactly(renamed);
        FileStatistics byPosition = statistics("file", new ParquetFooters(new ParquetReadConfig()), Map.of("parquet.column.index.access", "true"), renamed);
        assertThat(byPosition.absent()).isEmpty();
        assertThat(byPosition.rowGroups().getFirst().columns().get(renamed).min()).contains(7L);
    }

    @Test
    void testWhatIsNotSaid()
    {
        files.write("file", NAMED, 10, (row, group) -> group.append("N", (long) row).append("text", "t"), builder -> builder.withStatisticsEnabled("text", false));
        FileColumn text = column("text", 1, VARCHAR);
        ColumnChunkStatistics chunk = statistics("file", text).rowGroups().getFirst().columns().get(text);
        assertThat(chunk.min()).isEmpty();
        assertThat(chunk.max()).isEmpty();
        assertThat(chunk.nulls()).isEmpty();
    }

    @Test
    void testBytesAndBooleans()
    {
        MessageType schema = MessageTypeParser.parseMessageType("message root { required binary bytes; required boolean both; required boolean one; }");
        files.write("file", schema, 10, (row, group) -> group.append("bytes", Binary.fromConstantByteArray(new byte[] {(byte) (200 + row)})).append("both", row % 2 == 0).append("one", true));
        FileColumn bytes = column("bytes", 0, VARBINARY);
        FileColumn both = column("both", 1, BOOLEAN);
        FileColumn one = column("one", 2, BOOLEAN);
        Map<FileColumn, ColumnChunkStatistics> chunks = statistics("file", bytes, both, one).rowGroups().getFirst().columns();
        assertThat(chunks.get(bytes).min()).contains(wrappedBuffer((byte) 200));
        assertThat(chunks.get(bytes).max()).contains(wrappedBuffer((byte) 209));
        assertThat(chunks.get(both).min()).contains(false);
        assertThat(chunks.get(both).max()).contains(true);
        assertThat(chunks.get(one).min()).contains(true);
        assertThat(chunks.get(one).max()).contains(true);
    }

    @Test
    void testArraysAndMaps()
    {
        MessageType schema = MessageTypeParser.parseMessageType(
                """
                message root {
                  optional group l (LIST) { repeated group list { optional int64 element; } }
                  optional group m (MAP) { repeated group key_value { required binary key (STRING); optional int32 value; } }
                }
                """);
        // the second row group has no elements
        files.write("file", schema, 20, (row, group) -> {
            Group list = group.addGroup("l");
            Group map = group.addGroup("m");
            if (row < 10) {
                list.addGroup("list").append("element", row * 2L);
                list.addGroup("list").append("element", row * 2L + 1);
                map.addGroup("key_value").append("key", "k" + row);
            }
        }, builder -> builder.withRowGroupRowCountLimit(10));
        FileColumn list = column("l", 0, new ArrayType(BIGINT));
        FileColumn map = column("m", 1, new MapType(VARCHAR, INTEGER, new TypeOperators()));
        FileColumn element = nested("l", 0, BIGINT, "list", "element");
        FileColumn key = nested("m", 1, VARCHAR, "key_value", "key");
        FileColumn value = nested("m", 1, INTEGER, "key_value", "value");
        FileStatistics statistics = statistics("file", list, map);
        Map<FileColumn, ColumnChunkStatistics> chunks = statistics.rowGroups().getFirst().columns();
        assertThat(chunks).containsOnlyKeys(element, key, value);
        assertThat(chunks.get(element).min()).contains(0L);
        assertThat(chunks.get(element).max()).contains(19L);
        assertThat(chunks.get(key).max()).contains(utf8Slice("k9"));
        assertThat(chunks.get(value).nulls()).hasValue(10);
        for (FileColumn column : List.of(element, key, value)) {
            assertThat(statistics.rowGroups().getLast().columns().get(column).distinct()).contains(new DistinctSample(0, 0));
        }
        // a declaration that does not fit is told when the file is read
        assertThat(statistics("file", column("l", 0, BIGINT)).rowGroups().getFirst().columns()).isEmpty();
        assertThat(statistics("file", column("m", 1, new ArrayType(BIGINT))).rowGroups().getFirst().columns()).isEmpty();
    }

    @Test
    void testEmptyAndBroken()
    {
        files.write("empty", NAMED, 0, (_, _) -> {});
        FileStatistics statistics = statistics("empty", column("n", 0, BIGINT));
        assertThat(statistics).isEqualTo(new FileStatistics(List.of(), Set.of(), Set.of(), statistics.bytesRead()));

        files.put("text", "no parquet, but long enough".getBytes(UTF_8));
        assertTarnError(() -> statistics("text", column("n", 0, BIGINT)), TARN_CANNOT_OPEN_FILE, "text");
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
        return statistics(name, new ParquetFooters(new ParquetReadConfig()), Map.of(), columns);
    }

    private FileStatistics statistics(String name, ParquetFooters footers, Map<String, String> properties, FileColumn... columns)
    {
        return files.reading(name, columns).with(properties).statistics(footers);
    }
}
