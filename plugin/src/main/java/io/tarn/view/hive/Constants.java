package io.tarn.view.hive;

import io.tarn.view.hive.Expression.Constant;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;

import static io.tarn.view.hive.Token.Kind.NUMBER;
import static io.tarn.view.hive.Token.Kind.STRING;
import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.BooleanType.BOOLEAN;
import static io.trino.spi.type.DateType.DATE;
import static io.trino.spi.type.DecimalType.createDecimalType;
import static io.trino.spi.type.DoubleType.DOUBLE;
import static io.trino.spi.type.IntegerType.INTEGER;
import static io.trino.spi.type.SmallintType.SMALLINT;
import static io.trino.spi.type.TimestampType.TIMESTAMP_MILLIS;
import static io.trino.spi.type.TinyintType.TINYINT;
import static io.trino.spi.type.VarcharType.VARCHAR;

/**
 * Literals, and words that stand for values.
 */
final class Constants
{
    private static final int MAX_PRECISION = 38;
    private static final String DATE_PATTERN = "[0-9]{4}-[0-9]{2}-[0-9]{2}";
    private static final String TIMESTAMP_PATTERN = DATE_PATTERN + " [0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,3})?";

    private Constants() {}

    static Optional<Constant> accept(TokenCursor tokens)
    {
        Token token = tokens.peek();
        Place place = token.place();
        if (token.kind() == STRING) {
            tokens.next();
            return Optional.of(new Constant(place, new Sql(Sql.string(token.text()), VARCHAR), Optional.of(token.text())));
        }
        if (token.kind() == NUMBER) {
            tokens.next();
            return constant(place, number(token));
        }
        if ((token.isWord("date") || token.isWord("timestamp")) && tokens.peek(1).kind() == STRING) {
            tokens.next();
            String text = tokens.next().text();
            if (token.isWord("date") && text.matches(DATE_PATTERN)) {
                return constant(place, new Sql("DATE '%s'".formatted(text), DATE));
            }
            if (token.isWord("timestamp") && text.matches(TIMESTAMP_PATTERN)) {
                return constant(place, timestamp(text));
            }
            throw new UntranslatableException(place, "%s '%s' is not translated: write it as yyyy-MM-dd%s".formatted(token.text().toUpperCase(Locale.ENGLISH), text, token.isWord("date") ? "" : " HH:mm:ss"));
        }
        if (token.isWord("interval")) {
            throw new UntranslatableException(place, "INTERVAL is not translated: use date_add");
        }
        if (tokens.acceptWord("null")) {
            return constant(place, Sql.NULL);
        }
        if (tokens.acceptWord("true")) {
            return constant(place, new Sql("true", BOOLEAN));
        }
        if (tokens.acceptWord("false")) {
            return constant(place, new Sql("false", BOOLEAN));
        }
        if (tokens.acceptWord("current_date")) {
            acceptEmptyParentheses(tokens);
            return constant(place, new Sql("current_date", DATE));
        }
        if (tokens.acceptWord("current_timestamp")) {
            acceptEmptyParentheses(tokens);
            return constant(place, new Sql("CAST(current_timestamp AS timestamp(3))", TIMESTAMP_MILLIS));
        }
        return Optional.empty();
    }

    /**
     * A string in the form in which Hive prints a date, so that it does not matter whether Hive compares both as strings
     * or as dates.
     */
    static Optional<Sql> date(Expression expression)
    {
        return text(expression).filter(text -> text.matches(DATE_PATTERN)).map(text -> new Sql("DATE '%s'".formatted(text), DATE));
    }

    /**
     * A string in the form in which Hive prints a timestamp without fraction.
     */
    static Optional<Sql> timestamp(Expression expression)
    {
        return text(expression).filter(text -> text.matches(DATE_PATTERN + " [0-9]{2}:[0-9]{2}:[0-9]{2}")).map(Constants::timestamp);
    }

    static Optional<String> text(Expression expression)
    {
        return expression instanceof Constant constant ? constant.text() : Optional.empty();
    }

    private static Sql timestamp(String text)
    {
        return new Sql("CAST(TIMESTAMP '%s' AS timestamp(3))".formatted(text), TIMESTAMP_MILLIS);
    }

    private static Sql number(Token token)
    {
        String text = token.text().toUpperCase(Locale.ENGLISH);
        try {
            if (text.endsWith("BD")) {
                return decimal(token.place(), text.substring(0, text.length() - 2));
            }
            if (text.endsWith("D") || text.contains("E")) {
                double value = Double.parseDouble(text.endsWith("D") ? text.substring(0, text.length() - 1) : text);
                return new Sql("DOUBLE '%s'".formatted(value), DOUBLE);
            }
            if (text.endsWith("L")) {
                return new Sql("BIGINT '%s'".formatted(Long.parseLong(text.substring(0, text.length() - 1))), BIGINT);
            }
            if (text.endsWith("S")) {
                return new Sql("SMALLINT '%s'".formatted(Short.parseShort(text.substring(0, text.length() - 1))), SMALLINT);
            }
            if (text.endsWith("Y")) {
                return new Sql("TINYINT '%s'".formatted(Byte.parseByte(text.substring(0, text.length() - 1))), TINYINT);
            }
            if (text.contains(".")) {
                return decimal(token.place(), text);
            }
            BigInteger value = new BigInteger(text);
            if (value.bitLength() < Integer.SIZE) {
                return new Sql(value.toString(), INTEGER);
            }
            if (value.bitLength() < Long.SIZE) {
                return new Sql("BIGINT '%s'".formatted(value), BIGINT);
            }
            return decimal(token.place(), text);
        }
        catch (NumberFormatException _) {
            throw new UntranslatableException(token.place(), "the number %s is out of range, or no number".formatted(token.text()));
        }
    }

    private static Sql decimal(Place place, String text)
    {
        BigDecimal value = new BigDecimal(text);
        int scale = Math.max(value.scale(), 0);
        // of the digits as they are written out: a hostile exponent must not be, to find that they are too many
        long precision = Math.max(value.precision() - Math.min((long) value.scale(), 0), scale + 1L);
        if (precision > MAX_PRECISION) {
            throw new UntranslatableException(place, "the number %s has more than %s digits".formatted(text, MAX_PRECISION));
        }
        return new Sql("CAST(DECIMAL '%s' AS decimal(%s,%s))".formatted(value.toPlainString(), precision, scale), createDecimalType((int) precision, scale));
    }

    private static Optional<Constant> constant(Place place, Sql sql)
    {
        return Optional.of(new Constant(place, sql, Optional.empty()));
    }

    private static void acceptEmptyParentheses(TokenCursor tokens)
    {
        if (tokens.acceptSymbol("(")) {
            tokens.expectSymbol(")");
        }
    }
}
