package io.tarn.format.parquet;

import com.google.common.collect.ImmutableMap;
import io.airlift.units.DataSize;
import io.tarn.error.TarnErrorCode;
import io.tarn.format.FileColumn;
import io.tarn.format.FileSchema;
import io.tarn.format.FileSlice;
import io.trino.filesystem.Location;
import io.trino.plugin.base.metrics.LongCount;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.predicate.Domain;
import io.trino.spi.predicate.Range;
import io.trino.spi.predicate.TupleDomain;
import io.trino.spi.predicate.ValueSet;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static io.airlift.slice.Slices.utf8Slice;
import static io.tarn.error.TarnErrorCode.TARN_BAD_DATA;
import static io.tarn.error.TarnErrorCode.TARN_CANNOT_OPEN_FILE;
import static io.tarn.error.TarnErrorCode.TARN_FILE_NOT_FOUND;
import static io.tarn.error.TarnErrorCode.TARN_SCHEMA_MISMATCH;
import static io.tarn.error.TarnErrorCode.TARN_UNSUPPORTED_FORMAT;
import static io.tarn.format.parquet.ParquetFiles.column;
import static io.tarn.format.parquet.ParquetFiles.columns;
import static io.tarn.format.parquet.ParquetFiles.rows;
import static io.tarn.format.parquet.ParquetFiles.schema;
import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.VarcharType.VARCHAR;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class TestParquetFormat
{
    private static final int ROWS = 20_000;
    private static final String FILE_SCHEMA =
            """
            message m {
              required int64 id;
              optional binary name (STRING);
              optional binary filler (STRING);
              optional group s { optional int64 x; optional binary filler (STRING); optional group deep { optional int32 y; } }
              optional group list (LIST) { repeated group list { optional int32 element; } }
            }""";
    private static final FileSchema SCHEMA = schema("id bigint", "name string", "filler string", "s struct<x:bigint,filler:string,deep:struct<y:int>>", "list array<int>");
    // nothing is read as a whole or along with its neighbours, so that ranges can be counted
    private static final ParquetReadConfig RANGES = new ParquetReadConfig().setSmallFileThreshold(DataSize.ofBytes(0)).setMaxMergeDistance(DataSize.ofBytes(0));

    private final ParquetFiles files;
    private final FileSlice file;

    TestParquetFormat(@TempDir Path folder)
    {
        files = new ParquetFiles(folder);
        file = write("file.parquet", CompressionCodecName.UNCOMPRESSED);
    }

    private FileSlice write(String name, CompressionCodecName codec)
    {
        Random random = new Random(7);
        return files.write(name, FILE_SCHEMA, ROWS, (row, i) -> {
            row.append("id", (long) i);
            if (i % 10 != 0) {
                row.append("name", "name" + i % 100);
            }
            row.append("filler", Long.toHexString(random.nextLong()).repeat(4));
            row.addGroup("s").append("x", i * 2L).append("filler", Long.toHexString(random.nextLong()).repeat(4)).addGroup("deep").append("y", i % 7);
            row.addGroup("list").addGroup("list").append("element", i);
        }, builder -> builder
                .withCompressionCodec(codec)
                .withRowGroupSize(512L * 1024)
                .withMinRowCountForPageSizeCheck(100)
                .withPageSize(16 * 1024)
                .withBloomFilterEnabled("name", true));
    }

    @ParameterizedTest
    @EnumSource(value = CompressionCodecName.class, names = {"UNCOMPRESSED", "SNAPPY", "GZIP", "ZSTD"})
    void rowsOfEveryCodec(CompressionCodecName codec)
    {
        FileSlice slice = write(codec + ".parquet", codec);
        List<FileColumn> columns = columns(SCHEMA, "id", "name", "s", "list");
        List<List<Object>> rows = rows(files.open(new ParquetReadConfig(), SCHEMA, slice, columns, TupleDomain.all()), columns);
        assertThat(rows).hasSize(ROWS);
        assertThat(rows.get(10).subList(0, 2)).containsExactly(10L, null);
        assertThat(rows.get(19_999).toString()).startsWith("[19999, name99, ");
        assertThat(rows.get(19_999).get(3)).isEqualTo(List.of(19_999));
    }

    @Test
    void slicesMakeTheWhole()
    {
        List<FileColumn> columns = columns(SCHEMA, "id");
        Random random = new Random(3);
        for (int run = 0; run < 5; run++) {
            long[] cuts = random.longs(4, 1, file.fileLength()).sorted().toArray();
            long sum = 0;
            int count = 0;
            long start = 0;
            for (int i = 0; i <= cuts.length; i++) {
                long end = i < cuts.length ? cuts[i] : file.fileLength();
                FileSlice part = new FileSlice(file.location(), start, end - start, file.fileLength(), file.modified());
                for (List<Object> row : rows(files.open(RANGES, SCHEMA, part, columns, TupleDomain.all()), columns)) {
                    sum += (long) row.getFirst();
                    count++;
                }
                start = end;
            }
            assertThat(count).isEqualTo(ROWS);
            assertThat(sum).isEqualTo((ROWS - 1L) * ROWS / 2);
        }
    }

    @Test
    void onlyWhatIsAskedForIsRead()
    {
        long whole = bytes("id", "name", "filler", "s", "list");
        assertThat(whole).isGreaterThan(file.fileLength() * 9 / 10);
        // eight bytes a row, and the footer
        assertThat(bytes("id")).isLessThan(ROWS * 8L + 100_000);
        assertThat(bytes("s.x")).isLessThan(ROWS * 8L + 100_000);
        assertThat(bytes("s.deep.y")).isLessThan(100_000);
        assertThat(bytes("s")).isGreaterThan(ROWS * 64L);
        List<FileColumn> columns = columns(SCHEMA, "s.deep.y", "id", "s.x");
        assertThat(rows(files.open(RANGES, SCHEMA, file, columns, TupleDomain.all()), columns).get(8)).containsExactly(1, 8L, 16L);
    }

    @Test
    void rowsAreCountedFromTheFooter()
    {
        files.fileSystem().reset();
        assertThat(rows(files.open(RANGES, SCHEMA, file, List.of(), TupleDomain.all()), List.of())).hasSize(ROWS);
        assertThat(files.fileSystem().requests()).isEqualTo(1);
    }

    @Test
    void aSmallFileIsOneRequest()
    {
        FileSlice small = files.write("small.parquet", "message m { required int64 id; }", 10, (row, i) -> row.append("id", (long) i), builder -> builder);
        files.fileSystem().reset();
        FileSchema schema = schema("id bigint");
        assertThat(rows(files.open(new ParquetReadConfig(), schema, small, columns(schema, "id"), TupleDomain.all()), columns(schema, "id"))).hasSize(10);
        assertThat(files.fileSystem().requests()).isEqualTo(1);
        assertThat(files.fileSystem().bytes()).isEqualTo(small.fileLength());
    }

    @Test
    void statisticsPruneRowGroups()
            throws IOException
    {
        TupleDomain<FileColumn> predicate = domain("id", Domain.create(ValueSet.ofRanges(Range.range(BIGINT, 5L, true, 10L, true)), false));
        Map<String, Long> counts = counts(predicate, RANGES);
        assertThat(counts.get("parquet.footersRead")).isEqualTo(1);
        assertThat(counts.get("parquet.rowGroupsRead")).isEqualTo(1);
        assertThat(counts.get("parquet.rowGroupsPruned")).isGreaterThan(2);

        Map<String, Long> ignored = counts(predicate, new ParquetReadConfig().setSmallFileThreshold(DataSize.ofBytes(0)).setIgnoreStatistics(true));
        assertThat(ignored.get("parquet.rowGroupsPruned")).isZero();

        assertThat(counts(domain("s.x", Domain.singleValue(BIGINT, 4L)), RANGES).get("parquet.rowGroupsRead")).isEqualTo(1);
    }

    @Test
    void bloomFiltersPruneRowGroups()
            throws IOException
    {
        // within the range of the names, and none of them
        TupleDomain<FileColumn> predicate = domain("name", Domain.singleValue(VARCHAR, utf8Slice("name55x")));
        ParquetReadConfig noDictionary = new ParquetReadConfig().setSmallFileThreshold(DataSize.ofBytes(0));
        assertThat(counts(predicate, noDictionary).get("parquet.rowGroupsRead")).isZero();
    }

    @Test
    void columnIndexesPrunePages()
    {
        List<FileColumn> columns = columns(SCHEMA, "id");
        TupleDomain<FileColumn> predicate = domain("id", Domain.singleValue(BIGINT, 9_999L));
        List<List<Object>> rows = rows(files.open(RANGES, SCHEMA, file, columns, predicate), columns);
        assertThat(rows).contains(List.of(9_999L));
        List<List<Object>> all = rows(files.open(new ParquetReadConfig().setSmallFileThreshold(DataSize.ofBytes(0)).setUseColumnIndex(false), SCHEMA, file, columns, predicate), columns);
        assertThat(rows.size()).isLessThan(all.size());
    }

    @Test
    void columnsByNameAndByPosition()
    {
        FileSlice slice = files.write("names.parquet", "message m { required int64 Aa; required int64 b; }", 2, (row, i) -> row.append("Aa", i + 1L).append("b", i + 10L), builder -> builder);
        FileSchema byName = schema("b bigint", "missing string", "aa bigint");
        List<FileColumn> columns = columns(byName, "b", "missing", "aa");
        assertThat(rows(files.open(new ParquetReadConfig(), byName, slice, columns, TupleDomain.all()), columns)).containsExactly(Arrays.asList(10L, null, 1L), Arrays.asList(11L, null, 2L));

        FileSchema byPosition = schema(ImmutableMap.of("parquet.column.index.access", "true"), "x bigint", "y bigint", "z bigint");
        List<FileColumn> positioned = columns(byPosition, "y", "x", "z");
        assertThat(rows(files.open(new ParquetReadConfig(), byPosition, slice, positioned, TupleDomain.all()), positioned)).containsExactly(Arrays.asList(10L, 1L, null), Arrays.asList(11L, 2L, null));
    }

    @Test
    void typesThatFit()
    {
        FileSlice slice = files.write(
                "types.parquet",
                "message m { required int32 i; required float f; required int32 d (DECIMAL(5,2)); required int64 l; }",
                1,
                (row, _) -> row.append("i", 7).append("f", 1.5f).append("d", 12345).append("l", 8L),
                builder -> builder);
        FileSchema schema = schema("i bigint", "f double", "d decimal(20,4)", "l string");
        List<FileColumn> columns = columns(schema, "i", "f", "d", "l");
        assertThat(rows(files.open(new ParquetReadConfig(), schema, slice, columns, TupleDomain.all()), columns).toString()).isEqualTo("[[7, 1.5, 123.4500, 8]]");
        FileSchema others = schema("i double", "f string", "d string");
        List<FileColumn> otherColumns = columns(others, "i", "f", "d");
        assertThat(rows(files.open(new ParquetReadConfig(), others, slice, otherColumns, TupleDomain.all()), otherColumns).toString()).isEqualTo("[[7.0, 1.5, 123.45]]");
    }

    @Test
    void typesThatDoNotFit()
    {
        for (String type : List.of("date", "boolean", "struct<a:int>", "map<string,int>", "timestamp")) {
            FileSchema schema = schema("filler " + type);
            assertFails(TARN_SCHEMA_MISMATCH, schema, file, "filler", "file.parquet", "filler");
        }
        assertFails(TARN_SCHEMA_MISMATCH, schema("s bigint"), file, "s", "file.parquet", "'s' is declared bigint");
    }

    @Test
    void rawLineIsForLines()
    {
        assertThatThrownBy(() -> files.open(RANGES, SCHEMA, file, List.of(FileColumn.RAW_LINE), TupleDomain.all()))
                .isInstanceOfSatisfying(TrinoException.class, e -> assertThat(e.getErrorCode()).isEqualTo(TARN_UNSUPPORTED_FORMAT.toErrorCode()));
    }

    @Test
    void filesThatAreNoParquet()
            throws IOException
    {
        assertFails(TARN_CANNOT_OPEN_FILE, SCHEMA, files.write("text.parquet", "id,name\n1,one\n".repeat(20).getBytes(UTF_8)), "id", "text.parquet", "It looks like text");
        assertFails(TARN_CANNOT_OPEN_FILE, SCHEMA, files.write("gzip.parquet", new byte[] {0x1F, (byte) 0x8B, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}), "id", "gzip.parquet", "It looks like a gzip file");
        byte[] content = files.content("file.parquet");
        assertFails(TARN_CANNOT_OPEN_FILE, SCHEMA, files.write("cut.parquet", Arrays.copyOf(content, content.length / 2)), "id", "cut.parquet", "It looks like a Parquet file that is cut or damaged");
        byte[] hostile = content.clone();
        Arrays.fill(hostile, hostile.length - 8, hostile.length - 5, (byte) 0xFF);
        assertFails(TARN_CANNOT_OPEN_FILE, SCHEMA, files.write("hostile.parquet", hostile), "id", "hostile.parquet", "out of range");
        assertFails(TARN_FILE_NOT_FOUND, SCHEMA, new FileSlice(Location.of("local:///none.parquet"), 0, 100, 100, file.modified()), "id", "none.parquet");
    }

    @Test
    void aDamagedPageNamesTheFile()
            throws IOException
    {
        byte[] content = files.content("file.parquet");
        // the first page's header
        Arrays.fill(content, 4, 24, (byte) 0xFF);
        assertFails(TARN_BAD_DATA, SCHEMA, files.write("damaged.parquet", content), "id", "damaged.parquet");
    }

    @Test
    void mutationsFailWithAnErrorOfOursOrGiveRows()
            throws IOException
    {
        files.write("fuzz.parquet", FILE_SCHEMA, 50, (row, i) -> {
            row.append("id", (long) i);
            row.append("name", "name" + i);
            row.addGroup("s").append("x", i * 2L);
            row.addGroup("list").addGroup("list").append("element", i);
        }, builder -> builder.withCompressionCodec(CompressionCodecName.SNAPPY));
        byte[] original = files.content("fuzz.parquet");
        List<FileColumn> columns = columns(SCHEMA, "id", "name", "s", "list");
        Random random = new Random(11);
        int failed = 0;
        for (int run = 0; run < 1500; run++) {
            byte[] content = original.clone();
            for (int i = 0; i <= random.nextInt(3); i++) {
                content[random.nextInt(content.length)] = (byte) random.nextInt();
            }
            FileSlice slice = files.write("mutated.parquet", content);
            try {
                rows(files.open(new ParquetReadConfig(), SCHEMA, slice, columns, TupleDomain.all()), columns);
            }
            catch (TrinoException e) {
                assertThat(e.getErrorCode().getName()).startsWith("TARN_");
                assertThat(e).hasMessageContaining("mutated.parquet");
                failed++;
            }
        }
        assertThat(failed).isGreaterThan(100);
    }

    private long bytes(String... names)
    {
        files.fileSystem().reset();
        List<FileColumn> columns = columns(SCHEMA, names);
        ConnectorPageSource pageSource = files.open(RANGES, SCHEMA, file, columns, TupleDomain.all());
        assertThat(rows(pageSource, columns)).hasSize(ROWS);
        assertThat(pageSource.getCompletedBytes()).isEqualTo(files.fileSystem().bytes());
        return files.fileSystem().bytes();
    }

    private Map<String, Long> counts(TupleDomain<FileColumn> predicate, ParquetReadConfig config)
            throws IOException
    {
        // the predicate's columns are read, as the engine asks for what it filters on
        List<FileColumn> columns = List.copyOf(predicate.getDomains().orElseThrow().keySet());
        try (ConnectorPageSource pageSource = files.open(config, SCHEMA, file, columns, predicate)) {
            ImmutableMap.Builder<String, Long> counts = ImmutableMap.builder();
            pageSource.getMetrics().getMetrics().forEach((name, metric) -> {
                if (metric instanceof LongCount count) {
                    counts.put(name, count.getTotal());
                }
            });
            return counts.buildOrThrow();
        }
    }

    private static TupleDomain<FileColumn> domain(String name, Domain domain)
    {
        return TupleDomain.withColumnDomains(ImmutableMap.of(column(SCHEMA, name), domain));
    }

    private void assertFails(TarnErrorCode code, FileSchema schema, FileSlice slice, String column, String... parts)
    {
        List<FileColumn> columns = columns(schema, column);
        assertThatThrownBy(() -> rows(files.open(new ParquetReadConfig(), schema, slice, columns, TupleDomain.all()), columns))
                .as(schema.fields().toString())
                .isInstanceOfSatisfying(TrinoException.class, e -> assertThat(e.getErrorCode()).isEqualTo(code.toErrorCode()))
                .hasMessageContainingAll(parts);
    }
}
