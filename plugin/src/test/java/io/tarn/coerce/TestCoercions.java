package io.tarn.coerce;

import io.trino.metastore.HiveType;
import io.trino.plugin.hive.HiveStorageFormat;
import io.trino.plugin.hive.HiveTimestampPrecision;
import io.trino.plugin.hive.coercions.CoercionUtils;
import io.trino.plugin.hive.coercions.CoercionUtils.CoercionContext;
import io.trino.plugin.hive.coercions.TypeCoercer;
import io.trino.plugin.hive.util.HiveCoercionPolicy;
import io.trino.plugin.hive.util.HiveTypeUtil;
import io.trino.spi.TrinoException;
import io.trino.spi.block.ArrayBlockBuilder;
import io.trino.spi.block.Block;
import io.trino.spi.block.BlockBuilder;
import io.trino.spi.block.MapBlockBuilder;
import io.trino.spi.block.RowBlockBuilder;
import io.trino.spi.block.RunLengthEncodedBlock;
import io.trino.spi.block.ValueBlock;
import io.trino.spi.type.ArrayType;
import io.trino.spi.type.CharType;
import io.trino.spi.type.DecimalType;
import io.trino.spi.type.Int128;
import io.trino.spi.type.LongTimestamp;
import io.trino.spi.type.MapType;
import io.trino.spi.type.RowType;
import io.trino.spi.type.SqlVarbinary;
import io.trino.spi.type.TimestampType;
import io.trino.spi.type.Type;
import io.trino.spi.type.TypeManager;
import io.trino.spi.type.VarbinaryType;
import io.trino.spi.type.VarcharType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

import static io.airlift.slice.Slices.utf8Slice;
import static io.airlift.slice.Slices.wrappedBuffer;
import static io.tarn.error.TarnErrorCode.TARN_SCHEMA_MISMATCH;
import static io.trino.spi.type.Chars.truncateToLengthAndTrimSpaces;
import static io.trino.spi.type.Varchars.truncateToLength;
import static io.trino.type.InternalTypeManager.TESTING_TYPE_MANAGER;
import static java.lang.Float.floatToRawIntBits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The oracle is the Hive connector: which types go together, and which value becomes which.
 */
final class TestCoercions
{
    private static final TypeManager TYPES = TESTING_TYPE_MANAGER;
    private static final CoercionContext CONTEXT = new CoercionContext(HiveTimestampPrecision.MILLISECONDS, HiveStorageFormat.PARQUET);

    private static final List<String> HIVE_TYPES = List.of(
            "boolean",
            "tinyint",
            "smallint",
            "int",
            "bigint",
            "float",
            "double",
            "decimal(5,2)",
            "decimal(9,0)",
            "decimal(20,4)",
            "decimal(38,10)",
            "string",
            "varchar(5)",
            "varchar(40)",
            "char(3)",
            "char(10)",
            "binary",
            "date",
            "timestamp",
            "array<int>",
            "array<bigint>",
            "array<string>",
            "map<string,int>",
            "map<string,bigint>",
            "map<int,string>",
            "struct<a:int,b:string>",
            "struct<a:bigint,b:string>",
            "struct<a:bigint,b:string,c:date>");

    @Test
    void sameTypesAsTheHiveConnector()
    {
        List<String> different = new ArrayList<>();
        for (String from : HIVE_TYPES) {
            for (String to : HIVE_TYPES) {
                boolean peer = from.equals(to) || HiveCoercionPolicy.canCoerce(TYPES, HiveType.valueOf(from), HiveType.valueOf(to), HiveTimestampPrecision.MILLISECONDS);
                boolean ours = Coercions.between(type(from), type(to), "column").isPresent();
                if (peer != ours) {
                    different.add(from + " -> " + to + ": " + ours);
                }
            }
        }
        assertThat(different).isEmpty();
    }

