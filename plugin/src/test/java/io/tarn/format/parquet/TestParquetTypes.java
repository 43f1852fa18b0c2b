package io.tarn.format.parquet;

import com.google.common.collect.ImmutableList;
import io.airlift.units.DataSize;
import io.tarn.format.FileColumn;
import io.trino.spi.type.SqlDate;
import io.trino.spi.type.SqlDecimal;
import io.trino.spi.type.SqlTimestamp;
import io.trino.spi.type.SqlVarbinary;
import io.trino.spi.type.Type;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.NanoTime;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

import static io.tarn.format.FormatFiles.column;
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
import static org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit.MICROS;
import static org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit.MILLIS;
import static org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit.NANOS;
import static org.apache.parquet.schema.LogicalTypeAnnotation.dateType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.decimalType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.intType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.uuidType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FLOAT;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT96;
import static org.assertj.core.api.Assertions.assertThat;

final class TestParquetTypes
{
    private static final int ROWS = 1500;
    private static final long EPOCH_MILLIS = 1_700_000_000_123L;
    private static final long JULIAN_EPOCH_DAY = 2_440_588;
    private static final long NANOS_PER_DAY = 86_400_000_000_000L;

    private static final List<TypedColumn> COLUMNS = ImmutableList.of(
            new TypedColumn("a_boolean", PrimitiveTypeName.BOOLEAN, 0, null, BOOLEAN, (group, name, row) -> group.add(name, row % 3 == 0), row -> row % 3 == 0),
            new TypedColumn("a_tinyint", INT32, 0, intType(8, true), TINYINT, (group, name, row) -> group.add(name, (byte) row), row -> (byte) row),
            new TypedColumn("a_smallint", INT32, 0, intType(16, true), SMALLINT, (group, name, row) -> group.add(name, row - 1000), row -> (short) (row - 1000)),
            new TypedColumn("an_integer", INT32, 0, null, INTEGER, (group, name, row) -> group.add(name, row * 7), row -> row * 7),
            new TypedColumn("a_bigint", INT64, 0, null, BIGINT, (group, name, row) -> group.add(name, row * 10_000_000_000L), row -> row * 10_000_000_000L),
            new TypedColumn("a_real", FLOAT, 0, null, REAL, (group, name, row) -> group.add(name, row / 4f), row -> row / 4f),
            new TypedColumn("a_double", PrimitiveTypeName.DOUBLE, 0, null, DOUBLE, (group, name, row) -> group.add(name, row / 3.0), row -> row / 3.0),
            new TypedColumn("a_date", INT32, 0, dateType(), DATE, (group, name, row) -> group.add(name, row - 1500), row -> new SqlDate(row - 1500)),
            new TypedColumn("a_string", BINARY, 0, stringType(), VARCHAR, (group, name, row) -> group.add(name, "größe " + row % 50), row -> "größe " + row % 50),
            new TypedColumn("a_varchar", BINARY, 0, stringType(), createVarcharType(3), (group, name, row) -> group.add(name, "abcdef".substring(row % 4)), row -> "abcdef".substring(row % 4).substring(0, Math.min(3, 6 - row % 4))),
            new TypedColumn("a_char", BINARY, 0, stringType(), createCharType(4), (group, name, row) -> group.add(name, "x".repeat(1 + row % 3)), row -> "%-4s".formatted("x".repeat(1 + row % 3))),
            new TypedColumn("a_binary", BINARY, 0, null, VARBINARY, (group, name, row) -> group.add(name, Binary.fromConstantByteArray(bytes(row))), row -> new SqlVarbinary(bytes(row))),
            new TypedColumn("a_uuid", FIXED_LEN_BYTE_ARRAY, 16, uuidType(), VARBINARY, (group, name, row) -> group.add(name, Binary.fromConstantByteArray(uuid(row))), row -> new SqlVarbinary(uuid(row))),
            new TypedColumn("decimal_int32", INT32, 0, decimalType(2, 9), createDecimalType(9, 2), (group, name, row) -> group.add(name, row * 101), row -> decimal(row * 101L, 9, 2)),
            new TypedColumn("decimal_int64", INT64, 0, decimalType(4, 18), createDecimalType(18, 4), (group, name, row) -> group.add(name, row * -1_000_003L), row -> decimal(row * -1_000_003L, 18, 4)),
            new TypedColumn("decimal_fixed", FIXED_LEN_BYTE_ARRAY, 16, decimalType(10, 38), createDecimalType(38, 10), (group, name, row) -> group.add(name, fixed(large(row), 16)), row -> new SqlDecimal(large(row), 38, 10)),
            new TypedColumn("decimal_binary", BINARY, 0, decimalType(3, 20), createDecimalType(20, 3), (group, name, row) -> group.add(name, Binary.fromConstantByteArray(large(row).mod(BigInteger.TEN.pow(19)).toByteArray())), row -> new SqlDecimal(large(row).mod(BigInteger.TEN.pow(19)), 20, 3)),
            new TypedColumn("decimal_rescaled", INT32, 0, decimalType(2, 7), createDecimalType(20, 4), (group, name, row) -> group.add(name, row), row -> decimal(row * 100L, 20, 4)),
            new TypedColumn("timestamp_millis", INT64, 0, timestampType(true, MILLIS), TIMESTAMP_MILLIS, (group, name, row) -> group.add(name, EPOCH_MILLIS + row), row -> timestamp(EPOCH_MILLIS + row)),
            new TypedColumn("timestamp_micros", INT64, 0, timestampType(false, MICROS), TIMESTAMP_MILLIS, (group, name, row) -> group.add(name, (EPOCH_MILLIS + row) * 1000 + 499), row -> timestamp(EPOCH_MILLIS + row)),
            new TypedColumn("timestamp_nanos", INT64, 0, timestampType(false, NANOS), TIMESTAMP_MILLIS, (group, name, row) -> group.add(name, (EPOCH_MILLIS + row) * 1_000_000 + 500_000), row -> timestamp(EPOCH_MILLIS + row + 1)),
            new TypedColumn("timestamp_int96", INT96, 0, null, TIMESTAMP_MILLIS, (group, name, row) -> group.add(name, int96(EPOCH_MILLIS + row)), row -> timestamp(EPOCH_MILLIS + row)),
            new TypedColumn("int_as_bigint", INT32, 0, null, BIGINT, (group, name, row) -> group.add(name, -row), row -> (long) -row),
            new TypedColumn("float_as_double", FLOAT, 0, null, DOUBLE, (group, name, row) -> group.add(name, row / 8f), row -> row / 8.0),
            new TypedColumn("bigint_as_int", INT64, 0, null, INTEGER, (group, name, row) -> group.add(name, (long) row), row -> row),
            new TypedColumn("zero_scale_as_bigint", INT32, 0, decimalType(0, 9), BIGINT, (group, name, row) -> group.add(name, row), row -> (long) row));

