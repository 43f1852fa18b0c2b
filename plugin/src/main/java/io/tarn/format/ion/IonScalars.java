package io.tarn.format.ion;

import com.amazon.ion.IntegerSize;
import com.amazon.ion.IonReader;
import com.amazon.ion.IonType;
import com.amazon.ion.IonWriter;
import com.amazon.ion.Timestamp;
import com.amazon.ion.system.IonTextWriterBuilder;
import io.airlift.slice.Slice;
import io.airlift.slice.Slices;
import io.tarn.format.DecimalText;
import io.trino.plugin.base.type.DecodedTimestamp;
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
import io.trino.spi.type.VarbinaryType;
import io.trino.spi.type.VarcharType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.ZoneOffset;

import static io.airlift.slice.Slices.utf8Slice;
import static io.trino.plugin.base.type.TrinoTimestampEncoderFactory.createTimestampEncoder;
import static io.trino.spi.type.Chars.truncateToLengthAndTrimSpaces;
import static io.trino.spi.type.Varchars.truncateToLength;
import static java.lang.Float.floatToRawIntBits;
import static java.math.RoundingMode.FLOOR;
import static java.util.Locale.ENGLISH;
import static org.joda.time.DateTimeZone.UTC;

/**
 * Values that have no others in them. A string has the text of what is no text; numbers of all kinds are taken for
 * fractions and decimals, because JSON, which is Ion too, has its fractions as decimals; a timestamp is shown in UTC,
 * and the date of it is the day in UTC.
 */
final class IonScalars
{
    private static final int EXCERPT_LENGTH = 100;
    private static final int MAX_DIGITS_OF_SECOND = 1000;
    private static final BigDecimal NANOS_OF_SECOND = BigDecimal.valueOf(1_000_000_000);

    private IonScalars() {}

    static IonDecoder decoder(Type type, boolean failsOnOverflow)
    {
        return switch (type) {
            case BooleanType _ -> (reader, builder) -> {
                if (reader.getType() != IonType.BOOL) {
                    throw mismatch(reader, type);
                }
                type.writeBoolean(builder, reader.booleanValue());
            };
            case TinyintType _ -> (reader, builder) -> type.writeLong(builder, (byte) integer(reader, type, Byte.MIN_VALUE, Byte.MAX_VALUE, failsOnOverflow));
            case SmallintType _ -> (reader, builder) -> type.writeLong(builder, (short) integer(reader, type, Short.MIN_VALUE, Short.MAX_VALUE, failsOnOverflow));
            case IntegerType _ -> (reader, builder) -> type.writeLong(builder, (int) integer(reader, type, Integer.MIN_VALUE, Integer.MAX_VALUE, failsOnOverflow));
            case BigintType _ -> (reader, builder) -> type.writeLong(builder, integer(reader, type, Long.MIN_VALUE, Long.MAX_VALUE, failsOnOverflow));
            case RealType _ -> (reader, builder) -> type.writeLong(builder, floatToRawIntBits(realValue(reader, type, failsOnOverflow)));
            case DoubleType _ -> (reader, builder) -> type.writeDouble(builder, fraction(reader, type));
            case DecimalType decimal -> (reader, builder) -> writeDecimal(reader, decimal, builder, failsOnOverflow);
            case VarcharType varchar -> (reader, builder) -> {
                Slice text = utf8Slice(text(reader));
                Slice fitting = truncateToLength(text, varchar);
                requireRoom(reader, type, !failsOnOverflow || fitting.length() == text.length());
                varchar.writeSlice(builder, fitting);
            };
            case CharType character -> (reader, builder) -> {
                String text = text(reader);
                requireRoom(reader, type, !failsOnOverflow || text.codePointCount(0, text.length()) <= character.getLength());
                character.writeSlice(builder, truncateToLengthAndTrimSpaces(utf8Slice(text), character));
            };
            case VarbinaryType _ -> (reader, builder) -> {
                if (!IonType.isLob(reader.getType())) {
                    throw mismatch(reader, type);
                }
                type.writeSlice(builder, Slices.wrappedBuffer(reader.newBytes()));
            };
            case DateType _ -> (reader, builder) -> type.writeLong(builder, day(timestamp(reader, type)).toEpochDay());
            case TimestampType timestamp -> {
                TrinoTimestampEncoder<?> encoder = createTimestampEncoder(timestamp, UTC);
                yield (reader, builder) -> encoder.write(moment(timestamp(reader, type)), builder);
            }
            default -> throw new IllegalArgumentException("Ion has no values of type '%s'".formatted(type.getDisplayName()));
        };
    }

    private static long integer(IonReader reader, Type type, long min, long max, boolean failsOnOverflow)
    {
        if (reader.getType() != IonType.INT) {
            throw mismatch(reader, type);
        }
        long value;
        if (reader.getIntegerSize() == IntegerSize.BIG_INTEGER) {
            // which the reader also says of numbers in text that are only nearly so long
            BigInteger number = reader.bigIntegerValue();
            requireRoom(reader, type, !failsOnOverflow || number.bitLength() < Long.SIZE);
            value = number.longValue();
        }
        else {
            value = reader.longValue();
        }
        requireRoom(reader, type, !failsOnOverflow || (value >= min && value <= max));
        return value;
    }

    private static double fraction(IonReader reader, Type type)
    {
        return switch (reader.getType()) {
            case FLOAT -> reader.doubleValue();
            case DECIMAL -> reader.bigDecimalValue().doubleValue();
            case INT -> reader.bigIntegerValue().doubleValue();
            case NULL, BOOL, TIMESTAMP, SYMBOL, STRING, CLOB, BLOB, LIST, SEXP, STRUCT, DATAGRAM -> throw mismatch(reader, type);
        };
    }

