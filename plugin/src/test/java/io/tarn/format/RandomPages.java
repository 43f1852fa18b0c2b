package io.tarn.format;

import com.google.common.collect.ImmutableList;
import io.airlift.slice.Slice;
import io.airlift.slice.Slices;
import io.trino.spi.Page;
import io.trino.spi.PageBuilder;
import io.trino.spi.block.ArrayBlockBuilder;
import io.trino.spi.block.BlockBuilder;
import io.trino.spi.block.MapBlockBuilder;
import io.trino.spi.block.RowBlockBuilder;
import io.trino.spi.type.ArrayType;
import io.trino.spi.type.BigintType;
import io.trino.spi.type.BooleanType;
import io.trino.spi.type.CharType;
import io.trino.spi.type.DateType;
import io.trino.spi.type.DecimalType;
import io.trino.spi.type.DoubleType;
import io.trino.spi.type.Int128;
import io.trino.spi.type.IntegerType;
import io.trino.spi.type.MapType;
import io.trino.spi.type.RealType;
import io.trino.spi.type.RowType;
import io.trino.spi.type.SmallintType;
import io.trino.spi.type.TimestampType;
import io.trino.spi.type.TinyintType;
import io.trino.spi.type.Type;
import io.trino.spi.type.VarbinaryType;
import io.trino.spi.type.VarcharType;

import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import static io.trino.spi.type.BooleanType.BOOLEAN;
import static io.trino.spi.type.DoubleType.DOUBLE;
import static io.trino.spi.type.RealType.REAL;
import static io.trino.spi.type.Timestamps.MICROSECONDS_PER_MILLISECOND;
import static java.lang.Float.floatToRawIntBits;

/**
 * Pages of random values: what tables usually hold, or whatever a type allows.
 */
public final class RandomPages
{
    private static final long MILLIS_PER_DAY = 24 * 60 * 60 * 1000L;
    private static final String TAME = "abcXYZ019 _-äß€😀東";
    private static final String WILD = "\\\"'|,;:\n\r\t\u0001\u0002\u0003\u0004{}[]/<\0\u001F\u007F\u0085\u2028\uFEFF";
    private static final List<String> WILD_TEXTS = ImmutableList.of("", "\\N", "NULL", "null", "true", "{}", "[]", "\\", "\"", " ", " a ", "\\\\N", "''");

    private final Random random;
    private final boolean wild;
    private final boolean nulls;

    private RandomPages(int seed, boolean wild, boolean nulls)
    {
        this.random = new Random(seed);
        this.wild = wild;
        this.nulls = nulls;
    }

    /**
     * Texts without syntax in them, finite numbers, years of four digits, nothing empty.
     */
    public static RandomPages tame(int seed)
    {
        return new RandomPages(seed, false, true);
    }

    public static RandomPages wild(int seed)
    {
        return new RandomPages(seed, true, true);
    }

    public RandomPages withoutNulls()
    {
        return new RandomPages(random.nextInt(), wild, false);
    }

    public Page page(List<? extends Type> types, int rows)
    {
        PageBuilder page = new PageBuilder(rows, types);
        for (int row = 0; row < rows; row++) {
            page.declarePosition();
            for (int channel = 0; channel < types.size(); channel++) {
                append(types.get(channel), page.getBlockBuilder(channel));
            }
        }
        return page.build();
    }

    public static List<List<Object>> rows(List<? extends Type> types, Page page)
    {
        List<List<Object>> rows = new ArrayList<>();
        for (int position = 0; position < page.getPositionCount(); position++) {
            Object[] row = new Object[types.size()];
            for (int channel = 0; channel < row.length; channel++) {
                row[channel] = types.get(channel).getObjectValue(page.getBlock(channel), position);
            }
            rows.add(Arrays.asList(row));
        }
        return rows;
    }

    private void append(Type type, BlockBuilder builder)
    {
        if (nulls && random.nextInt(8) == 0) {
            builder.appendNull();
            return;
        }
        appendValue(type, builder);
    }

