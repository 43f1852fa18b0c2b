package io.tarn.bucket;

import io.trino.spi.block.Block;
import io.trino.spi.block.BlockBuilder;
import io.trino.spi.block.MapBlock;
import io.trino.spi.block.MapBlockBuilder;
import io.trino.spi.block.SqlMap;
import io.trino.spi.type.ArrayType;
import io.trino.spi.type.MapType;
import io.trino.spi.type.RealType;
import io.trino.spi.type.Type;
import io.trino.spi.type.VarcharType;

import java.util.List;
import java.util.Random;

import static io.airlift.slice.Slices.utf8Slice;
import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.BooleanType.BOOLEAN;
import static io.trino.spi.type.DateType.DATE;
import static io.trino.spi.type.DoubleType.DOUBLE;
import static io.trino.spi.type.IntegerType.INTEGER;
import static io.trino.spi.type.RealType.REAL;
import static io.trino.spi.type.SmallintType.SMALLINT;
import static io.trino.spi.type.TinyintType.TINYINT;

/**
 * Values of all types, the extreme ones more often than chance would have them.
 */
final class RandomValues
{
    private static final long[] LONGS = {0, -1, 1, Byte.MIN_VALUE, Byte.MAX_VALUE, Short.MIN_VALUE, Short.MAX_VALUE, Integer.MIN_VALUE, Integer.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE, 0x80_00L, 0xFF_00_FFL};
    private static final double[] DOUBLES = {0.0, -0.0, Double.NaN, Double.longBitsToDouble(0x7FF8_0000_0000_0123L), Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.MIN_VALUE, -1.5};
    private static final int[] REAL_BITS = {0, 0x8000_0000, 0x7FC0_0000, 0x7FC0_0123, 0xFFC0_0001, 0x7F80_0000, 0xFF80_0000, 1};
    private static final List<String> TEXTS = List.of("", "a", "ab", "abc", "abcd", "abcde", "ä", "日本語", "😀", "\u0000", " trailing ");

    private final Random random;

    RandomValues(long seed)
    {
        this.random = new Random(seed);
    }

    Block block(Type type, int positions)
    {
        BlockBuilder builder = type.createBlockBuilder(null, positions);
        for (int i = 0; i < positions; i++) {
            write(type, builder);
        }
        return builder.build();
    }

    private void write(Type type, BlockBuilder builder)
    {
        if (random.nextInt(10) == 0) {
            builder.appendNull();
            return;
        }
        switch (type) {
            case ArrayType array -> array.writeObject(builder, block(array.getElementType(), random.nextInt(5)));
            case MapType map -> map.writeObject(builder, map(map));
            case VarcharType text -> text.writeSlice(builder, utf8Slice(text()));
            case RealType _ -> REAL.writeFloat(builder, Float.intBitsToFloat(random.nextBoolean() ? REAL_BITS[random.nextInt(REAL_BITS.length)] : random.nextInt()));
            default -> writeNumber(type, builder);
        }
    }

    private void writeNumber(Type type, BlockBuilder builder)
    {
        long number = random.nextBoolean() ? LONGS[random.nextInt(LONGS.length)] : random.nextLong();
        if (type.equals(BOOLEAN)) {
            BOOLEAN.writeBoolean(builder, random.nextBoolean());
        }
        else if (type.equals(DOUBLE)) {
            DOUBLE.writeDouble(builder, random.nextBoolean() ? DOUBLES[random.nextInt(DOUBLES.length)] : Double.longBitsToDouble(random.nextLong()));
        }
        else if (type.equals(TINYINT)) {
            TINYINT.writeByte(builder, (byte) number);
        }
        else if (type.equals(SMALLINT)) {
            SMALLINT.writeShort(builder, (short) number);
        }
        else if (type.equals(INTEGER) || type.equals(DATE)) {
            type.writeLong(builder, (int) number);
        }
        else {
            BIGINT.writeLong(builder, number);
        }
    }

    private String text()
    {
        if (random.nextBoolean()) {
            return TEXTS.get(random.nextInt(TEXTS.size()));
        }
        StringBuilder text = new StringBuilder();
        random.ints(random.nextInt(20), 1, 0xD000).forEach(text::appendCodePoint);
        return text.toString();
    }

    private SqlMap map(MapType type)
    {
        MapBlockBuilder builder = type.createBlockBuilder(null, 1);
        int size = random.nextInt(4);
        builder.buildEntry((keys, values) -> {
            for (int i = 0; i < size; i++) {
                keys.append(keyBlock(type.getKeyType()).getUnderlyingValueBlock(), 0);
                write(type.getValueType(), values);
            }
        });
        return ((MapBlock) builder.build()).getMap(0);
    }

    private Block keyBlock(Type type)
    {
        while (true) {
            Block block = block(type, 1);
            if (!block.isNull(0)) {
                return block;
            }
        }
    }
}
