package io.tarn.format.avro;

import com.google.common.collect.ImmutableMap;
import io.tarn.format.CountedFileSystem;
import io.tarn.format.FileCodec;
import io.tarn.format.FileColumn;
import io.tarn.format.FileSink;
import io.tarn.format.FileSlice;
import io.tarn.format.FileSummary;
import io.tarn.format.ReadEstimate;
import io.trino.spi.Page;
import io.trino.spi.type.ArrayType;
import io.trino.spi.type.MapType;
import io.trino.spi.type.RowType;
import io.trino.spi.type.SqlDate;
import io.trino.spi.type.SqlTimestamp;
import io.trino.spi.type.Type;
import io.trino.spi.type.TypeOperators;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

import static io.tarn.error.TarnErrorCode.TARN_CANNOT_WRITE;
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
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

final class TestAvroFormat
{
    private static final RowType STRUCT = RowType.rowType(RowType.field("a", INTEGER), RowType.field("b", RowType.rowType(RowType.field("c", VARCHAR), RowType.field("d", new ArrayType(DATE)))));

    private static final List<Type> TYPES = List.of(
            BOOLEAN,
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
            STRUCT,
            new ArrayType(STRUCT));

    // which the Hive connector does not read from Avro
    private static final List<Type> SMALL_TYPES = List.of(TINYINT, SMALLINT, new ArrayType(SMALLINT));

    @TempDir
    Path directory;

    private AvroFiles files;

