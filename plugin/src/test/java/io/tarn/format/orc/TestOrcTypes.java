package io.tarn.format.orc;

import com.google.common.collect.ImmutableMap;
import io.airlift.units.DataSize;
import io.tarn.format.FileCodec;
import io.tarn.format.FileColumn;
import io.tarn.format.FileStatistics;
import io.tarn.format.FileSummary;
import io.trino.spi.Page;
import io.trino.spi.PageBuilder;
import io.trino.spi.predicate.Domain;
import io.trino.spi.predicate.TupleDomain;
import io.trino.spi.type.ArrayType;
import io.trino.spi.type.MapType;
import io.trino.spi.type.RowType;
import io.trino.spi.type.Type;
import io.trino.spi.type.TypeOperators;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static io.tarn.error.TarnErrorCode.TARN_INVALID_METADATA;
import static io.tarn.error.TarnErrorCode.TARN_SCHEMA_MISMATCH;
import static io.tarn.format.FormatFiles.column;
import static io.tarn.format.FormatFiles.nested;
import static io.tarn.format.FormatFiles.page;
import static io.tarn.format.FormatFiles.rows;
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
import static io.trino.spi.type.VarbinaryType.VARBINARY;
import static io.trino.spi.type.VarcharType.VARCHAR;
import static io.trino.spi.type.VarcharType.createVarcharType;
import static org.assertj.core.api.Assertions.assertThat;

final class TestOrcTypes
{
    private static final RowType STRUCT = RowType.rowType(RowType.field("a", INTEGER), RowType.field("b", RowType.rowType(RowType.field("c", VARCHAR), RowType.field("d", new ArrayType(DATE)))));

    private static final List<Type> TYPES = List.of(
            BOOLEAN,
            TINYINT,
            SMALLINT,
            INTEGER,
            BIGINT,
            REAL,
            DOUBLE,
            createDecimalType(9, 2),
            createDecimalType(38, 10),
            VARCHAR,
            createVarcharType(5),
            createCharType(6),
            VARBINARY,
            DATE,
            TIMESTAMP_MILLIS,
            new ArrayType(BIGINT),
            new MapType(VARCHAR, DOUBLE, new TypeOperators()),
            new MapType(INTEGER, new ArrayType(VARCHAR), new TypeOperators()),
            STRUCT,
            new ArrayType(STRUCT));

    @TempDir
    Path directory;

    private OrcFiles files;

    @BeforeEach
    void setUp()
    {
        files = new OrcFiles(directory);
    }

    private static List<FileColumn> columns(List<Type> types)
    {
        List<FileColumn> columns = new ArrayList<>();
        for (Type type : types) {
            columns.add(column("c" + columns.size(), columns.size(), type));
        }
        return columns;
    }

    @ParameterizedTest
    @EnumSource(value = FileCodec.class, mode = EnumSource.Mode.EXCLUDE, names = "BZIP2")
    void testEveryTypeAndCodec(FileCodec codec)
    {
        List<FileColumn> columns = columns(TYPES);
        FileColumn[] asked = columns.toArray(FileColumn[]::new);
        Page first = page(columns, 200, 1);
        Page second = page(columns, 700, 2);
        OrcWriteConfig config = new OrcWriteConfig().setRowGroupMaxRowCount(150).setStripeMaxRowCount(400);
        FileSummary summary = files.write("types", columns, codec, config, Map.of("orc.bloom.filter.columns", "c3, c9"), first, second);
        assertThat(summary).isEqualTo(new FileSummary(900, files.slice("types").fileLength()));

        List<List<Object>> written = rows(columns, first, second);
        assertThat(files.reading("types", asked).rows()).isEqualTo(written);
        assertThat(files.reading("types", asked).with(new OrcReadConfig().setSmallFileThreshold(DataSize.ofBytes(0))).rows()).isEqualTo(written);
        assertThat(files.reading("types", asked).peerRows()).isEqualTo(written);
        assertThat(ApacheOrcReader.rows(files.path("types"), TYPES)).isEqualTo(written);
        for (int channel = 0; channel < asked.length; channel++) {
            int index = channel;
            assertThat(files.reading("types", asked[channel]).rows()).extracting(List::getFirst).isEqualTo(written.stream().map(row -> row.get(index)).toList());
        }
    }

    @Test
    void testEmptyFile()
    {
        List<FileColumn> columns = columns(List.of(BIGINT, VARCHAR));
        files.write("empty", columns, FileCodec.ZSTD, new OrcWriteConfig(), Map.of());
        assertThat(files.reading("empty", columns.toArray(FileColumn[]::new)).rows()).isEmpty();
        files.put("nothing", new byte[0]);
        assertThat(files.reading("nothing", columns.getFirst()).rows()).isEmpty();
        assertThat(files.reading("nothing", columns.getFirst()).estimate().bytes()).isZero();
    }

