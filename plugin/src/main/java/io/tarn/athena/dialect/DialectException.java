package io.tarn.athena.dialect;

import static java.util.Objects.requireNonNull;

/**
 * A statement that cannot be translated: it is wrong, or Athena refuses it, or there is nothing in the other dialect
 * that does the same.
 */
public final class DialectException
        extends RuntimeException
{
    public enum Reason
    {
        /**
         * The text is no statement.
         */
        SYNTAX,
        /**
         * The statement is understood and refused.
         */
        REFUSED,
        /**/
    }

    private final Reason reason;
    private final int line;
    private final int column;
    private final String problem;

    /**
     * @param line from 1
     * @param column from 1
     * @param problem one sentence for the user, without the position
     */
    public DialectException(Reason reason, int line, int column, String problem)
    {
        super("line %s:%s: %s".formatted(line, column, problem));
        this.reason = requireNonNull(reason, "reason is null");
        this.line = line;
        this.column = column;
        this.problem = problem;
    }

    static DialectException refused(String problem)
    {
        return new DialectException(Reason.REFUSED, 1, 1, problem);
    }

    public Reason reason()
    {
        return reason;
    }

    public int line()
    {
        return line;
    }

    public int column()
    {
        return column;
    }

    /**
     * What is wrong, without the position.
     */
    public String problem()
    {
        return problem;
    }

    /**
     * The same of a longer text, in which the statement comes after {@code prefix}.
     */
    public DialectException after(String prefix)
    {
        int lines = (int) prefix.chars().filter(character -> character == '\n').count();
        int lastLine = prefix.length() - (prefix.lastIndexOf('\n') + 1);
        return new DialectException(reason, line + lines, line == 1 ? column + lastLine : column, problem);
    }
}
