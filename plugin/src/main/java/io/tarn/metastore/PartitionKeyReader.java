package io.tarn.metastore;

import io.tarn.type.ExactDecimals;
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

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;

import static io.airlift.slice.Slices.utf8Slice;
import static io.trino.spi.type.Chars.trimTrailingSpaces;
import static java.lang.Float.floatToRawIntBits;

/**
 * The value of a partition key, from the text in the catalogue to Trino's form of its type.
 */
final class PartitionKeyReader
{
    private PartitionKeyReader() {}

    /**
     * Empty where the text is none of the type's, or the type none of a partition key's.
     */
    static Optional<Object> read(Type type, String text)
    {
        try {
            return switch (type) {
                case VarcharType _ -> Optional.of(utf8Slice(text));
                case CharType _ -> Optional.of(trimTrailingSpaces(utf8Slice(text)));
                case TinyintType _ -> Optional.of((long) Byte.parseByte(text));
                case SmallintType _ -> Optional.of((long) Short.parseShort(text));
                case IntegerType _ -> Optional.of((long) Integer.parseInt(text));
                case BigintType _ -> Optional.of(Long.parseLong(text));
                case BooleanType _ -> bool(text);
                case DateType _ -> Optional.of(LocalDate.parse(text).toEpochDay());
                case DecimalType decimal -> Optional.of(ExactDecimals.parse(text, decimal));
                case RealType _ -> Optional.of(Float.parseFloat(text))
                        .filter(value -> !value.isNaN())
                        .map(value -> (long) floatToRawIntBits(value));
                case DoubleType _ -> Optional.<Object>of(Double.parseDouble(text))
                        .filter(value -> !((Double) value).isNaN());
                case TimestampType timestamp when timestamp.isShort() -> timestamp(text);
                default -> Optional.empty();
            };
        }
        catch (NumberFormatException | DateTimeException | ArithmeticException _) {
            return Optional.empty();
        }
    }

    private static Optional<Object> bool(String text)
    {
        return switch (text.toLowerCase(Locale.ENGLISH)) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private static Optional<Object> timestamp(String text)
    {
        LocalDateTime value = text.length() == 10
                ? LocalDate.parse(text).atStartOfDay()
                : LocalDateTime.parse(text.replace(' ', 'T'));
        if (value.getNano() % 1000 != 0) {
            return Optional.empty();
        }
        return Optional.of(Math.addExact(Math.multiplyExact(value.toEpochSecond(ZoneOffset.UTC), 1_000_000L), value.getNano() / 1000));
    }
}
