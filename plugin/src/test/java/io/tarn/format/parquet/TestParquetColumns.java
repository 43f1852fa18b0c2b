package io.tarn.format.parquet;

import com.google.common.collect.ImmutableMap;
import io.tarn.format.FileColumn;
import io.tarn.format.FileSchema;
import io.trino.spi.predicate.Domain;
import io.trino.spi.predicate.TupleDomain;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import static io.tarn.error.TarnErrorCode.TARN_INVALID_METADATA;
import static io.tarn.error.TarnErrorCode.TARN_SCHEMA_MISMATCH;
import static io.tarn.error.TarnErrorCode.TARN_UNSUPPORTED_FORMAT;
import static io.tarn.format.FormatFiles.column;
import static io.tarn.format.FormatFiles.nested;
import static io.tarn.format.TarnErrorAssertions.assertTarnError;
import static io.tarn.format.parquet.ParquetFiles.INPUT_FORMAT;
import static io.tarn.format.parquet.ParquetFiles.SERDE;
import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.IntegerType.INTEGER;
import static io.trino.spi.type.RealType.REAL;
import static io.trino.spi.type.VarcharType.VARCHAR;
import static org.assertj.core.api.Assertions.assertThat;

final class TestParquetColumns
{
    @TempDir
    Path directory;

    private ParquetFiles files;

    @BeforeEach
    void setUp()
    {
        files = new ParquetFiles(directory);
        files.write("plain", MessageTypeParser.parseMessageType("message root { optional int32 First; optional int32 second; optional binary third (STRING); }"), 3, (row, group) ->
                group.append("First", row).append("second", row * 10).append("third", "t" + row));
    }

    @Test
    void testAccepts()
    {
        ParquetFormat format = new ParquetFormat(new ParquetReadConfig(), new ParquetFooters(new ParquetReadConfig()));
        assertThat(format.name()).isEqualTo("PARQUET");
        assertThat(format.accepts(schema(SERDE, INPUT_FORMAT))).isTrue();
        assertThat(format.accepts(schema("parquet.hive.serde.ParquetHiveSerDe", "parquet.hive.DeprecatedParquetInputFormat"))).isTrue();
        assertThat(format.accepts(schema(SERDE, ""))).isTrue();
        assertThat(format.accepts(schema("", INPUT_FORMAT))).isTrue();
        assertThat(format.accepts(schema("", ""))).isFalse();
        assertThat(format.accepts(schema(SERDE, "org.apache.hadoop.hive.ql.io.SymlinkTextInputFormat"))).isFalse();
        assertThat(format.accepts(schema(SERDE, "org.apache.hudi.hadoop.HoodieParquetInputFormat"))).isFalse();
        assertThat(format.accepts(schema("org.apache.hadoop.hive.ql.io.orc.OrcSerde", INPUT_FORMAT))).isFalse();
        assertThat(format.splittable(schema(SERDE, INPUT_FORMAT), "part-0.snappy.parquet")).isTrue();
    }

    @Test
    void testByName()
    {
        assertThat(files.reading("plain", column("third", 0, VARCHAR), column("first", 1, INTEGER), column("absent", 2, BIGINT)).rows())
                .containsExactly(Arrays.asList("t0", 0, null), Arrays.asList("t1", 1, null), Arrays.asList("t2", 2, null));
    }

    @Test
    void testByPosition()
    {
        FileColumn[] renamed = {column("c", 2, VARCHAR), column("a", 0, INTEGER), column("first", 1, INTEGER), column("beyond", 3, VARCHAR)};
        List<List<Object>> expected = List.of(Arrays.asList("t0", 0, 0, null), Arrays.asList("t1", 1, 10, null), Arrays.asList("t2", 2, 20, null));
        assertThat(files.reading("plain", renamed).with(Map.of("parquet.column.index.access", "true")).rows()).isEqualTo(expected);
        assertThat(files.reading("plain", renamed).with(new ParquetReadConfig().setUseColumnNames(false)).rows()).isEqualTo(expected);
    }