    @Test
    void testNestedFields()
    {
        List<FileColumn> columns = List.of(column("s", 0, STRUCT), column("n", 1, BIGINT));
        Page page = page(columns, 1000, 3);
        files.write("nested", columns, FileCodec.ZSTD, new OrcWriteConfig(), Map.of(), page);
        List<List<Object>> whole = files.reading("nested", columns.getFirst()).rows();
        List<List<Object>> parts = files.reading(
                "nested",
                nested("s", 0, VARCHAR, "b", "C"),
                nested("s", 0, INTEGER, "A"),
                column("s", 0, STRUCT),
                nested("s", 0, BIGINT, "b", "missing"),
                nested("s", 0, VARCHAR, "b", "c")).rows();
        assertThat(parts).hasSameSizeAs(whole);
        List<List<Object>> alone = files.reading("nested", nested("s", 0, VARCHAR, "b", "c")).rows();
        for (int row = 0; row < whole.size(); row++) {
            assertThat(parts.get(row).get(2)).isEqualTo(whole.get(row).getFirst());
            assertThat(parts.get(row).get(3)).isNull();
            assertThat(parts.get(row).get(4)).isEqualTo(parts.get(row).get(0)).isEqualTo(alone.get(row).getFirst());
        }
        assertThat(alone.stream().filter(row -> row.getFirst() != null)).isNotEmpty();
        // declared wider than written
        RowType wider = RowType.rowType(RowType.field("new", BIGINT), RowType.field("a", BIGINT));
        List<List<Object>> widened = files.reading("nested", column("s", 0, wider)).rows();
        assertThat(widened).hasSameSizeAs(whole);
        assertTarnError(() -> files.reading("nested", nested("n", 1, VARCHAR, "x")).rows(), TARN_SCHEMA_MISMATCH, "'n'", "local:///nested", "LONG");
    }

    @Test
    void testMissingColumns()
    {
        List<FileColumn> columns = columns(List.of(BIGINT));
        files.write("missing", columns, FileCodec.NONE, new OrcWriteConfig(), Map.of(), page(columns, 10, 1));
        assertThat(files.reading("missing", column("other", 1, VARCHAR)).rows()).hasSize(10).allSatisfy(row -> assertThat(row.getFirst()).isNull());
        assertThat(files.reading("missing").rows()).hasSize(10);
        Map<String, String> byName = ImmutableMap.of("orc.column.index.access", "false");
        Map<String, String> byIndex = ImmutableMap.of("orc.column.index.access", "TRUE");
        List<List<Object>> values = files.reading("missing", columns.getFirst()).rows();
        assertThat(files.reading("missing", column("other", 0, BIGINT)).rows()).isEqualTo(values);
        assertThat(files.reading("missing", column("C0", 4, BIGINT)).with(byName).rows()).isEqualTo(values);
        assertThat(files.reading("missing", column("other", 0, BIGINT)).with(byName).rows()).hasSize(10).allSatisfy(row -> assertThat(row.getFirst()).isNull());
        // what the table says counts more than the session
        OrcReadConfig names = new OrcReadConfig().setUseColumnNames(true);
        assertThat(files.reading("missing", column("C0", 4, BIGINT)).with(names).rows()).isEqualTo(values);
        assertThat(files.reading("missing", column("other", 0, BIGINT)).with(names).with(byIndex).rows()).isEqualTo(values);
        assertTarnError(() -> files.reading("missing", columns.getFirst()).with(ImmutableMap.of("orc.column.index.access", "yes")).rows(), TARN_INVALID_METADATA, "orc.column.index.access");
        assertThat(new OrcFormat(names, new OrcTails(names)).byPosition(OrcFiles.schema(columns, Map.of()))).isFalse();
        assertThat(new OrcFormat(names, new OrcTails(names)).byPosition(OrcFiles.schema(columns, byIndex))).isTrue();
    }