    @Test
    void sameValuesAsTheHiveConnector()
    {
        int compared = 0;
        List<String> different = new ArrayList<>();
        for (String from : HIVE_TYPES) {
            for (String to : HIVE_TYPES) {
                Optional<Coercion> coercion = Coercions.between(type(from), type(to), "column");
                if (coercion.isEmpty() || from.equals(to)) {
                    continue;
                }
                Optional<TypeCoercer<? extends Type, ? extends Type>> peer = CoercionUtils.createCoercer(TYPES, HiveType.valueOf(from), HiveType.valueOf(to), CONTEXT);
                Type read = coercion.get().from();
                for (Block value : values(read)) {
                    Object expected = outcome(type(to), () -> peer.isPresent() ? peer.get().apply(value) : value);
                    Object actual = outcome(type(to), () -> coercion.get().apply(value));
                    compared++;
                    if (!expected.equals(actual)) {
                        different.add("%s -> %s: %s, the Hive connector: %s".formatted(from, to, actual, expected));
                    }
                }
            }
        }
        assertThat(compared).isGreaterThan(1000);
        assertThat(different).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"int", "string", "array<int>", "struct<a:int,b:string>"})
    void nullsAndRepeatedValuesKeepTheirPlaces(String from)
    {
        String to = switch (from) {
            case "int" -> "bigint";
            case "string" -> "varchar(2)";
            case "array<int>" -> "array<string>";
            case "struct<a:int,b:string>" -> "struct<b:string,c:date,a:bigint>";
            default -> throw new IllegalArgumentException(from);
        };
        Coercion coercion = Coercions.between(type(from), type(to), "column").orElseThrow();
        Block one = values(coercion.from()).getFirst();

        BlockBuilder builder = coercion.from().createBlockBuilder(null, 3);
        builder.appendNull();
        builder.append((ValueBlock) one, 0);
        builder.appendNull();
        Block coerced = coercion.apply(builder.build());
        assertThat(coerced.isNull(0)).isTrue();
        assertThat(type(to).getObjectValue(coerced, 1)).isEqualTo(type(to).getObjectValue(coercion.apply(one), 0));
        assertThat(coerced.isNull(2)).isTrue();

        Block repeated = coercion.apply(RunLengthEncodedBlock.create(one, 4));
        assertThat(repeated.getPositionCount()).isEqualTo(4);
        assertThat(type(to).getObjectValue(repeated, 3)).isEqualTo(type(to).getObjectValue(coercion.apply(one), 0));
    }

    @Test
    void fieldsAreMatchedByName()
    {
        Coercion coercion = Coercions.between(type("struct<a:int,b:string>"), type("struct<b:string,c:date,a:bigint>"), "column").orElseThrow();
        RowType row = (RowType) coercion.from();
        Block coerced = coercion.apply(values(row).getFirst());
        assertThat(type("struct<b:string,c:date,a:bigint>").getObjectValue(coerced, 0).toString()).contains("0, null, 0");
    }

    @Test
    void aValueThatDoesNotFitIsNamed()
    {
        Coercion coercion = Coercions.between(type("bigint"), type("varchar(5)"), "column 'a' of s3://bucket/file").orElseThrow();
        Block block = values(type("bigint")).get(3);
        assertThatThrownBy(() -> coercion.apply(block))
                .isInstanceOfSatisfying(TrinoException.class, e -> assertThat(e.getErrorCode()).isEqualTo(TARN_SCHEMA_MISMATCH.toErrorCode()))
                .hasMessage("Value '9223372036854775807' in column 'a' of s3://bucket/file is of type bigint and does not fit the table's type varchar(5). Declare the column wide enough, or with the file's type.");
    }

    private static Object outcome(Type type, Supplier<Block> block)
    {
        try {
            Object value = type.getObjectValue(block.get(), 0);
            return value == null ? "NULL" : value instanceof SqlVarbinary binary ? binary.toString() : value;
        }
        catch (TrinoException | IllegalArgumentException e) {
            return "refused";
        }
    }

    private static Type type(String hiveType)
    {
        return HiveTypeUtil.getType(HiveType.valueOf(hiveType), TYPES, HiveTimestampPrecision.MILLISECONDS);
    }

    /**
     * Blocks of one value each: usual ones and those at the edges.
     */
    private static List<Block> values(Type type)
    {
        List<Block> blocks = new ArrayList<>();
        switch (type.getBaseName()) {
            case "boolean" -> {
                add(blocks, type, builder -> type.writeBoolean(builder, true));
                add(blocks, type, builder -> type.writeBoolean(builder, false));
            }
            case "tinyint", "smallint", "integer", "bigint" -> {
                for (long value : new long[] {0, 7, -1, NumberCoercions.maximum(type), ~NumberCoercions.maximum(type)}) {
                    add(blocks, type, builder -> type.writeLong(builder, value));
                }
            }
            case "real" -> {
                for (float value : new float[] {0, 1.5f, -2.25f, 1e30f, 0.1f, Float.NaN, Float.POSITIVE_INFINITY}) {
                    add(blocks, type, builder -> type.writeLong(builder, floatToRawIntBits(value)));
                }
            }
            case "double" -> {
                for (double value : new double[] {0, 1.5, -2.25, 1e300, 0.1, 12345.678, Double.NaN, Double.NEGATIVE_INFINITY}) {
                    add(blocks, type, builder -> type.writeDouble(builder, value));
                }
            }
            case "decimal" -> {
                DecimalType decimal = (DecimalType) type;
                for (String value : new String[] {"0", "1", "-1", "127", "128", "-129", "999"}) {
                    add(blocks, type, builder -> writeBigDecimal(decimal, builder, new BigDecimal(value).setScale(decimal.getScale())));
                }
                if (decimal.getScale() > 0) {
                    add(blocks, type, builder -> writeBigDecimal(decimal, builder, new BigDecimal("12.5").setScale(decimal.getScale())));
                    add(blocks, type, builder -> writeBigDecimal(decimal, builder, new BigDecimal("-0.45").setScale(decimal.getScale())));
                }
            }
            case "varchar", "char" -> {
                for (String value : new String[] {"0", "1", "-7", "300", "99999999999", "1.5", "true", "FALSE", "no", "", "x", "1999-12-31", "2020-02-30", "2020-01-01 10:11:12.3456", "NaN", "äöü€"}) {
                    add(blocks, type, builder -> {
                        if (type instanceof VarcharType varchar) {
                            varchar.writeSlice(builder, truncateToLength(utf8Slice(value), varchar));
                        }
                        else {
                            type.writeSlice(builder, truncateToLengthAndTrimSpaces(utf8Slice(value), (CharType) type));
                        }
                    });
                }
            }
            case "varbinary" -> {
                add(blocks, type, builder -> VarbinaryType.VARBINARY.writeSlice(builder, utf8Slice("text")));
                add(blocks, type, builder -> VarbinaryType.VARBINARY.writeSlice(builder, wrappedBuffer((byte) 0xFF, (byte) 'a', (byte) 0xC3)));
            }
            case "date" -> {
                for (long value : new long[] {0, 18_000, -20_000}) {
                    add(blocks, type, builder -> type.writeLong(builder, value));
                }
            }
            case "timestamp" -> {
                for (long value : new long[] {0, 1_500_000_000_123_000L, -1_000_000L}) {
                    add(blocks, type, builder -> {
                        if (((TimestampType) type).isShort()) {
                            type.writeLong(builder, value);
                        }
                        else {
                            type.writeObject(builder, new LongTimestamp(value, 0));
                        }
                    });
                }
            }
            case "array" -> {
                Type element = ((ArrayType) type).getElementType();
                for (Block value : values(element)) {
                    add(blocks, type, builder -> ((ArrayBlockBuilder) builder).buildEntry(elements -> {
                        elements.append((ValueBlock) value, 0);
                        elements.appendNull();
                    }));
                }
            }
            case "map" -> {
                MapType map = (MapType) type;
                Block key = values(map.getKeyType()).getFirst();
                for (Block value : values(map.getValueType())) {
                    add(blocks, type, builder -> ((MapBlockBuilder) builder).buildEntry((keys, entries) -> {
                        keys.append((ValueBlock) key, 0);
                        entries.append((ValueBlock) value, 0);
                    }));
                }
            }
            case "row" -> add(blocks, type, builder -> ((RowBlockBuilder) builder).buildEntry(fields -> {
                for (int i = 0; i < fields.size(); i++) {
                    Type field = ((RowType) type).getFields().get(i).getType();
                    fields.get(i).append((ValueBlock) values(field).getFirst(), 0);
                }
            }));
            default -> throw new IllegalArgumentException(type.toString());
        }
        return blocks;
    }

    private static void writeBigDecimal(DecimalType type, BlockBuilder builder, BigDecimal value)
    {
        if (type.isShort()) {
            type.writeLong(builder, value.unscaledValue().longValueExact());
        }
        else {
            type.writeObject(builder, Int128.valueOf(value.unscaledValue()));
        }
    }

    private static void add(List<Block> blocks, Type type, Consumer<BlockBuilder> writer)
    {
        BlockBuilder builder = type.createBlockBuilder(null, 1);
        writer.accept(builder);
        blocks.add(builder.build());
    }
}