    @Test
    void testTablePropertyOutweighsTheSession()
    {
        assertThat(files.reading("plain", column("second", 0, INTEGER))
                .with(new ParquetReadConfig().setUseColumnNames(false))
                .with(Map.of("parquet.column.index.access", "false"))
                .read().column(0)).containsExactly(0, 10, 20);
        assertTarnError(
                () -> files.reading("plain", column("second", 0, INTEGER)).with(Map.of("parquet.column.index.access", "yes")).rows(),
                TARN_INVALID_METADATA,
                "parquet.column.index.access",
                "'yes'",
                "true or false");
    }

    @Test
    void testNamesThatDifferInCaseOnly()
    {
        files.write("cases", MessageTypeParser.parseMessageType(
                """
                message root {
                  optional int32 ID; optional int32 id; optional int32 Id;
                  optional int32 Other; optional int64 OTHER;
                  optional group S { optional int32 X; optional binary x (STRING); }
                }
                """), 2, (row, group) -> {
            group.append("ID", row + 100).append("id", row).append("Id", row + 200).append("Other", row + 300).append("OTHER", row + 400L);
            group.addGroup("S").append("X", row).append("x", "x" + row);
        });
        assertThat(files.reading("cases", column("id", 0, INTEGER), column("other", 1, INTEGER), nested("s", 2, VARCHAR, "x")).rows())
                .containsExactly(List.of(0, 300, "x0"), List.of(1, 301, "x1"));
        assertThat(files.reading("cases", column("a", 0, INTEGER), column("b", 1, INTEGER), column("c", 2, INTEGER), column("e", 4, BIGINT))
                .with(Map.of("parquet.column.index.access", "true")).rows())
                .containsExactly(List.of(100, 0, 200, 400L), List.of(101, 1, 201, 401L));
    }

    @Test
    void testFilterOnAbsentColumn()
    {
        FileColumn absent = column("absent", 1, BIGINT);
        assertThat(files.reading("plain", column("first", 0, INTEGER)).where(TupleDomain.withColumnDomains(Map.of(absent, Domain.singleValue(BIGINT, 1L)))).rows()).isEmpty();
        assertThat(files.reading("plain", column("first", 0, INTEGER)).where(TupleDomain.withColumnDomains(Map.of(absent, Domain.onlyNull(BIGINT)))).rows()).hasSize(3);
    }

    @Test
    void testTypesThatDoNotFit()
    {
        assertTarnError(() -> files.reading("plain", column("third", 0, INTEGER)).rows(), TARN_SCHEMA_MISMATCH, "'third'", "declared integer", "local:///plain", "BINARY STRING", "Declare the column");
        assertTarnError(() -> files.reading("plain", column("first", 0, REAL)).rows(), TARN_SCHEMA_MISMATCH, "'first'", "declared real", "INT32");
        assertTarnError(() -> files.reading("plain", nested("first", 0, INTEGER, "x")).rows(), TARN_SCHEMA_MISMATCH, "'first'", "row(\"x\" integer)", "INT32");
    }

    @Test
    void testValueThatDoesNotFit()
    {
        files.write("large", MessageTypeParser.parseMessageType("message root { required int64 n; }"), 1, (_, group) -> group.append("n", 1L << 40));
        assertTarnError(() -> files.reading("large", column("n", 0, INTEGER)).rows(), TARN_SCHEMA_MISMATCH, "'n'", "local:///large", "wider type");
    }

    @Test
    void testRawLine()
    {
        assertTarnError(() -> files.reading("plain", FileColumn.RAW_LINE).rows(), TARN_UNSUPPORTED_FORMAT, "local:///plain", "$line");
    }

    private static FileSchema schema(String serde, String inputFormat)
    {
        return new FileSchema(serde, inputFormat, List.of(), ImmutableMap.of());
    }
}