    private void appendValue(Type type, BlockBuilder builder)
    {
        switch (type) {
            case BooleanType _ -> BOOLEAN.writeBoolean(builder, random.nextBoolean());
            case TinyintType _ -> type.writeLong(builder, integer(Byte.MIN_VALUE, Byte.MAX_VALUE));
            case SmallintType _ -> type.writeLong(builder, integer(Short.MIN_VALUE, Short.MAX_VALUE));
            case IntegerType _ -> type.writeLong(builder, integer(Integer.MIN_VALUE, Integer.MAX_VALUE));
            case BigintType _ -> type.writeLong(builder, integer(Long.MIN_VALUE, Long.MAX_VALUE));
            case RealType _ -> REAL.writeLong(builder, floatToRawIntBits(real()));
            case DoubleType _ -> DOUBLE.writeDouble(builder, number());
            case DecimalType decimal -> appendDecimal(decimal, builder);
            case VarcharType varchar -> varchar.writeSlice(builder, text(varchar.getLength().orElse(20)));
            case CharType character -> character.writeSlice(builder, Slices.utf8Slice(text(character.getLength()).toStringUtf8().stripTrailing()));
            case VarbinaryType _ -> type.writeSlice(builder, wild ? bytes() : text(10));
            case DateType _ -> type.writeLong(builder, day());
            case TimestampType _ -> type.writeLong(builder, (day() * MILLIS_PER_DAY + random.nextLong(MILLIS_PER_DAY)) * MICROSECONDS_PER_MILLISECOND);
            case ArrayType array -> ((ArrayBlockBuilder) builder).buildEntry(elements -> {
                for (int index = size(); index > 0; index--) {
                    append(array.getElementType(), elements);
                }
            });
            case MapType map -> appendMap(map, (MapBlockBuilder) builder);
            case RowType row -> ((RowBlockBuilder) builder).buildEntry(fields -> {
                for (int index = 0; index < row.getFields().size(); index++) {
                    append(row.getFields().get(index).getType(), fields.get(index));
                }
            });
            default -> throw new IllegalArgumentException(type.toString());
        }
    }

    private void appendMap(MapType map, MapBlockBuilder builder)
    {
        int size = size();
        Set<Object> distinct = new HashSet<>();
        builder.buildEntry((keys, values) -> {
            for (int index = 0; index < size; index++) {
                BlockBuilder key = map.getKeyType().createBlockBuilder(null, 1);
                appendValue(map.getKeyType(), key);
                if (distinct.add(map.getKeyType().getObjectValue(key.build(), 0))) {
                    keys.append(key.buildValueBlock(), 0);
                    append(map.getValueType(), values);
                }
            }
        });
    }

    private int size()
    {
        return wild ? random.nextInt(4) : random.nextInt(2, 4);
    }

    private long integer(long min, long max)
    {
        return switch (random.nextInt(6)) {
            case 0 -> min;
            case 1 -> max;
            case 2 -> 0;
            default -> random.nextLong() % (max / 2) + random.nextInt(2);
        };
    }

    private float real()
    {
        if (wild && random.nextInt(4) == 0) {
            return new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}[random.nextInt(3)];
        }
        return switch (random.nextInt(6)) {
            case 0 -> Float.MAX_VALUE;
            case 1 -> Float.MIN_VALUE;
            case 2 -> random.nextInt(1000);
            default -> (float) random.nextGaussian();
        };
    }

    private double number()
    {
        if (wild && random.nextInt(4) == 0) {
            return new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}[random.nextInt(3)];
        }
        return switch (random.nextInt(6)) {
            case 0 -> Double.MAX_VALUE;
            case 1 -> Double.MIN_VALUE;
            case 2 -> -0.0;
            case 3 -> random.nextLong() * 1024.0;
            default -> random.nextGaussian() * 1e10;
        };
    }

    private void appendDecimal(DecimalType type, BlockBuilder builder)
    {
        BigInteger max = BigInteger.TEN.pow(type.getPrecision()).subtract(BigInteger.ONE);
        BigInteger unscaled = switch (random.nextInt(4)) {
            case 0 -> max;
            case 1 -> max.negate();
            default -> new BigInteger(130, random).mod(max).subtract(max.shiftRight(1));
        };
        if (type.isShort()) {
            type.writeLong(builder, unscaled.longValueExact());
        }
        else {
            type.writeObject(builder, Int128.valueOf(unscaled));
        }
    }

    private long day()
    {
        if (wild && random.nextInt(3) == 0) {
            return LocalDate.of(random.nextInt(-20_000, 20_000), 1 + random.nextInt(12), 1 + random.nextInt(28)).toEpochDay();
        }
        return LocalDate.of(random.nextInt(1000, 10_000), 1 + random.nextInt(12), 1 + random.nextInt(28)).toEpochDay();
    }

    private Slice text(int maxLength)
    {
        if (wild && random.nextInt(4) == 0) {
            String text = WILD_TEXTS.get(random.nextInt(WILD_TEXTS.size()));
            return Slices.utf8Slice(text.length() <= maxLength ? text : "");
        }
        int[] tame = TAME.codePoints().toArray();
        int[] all = wild && random.nextInt(3) == 0 ? (TAME + WILD).codePoints().toArray() : tame;
        int length = random.nextInt(1, maxLength + 1);
        StringBuilder text = new StringBuilder();
        text.append('t');
        for (int index = 1; index < length; index++) {
            text.appendCodePoint(all[random.nextInt(all.length)]);
        }
        return Slices.utf8Slice(text.toString());
    }

    private Slice bytes()
    {
        byte[] bytes = new byte[random.nextInt(8)];
        random.nextBytes(bytes);
        return Slices.wrappedBuffer(bytes);
    }
}
