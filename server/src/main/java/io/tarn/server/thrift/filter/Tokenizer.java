package io.tarn.server.thrift.filter;

import com.google.common.collect.ImmutableList;
import io.tarn.server.thrift.filter.Token.Kind;

import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * Cuts a filter into its words.
 */
final class Tokenizer
{
    private static final List<String> SYMBOLS = ImmutableList.of("<=", ">=", "<>", "!=", "==", "=", "<", ">", "(", ")", ",");

    private final String text;
    private int position;

    Tokenizer(String text)
    {
        this.text = requireNonNull(text, "text is null");
    }

    List<Token> tokens()
            throws FilterException
    {
        ImmutableList.Builder<Token> tokens = ImmutableList.builder();
        Token token;
        do {
            token = next();
            tokens.add(token);
        }
        while (token.kind() != Kind.END);
        return tokens.build();
    }

    private Token next()
            throws FilterException
    {
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
        int start = position;
        if (start == text.length()) {
            return new Token(Kind.END, "the end", start);
        }
        char first = text.charAt(start);
        if (first == '\'' || first == '"') {
            return new Token(Kind.LITERAL, quoted(first), start);
        }
        if (first == '`') {
            return new Token(Kind.QUOTED_NAME, quoted(first), start);
        }
        if (isNumberStart(start)) {
            position++;
            while (position < text.length() && isNumberPart(text.charAt(position))) {
                position++;
            }
            return new Token(Kind.LITERAL, text.substring(start, position), start);
        }
        if (Character.isLetter(first) || first == '_') {
            while (position < text.length() && (Character.isLetterOrDigit(text.charAt(position)) || text.charAt(position) == '_')) {
                position++;
            }
            return new Token(Kind.WORD, text.substring(start, position), start);
        }
        for (String symbol : SYMBOLS) {
            if (text.startsWith(symbol, start)) {
                position += symbol.length();
                return new Token(Kind.SYMBOL, symbol, start);
            }
        }
        throw new FilterException("The filter has an unexpected '%s' at position %s".formatted(first, start + 1));
    }

    private boolean isNumberStart(int index)
    {
        char character = text.charAt(index);
        return isDigit(character) || ((character == '-' || character == '+') && index + 1 < text.length() && isDigit(text.charAt(index + 1)));
    }

    /**
     * Of a number, or of a date that is written without quotes.
     */
    private static boolean isNumberPart(char character)
    {
        return isDigit(character) || character == '.' || character == '-';
    }

    private static boolean isDigit(char character)
    {
        return character >= '0' && character <= '9';
    }

    private String quoted(char quote)
            throws FilterException
    {
        int start = position;
        position++;
        StringBuilder result = new StringBuilder();
        while (position < text.length()) {
            char character = text.charAt(position);
            position++;
            if (character == quote) {
                return result.toString();
            }
            // only what must be escaped is; a backslash before anything else is one, as in a path or a pattern
            if (character == '\\' && position < text.length() && (text.charAt(position) == quote || text.charAt(position) == '\\')) {
                character = text.charAt(position);
                position++;
            }
            result.append(character);
        }
        throw new FilterException("The filter's quote at position %s is not closed".formatted(start + 1));
    }
}