    private static float realValue(IonReader reader, Type type, boolean failsOnOverflow)
    {
        double value = fraction(reader, type);
        requireRoom(reader, type, !failsOnOverflow || !Double.isFinite(value) || Float.isFinite((float) value));
        return (float) value;
    }

    private static void writeDecimal(IonReader reader, DecimalType type, BlockBuilder builder, boolean failsOnOverflow)
    {
        BigDecimal value = switch (reader.getType()) {
            case DECIMAL -> reader.bigDecimalValue();
            case INT -> new BigDecimal(bounded(reader, type, reader.bigIntegerValue()));
            case FLOAT -> {
                requireRoom(reader, type, Double.isFinite(reader.doubleValue()));
                yield BigDecimal.valueOf(reader.doubleValue());
            }
            case NULL, BOOL, TIMESTAMP, SYMBOL, STRING, CLOB, BLOB, LIST, SEXP, STRUCT, DATAGRAM -> throw mismatch(reader, type);
        };
        try {
            DecimalText.write(value, type, builder);
        }
        catch (NumberFormatException _) {
            requireRoom(reader, type, !failsOnOverflow);
            // as Hive has what a decimal has no room for
            builder.appendNull();
        }
    }

    /**
     * Making decimal digits of a number of millions of bits takes minutes.
     */
    private static BigInteger bounded(IonReader reader, Type type, BigInteger value)
    {
        requireRoom(reader, type, value.bitLength() <= 4096);
        return value;
    }

    private static String text(IonReader reader)
    {
        if (IonType.isText(reader.getType())) {
            return reader.stringValue();
        }
        StringBuilder text = new StringBuilder();
        try (IonWriter writer = IonTextWriterBuilder.standard().build(text)) {
            copy(reader, writer);
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /**
     * As {@link IonWriter#writeValue(IonReader)} does, but looks at every timestamp before it is written out.
     */
    private static void copy(IonReader reader, IonWriter writer)
            throws IOException
    {
        int outermost = reader.getDepth();
        do {
            if (IonType.isContainer(reader.getType()) && !reader.isNullValue()) {
                if (writer.isInStruct()) {
                    writer.setFieldNameSymbol(reader.getFieldNameSymbol());
                }
                writer.setTypeAnnotationSymbols(reader.getTypeAnnotationSymbols());
                writer.stepIn(reader.getType());
                reader.stepIn();
            }
            else {
                if (reader.getType() == IonType.TIMESTAMP && !reader.isNullValue()) {
                    bounded(reader.timestampValue());
                }
                writer.writeValue(reader);
            }
            while (reader.getDepth() > outermost && reader.next() == null) {
                reader.stepOut();
                writer.stepOut();
            }
        }
        while (reader.getDepth() > outermost);
    }

    private static Timestamp timestamp(IonReader reader, Type type)
    {
        if (reader.getType() != IonType.TIMESTAMP) {
            throw mismatch(reader, type);
        }
        return bounded(reader.timestampValue());
    }

    /**
     * A few bytes can say that a second has hundreds of millions of digits, which the library would then write out.
     */
    private static Timestamp bounded(Timestamp timestamp)
    {
        // deprecated because it may be null; the other one is a sum, with as many digits
        @SuppressWarnings("deprecation")
        BigDecimal fraction = timestamp.getZFractionalSecond();
        if (fraction != null && fraction.scale() > MAX_DIGITS_OF_SECOND) {
            throw new IonValueException("its second has %s digits behind the point, which is more than %s".formatted(fraction.scale(), MAX_DIGITS_OF_SECOND));
        }
        return timestamp;
    }

    /**
     * By the calendar that Ion and Hive's types have; Ion's own count of milliseconds goes by Julius Caesar's before 1582.
     */
    private static LocalDate day(Timestamp timestamp)
    {
        return LocalDate.of(timestamp.getZYear(), timestamp.getZMonth(), timestamp.getZDay());
    }

    private static DecodedTimestamp moment(Timestamp timestamp)
    {
        long minutes = day(timestamp).atTime(timestamp.getZHour(), timestamp.getZMinute()).toEpochSecond(ZoneOffset.UTC);
        BigDecimal seconds = timestamp.getZDecimalSecond();
        BigDecimal whole = seconds.setScale(0, FLOOR);
        return new DecodedTimestamp(minutes + whole.longValueExact(), seconds.subtract(whole).multiply(NANOS_OF_SECOND).intValue());
    }

    private static void requireRoom(IonReader reader, Type type, boolean fits)
    {
        if (!fits) {
            throw new IonValueException("%s has no room for %s".formatted(type.getDisplayName(), excerpt(reader)));
        }
    }

    /**
     * A value of another type than the column's.
     */
    static IonValueException mismatch(IonReader reader, Type type)
    {
        return new IonValueException("%s is a %s, no %s".formatted(excerpt(reader), reader.getType().name().toLowerCase(ENGLISH), type.getDisplayName()));
    }

    private static String excerpt(IonReader reader)
    {
        String text = switch (reader.getType()) {
            case SYMBOL, STRING -> reader.stringValue();
            case BOOL -> String.valueOf(reader.booleanValue());
            case TIMESTAMP -> bounded(reader.timestampValue()).toString();
            case FLOAT -> String.valueOf(reader.doubleValue());
            case DECIMAL -> reader.bigDecimalValue().toString();
            case INT -> reader.getIntegerSize() == IntegerSize.BIG_INTEGER ? "a number of %s bits".formatted(reader.bigIntegerValue().bitLength()) : String.valueOf(reader.longValue());
            case NULL, CLOB, BLOB, LIST, SEXP, STRUCT, DATAGRAM -> "its value";
        };
        return text.length() <= EXCERPT_LENGTH ? text : text.substring(0, EXCERPT_LENGTH) + "…";
    }
}
