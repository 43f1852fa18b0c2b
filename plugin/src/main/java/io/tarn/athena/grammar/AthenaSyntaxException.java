package io.tarn.athena.grammar;

import java.util.Locale;

import static java.util.Objects.requireNonNull;

/**
 * A text is not a statement of Athena. The message begins with the place, then names the statement in the guide's
 * terms where it can be told, and what was expected.
 */
public class AthenaSyntaxException
        extends RuntimeException
{
    private final int line;
    private final int column;

    AthenaSyntaxException(int line, int column, String statement, String detail)
    {
        super(String.format(Locale.ENGLISH, "line %d:%d: %s%s", line, column, statement.isEmpty() ? "" : statement + ": ", requireNonNull(detail, "detail is null")));
        this.line = line;
        this.column = column;
    }

    /**
     * The line in the text that was given, the first is 1.
     */
    public int line()
    {
        return line;
    }

    /**
     * The character in the line, the first is 1.
     */
    public int column()
    {
        return column;
    }
}
