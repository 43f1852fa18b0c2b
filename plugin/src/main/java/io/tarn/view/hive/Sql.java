package io.tarn.view.hive;

import io.trino.spi.type.Type;

import static io.trino.spi.type.BooleanType.BOOLEAN;
import static java.util.Objects.requireNonNull;

/**
 * An expression in Trino's dialect.
 *
 * @param text stands as an operand of anything
 * @param type what Trino gives; of a string, the length is left open
 */
record Sql(String text, Type type)
{
    /**
     * The literal, which takes any type.
     */
    static final Sql NULL = new Sql("NULL", BOOLEAN);

    Sql
    {
        requireNonNull(text, "text is null");
        requireNonNull(type, "type is null");
    }

    boolean isNull()
    {
        return text.equals(NULL.text());
    }

    Sql parenthesized()
    {
        return new Sql("(" + text + ")", type);
    }

    /**
     * A name in quotes.
     */
    static String name(String name)
    {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    static String string(String value)
    {
        return "'" + value.replace("'", "''") + "'";
    }
}
