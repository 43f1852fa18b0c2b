package io.tarn.view.hive;

import io.trino.spi.type.CharType;
import io.trino.spi.type.DecimalType;
import io.trino.spi.type.Type;
import io.trino.spi.type.VarcharType;

import java.util.List;
import java.util.Optional;

import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.BooleanType.BOOLEAN;
import static io.trino.spi.type.DateType.DATE;
import static io.trino.spi.type.DecimalType.createDecimalType;
import static io.trino.spi.type.DoubleType.DOUBLE;
import static io.trino.spi.type.IntegerType.INTEGER;
import static io.trino.spi.type.RealType.REAL;
import static io.trino.spi.type.SmallintType.SMALLINT;
import static io.trino.spi.type.TimestampType.TIMESTAMP_MILLIS;
import static io.trino.spi.type.TinyintType.TINYINT;
import static io.trino.spi.type.VarbinaryType.VARBINARY;
import static io.trino.spi.type.VarcharType.VARCHAR;

/**
 * Which types go together, where Hive and Trino agree on what comes of it.
 */
final class Types
{
    private static final int MAX_PRECISION = 38;
    // from the narrowest
    private static final List<Type> INTEGERS = List.of(TINYINT, SMALLINT, INTEGER, BIGINT);
    private static final List<Integer> INTEGER_DIGITS = List.of(3, 5, 10, 19);

    private Types() {}

    static boolean isText(Type type)
    {
        return type instanceof VarcharType;
    }

    static boolean isInteger(Type type)
    {
        return INTEGERS.contains(type);
    }

    static boolean isDecimal(Type type)
    {
        return type instanceof DecimalType;
    }

    static boolean isFloating(Type type)
    {
        return type.equals(DOUBLE) || type.equals(REAL);
    }

    static boolean isNumber(Type type)
    {
        return isInteger(type) || isDecimal(type) || isFloating(type);
    }

    static boolean isDate(Type type)
    {
        return type.equals(DATE);
    }

    static boolean isTimestamp(Type type)
    {
        return type.equals(TIMESTAMP_MILLIS);
    }

    /**
     * Whether values of the type have an order that is the same in both.
     */
    static boolean isOrdered(Type type)
    {
        return isNumber(type) || isText(type) || isDate(type) || isTimestamp(type) || type.equals(BOOLEAN) || type instanceof CharType;
    }

    static boolean isComparable(Sql left, Sql right)
    {
        if (left.isNull() || right.isNull()) {
            return true;
        }
        if (isDate(left.type()) && isTimestamp(right.type()) || isTimestamp(left.type()) && isDate(right.type())) {
            return true;
        }
        if (left.type().equals(VARBINARY) && right.type().equals(VARBINARY)) {
            return true;
        }
        return isOrdered(left.type()) && common(left, right).isPresent();
    }

    /**
     * The type that two values become where they stand for the same thing: branches, elements, rows of a union. Empty
     * where there is none, and where Hive's and Trino's choices differ.
     */
    static Optional<Type> common(Sql left, Sql right)
    {
        if (left.isNull()) {
            return Optional.of(right.type());
        }
        return right.isNull() ? Optional.of(left.type()) : common(left.type(), right.type());
    }

    static Optional<Type> common(Type left, Type right)
    {
        if (left.equals(right)) {
            return Optional.of(left);
        }
        if (isText(left) && isText(right)) {
            return Optional.of(VARCHAR);
        }
        if (!isNumber(left) || !isNumber(right)) {
            return Optional.empty();
        }
        if (isInteger(left) && isInteger(right)) {
            return Optional.of(INTEGERS.get(Math.max(INTEGERS.indexOf(left), INTEGERS.indexOf(right))));
        }
        if (left.equals(DOUBLE) || right.equals(DOUBLE)) {
            return Optional.of(DOUBLE);
        }
        if (isFloating(left) || isFloating(right)) {
            return isDecimal(left) || isDecimal(right) ? Optional.empty() : Optional.of(REAL);
        }
        int scale = Math.max(scale(left), scale(right));
        int precision = Math.max(precision(left) - scale(left), precision(right) - scale(right)) + scale;
        return precision > MAX_PRECISION ? Optional.empty() : Optional.of(createDecimalType(precision, scale));
    }

    /**
     * The type of a sum, a difference or a product. Empty too where digits could be lost, for Hive and Trino lose others.
     */
    static Optional<Type> arithmetic(Type left, Type right, boolean product)
    {
        if (!isNumber(left) || !isNumber(right)) {
            return Optional.empty();
        }
        if (!isDecimal(left) && !isDecimal(right) || isFloating(left) || isFloating(right)) {
            return common(left, right);
        }
        int scale = product ? scale(left) + scale(right) : Math.max(scale(left), scale(right));
        int precision = product
                ? precision(left) + precision(right)
                : Math.max(precision(left) - scale(left), precision(right) - scale(right)) + scale + 1;
        return precision > MAX_PRECISION ? Optional.empty() : Optional.of(createDecimalType(precision, scale));
    }

    private static int precision(Type type)
    {
        return type instanceof DecimalType decimal ? decimal.getPrecision() : INTEGER_DIGITS.get(INTEGERS.indexOf(type));
    }

    private static int scale(Type type)
    {
        return type instanceof DecimalType decimal ? decimal.getScale() : 0;
    }
}
