package io.tarn.format.json;

import io.tarn.format.json.JsonEncoder.JsonValueTest;
import io.tarn.format.line.write.UnwritableValueException;
import io.trino.spi.block.Block;
import io.trino.spi.block.SqlMap;
import io.trino.spi.block.SqlRow;
import io.trino.spi.type.ArrayType;
import io.trino.spi.type.DateType;
import io.trino.spi.type.DoubleType;
import io.trino.spi.type.MapType;
import io.trino.spi.type.RealType;
import io.trino.spi.type.RowType;
import io.trino.spi.type.TimestampType;
import io.trino.spi.type.Type;
import io.trino.spi.type.VarbinaryType;

import java.time.LocalDate;
import java.util.List;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.trino.spi.type.DoubleType.DOUBLE;
import static io.trino.spi.type.RealType.REAL;
import static io.trino.spi.type.Timestamps.MICROSECONDS_PER_DAY;

/**
 * Which values a JSON line holds for certain, by their types.
 */
final class JsonValueTests
{
    // years of four digits, which all readers agree on
    private static final long FIRST_DAY = LocalDate.of(1000, 1, 1).toEpochDay();
    private static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();

    private final boolean timestampFormats;
    private final boolean binaryEncoded;

    /**
     * @param timestampFormats whether readers try other formats before the one that is written
     * @param binaryEncoded whether binary values are made texts of first
     */
    JsonValueTests(boolean timestampFormats, boolean binaryEncoded)
    {
        this.timestampFormats = timestampFormats;
        this.binaryEncoded = binaryEncoded;
    }

    /**
     * @param channel of the column
     */
    JsonValueTest of(Type type, int channel)
    {
        JsonValueTest test = ofValue(type, channel);
        return (block, position) -> block.isNull(position) || test.isCertain(block, position);
    }

    private JsonValueTest ofValue(Type type, int channel)
    {
        return switch (type) {
            case RealType _ -> (block, position) -> finite(REAL.getFloat(block, position), channel);
            case DoubleType _ -> (block, position) -> finite(DOUBLE.getDouble(block, position), channel);
            case DateType date -> (block, position) -> isFourDigitYear(date.getLong(block, position));
            case TimestampType timestamp -> (block, position) -> !timestampFormats
                    && timestamp.isShort()
                    && isFourDigitYear(Math.floorDiv(timestamp.getLong(block, position), MICROSECONDS_PER_DAY));
            case VarbinaryType _ -> (_, _) -> binaryEncoded;
            case ArrayType array -> ofArray(array, channel);
            case MapType map -> ofMap(map, channel);
            case RowType row -> ofRow(row, channel);
            default -> (_, _) -> true;
        };
    }

    private JsonValueTest ofArray(ArrayType type, int channel)
    {
        JsonValueTest element = of(type.getElementType(), channel);
        return (block, position) -> {
            Block elements = type.getObject(block, position);
            boolean certain = true;
            for (int index = 0; index < elements.getPositionCount(); index++) {
                certain &= element.isCertain(elements, index);
            }
            return certain;
        };
    }

    /**
     * Never certain: keys become texts that readers may take for the same.
     */
    private JsonValueTest ofMap(MapType type, int channel)
    {
        JsonValueTest key = of(type.getKeyType(), channel);
        JsonValueTest value = of(type.getValueType(), channel);
        return (block, position) -> {
            SqlMap map = type.getObject(block, position);
            for (int index = map.getRawOffset(); index < map.getRawOffset() + map.getSize(); index++) {
                key.isCertain(map.getRawKeyBlock(), index);
                value.isCertain(map.getRawValueBlock(), index);
            }
            return false;
        };
    }

    private JsonValueTest ofRow(RowType type, int channel)
    {
        List<JsonValueTest> fields = type.getFields().stream()
                .map(field -> of(field.getType(), channel))
                .collect(toImmutableList());
        return (block, position) -> {
            SqlRow row = type.getObject(block, position);
            boolean certain = true;
            for (int index = 0; index < fields.size(); index++) {
                certain &= fields.get(index).isCertain(row.getRawFieldBlock(index), row.getRawIndex());
            }
            return certain;
        };
    }

    private static boolean isFourDigitYear(long day)
    {
        return day >= FIRST_DAY && day <= LAST_DAY;
    }

    private static boolean finite(double value, int channel)
    {
        if (!Double.isFinite(value)) {
            throw new UnwritableValueException(channel, "JSON has no number for %s".formatted(value), "Write NULL or a finite number instead, or write into a table of another format.");
        }
        return true;
    }
}
