package io.tarn.format.regex;

import io.airlift.slice.Slices;
import io.tarn.format.DecimalText;
import io.tarn.format.FileColumn;
import io.trino.plugin.base.type.TrinoTimestampEncoder;
import io.trino.spi.block.BlockBuilder;
import io.trino.spi.type.BigintType;
import io.trino.spi.type.BooleanType;
import io.trino.spi.type.CharType;
import io.trino.spi.type.DateType;
import io.trino.spi.type.DecimalType;
import io.trino.spi.type.DoubleType;
import io.trino.spi.type.IntegerType;
import io.trino.spi.type.RealType;
import io.trino.spi.type.SmallintType;
import io.trino.spi.type.TimestampType;
import io.trino.spi.type.TinyintType;
import io.trino.spi.type.Type;
import io.trino.spi.type.VarcharType;

import static io.trino.hive.formats.HiveFormatUtils.parseHiveDate;
import static io.trino.hive.formats.HiveFormatUtils.parseHiveTimestamp;
import static io.trino.plugin.base.type.TrinoTimestampEncoderFactory.createTimestampEncoder;
import static io.trino.spi.type.Chars.truncateToLengthAndTrimSpaces;
import static io.trino.spi.type.Varchars.truncateToLength;
import static java.lang.Float.floatToRawIntBits;
import static java.lang.Math.toIntExact;
import static org.joda.time.DateTimeZone.UTC;

/**
 * How Hive makes values of a type of what a group matched.
 */
@FunctionalInterface
interface TextValues
{
    /**
     * @throws RuntimeException where the text is no value of the type; then nothing has been written
     */
    void write(String text, BlockBuilder builder);

    /**
     * @throws IllegalArgumentException where no text is a value of the column's type
     */
    static TextValues of(FileColumn column)
    {
        Type type = column.type();
        return switch (type) {
            case BooleanType _ -> (text, builder) -> type.writeBoolean(builder, Boolean.parseBoolean(text));
            case BigintType _ -> (text, builder) -> type.writeLong(builder, Long.parseLong(text));
            case IntegerType _ -> (text, builder) -> type.writeLong(builder, Integer.parseInt(text));
            case SmallintType _ -> (text, builder) -> type.writeLong(builder, Short.parseShort(text));
            case TinyintType _ -> (text, builder) -> type.writeLong(builder, Byte.parseByte(text));
            case RealType _ -> (text, builder) -> type.writeLong(builder, floatToRawIntBits(Float.parseFloat(text)));
            case DoubleType _ -> (text, builder) -> type.writeDouble(builder, Double.parseDouble(text));
            case DecimalType decimal -> (text, builder) -> DecimalText.write(text, decimal, builder);
            case DateType _ -> (text, builder) -> type.writeLong(builder, toIntExact(parseHiveDate(text).toEpochDay()));
            case TimestampType timestamp -> {
                TrinoTimestampEncoder<?> encoder = createTimestampEncoder(timestamp, UTC);
                yield (text, builder) -> encoder.write(parseHiveTimestamp(text), builder);
            }
            case VarcharType varchar -> (text, builder) -> varchar.writeSlice(builder, truncateToLength(Slices.utf8Slice(text), varchar));
            case CharType character -> (text, builder) -> character.writeSlice(builder, truncateToLengthAndTrimSpaces(Slices.utf8Slice(text), character));
            default -> throw new IllegalArgumentException("a group cannot be read as column '%s' of type '%s'; declare it string".formatted(column.name(), column.hiveType()));
        };
    }
}
