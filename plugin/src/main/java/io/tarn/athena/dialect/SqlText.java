package io.tarn.athena.dialect;

import io.trino.sql.ReservedIdentifiers;

import java.util.Arrays;
import java.util.regex.Pattern;

import static java.util.stream.Collectors.joining;

/**
 * Names and strings as Trino's SQL writes them.
 */
final class SqlText
{
    private static final Pattern SIMPLE = Pattern.compile("[a-z_][a-z0-9_]*");

    private SqlText() {}

    static String identifier(String name)
    {
        if (SIMPLE.matcher(name).matches() && !ReservedIdentifiers.reserved(name)) {
            return name;
        }
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    static String name(String... parts)
    {
        return Arrays.stream(parts).map(SqlText::identifier).collect(joining("."));
    }

    static String string(String value)
    {
        return "'" + value.replace("'", "''") + "'";
    }

    /**
     * @param literal with its quotes
     */
    static String unquoted(String literal)
    {
        String quote = literal.substring(0, 1);
        return literal.substring(1, literal.length() - 1).replace(quote + quote, quote);
    }
}