    @TempDir
    Path directory;

    private ParquetFiles files;

    @BeforeEach
    void setUp()
    {
        files = new ParquetFiles(directory);
    }

    @ParameterizedTest
    @EnumSource(value = CompressionCodecName.class, names = {"UNCOMPRESSED", "SNAPPY", "GZIP", "ZSTD", "LZ4", "LZ4_RAW"})
    void testTypesPerCodec(CompressionCodecName codec)
    {
        assertTypes(codec, WriterVersion.PARQUET_1_0, true);
    }

    @ParameterizedTest
    @EnumSource(WriterVersion.class)
    void testTypesPerPageVersion(WriterVersion version)
    {
        assertTypes(CompressionCodecName.SNAPPY, version, true);
        assertTypes(CompressionCodecName.ZSTD, version, false);
        assertTypes(CompressionCodecName.UNCOMPRESSED, version, false);
        assertTypes(CompressionCodecName.LZ4_RAW, version, true);
    }

    @Test
    void testScaledDownDecimalIsRounded()
    {
        files.write("scaled", Types.buildMessage().optional(INT32).as(decimalType(3, 9)).named("d").named("root"), 1, (_, group) -> group.add("d", 12345));
        FileColumn column = column("d", 0, createDecimalType(9, 1));
        assertThat(files.reading("scaled", column).rows()).containsExactly(List.of(decimal(123, 9, 1)));
    }