    @BeforeEach
    void setUp()
    {
        files = new AvroFiles(directory);
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
    @EnumSource(value = FileCodec.class, mode = EnumSource.Mode.EXCLUDE, names = {"GZIP", "LZ4"})
    void testEveryTypeAndCodec(FileCodec codec)
    {
        List<FileColumn> columns = columns(TYPES);
        FileColumn[] asked = columns.toArray(FileColumn[]::new);
        Page first = page(columns, 300, 1);
        Page second = page(columns, 1200, 2);
        FileSummary summary = files.write("types", columns, codec, Map.of(), first, second);
        assertThat(summary).isEqualTo(new FileSummary(1500, files.slice("types").fileLength()));
        List<List<Object>> written = rows(columns, first, second);
        assertThat(files.reading("types", asked).rows()).isEqualTo(written);
        assertThat(files.reading("types", asked).peerRows()).isEqualTo(written);
        assertThat(files.reading("types").rows()).hasSize(1500);
        assertThat(files.reading("types", asked[7]).limited(700).rows()).hasSize(700).allSatisfy(row -> assertThat(row).hasSize(1));
        assertThat(files.reading("types").limited(700).rows()).hasSize(700);
    }

    @Test
    void testSmallIntegers()
    {
        List<FileColumn> columns = columns(SMALL_TYPES);
        Page page = page(columns, 500, 5);
        files.write("small", columns, FileCodec.NONE, Map.of(), page);
        assertThat(files.reading("small", columns.toArray(FileColumn[]::new)).rows()).isEqualTo(rows(columns, page));
        assertTarnError(() -> files.reading("small", column("c1", 1, TINYINT)).rows(), TARN_SCHEMA_MISMATCH, "local:///small", "out of range for a tinyint");
    }

    @Test
    void testNestedFields()
    {
        List<FileColumn> columns = List.of(column("s", 0, STRUCT));
        Page page = page(columns, 300, 3);
        files.write("nested", columns, FileCodec.ZSTD, Map.of(), page);
        List<List<Object>> parts = files.reading("nested", nested("s", 0, VARCHAR, "b", "c"), column("s", 0, STRUCT))
                .declared(column("s", 0, STRUCT)).rows();
        assertThat(parts).extracting(row -> row.get(1)).isEqualTo(rows(columns, page).stream().map(List::getFirst).toList());
        assertThat(parts.stream().filter(row -> row.getFirst() != null)).isNotEmpty();
    }

    @Test
    void testEverySlice()
    {
        List<FileColumn> columns = columns(List.of(BIGINT, VARCHAR, VARBINARY));
        FileColumn[] asked = columns.toArray(FileColumn[]::new);
        Page page = page(columns, 15_000, 3);
        files.write("sliced", columns, FileCodec.NONE, Map.of(), page);
        FileSlice file = files.slice("sliced");
        List<List<Object>> written = rows(columns, page);
        for (int parts : List.of(1, 2, 3, 17)) {
            long size = (file.length() + parts - 1) / parts;
            List<List<Object>> read = new ArrayList<>();
            for (long start = 0; start < file.length(); start += size) {
                FileSlice slice = new FileSlice(file.location(), start, Math.min(size, file.length() - start), file.length(), file.modified());
                CountedFileSystem counted = new CountedFileSystem(files.fileSystem());
                read.addAll(files.reading("sliced", asked).of(slice).from(counted.fileSystem()).rows());
                ReadEstimate estimate = files.reading("sliced", asked).of(slice).estimate();
                assertThat(estimate.bytes()).isGreaterThanOrEqualTo(counted.bytes());
                assertThat(counted.bytes()).isLessThanOrEqualTo(slice.length() + 3 * 64 * 1024);
                if (parts == 1) {
                    assertThat(estimate).isEqualTo(new ReadEstimate(counted.bytes(), OptionalLong.empty(), true));
                }
            }
            assertThat(read).isEqualTo(written);
        }
        for (int start = 0; start < 1000; start += 23) {
            FileSlice before = new FileSlice(file.location(), 0, start, file.length(), file.modified());
            FileSlice after = new FileSlice(file.location(), start, file.length() - start, file.length(), file.modified());
            assertThat(files.reading("sliced").of(before).rows().size() + files.reading("sliced").of(after).rows().size()).isEqualTo(written.size());
        }
    }

    @Test
    void testWhatOthersWrite()
            throws IOException
    {
        Schema schema = new Schema.Parser().parse(
                """
                {"type": "record", "name": "topLevelRecord", "namespace": "x.y", "fields": [
                  {"name": "userId", "type": "int"},
                  {"name": "micros", "type": ["null", {"type": "long", "logicalType": "timestamp-micros"}]},
                  {"name": "millis", "type": [{"type": "long", "logicalType": "timestamp-millis"}, "null"]},
                  {"name": "local", "type": {"type": "long", "logicalType": "local-timestamp-micros"}},
                  {"name": "amount", "type": {"type": "fixed", "size": 9, "name": "f", "logicalType": "decimal", "precision": 20, "scale": 2}},
                  {"name": "color", "type": ["null", {"type": "enum", "name": "e", "symbols": ["RED", "GREEN"]}]},
                  {"name": "day", "type": {"type": "int", "logicalType": "date"}},
                  {"name": "inner", "type": ["null", {"type": "record", "name": "r", "fields": [{"name": "deepName", "type": "float"}]}]}
                ]}
                """);
        try (DataFileWriter<GenericRecord> writer = new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
            writer.create(schema, files.path("spark").toFile());
            GenericRecord inner = new GenericData.Record(schema.getField("inner").schema().getTypes().get(1));
            inner.put("deepName", 1.5f);
            GenericRecord row = new GenericData.Record(schema);
            row.put("userId", 7);
            row.put("micros", 1_600_000_000_123_456L);
            row.put("millis", 1_600_000_000_123L);
            row.put("local", -1L);
            row.put("amount", new GenericData.Fixed(schema.getField("amount").schema(), new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -100}));
            row.put("color", new GenericData.EnumSymbol(schema.getField("color").schema().getTypes().get(1), "GREEN"));
            row.put("day", 3);
            row.put("inner", inner);
            writer.append(row);
        }
        FileColumn[] columns = {
                column("userid", 0, BIGINT),
                column("micros", 1, TIMESTAMP_MILLIS),
                column("millis", 2, TIMESTAMP_MILLIS),
                column("local", 3, TIMESTAMP_MILLIS),
                column("amount", 4, createDecimalType(22, 3)),
                column("color", 5, VARCHAR),
                column("day", 6, DATE),
                column("inner", 7, RowType.rowType(RowType.field("deepname", DOUBLE), RowType.field("new", VARCHAR))),
                column("missing", 8, new ArrayType(STRUCT)),
        };
        List<Object> row = files.reading("spark", columns).rows().getFirst();
        assertThat(row).startsWith(
                7L,
                SqlTimestamp.newInstance(3, 1_600_000_000_123_000L, 0),
                SqlTimestamp.newInstance(3, 1_600_000_000_123_000L, 0),
                SqlTimestamp.newInstance(3, 0, 0));
        assertThat(row.get(4)).hasToString("-1.000");
        assertThat(row.get(5)).isEqualTo("GREEN");
        assertThat(row.get(6)).isEqualTo(new SqlDate(3));
        assertThat(row.get(7).toString()).contains("1.5");
        assertThat(row.get(8)).isNull();
        assertThat(files.reading("spark", columns[2], columns[3]).with(new AvroConfig().setTimeZone("Asia/Tokyo")).rows().getFirst())
                .isEqualTo(List.of(SqlTimestamp.newInstance(3, 1_600_032_400_123_000L, 0), SqlTimestamp.newInstance(3, 0, 0)));
        assertTarnError(() -> files.reading("spark", column("userid", 0, VARCHAR)).rows(), TARN_SCHEMA_MISMATCH, "'userid'", "string", "local:///spark", "int");
        assertTarnError(() -> files.reading("spark", column("micros", 0, INTEGER)).rows(), TARN_SCHEMA_MISMATCH, "'micros'", "long timestamp-micros");
        assertTarnError(() -> files.reading("spark", column("amount", 0, createDecimalType(2, 2))).rows(), TARN_SCHEMA_MISMATCH, "local:///spark", "-1.00");
        assertTarnError(() -> files.reading("spark", column("inner", 0, RowType.rowType(RowType.field("deepname", DATE)))).rows(), TARN_SCHEMA_MISMATCH, "'inner.deepname'");
    }

