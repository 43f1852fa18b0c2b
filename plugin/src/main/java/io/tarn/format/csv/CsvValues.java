package io.tarn.format.csv;

import io.airlift.slice.Slice;
import io.tarn.format.DecimalText;
import io.tarn.format.FileColumn;
import io.tarn.format.line.source.BlockDecoder;
import io.trino.spi.block.BlockBuilder;
import io.trino.spi.type.BigintType;
import io.trino.spi.type.BooleanType;
import io.trino.spi.type.CharType;
import io.trino.spi.type.DateType;
import io.trino.spi.type.DecimalType;
import io.trino.spi.type.DoubleType;
import io.trino.spi.type.IntegerType;
import io.trino.spi.type.LongTimestamp;
import io.trino.spi.type.RealType;
import io.trino.spi.type.SmallintType;
import io.trino.spi.type.TimestampType;
import io.trino.spi.type.TinyintType;
import io.trino.spi.type.Type;
import io.trino.spi.type.VarcharType;

import java.nio.charset.Charset;

import static io.trino.spi.type.BooleanType.BOOLEAN;
import static io.trino.spi.type.Chars.truncateToLengthAndTrimSpaces;
import static io.trino.spi.type.DoubleType.DOUBLE;
import static io.trino.spi.type.RealType.REAL;
import static io.trino.spi.type.Timestamps.MICROSECONDS_PER_MILLISECOND;
import static io.trino.spi.type.Varchars.truncateToLength;
import static java.lang.Float.floatToRawIntBits;
import static java.lang.Math.multiplyExact;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * How Athena reads the fields of OpenCSVSerde tables: whole numbers as digits with an optional sign, {@code date} as
 * days and {@code timestamp} as milliseconds since 1970-01-01, {@code true} and {@code false} in any case. There are no
 * blanks around a whole number, no empty numbers, and no digits but ASCII's. Strings are cut to the declared length.
 */
final class CsvValues
{
    // numbers are ASCII; bytes beyond it become characters that no parser takes for digits
    private static final Charset NUMBER_CHARSET = ISO_8859_1;

    private CsvValues() {}

    /**
     * @throws IllegalArgumentException where CSV cannot hold the column's type
     */
    static BlockDecoder decoder(FileColumn column)
    {
        Type type = column.type();
        return switch (type) {
            case VarcharType varchar when varchar.isUnbounded() -> BlockDecoder.AS_READ;
            case VarcharType varchar -> new CsvBlockDecoder(type, "a string", (text, offset, length, builder) ->
                    varchar.writeSlice(builder, truncateToLength(text.slice(offset, length), varchar)));
            case CharType character -> new CsvBlockDecoder(type, "a string", (text, offset, length, builder) ->
                    character.writeSlice(builder, truncateToLengthAndTrimSpaces(text.slice(offset, length), character)));
            case BooleanType _ -> new CsvBlockDecoder(type, "true or false", CsvValues::writeBoolean);
            case TinyintType _ -> integer(type, Byte.MIN_VALUE, Byte.MAX_VALUE);
            case SmallintType _ -> integer(type, Short.MIN_VALUE, Short.MAX_VALUE);
            case IntegerType _ -> integer(type, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case BigintType _ -> integer(type, Long.MIN_VALUE, Long.MAX_VALUE);
            case RealType _ -> new CsvBlockDecoder(type, "a number", (text, offset, length, builder) ->
                    REAL.writeLong(builder, floatToRawIntBits(Float.parseFloat(text.toString(offset, length, NUMBER_CHARSET)))));
            case DoubleType _ -> new CsvBlockDecoder(type, "a number", (text, offset, length, builder) ->
                    DOUBLE.writeDouble(builder, Double.parseDouble(text.toString(offset, length, NUMBER_CHARSET))));
            case DecimalType decimal -> new CsvBlockDecoder(type, "a number that fits " + decimal.getDisplayName(), (text, offset, length, builder) ->
                    DecimalText.write(text.toString(offset, length, NUMBER_CHARSET), decimal, builder));
            case DateType _ -> new CsvBlockDecoder(type, "a number of days since 1970-01-01", (text, offset, length, builder) ->
                    type.writeLong(builder, CsvNumbers.parseLong(text, offset, length, Integer.MIN_VALUE, Integer.MAX_VALUE)));
            case TimestampType timestamp -> new CsvBlockDecoder(type, "a number of milliseconds since 1970-01-01", (text, offset, length, builder) ->
                    writeTimestamp(text, offset, length, timestamp, builder));
            default -> throw new IllegalArgumentException("a CSV field cannot be read as column '%s' of type '%s'; declare it string".formatted(column.name(), column.hiveType()));
        };
    }

    private static CsvBlockDecoder integer(Type type, long min, long max)
    {
        return new CsvBlockDecoder(type, "a whole number from %s to %s".formatted(min, max), (text, offset, length, builder) ->
                type.writeLong(builder, CsvNumbers.parseLong(text, offset, length, min, max)));
    }

    private static void writeBoolean(Slice text, int offset, int length, BlockBuilder builder)
    {
        String value = text.toString(offset, length, NUMBER_CHARSET);
        if (value.equalsIgnoreCase("true")) {
            BOOLEAN.writeBoolean(builder, true);
        }
        else if (value.equalsIgnoreCase("false")) {
            BOOLEAN.writeBoolean(builder, false);
        }
        else {
            throw new NumberFormatException(value);
        }
    }

    private static void writeTimestamp(Slice text, int offset, int length, TimestampType type, BlockBuilder builder)
    {
        long millis = CsvNumbers.parseLong(text, offset, length, Long.MIN_VALUE, Long.MAX_VALUE);
        long micros = multiplyExact(millis, MICROSECONDS_PER_MILLISECOND);
        if (type.isShort()) {
            type.writeLong(builder, micros);
        }
        else {
            type.writeObject(builder, new LongTimestamp(micros, 0));
        }
    }
}
