package io.tarn.view.hive;

import io.trino.spi.type.CharType;
import io.trino.spi.type.Type;
import io.trino.spi.type.VarcharType;

import static io.tarn.view.hive.Types.isDate;
import static io.tarn.view.hive.Types.isDecimal;
import static io.tarn.view.hive.Types.isFloating;
import static io.tarn.view.hive.Types.isInteger;
import static io.tarn.view.hive.Types.isNumber;
import static io.tarn.view.hive.Types.isText;
import static io.tarn.view.hive.Types.isTimestamp;
import static io.trino.spi.type.BooleanType.BOOLEAN;
import static io.trino.spi.type.DateType.DATE;
import static io.trino.spi.type.DoubleType.DOUBLE;
import static io.trino.spi.type.TimestampType.TIMESTAMP_MILLIS;
import static io.trino.spi.type.VarbinaryType.VARBINARY;
import static io.trino.spi.type.VarcharType.VARCHAR;

/**
 * Casts with Hive's meaning: of a text that is no number, NULL; of a fraction as an integer, what is before the point.
 * Where versions of Hive give different values for a text, as with blanks around a number, the query fails when it meets
 * one.
 */
final class Casts
{
    private Casts() {}

    /**
     * @throws UntranslatableException where Trino has no cast of the same meaning
     */
    static Sql cast(Place place, Sql value, Type type)
    {
        Type from = value.type();
        if (value.isNull() || from.equals(type)) {
            return plain(value, type);
        }
        if (isText(from)) {
            return ofText(place, value, type);
        }
        if (isText(type) || type instanceof CharType) {
            return plain(asText(place, value), type);
        }
        if (isInteger(type) && (isDecimal(from) || isFloating(from))) {
            return new Sql("CAST(truncate(%s) AS %s)".formatted(value.text(), type.getDisplayName()), type);
        }
        boolean same = (isInteger(from) && (isNumber(type) || type.equals(BOOLEAN)))
                || (isDecimal(from) && (isDecimal(type) || isFloating(type)))
                || (isFloating(from) && isFloating(type))
                || (from.equals(BOOLEAN) && isInteger(type))
                || (isDate(from) && isTimestamp(type))
                || (isTimestamp(from) && isDate(type));
        if (same) {
            return plain(value, type);
        }
        throw new UntranslatableException(place, "a cast from %s to %s is not translated: Hive's and Trino's values differ".formatted(from.getDisplayName(), type.getDisplayName()));
    }

    /**
     * As Hive prints it.
     */
    static Sql asText(Place place, Sql value)
    {
        Type from = value.type();
        if (isText(from)) {
            return value;
        }
        if (isInteger(from) || isDate(from)) {
            return plain(value, VARCHAR);
        }
        if (isTimestamp(from)) {
            // the fraction without zeros at its end, and none where it is zero
            return new Sql("regexp_replace(CAST(%s AS varchar), '\\.?0*$', '')".formatted(value.text()), VARCHAR);
        }
        throw new UntranslatableException(place, "a text of the type %s is not translated: Hive's and Trino's differ".formatted(from.getDisplayName()));
    }

    /**
     * A date of a date, a timestamp, or a text that begins with a date.
     */
    static Sql asDate(Place place, Sql value)
    {
        if (isText(value.type())) {
            return new Sql("CASE WHEN regexp_like(%1$s, '^[0-9]{4}-[0-9]{2}-[0-9]{2}([ T].*)?$') THEN CAST(substr(%1$s, 1, 10) AS date) WHEN regexp_like(%1$s, '[0-9]') THEN CAST(%1$s AS date) END".formatted(value.text()), DATE)
                    .parenthesized();
        }
        if (isDate(value.type()) || isTimestamp(value.type())) {
            return plain(value, DATE);
        }
        throw new UntranslatableException(place, "a date of the type %s is not translated".formatted(value.type().getDisplayName()));
    }

    static Sql asTimestamp(Place place, Sql value)
    {
        if (isText(value.type())) {
            return new Sql("CASE WHEN regexp_like(%1$s, '[0-9]') THEN CAST(%1$s AS timestamp(3)) END".formatted(value.text()), TIMESTAMP_MILLIS).parenthesized();
        }
        if (isDate(value.type()) || isTimestamp(value.type())) {
            return plain(value, TIMESTAMP_MILLIS);
        }
        throw new UntranslatableException(place, "a timestamp of the type %s is not translated".formatted(value.type().getDisplayName()));
    }

    private static Sql ofText(Place place, Sql value, Type type)
    {
        String text = value.text();
        String name = type.getDisplayName();
        if (isInteger(type)) {
            return new Sql("CASE WHEN regexp_like(%1$s, '^[+-]?[0-9]+(\\.[0-9]*)?$') THEN TRY_CAST(regexp_extract(%1$s, '^[+-]?[0-9]+') AS %2$s) WHEN regexp_like(%1$s, '^\\s|\\s$|^[+-]?\\.') THEN CAST(%1$s AS %2$s) END".formatted(text, name), type)
                    .parenthesized();
        }
        if (type.equals(DOUBLE)) {
            return new Sql("TRY_CAST(%s AS double)".formatted(text), type);
        }
        if (isDecimal(type)) {
            return new Sql("CASE WHEN regexp_like(%1$s, '^\\s|\\s$') THEN CAST(%1$s AS %2$s) ELSE TRY_CAST(%1$s AS %2$s) END".formatted(text, name), type).parenthesized();
        }
        if (isDate(type)) {
            return asDate(place, value);
        }
        if (isTimestamp(type)) {
            return asTimestamp(place, value);
        }
        if (type instanceof VarcharType || type instanceof CharType) {
            return plain(value, type);
        }
        if (type.equals(VARBINARY)) {
            return new Sql("to_utf8(%s)".formatted(text), VARBINARY);
        }
        throw new UntranslatableException(place, "a cast from a text to %s is not translated: versions of Hive give different values".formatted(name));
    }

    static Sql plain(Sql value, Type type)
    {
        if (value.type().equals(type) && !value.isNull()) {
            return value;
        }
        return new Sql("CAST(%s AS %s)".formatted(value.text(), type.getDisplayName()), type);
    }
}
