package io.tarn.server.glue.expression;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;

import static java.time.temporal.ChronoField.NANO_OF_SECOND;
import static java.util.Locale.ENGLISH;

/**
 * How the values of a partition key compare, by its declared type.
 */
enum KeyType
{
    STRING {
        @Override
        Comparable<?> parse(String text)
        {
            return text;
        }
    },
    NUMBER {
        @Override
        Comparable<?> parse(String text)
        {
            if (text.length() > MAX_DIGITS || !Tokenizer.isNumber(text)) {
                throw new NumberFormatException("not a number");
            }
            return new BigDecimal(text);
        }
    },
    DATE {
        @Override
        Comparable<?> parse(String text)
        {
            return LocalDate.parse(text).toEpochDay();
        }
    },
    TIMESTAMP {
        @Override
        Comparable<?> parse(String text)
        {
            return TIMESTAMP_FORMAT.parse(text, LocalDateTime::from).toInstant(ZoneOffset.UTC);
        }
    },
    BOOLEAN {
        @Override
        Comparable<?> parse(String text)
        {
            return switch (text.toLowerCase(ENGLISH)) {
                case "true" -> true;
                case "false" -> false;
                default -> throw new IllegalArgumentException("not true or false");
            };
        }
    };

    private static final int MAX_DIGITS = 100;
    private static final DateTimeFormatter TIMESTAMP_FORMAT = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart().appendLiteral(' ').optionalEnd()
            .optionalStart().appendLiteral('T').optionalEnd()
            .optionalStart().appendPattern("HH:mm").optionalEnd()
            .optionalStart().appendPattern(":ss").optionalEnd()
            .optionalStart().appendFraction(NANO_OF_SECOND, 0, 9, true).optionalEnd()
            .parseDefaulting(ChronoField.HOUR_OF_DAY, 0)
            .parseDefaulting(ChronoField.MINUTE_OF_HOUR, 0)
            .parseDefaulting(ChronoField.SECOND_OF_MINUTE, 0)
            .toFormatter(ENGLISH);

    /**
     * A value that compares with those of the same type.
     *
     * @throws IllegalArgumentException or DateTimeException where the text is not of this type
     */
    abstract Comparable<?> parse(String text);

    /**
     * @throws ExpressionException where the text is not of this type, saying so of {@code what}
     */
    Comparable<?> parse(String text, String what)
    {
        try {
            return parse(text);
        }
        catch (IllegalArgumentException | DateTimeException e) {
            throw new ExpressionException("%s is '%s', which is not a %s".formatted(what, text, name().toLowerCase(ENGLISH)));
        }
    }

    /**
     * @param type as the catalogue declares it, as {@code varchar(10)}
     */
    static KeyType of(String type)
    {
        String base = type.toLowerCase(ENGLISH).replaceFirst("\\(.*", "").strip();
        return switch (base) {
            case "tinyint", "smallint", "int", "integer", "bigint", "long", "decimal", "numeric", "float", "real", "double" -> NUMBER;
            case "date" -> DATE;
            case "timestamp" -> TIMESTAMP;
            case "boolean" -> BOOLEAN;
            default -> STRING;
        };
    }
}