    private void assertTypes(CompressionCodecName codec, WriterVersion version, boolean dictionary)
    {
        String name = "types-%s-%s-%s".formatted(codec, version, dictionary);
        Types.MessageTypeBuilder schema = Types.buildMessage();
        COLUMNS.forEach(column -> schema.addField(column.parquetType()));
        files.write(name, schema.named("root"), ROWS, (row, group) -> COLUMNS.forEach(column -> {
            if (!isNull(row)) {
                column.writer().write(group, column.name(), row);
            }
        }), builder -> builder.withCompressionCodec(codec).withWriterVersion(version).withDictionaryEncoding(dictionary).withPageSize(4096).withRowGroupRowCountLimit(600));

        List<FileColumn> columns = new ArrayList<>();
        COLUMNS.forEach(column -> columns.add(column(column.name(), columns.size(), column.type())));
        ParquetFiles.Reading reading = files.reading(name, columns.toArray(FileColumn[]::new));
        List<List<Object>> rows = reading.rows();
        assertThat(rows).hasSize(ROWS);
        for (int row = 0; row < ROWS; row++) {
            Object[] expected = new Object[COLUMNS.size()];
            for (int channel = 0; channel < expected.length; channel++) {
                expected[channel] = isNull(row) ? null : COLUMNS.get(channel).expected().value(row);
            }
            assertThat(rows.get(row)).isEqualTo(Arrays.asList(expected));
        }
        if (codec != CompressionCodecName.LZ4_RAW) {
            // the peer does not read it
            assertThat(rows).isEqualTo(reading.peerRows());
        }
        // pieces that end within pages and headers
        ParquetReadConfig ranged = new ParquetReadConfig().setSmallFileThreshold(DataSize.ofBytes(0)).setMaxBufferSize(DataSize.ofBytes(1777));
        assertThat(files.reading(name, columns.toArray(FileColumn[]::new)).with(ranged).rows()).isEqualTo(rows);
    }

    private static boolean isNull(int row)
    {
        return row % 7 == 3;
    }

    private static byte[] bytes(int row)
    {
        return (row + " \0 bytes").getBytes(UTF_8);
    }

    private static byte[] uuid(int row)
    {
        UUID uuid = new UUID(row, ~row);
        return ByteBuffer.allocate(16).putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits()).array();
    }

    private static BigInteger large(int row)
    {
        return BigInteger.TEN.pow(30).add(BigInteger.valueOf(row));
    }

    private static Binary fixed(BigInteger value, int length)
    {
        byte[] bytes = value.toByteArray();
        byte[] padded = new byte[length];
        Arrays.fill(padded, (byte) (value.signum() < 0 ? -1 : 0));
        System.arraycopy(bytes, 0, padded, length - bytes.length, bytes.length);
        return Binary.fromConstantByteArray(padded);
    }

    private static SqlDecimal decimal(long unscaled, int precision, int scale)
    {
        return SqlDecimal.decimal(new BigDecimal(BigInteger.valueOf(unscaled), scale).toPlainString(), createDecimalType(precision, scale));
    }

    private static SqlTimestamp timestamp(long millis)
    {
        return SqlTimestamp.newInstance(3, millis * 1000, 0);
    }

    private static Binary int96(long millis)
    {
        long nanos = millis * 1_000_000;
        return new NanoTime((int) (JULIAN_EPOCH_DAY + nanos / NANOS_PER_DAY), nanos % NANOS_PER_DAY).toBinary();
    }

    private record TypedColumn(String name, PrimitiveTypeName stored, int length, LogicalTypeAnnotation annotation, Type type, Writer writer, Expected expected)
    {
        private org.apache.parquet.schema.Type parquetType()
        {
            return Types.optional(stored).length(length).as(annotation).named(name);
        }
    }

    private interface Writer
    {
        void write(Group group, String name, int row);
    }

    private interface Expected
    {
        Object value(int row);
    }
}
