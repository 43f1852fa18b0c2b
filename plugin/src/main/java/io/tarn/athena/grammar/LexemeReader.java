package io.tarn.athena.grammar;

import io.tarn.athena.grammar.Lexeme.Kind;

import static io.tarn.athena.grammar.Quoting.HIVE;
import static java.util.Objects.requireNonNull;

/**
 * Takes a text of either language apart as far as is needed to see where strings, comments and statements end.
 */
final class LexemeReader
{
    private final String text;
    private int position;

    LexemeReader(String text)
    {
        this.text = requireNonNull(text, "text is null");
    }

    /**
     * The next piece; at the end of the text an empty one, however often it is asked for.
     */
    Lexeme next(Quoting quoting)
    {
        skipBlanksAndComments();
        int start = position;
        if (position >= text.length()) {
            return new Lexeme(Kind.END, text.length(), text.length());
        }
        char first = text.charAt(position);
        if (isWordPart(first)) {
            while (position < text.length() && isWordPart(text.charAt(position))) {
                position++;
            }
            return new Lexeme(Kind.WORD, start, position);
        }
        if (first == '\'' || first == '"' || first == '`') {
            boolean escapes = quoting == HIVE && first != '`';
            boolean closed = skipQuoted(first, escapes);
            // a doubled quote: the text goes on
            while (closed && !escapes && position < text.length() && text.charAt(position) == first) {
                closed = skipQuoted(first, false);
            }
            if (!closed) {
                return new Lexeme(Kind.UNCLOSED, start, position);
            }
            return new Lexeme(first == '\'' ? Kind.STRING : Kind.QUOTED, start, position);
        }
        position++;
        return new Lexeme(Kind.SYMBOL, start, position);
    }

    private boolean skipQuoted(char quote, boolean escapes)
    {
        position++;
        while (position < text.length()) {
            char character = text.charAt(position);
            position++;
            if (character == quote) {
                return true;
            }
            if (character == '\\' && escapes && position < text.length()) {
                position++;
            }
        }
        return false;
    }

    private void skipBlanksAndComments()
    {
        while (position < text.length()) {
            if (isBlank(text.charAt(position))) {
                position++;
            }
            else if (text.startsWith("--", position)) {
                while (position < text.length() && text.charAt(position) != '\n' && text.charAt(position) != '\r') {
                    position++;
                }
            }
            else if (text.startsWith("/*", position)) {
                int end = text.indexOf("*/", position + 2);
                position = end < 0 ? text.length() : end + 2;
            }
            else {
                return;
            }
        }
    }

    static boolean isBlank(char character)
    {
        return Character.isWhitespace(character) || Character.isSpaceChar(character) || character == '\uFEFF';
    }

    private static boolean isWordPart(char character)
    {
        return Character.isLetterOrDigit(character) || character == '_' || character == '$';
    }
}
