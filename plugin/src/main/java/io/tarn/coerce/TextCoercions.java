package io.tarn.coerce;

import io.airlift.slice.Slice;
import io.trino.spi.block.BlockBuilder;
import io.trino.spi.type.BooleanType;
import io.trino.spi.type.CharType;
import io.trino.spi.type.DecimalType;
import io.trino.spi.type.LongTimestamp;
import io.trino.spi.type.TimestampType;
import io.trino.spi.type.Type;
import io.trino.spi.type.VarbinaryType;
import io.trino.spi.type.VarcharType;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;

import static io.airlift.slice.SliceUtf8.countCodePoints;
import static io.airlift.slice.Slices.utf8Slice;
import static io.tarn.coerce.NumberCoercions.isWhole;
import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.BooleanType.BOOLEAN;
import static io.trino.spi.type.Chars.truncateToLengthAndTrimSpaces;
import static io.trino.spi.type.DateType.DATE;
import static io.trino.spi.type.Decimals.readBigDecimal;
import static io.trino.spi.type.DoubleType.DOUBLE;
import static io.trino.spi.type.RealType.REAL;
import static io.trino.spi.type.SmallintType.SMALLINT;
import static io.trino.spi.type.TinyintType.TINYINT;
import static io.trino.spi.type.VarbinaryType.VARBINARY;
import static io.trino.spi.type.Varchars.truncateToLength;
import static java.lang.Float.floatToRawIntBits;
import static java.lang.Float.intBitsToFloat;
import static java.lang.Math.floorDiv;
import static java.lang.Math.floorMod;
import static java.lang.Math.toIntExact;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.ZoneOffset.UTC;
import static java.time.format.DateTimeFormatter.ISO_LOCAL_DATE;
import static java.time.format.DateTimeFormatter.ISO_LOCAL_TIME;
import static java.time.format.ResolverStyle.STRICT;
import static java.util.Locale.ENGLISH;

/**
 * Coercions into text and from text.
 */
final class TextCoercions
{
    private static final DateTimeFormatter TIMESTAMP_TEXT = new DateTimeFormatterBuilder()
            .append(ISO_LOCAL_DATE)
            .appendLiteral(' ')
            .append(ISO_LOCAL_TIME)
            .toFormatter()
            .withResolverStyle(STRICT)
            .withChronology(IsoChronology.INSTANCE);
    // what Hive takes for false; any other text is true
    private static final Set<String> FALSE_TEXTS = Set.of("false", "off", "no", "0", "");
    private static final int MICROS_PER_SECOND = 1_000_000;

    private TextCoercions() {}

    static Optional<ValueCoercion> toText(Type from, Type to, DoesNotFit doesNotFit)
    {
        if (from instanceof VarcharType || from instanceof CharType) {
            return betweenTexts(from, to);
        }
        if (!(to instanceof VarcharType varchar)) {
            return Optional.empty();
        }
        if (from instanceof VarbinaryType) {
            // bytes that are no UTF-8 become the replacement character, as Hadoop's Text decodes them
            return Optional.of((block, position, builder) ->
                    varchar.writeSlice(builder, truncateToLength(utf8Slice(VARBINARY.getSlice(block, position).toString(UTF_8)), varchar)));
        }
        if (from instanceof TimestampType timestamp) {
            return Optional.of((block, position, builder) ->
                    varchar.writeSlice(builder, truncateToLength(utf8Slice(timestampText((LongTimestamp) timestamp.getObject(block, position))), varchar)));
        }
        if (isWhole(from)) {
            return Optional.of((block, position, builder) -> writeWhole(Long.toString(from.getLong(block, position)), varchar, builder, doesNotFit));
        }
        if (from instanceof BooleanType) {
            return Optional.of((block, position, builder) -> writeWhole(BOOLEAN.getBoolean(block, position) ? "TRUE" : "FALSE", varchar, builder, doesNotFit));
        }
        if (from.equals(DOUBLE)) {
            return Optional.of((block, position, builder) -> writeWhole(Double.toString(DOUBLE.getDouble(block, position)), varchar, builder, doesNotFit));
        }
        if (from.equals(REAL)) {
            return Optional.of((block, position, builder) -> writeWhole(Float.toString(intBitsToFloat(toIntExact(REAL.getLong(block, position)))), varchar, builder, doesNotFit));
        }
        if (from instanceof DecimalType decimal) {
            return Optional.of((block, position, builder) -> writeWhole(readBigDecimal(decimal, block, position).toPlainString(), varchar, builder, doesNotFit));
        }
        if (from.equals(DATE)) {
            return Optional.of((block, position, builder) -> writeWhole(LocalDate.ofEpochDay(DATE.getInt(block, position)).toString(), varchar, builder, doesNotFit));
        }
        return Optional.empty();
    }

