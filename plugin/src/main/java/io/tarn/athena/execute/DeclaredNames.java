package io.tarn.athena.execute;

import io.trino.spi.TrinoException;

import java.util.regex.Pattern;

import static io.tarn.error.TarnErrorCode.TARN_STATEMENT_REFUSED;

/**
 * The names that Athena lets databases and tables be created with.
 */
final class DeclaredNames
{
    private static final int MAX_LENGTH = 255;
    private static final Pattern NAME = Pattern.compile("[a-z0-9_]+");

    private DeclaredNames() {}

    /**
     * @param kind of what has the name, for the message
     * @return the name
     * @throws TrinoException {@code TARN_STATEMENT_REFUSED} for one that Athena does not take
     */
    static String requireName(String kind, String name)
    {
        if (name.length() > MAX_LENGTH || !NAME.matcher(name).matches()) {
            throw new TrinoException(TARN_STATEMENT_REFUSED, "'%s' is no name for a %s: Athena takes letters, digits and underscores, at most %s of them".formatted(name, kind, MAX_LENGTH));
        }
        return name;
    }
}
