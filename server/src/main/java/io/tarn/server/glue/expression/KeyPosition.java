package io.tarn.server.glue.expression;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;

/**
 * The value of a partition key as a text whose bytes in UTF-8 are ordered as the values are by the key's type, so that
 * a database's index finds ranges of them. A position ends with {@value #END}, before which no other one ends, so that
 * the positions of several keys can be joined.
 */
final class KeyPosition
{
    static final char END = '\u0001';
    // what follows all positions that begin with the same value
    private static final char AFTER_END = '\u0002';
    private static final char ESCAPE = '\u0002';

    private static final String NULL = "n" + END;
    private static final char VALUE = 'v';
    /**
     * Values that are not of their key's type are all in one place.
     */
    private static final String INVALID = "x" + END;

    static final Interval EVERYTHING = new Interval("n", "y", false);
    static final Interval NULLS = point(NULL);
    static final Interval VALUES = new Interval("v", "w", false);
    static final Interval NOT_NULLS = new Interval("v", "y", false);
    static final Interval INVALIDS = point(INVALID);

    /**
     * Longer values share a position with those that begin alike: databases bound what they index.
     */
    private static final int MAX_CHARACTERS = 200;
    private static final BigInteger NANOS_PER_SECOND = BigInteger.valueOf(1_000_000_000);
    // with it every exponent of a BigDecimal is positive, and has ten digits
    private static final long EXPONENT_OFFSET = 3_000_000_000L;

    private KeyPosition() {}

    static String of(KeyType type, String value)
    {
        if (value.equals(PartitionExpression.NULL_VALUE)) {
            return NULL;
        }
        try {
            return of(type.parse(value));
        }
        catch (IllegalArgumentException | DateTimeException _) {
            return INVALID;
        }
    }

    /**
     * @param value as {@link KeyType#parse} gives it
     */
    static String of(Comparable<?> value)
    {
        return VALUE + content(value) + END;
    }

    static Interval point(String position)
    {
        return new Interval(position, successor(position), true);
    }

    static Interval upTo(Comparable<?> value)
    {
        return isOrderedByBytes(value) ? new Interval(VALUES.low(), successor(of(value)), false) : VALUES;
    }

    static Interval from(Comparable<?> value)
    {
        return isOrderedByBytes(value) ? new Interval(of(value), VALUES.high(), false) : VALUES;
    }

    /**
     * Texts that begin so.
     */
    static Interval beginningWith(String prefix)
    {
        int length = 0;
        while (length < Math.min(prefix.length(), MAX_CHARACTERS) && prefix.charAt(length) < Character.MIN_SURROGATE - 1) {
            length++;
        }
        if (length == 0) {
            return VALUES;
        }
        String low = VALUE + escape(prefix.substring(0, length));
        int last = low.length() - 1;
        return new Interval(low, low.substring(0, last) + (char) (low.charAt(last) + 1), false);
    }

    /**
     * What follows all texts that begin with this position.
     */
    static String successor(String position)
    {
        return position.substring(0, position.length() - 1) + AFTER_END;
    }

    /**
     * Strings compare by UTF-16's units, which beyond the surrogates is another order than UTF-8's.
     */
    private static boolean isOrderedByBytes(Comparable<?> value)
    {
        return !(value instanceof String text) || text.chars().allMatch(character -> character < Character.MIN_SURROGATE);
    }

    private static String content(Comparable<?> value)
    {
        return switch (value) {
            case String text -> escape(text.substring(0, Math.min(text.length(), MAX_CHARACTERS)));
            case BigDecimal number -> number(number);
            case Long days -> number(BigDecimal.valueOf(days));
            case Instant instant -> number(new BigDecimal(BigInteger.valueOf(instant.getEpochSecond()).multiply(NANOS_PER_SECOND).add(BigInteger.valueOf(instant.getNano()))));
            case Boolean truth -> truth ? "1" : "0";
            default -> throw new IllegalArgumentException("No value of a partition key: " + value.getClass());
        };
    }

    private static String escape(String text)
    {
        if (text.chars().allMatch(character -> character > ESCAPE && !Character.isSurrogate((char) character))) {
            return text;
        }
        StringBuilder escaped = new StringBuilder(text.length() + 8);
        text.codePoints().forEach(character -> {
            if (character <= ESCAPE) {
                escaped.append(ESCAPE).append((char) (character + 1));
            }
            else if (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE) {
                // half a character, which UTF-8 cannot write; others replace it by what would stand elsewhere
                escaped.append('\uFFFD');
            }
            else {
                escaped.appendCodePoint(character);
            }
        });
        return escaped.toString();
    }

    private static String number(BigDecimal number)
    {
        if (number.signum() == 0) {
            return "1";
        }
        BigDecimal stripped = number.stripTrailingZeros();
        String digits = String.format(Locale.ROOT, "%010d", EXPONENT_OFFSET + stripped.precision() - stripped.scale())
                + stripped.unscaledValue().abs();
        return number.signum() > 0 ? "2" + digits : "0" + complement(digits) + '~';
    }

    private static String complement(String digits)
    {
        StringBuilder complement = new StringBuilder(digits.length());
        for (int i = 0; i < digits.length(); i++) {
            complement.append((char) ('0' + '9' - digits.charAt(i)));
        }
        return complement.toString();
    }
}
