package io.tarn.partition;

import com.google.common.collect.ImmutableList;
import io.airlift.slice.Slice;
import io.tarn.type.ExactDecimals;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.predicate.NullableValue;
import io.trino.spi.type.CharType;
import io.trino.spi.type.DecimalType;
import io.trino.spi.type.Type;
import io.trino.spi.type.VarcharType;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;

import static io.airlift.slice.SliceUtf8.countCodePoints;
import static io.airlift.slice.Slices.utf8Slice;
import static io.tarn.error.TarnErrorCode.TARN_INVALID_METADATA;
import static io.trino.metastore.Partitions.HIVE_DEFAULT_DYNAMIC_PARTITION;
import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.BooleanType.BOOLEAN;
import static io.trino.spi.type.Chars.trimTrailingSpaces;
import static io.trino.spi.type.DateType.DATE;
import static io.trino.spi.type.DoubleType.DOUBLE;
import static io.trino.spi.type.IntegerType.INTEGER;
import static io.trino.spi.type.RealType.REAL;
import static io.trino.spi.type.SmallintType.SMALLINT;
import static io.trino.spi.type.TimestampType.TIMESTAMP_MILLIS;
import static io.trino.spi.type.TinyintType.TINYINT;
import static io.trino.spi.type.VarbinaryType.VARBINARY;
import static java.lang.Float.floatToRawIntBits;
import static java.time.ZoneOffset.UTC;
import static java.time.format.DateTimeFormatter.ISO_LOCAL_DATE;
import static java.time.format.SignStyle.NOT_NEGATIVE;
import static java.time.temporal.ChronoField.HOUR_OF_DAY;
import static java.time.temporal.ChronoField.MINUTE_OF_HOUR;
import static java.time.temporal.ChronoField.NANO_OF_SECOND;
import static java.time.temporal.ChronoField.SECOND_OF_MINUTE;
import static java.util.Locale.ENGLISH;

/**
 * Parses the values of partitions as the types of their keys, as Hive writes them.
 */
public final class PartitionValues
{
    // Hive leaves the time of day, or parts of it, away
    private static final DateTimeFormatter TIMESTAMP = new DateTimeFormatterBuilder()
            .append(ISO_LOCAL_DATE)
            .optionalStart().appendLiteral(' ').appendValue(HOUR_OF_DAY, 1, 2, NOT_NEGATIVE)
            .appendLiteral(':').appendValue(MINUTE_OF_HOUR, 2)
            .optionalStart().appendLiteral(':').appendValue(SECOND_OF_MINUTE, 2)
            .optionalStart().appendFraction(NANO_OF_SECOND, 0, 9, true).optionalEnd()
            .optionalEnd().optionalEnd()
            .parseDefaulting(HOUR_OF_DAY, 0)
            .parseDefaulting(MINUTE_OF_HOUR, 0)
            .toFormatter();

    private PartitionValues() {}

    /**
     * @param texts one value a key; {@code __HIVE_DEFAULT_PARTITION__} is null
     * @throws TrinoException {@code TARN_INVALID_METADATA} where a value is none of its key's type; the message names
     *         the table, the key, the value and the type
     */
    public static List<NullableValue> parse(SchemaTableName table, List<PartitionKey> keys, List<String> texts)
    {
        if (texts.size() != keys.size()) {
            throw new TrinoException(TARN_INVALID_METADATA, "A partition of table %s has the values %s, but the table has the partition keys %s. Correct the partition in the catalogue."
                    .formatted(table, texts, keys.stream().map(PartitionKey::name).toList()));
        }
        ImmutableList.Builder<NullableValue> values = ImmutableList.builderWithExpectedSize(keys.size());
        for (int i = 0; i < keys.size(); i++) {
            PartitionKey key = keys.get(i);
            String text = texts.get(i);
            if (text.equals(HIVE_DEFAULT_DYNAMIC_PARTITION)) {
                values.add(NullableValue.asNull(key.type()));
                continue;
            }
            try {
                values.add(NullableValue.of(key.type(), parse(key.type(), text)));
            }
            catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
                throw new TrinoException(TARN_INVALID_METADATA, "A partition of table %s has the value '%s' for key '%s', which is no %s. Correct the partition, or declare the key with a type that fits."
                        .formatted(table, text, key.name(), key.type().getDisplayName()), e);
            }
        }
        return values.build();
    }

    private static Object parse(Type type, String text)
    {
        if (type instanceof VarcharType varchar) {
            Slice value = utf8Slice(text);
            if (varchar.getLength().isPresent() && countCodePoints(value) > varchar.getBoundedLength()) {
                throw new IllegalArgumentException("too long");
            }
            return value;
        }
        if (type instanceof CharType charType) {
            Slice value = trimTrailingSpaces(utf8Slice(text));
            if (countCodePoints(value) > charType.getLength()) {
                throw new IllegalArgumentException("too long");
            }
            return value;
        }
        if (type.equals(VARBINARY)) {
            return utf8Slice(text);
        }
        if (type.equals(DATE)) {
            // some writers append a time of day that is zero
            return LocalDate.parse(text.endsWith(" 00:00:00") ? text.substring(0, text.length() - 9) : text).toEpochDay();
        }
        if (type.equals(TIMESTAMP_MILLIS)) {
            LocalDateTime value = LocalDateTime.parse(text, TIMESTAMP);
            return value.toEpochSecond(UTC) * 1_000_000 + value.getNano() / 1_000_000 * 1_000;
        }
        if (type.equals(BOOLEAN)) {
            return switch (text.toLowerCase(ENGLISH)) {
                case "true" -> true;
                // Hive reads a number that has no digits as zero, and so false
                case "false", "" -> false;
                default -> throw new IllegalArgumentException("neither true nor false");
            };
        }
        String number = text.isEmpty() ? "0" : text;
        if (type.equals(TINYINT)) {
            return (long) Byte.parseByte(number);
        }
        if (type.equals(SMALLINT)) {
            return (long) Short.parseShort(number);
        }
        if (type.equals(INTEGER)) {
            return (long) Integer.parseInt(number);
        }
        if (type.equals(BIGINT)) {
            return Long.parseLong(number);
        }
        if (type.equals(REAL)) {
            return (long) floatToRawIntBits(Float.parseFloat(number));
        }
        if (type.equals(DOUBLE)) {
            return Double.parseDouble(number);
        }
        if (type instanceof DecimalType decimal) {
            return ExactDecimals.parse(number, decimal);
        }
        throw new IllegalArgumentException("no type of a partition key");
    }
}