    static Optional<ValueCoercion> fromText(Type from, Type to, DoesNotFit doesNotFit)
    {
        if (isWhole(to)) {
            return Optional.of((block, position, builder) -> writeParsed(from.getSlice(block, position).toStringUtf8(), to, builder));
        }
        if (to.equals(BOOLEAN)) {
            return Optional.of((block, position, builder) ->
                    BOOLEAN.writeBoolean(builder, !FALSE_TEXTS.contains(from.getSlice(block, position).toStringUtf8().toLowerCase(ENGLISH))));
        }
        if (to.equals(DOUBLE) || to.equals(REAL)) {
            return Optional.of((block, position, builder) -> {
                try {
                    String text = from.getSlice(block, position).toStringUtf8();
                    if (to.equals(DOUBLE)) {
                        DOUBLE.writeDouble(builder, Double.parseDouble(text));
                    }
                    else {
                        REAL.writeLong(builder, floatToRawIntBits(Float.parseFloat(text)));
                    }
                }
                catch (NumberFormatException _) {
                    builder.appendNull();
                }
            });
        }
        if (to instanceof TimestampType timestamp) {
            return Optional.of((block, position, builder) -> writeTimestamp(from.getSlice(block, position).toStringUtf8(), timestamp, builder));
        }
        if (to.equals(DATE)) {
            return Optional.of((block, position, builder) -> {
                String text = from.getSlice(block, position).toStringUtf8();
                try {
                    DATE.writeLong(builder, LocalDate.parse(text).toEpochDay());
                }
                catch (DateTimeParseException _) {
                    throw doesNotFit.of(text);
                }
            });
        }
        return Optional.empty();
    }

    private static Optional<ValueCoercion> betweenTexts(Type from, Type to)
    {
        if (to instanceof CharType toChar) {
            return Optional.of((block, position, builder) -> toChar.writeSlice(builder, truncateToLengthAndTrimSpaces(from.getSlice(block, position), toChar)));
        }
        VarcharType varchar = (VarcharType) to;
        return Optional.of((block, position, builder) -> varchar.writeSlice(builder, truncateToLength(from.getSlice(block, position), varchar)));
    }

    private static void writeWhole(String text, VarcharType type, BlockBuilder builder, DoesNotFit doesNotFit)
    {
        Slice slice = utf8Slice(text);
        // a number or a date that is cut is another one
        if (!type.isUnbounded() && countCodePoints(slice) > type.getBoundedLength()) {
            throw doesNotFit.of(text);
        }
        type.writeSlice(builder, slice);
    }

    private static void writeParsed(String text, Type to, BlockBuilder builder)
    {
        long value;
        try {
            value = Long.parseLong(text);
        }
        catch (NumberFormatException _) {
            builder.appendNull();
            return;
        }
        if (to.equals(BIGINT)) {
            to.writeLong(builder, value);
        }
        else if (value != (int) value) {
            builder.appendNull();
        }
        else if (to.equals(TINYINT)) {
            // Hive narrows a parsed int
            to.writeLong(builder, (byte) value);
        }
        else if (to.equals(SMALLINT)) {
            to.writeLong(builder, (short) value);
        }
        else {
            to.writeLong(builder, value);
        }
    }

    private static String timestampText(LongTimestamp timestamp)
    {
        int nanos = toIntExact(floorMod(timestamp.getEpochMicros(), MICROS_PER_SECOND) * 1000L + timestamp.getPicosOfMicro() / 1000);
        return TIMESTAMP_TEXT.format(LocalDateTime.ofEpochSecond(floorDiv(timestamp.getEpochMicros(), MICROS_PER_SECOND), nanos, UTC));
    }

    private static void writeTimestamp(String text, TimestampType type, BlockBuilder builder)
    {
        LocalDateTime value;
        try {
            value = LocalDateTime.parse(text, TIMESTAMP_TEXT);
        }
        catch (DateTimeParseException _) {
            // Hive has no value where the text is no timestamp
            builder.appendNull();
            return;
        }
        long seconds = value.toEpochSecond(UTC);
        if (type.isShort()) {
            long unit = 1;
            for (int digit = type.getPrecision(); digit < 9; digit++) {
                unit *= 10;
            }
            long rounded = (value.getNano() + unit / 2) / unit * unit;
            type.writeLong(builder, seconds * MICROS_PER_SECOND + rounded / 1000);
        }
        else {
            type.writeObject(builder, new LongTimestamp(seconds * MICROS_PER_SECOND + value.getNano() / 1000, value.getNano() % 1000 * 1000));
        }
    }
}
