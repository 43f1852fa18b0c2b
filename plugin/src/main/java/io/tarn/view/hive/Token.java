package io.tarn.view.hive;

/**
 * @param text a word as it is written, a name or a string without its quotes and escapes, a symbol
 */
record Token(Kind kind, String text, Place place)
{
    enum Kind
    {
        WORD,
        QUOTED_NAME,
        STRING,
        NUMBER,
        SYMBOL,
        END,
    }

    boolean isWord(String word)
    {
        return kind == Kind.WORD && text.equalsIgnoreCase(word);
    }

    boolean isSymbol(String symbol)
    {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    @Override
    public String toString()
    {
        return kind == Kind.END ? "the end of the text" : "'" + text + "'";
    }
}
