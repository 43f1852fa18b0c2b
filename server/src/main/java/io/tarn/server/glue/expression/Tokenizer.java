package io.tarn.server.glue.expression;

import com.google.common.collect.ImmutableList;
import io.tarn.server.glue.expression.Token.Kind;

import java.util.List;
import java.util.regex.Pattern;

import static io.tarn.server.glue.expression.ExpressionException.at;

/**
 * Splits an expression into words.
 */
final class Tokenizer
{
    private static final List<String> SYMBOLS = List.of("<=", ">=", "<>", "!=", "=", "<", ">", "(", ")", ",");

    // a longer exponent would make comparisons write out as many digits
    private static final Pattern NUMBER = Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]{1,3})?");

    private final String text;
    private int position;

    private Tokenizer(String text)
    {
        this.text = text;
    }

    /**
     * The words, and an END after them.
     */
    static List<Token> tokens(String text)
    {
        Tokenizer tokenizer = new Tokenizer(text);
        ImmutableList.Builder<Token> tokens = ImmutableList.builder();
        Token token;
        do {
            token = tokenizer.next();
            tokens.add(token);
        }
        while (token.kind() != Kind.END);
        return tokens.build();
    }

    static boolean isNumber(String text)
    {
        return NUMBER.matcher(text).matches();
    }

    private Token next()
    {
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
        if (position == text.length()) {
            return new Token(Kind.END, "", position);
        }
        int start = position;
        char first = text.charAt(start);
        if (first == '\'') {
            return new Token(Kind.STRING, quoted(first), start);
        }
        if (first == '"' || first == '`') {
            return new Token(Kind.QUOTED_WORD, quoted(first), start);
        }
        if (isDigit(first) || ((first == '-' || first == '+' || first == '.') && start + 1 < text.length() && (isDigit(text.charAt(start + 1)) || text.charAt(start + 1) == '.'))) {
            return number();
        }
        if (first == '_' || Character.isLetter(first)) {
            while (position < text.length() && (text.charAt(position) == '_' || Character.isLetterOrDigit(text.charAt(position)))) {
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
        throw at(start, "the character '%s' has no meaning here".formatted(first));
    }

    private String quoted(char quote)
    {
        int start = position;
        StringBuilder content = new StringBuilder();
        position++;
        while (position < text.length()) {
            char character = text.charAt(position++);
            if (character != quote) {
                content.append(character);
            }
            else if (position < text.length() && text.charAt(position) == quote) {
                content.append(quote);
                position++;
            }
            else {
                return content.toString();
            }
        }
        throw at(start, "the quote %s is never closed".formatted(quote));
    }

    private Token number()
    {
        int start = position++;
        while (position < text.length()) {
            char character = text.charAt(position);
            boolean exponentSign = (character == '-' || character == '+') && (text.charAt(position - 1) == 'e' || text.charAt(position - 1) == 'E');
            if (!exponentSign && character != '.' && !Character.isLetterOrDigit(character)) {
                break;
            }
            position++;
        }
        String number = text.substring(start, position);
        if (!isNumber(number)) {
            throw at(start, "'%s' is not a number".formatted(number));
        }
        return new Token(Kind.NUMBER, number, start);
    }

    private static boolean isDigit(char character)
    {
        return character >= '0' && character <= '9';
    }
}