    /**
     * A filter on a column reaches the statistics of the field at its place, whatever its name.
     */
    @Test
    void testFilterByPosition()
    {
        List<FileColumn> written = List.of(column("a", 0, BIGINT), column("b", 1, BIGINT));
        PageBuilder page = new PageBuilder(List.of(BIGINT, BIGINT));
        for (int row = 0; row < 10; row++) {
            page.declarePosition();
            BIGINT.writeLong(page.getBlockBuilder(0), row);
            BIGINT.writeLong(page.getBlockBuilder(1), 100 + row);
        }
        files.write("filtered", written, FileCodec.NONE, new OrcWriteConfig(), Map.of(), page.build());
        FileColumn renamed = column("a", 1, BIGINT);
        Domain hundreds = Domain.singleValue(BIGINT, 105L);
        assertThat(files.reading("filtered", renamed).where(TupleDomain.withColumnDomains(Map.of(renamed, hundreds))).rows()).contains(List.of(105L));
        assertThat(files.reading("filtered", renamed).where(TupleDomain.withColumnDomains(Map.of(renamed, Domain.singleValue(BIGINT, 5L)))).rows()).isEmpty();
        FileStatistics statistics = files.reading("filtered", renamed).statistics(new OrcTails(new OrcReadConfig()));
        assertThat(statistics.rowGroups().getFirst().columns().get(renamed).min()).contains(100L);
    }

    @Test
    void testFilesWithoutNames()
    {
        List<FileColumn> written = List.of(column("_col0", 0, BIGINT), column("_col1", 1, VARCHAR));
        Page page = page(written, 10, 5);
        files.write("nameless", written, FileCodec.NONE, new OrcWriteConfig(), Map.of(), page);
        assertThat(files.reading("nameless", column("word", 1, VARCHAR), column("number", 0, BIGINT)).rows())
                .isEqualTo(rows(written, page).stream().map(List::reversed).toList());
    }

    @Test
    void testConversions()
    {
        assertReads(TINYINT, SMALLINT);
        assertReads(TINYINT, INTEGER);
        assertReads(TINYINT, BIGINT);
        assertReads(SMALLINT, INTEGER);
        assertReads(INTEGER, BIGINT);
        assertReads(REAL, DOUBLE);
        assertReads(createDecimalType(9, 2), createDecimalType(20, 4));
        assertReads(VARCHAR, createVarcharType(3));
        assertReads(VARCHAR, VARBINARY);
        assertReads(VARCHAR, createCharType(3));
        assertReads(createVarcharType(5), VARCHAR);
    }

    private void assertReads(Type written, Type declared)
    {
        List<FileColumn> columns = columns(List.of(written));
        files.path("converted").toFile().delete();
        Page page = page(columns, 100, 9);
        files.write("converted", columns, FileCodec.ZSTD, new OrcWriteConfig(), Map.of(), page);
        List<List<Object>> read = files.reading("converted", column("c0", 0, declared)).rows();
        List<List<Object>> expected = rows(columns, page);
        for (int row = 0; row < expected.size(); row++) {
            Object value = expected.get(row).getFirst();
            if (value == null) {
                assertThat(read.get(row).getFirst()).isNull();
            }
            else if (value instanceof Number number && declared != DOUBLE) {
                assertThat(((Number) read.get(row).getFirst()).longValue()).isEqualTo(number.longValue());
            }
            else {
                assertThat(read.get(row).getFirst()).isNotNull();
            }
        }
    }

    @Test
    void testMismatches()
    {
        assertMismatch(VARCHAR, INTEGER, "STRING");
        assertMismatch(BIGINT, VARCHAR, "LONG");
        assertMismatch(BIGINT, DOUBLE, "LONG");
        assertMismatch(DOUBLE, REAL, "DOUBLE");
        assertMismatch(INTEGER, TINYINT, "INT");
        assertMismatch(INTEGER, DATE, "INT");
        assertMismatch(DATE, TIMESTAMP_MILLIS, "DATE");
        assertMismatch(new ArrayType(BIGINT), BIGINT, "LIST");
        assertMismatch(new ArrayType(BIGINT), new ArrayType(VARCHAR), "LONG");
        assertMismatch(STRUCT, new ArrayType(BIGINT), "STRUCT of 2 fields");
        // the type fits, a value does not
        assertMismatch(BIGINT, INTEGER, "out of range");
        assertMismatch(INTEGER, SMALLINT, "out of range");
        assertMismatch(createDecimalType(20, 2), createDecimalType(8, 2), "out of range");
    }

    private void assertMismatch(Type written, Type declared, String found)
    {
        List<FileColumn> columns = columns(List.of(written));
        files.path("mismatch").toFile().delete();
        files.write("mismatch", columns, FileCodec.ZSTD, new OrcWriteConfig(), Map.of(), page(columns, 100, 9));
        assertTarnError(() -> files.reading("mismatch", column("c0", 0, declared)).rows(), TARN_SCHEMA_MISMATCH, "c0", "local:///mismatch", found);
    }
}
