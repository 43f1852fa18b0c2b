package io.tarn.server.glue.expression;

import static java.util.Objects.requireNonNull;

/**
 * A word of an expression.
 *
 * @param text without quotes, escapes resolved
 * @param position of its first character, from 0
 */
record Token(Kind kind, String text, int position)
{
    enum Kind
    {
        /**
         * An identifier or a keyword.
         */
        WORD,
        /**
         * An identifier in double quotes or backticks.
         */
        QUOTED_WORD,
        STRING,
        NUMBER,
        /**
         * An operator, a parenthesis or a comma.
         */
        SYMBOL,
        END,
    }

    Token
    {
        requireNonNull(kind, "kind is null");
        requireNonNull(text, "text is null");
    }

    boolean isKeyword(String keyword)
    {
        return kind == Kind.WORD && text.equalsIgnoreCase(keyword);
    }

    boolean isSymbol(String symbol)
    {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    /**
     * For messages.
     */
    String describe()
    {
        return kind == Kind.END ? "the end" : "'" + text + "'";
    }
}
