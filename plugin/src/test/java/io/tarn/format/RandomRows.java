package io.tarn.format;

import io.airlift.slice.Slice;
import io.airlift.slice.Slices;
import io.trino.spi.Page;
import io.trino.spi.block.ArrayBlockBuilder;
import io.trino.spi.block.Block;
import io.trino.spi.block.BlockBuilder;
import io.trino.spi.block.MapBlockBuilder;
import io.trino.spi.block.RowBlockBuilder;
import io.trino.spi.type.ArrayType;
import io.trino.spi.type.CharType;
import io.trino.spi.type.DecimalType;
import io.trino.spi.type.Int128;
import io.trino.spi.type.MapType;
import io.trino.spi.type.RowType;
import io.trino.spi.type.Type;
import io.trino.spi.type.VarcharType;

import java.math.BigInteger;
import java.util.List;
import java.util.Random;

import static io.airlift.slice.Slices.utf8Slice;
import static io.trino.spi.type.BooleanType.BOOLEAN;
import static io.trino.spi.type.Chars.truncateToLengthAndTrimSpaces;
import static io.trino.spi.type.DateType.DATE;
import static io.trino.spi.type.DoubleType.DOUBLE;
import static io.trino.spi.type.IntegerType.INTEGER;
import static io.trino.spi.type.RealType.REAL;
import static io.trino.spi.type.SmallintType.SMALLINT;
import static io.trino.spi.type.TimestampType.TIMESTAMP_MILLIS;
import static io.trino.spi.type.TinyintType.TINYINT;
import static io.trino.spi.type.VarbinaryType.VARBINARY;
import static io.trino.spi.type.Varchars.truncateToLength;
import static java.lang.Float.floatToIntBits;

/**
 * Rows of any types, the same for the same seed. One value in eight is null.
 */
public final class RandomRows
{
    private static final String[] WORDS = {"", "a", "ä", "日本", "😀", "a longer word", "tarn", "  ", "x\ny\t\"", "tarn tarn"};

    private final Random random;

    private RandomRows(long seed)
    {
        random = new Random(seed);
    }

    public static Page page(List<? extends Type> types, int rows, long seed)
    {
        RandomRows values = new RandomRows(seed);
        Block[] blocks = types.stream().map(type -> values.block(type, rows)).toArray(Block[]::new);
        return new Page(rows, blocks);
    }

    private Block block(Type type, int rows)
    {
        BlockBuilder builder = type.createBlockBuilder(null, rows);
        for (int row = 0; row < rows; row++) {
            appendNullable(type, builder);
        }
        return builder.build();
    }

    private void appendNullable(Type type, BlockBuilder builder)
    {
        if (random.nextInt(8) == 0) {
            builder.appendNull();
        }
        else {
            append(type, builder);
        }
    }

    private void append(Type type, BlockBuilder builder)
    {
        switch (type) {
            case ArrayType array -> ((ArrayBlockBuilder) builder).buildEntry(elements -> {
                for (int i = random.nextInt(4); i > 0; i--) {
                    appendNullable(array.getElementType(), elements);
                }
            });
            case MapType map -> ((MapBlockBuilder) builder).buildEntry((keys, values) -> {
                for (int i = random.nextInt(4); i > 0; i--) {
                    if (map.getKeyType() instanceof VarcharType) {
                        map.getKeyType().writeSlice(keys, utf8Slice("key" + i));
                    }
                    else {
                        map.getKeyType().writeLong(keys, i);
                    }
                    appendNullable(map.getValueType(), values);
                }
            });
            case RowType row -> ((RowBlockBuilder) builder).buildEntry(fields -> {
                for (int i = 0; i < fields.size(); i++) {
                    appendNullable(row.getFields().get(i).getType(), fields.get(i));
                }
            });
            default -> appendSingle(type, builder);
        }
    }

    private void appendSingle(Type type, BlockBuilder builder)
    {
        if (type.equals(BOOLEAN)) {
            type.writeBoolean(builder, random.nextBoolean());
        }
        else if (type.equals(DOUBLE)) {
            type.writeDouble(builder, random.nextGaussian() * 1e10);
        }
        else if (type.equals(REAL)) {
            type.writeLong(builder, floatToIntBits((float) random.nextGaussian()));
        }
        else if (type.equals(VARBINARY)) {
            byte[] bytes = new byte[random.nextInt(20)];
            random.nextBytes(bytes);
            type.writeSlice(builder, Slices.wrappedBuffer(bytes));
        }
        else if (type instanceof VarcharType varchar) {
            Slice word = utf8Slice(WORDS[random.nextInt(WORDS.length)]);
            type.writeSlice(builder, varchar.isUnbounded() ? word : truncateToLength(word, varchar));
        }
        else if (type instanceof CharType character) {
            type.writeSlice(builder, truncateToLengthAndTrimSpaces(utf8Slice(WORDS[random.nextInt(WORDS.length)]), character));
        }
        else if (type instanceof DecimalType decimal) {
            appendDecimal(decimal, builder);
        }
        else {
            type.writeLong(builder, integer(type));
        }
    }

    private void appendDecimal(DecimalType type, BlockBuilder builder)
    {
        BigInteger value = new BigInteger(120, random).mod(BigInteger.TEN.pow(type.getPrecision()));
        value = random.nextBoolean() ? value : value.negate();
        if (type.isShort()) {
            type.writeLong(builder, value.longValueExact());
        }
        else {
            type.writeObject(builder, Int128.valueOf(value));
        }
    }

    private long integer(Type type)
    {
        long bits = random.nextLong() >> random.nextInt(64);
        if (type.equals(TINYINT)) {
            return (byte) bits;
        }
        if (type.equals(SMALLINT)) {
            return (short) bits;
        }
        if (type.equals(INTEGER)) {
            return (int) bits;
        }
        if (type.equals(DATE)) {
            return random.nextInt(-100_000, 100_000);
        }
        if (type.equals(TIMESTAMP_MILLIS)) {
            return random.nextLong(-3_000_000_000_000L, 5_000_000_000_000L) * 1000;
        }
        return bits;
    }
}
