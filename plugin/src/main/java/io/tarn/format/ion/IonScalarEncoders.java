package io.tarn.format.ion;

import com.amazon.ion.IonType;
import com.amazon.ion.IonWriter;
import com.amazon.ion.Timestamp;
import io.airlift.slice.Slice;
import io.trino.spi.block.Block;
import io.trino.spi.type.BigintType;
import io.trino.spi.type.BooleanType;
import io.trino.spi.type.CharType;
import io.trino.spi.type.DateType;
import io.trino.spi.type.DecimalType;
import io.trino.spi.type.Decimals;
import io.trino.spi.type.DoubleType;
import io.trino.spi.type.IntegerType;
import io.trino.spi.type.RealType;
import io.trino.spi.type.SmallintType;
import io.trino.spi.type.TimestampType;
import io.trino.spi.type.TinyintType;
import io.trino.spi.type.Type;
import io.trino.spi.type.VarbinaryType;
import io.trino.spi.type.VarcharType;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

import static io.airlift.slice.Slices.utf8Slice;
import static io.trino.spi.type.Timestamps.MICROSECONDS_PER_SECOND;
import static io.trino.spi.type.Timestamps.NANOSECONDS_PER_MICROSECOND;
import static java.lang.Float.intBitsToFloat;
import static java.lang.Math.floorDiv;
import static java.lang.Math.floorMod;
import static java.lang.Math.toIntExact;
import static java.util.Objects.requireNonNull;

/**
 * Values that have no others in them. A date is a timestamp of a day, without a time.
 */
final class IonScalarEncoders
{
    private static final int LAST_YEAR = 9999;
    private static final char REPLACEMENT = '\uFFFD';

    private IonScalarEncoders() {}

    /**
     * @param offset that timestamps are written with
     */
    static IonEncoder encoder(Type type, ZoneOffset offset)
    {
        return switch (type) {
            case BooleanType _ -> new ScalarEncoder(IonType.BOOL, (block, position, writer) -> writer.writeBool(type.getBoolean(block, position)));
            case TinyintType _, SmallintType _, IntegerType _, BigintType _ -> new ScalarEncoder(IonType.INT, (block, position, writer) -> writer.writeInt(type.getLong(block, position)));
            case RealType _ -> new ScalarEncoder(IonType.FLOAT, (block, position, writer) -> writer.writeFloat(intBitsToFloat(toIntExact(type.getLong(block, position)))));
            case DoubleType _ -> new ScalarEncoder(IonType.FLOAT, (block, position, writer) -> writer.writeFloat(type.getDouble(block, position)));
            case DecimalType decimal -> new ScalarEncoder(IonType.DECIMAL, (block, position, writer) -> writer.writeDecimal(Decimals.readBigDecimal(decimal, block, position)));
            case VarcharType _, CharType _ -> new ScalarEncoder(IonType.STRING, (block, position, writer) -> writer.writeString(text(type.getSlice(block, position))));
            case VarbinaryType _ -> new ScalarEncoder(IonType.BLOB, (block, position, writer) -> {
                Slice bytes = type.getSlice(block, position);
                writer.writeBlob(bytes.byteArray(), bytes.byteArrayOffset(), bytes.length());
            });
            case DateType _ -> new ScalarEncoder(IonType.TIMESTAMP, (block, position, writer) -> writer.writeTimestamp(day(type.getLong(block, position))));
            case TimestampType timestamp when timestamp.isShort() -> new ScalarEncoder(IonType.TIMESTAMP, (block, position, writer) -> writer.writeTimestamp(moment(type.getLong(block, position), offset)));
            default -> throw new IllegalArgumentException("Ion has no values of type '%s'".formatted(type.getDisplayName()));
        };
    }

    /**
     * @throws IonValueException where the bytes are no text
     */
    static String text(Slice bytes)
    {
        String text = bytes.toStringUtf8();
        if (text.indexOf(REPLACEMENT) >= 0 && !utf8Slice(text).equals(bytes)) {
            throw new IonValueException("its bytes are no text in UTF-8");
        }
        return text;
    }

    private static Timestamp day(long epochDay)
    {
        LocalDate date = LocalDate.ofEpochDay(epochDay);
        requireYear(date.getYear(), date);
        return Timestamp.forDay(date.getYear(), date.getMonthValue(), date.getDayOfMonth());
    }

    private static Timestamp moment(long epochMicros, ZoneOffset offset)
    {
        int nanos = toIntExact(floorMod(epochMicros, MICROSECONDS_PER_SECOND) * NANOSECONDS_PER_MICROSECOND);
        LocalDateTime time = LocalDateTime.ofEpochSecond(floorDiv(epochMicros, MICROSECONDS_PER_SECOND), nanos, offset);
        requireYear(time.getYear(), time);
        BigDecimal seconds = BigDecimal.valueOf(time.getSecond() * 1000L + time.getNano() / 1_000_000, 3);
        return Timestamp.forSecond(time.getYear(), time.getMonthValue(), time.getDayOfMonth(), time.getHour(), time.getMinute(), seconds, offset.getTotalSeconds() / 60);
    }

    private static void requireYear(int year, Object value)
    {
        if (year < 1 || year > LAST_YEAR) {
            throw new IonValueException("%s is in none of the years that Ion has, 1 to %s".formatted(value, LAST_YEAR));
        }
    }

    private interface ScalarWrite
    {
        void write(Block block, int position, IonWriter writer)
                throws IOException;
    }

    private record ScalarEncoder(IonType type, ScalarWrite write)
            implements IonEncoder
    {
        private ScalarEncoder
        {
            requireNonNull(type, "type is null");
            requireNonNull(write, "write is null");
        }

        @Override
        public void encode(Block block, int position, IonWriter writer)
                throws IOException
        {
            write.write(block, position, writer);
        }
    }
}
