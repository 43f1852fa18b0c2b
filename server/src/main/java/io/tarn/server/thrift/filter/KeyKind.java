package io.tarn.server.thrift.filter;

import io.trino.metastore.HiveType;
import io.trino.metastore.type.PrimitiveTypeInfo;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;

/**
 * How values of a partition key are compared.
 */
enum KeyKind
{
    TEXT,
    NUMBER,
    DATE;

    private static final int MAX_NUMBER_LENGTH = 100;

    static KeyKind of(HiveType type)
    {
        if (!(type.getTypeInfo() instanceof PrimitiveTypeInfo primitive)) {
            return TEXT;
        }
        return switch (primitive.getPrimitiveCategory()) {
            case BYTE, SHORT, INT, LONG, FLOAT, DOUBLE, DECIMAL -> NUMBER;
            case DATE -> DATE;
            case STRING, VARCHAR, CHAR, BOOLEAN, TIMESTAMP, TIMESTAMPLOCALTZ, BINARY, VOID, VARIANT, INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME, UNKNOWN -> TEXT;
        };
    }

    /**
     * @return what compares with the other values of this kind; empty where the text is none
     */
    Optional<Comparable<?>> value(String text)
    {
        try {
            return Optional.of(switch (this) {
                case TEXT -> text;
                case NUMBER -> number(text);
                case DATE -> LocalDate.parse(text);
            });
        }
        catch (NumberFormatException | DateTimeException e) {
            return Optional.empty();
        }
    }

    /**
     * Orders texts: those that are values of this kind as such, and the others as texts after them.
     */
    // both are of this kind
    @SuppressWarnings("unchecked")
    int compare(String first, String second)
    {
        Optional<Comparable<?>> one = value(first);
        Optional<Comparable<?>> other = value(second);
        if (one.isPresent() && other.isPresent()) {
            return ((Comparable<Object>) one.get()).compareTo(other.get());
        }
        if (one.isEmpty() && other.isEmpty()) {
            return first.compareTo(second);
        }
        return one.isPresent() ? -1 : 1;
    }

    private static BigDecimal number(String text)
    {
        if (text.length() > MAX_NUMBER_LENGTH) {
            throw new NumberFormatException();
        }
        return new BigDecimal(text);
    }
}
