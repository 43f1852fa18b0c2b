package io.tarn.athena.grammar;

/**
 * A piece of a statement's text that is no blank and no comment.
 *
 * @param start in {@code char}s
 * @param end after the last {@code char}
 */
record Lexeme(Kind kind, int start, int end)
{
    enum Kind
    {
        WORD,
        /**
         * In single quotes.
         */
        STRING,
        /**
         * In double quotes or backticks.
         */
        QUOTED,
        SYMBOL,
        /**
         * A quote that nothing closes, up to the end of the text.
         */
        UNCLOSED,
        END,
        /**/
    }

    String in(String text)
    {
        return text.substring(start, end);
    }

    boolean isWord(String text, String word)
    {
        return kind == Kind.WORD && end - start == word.length() && text.regionMatches(true, start, word, 0, word.length());
    }

    boolean isSymbol(String text, char symbol)
    {
        return kind == Kind.SYMBOL && text.charAt(start) == symbol;
    }
}
