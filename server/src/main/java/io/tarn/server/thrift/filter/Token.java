package io.tarn.server.thrift.filter;

/**
 * @param text of a literal without its quotes
 * @param position in the filter, from 0
 */
record Token(Kind kind, String text, int position)
{
    enum Kind
    {
        WORD,
        QUOTED_NAME,
        LITERAL,
        SYMBOL,
        END,
    }

    boolean is(String word)
    {
        return kind == Kind.WORD && text.equalsIgnoreCase(word);
    }

    boolean isSymbol(String symbol)
    {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }
}