    @Test
    void testWhatOthersRead()
            throws IOException
    {
        List<FileColumn> columns = List.of(column("n", 0, BIGINT), column("at", 1, TIMESTAMP_MILLIS), column("d", 2, createDecimalType(9, 2)), column("w", 3, VARCHAR));
        Page page = page(columns, 500, 8);
        files.write("ours", columns, FileCodec.SNAPPY, Map.of(), page);
        List<List<Object>> expected = rows(columns, page);
        try (DataFileReader<GenericRecord> reader = new DataFileReader<>(files.path("ours").toFile(), new GenericDatumReader<>())) {
            assertThat(reader.getMetaString("writer.time.zone")).isEqualTo("UTC");
            for (List<Object> row : expected) {
                GenericRecord read = reader.next();
                assertThat(read.get("n")).isEqualTo(row.get(0));
                assertThat(read.get("at")).isEqualTo(row.get(1) == null ? null : ((SqlTimestamp) row.get(1)).getMillis());
                assertThat(read.get("d") == null).isEqualTo(row.get(2) == null);
                assertThat(read.get("d") == null || read.get("d") instanceof ByteBuffer).isTrue();
                assertThat(read.get("w") == null ? null : read.get("w").toString()).isEqualTo(row.get(3));
            }
            assertThat(reader.hasNext()).isFalse();
        }
    }

    @Test
    void testDeclaredSchema()
    {
        String literal =
                """
                {"type": "record", "name": "t", "fields": [
                  {"name": "ID", "type": "long"},
                  {"name": "renamed", "aliases": ["old"], "type": ["null", "string"]},
                  {"name": "added", "type": "string", "default": "x"},
                  {"name": "only_here", "type": ["null", "int"]}
                ]}
                """;
        Map<String, String> properties = ImmutableMap.of("avro.schema.literal", literal);
        List<FileColumn> columns = List.of(column("id", 0, BIGINT), column("renamed", 1, VARCHAR), column("added", 2, VARCHAR));
        List<FileColumn> before = List.of(column("id", 0, BIGINT), column("old", 1, VARCHAR));
        Page page = page(before, 50, 2);
        files.write("before", before, FileCodec.DEFLATE, Map.of(), page);
        List<List<Object>> read = files.reading("before", columns.toArray(FileColumn[]::new)).with(properties).rows();
        assertThat(read).hasSize(50).allSatisfy(row -> assertThat(row.get(2)).isEqualTo("x"));
        assertThat(read).extracting(row -> row.subList(0, 2)).isEqualTo(rows(before, page));

        files.put("schema.avsc", literal.getBytes(UTF_8));
        Map<String, String> byUrl = ImmutableMap.of("avro.schema.url", "local:///schema.avsc");
        assertThat(files.reading("before", columns.toArray(FileColumn[]::new)).with(byUrl).rows()).isEqualTo(read);

        // ids may not be null in this schema
        Page nulls = page(columns, 50, 2);
        assertTarnError(() -> files.write("refused", columns, FileCodec.ZSTD, properties, nulls), TARN_CANNOT_WRITE, "local:///refused");
        List<FileColumn> lacking = List.of(column("nowhere", 0, BIGINT));
        assertTarnError(() -> new AvroFormatWriter().check(AvroFiles.schema(lacking, properties)), TARN_CANNOT_WRITE, "'nowhere'");
    }

    @Test
    void testRefusesWhatAvroCannotHold()
    {
        assertTarnError(() -> check(column("m", 0, new MapType(BIGINT, VARCHAR, new TypeOperators()))), TARN_CANNOT_WRITE, "'m'", "map<bigint,string>");
        assertTarnError(() -> check(column("a b", 0, BIGINT)), TARN_CANNOT_WRITE, "'a b'");
        check(column("fine", 0, STRUCT));
    }

    private static void check(FileColumn column)
    {
        new AvroFormatWriter().check(AvroFiles.schema(List.of(column), Map.of()));
    }

    @Test
    void testAbort()
    {
        List<FileColumn> columns = columns(List.of(BIGINT));
        FileSink sink = new AvroFormatWriter().create(files.request("aborted", columns, FileCodec.ZSTD, Map.of()));
        sink.append(page(columns, 10, 1));
        sink.abort();
        sink.abort();
        assertThat(files.path("aborted")).doesNotExist();
    }
}
