package io.tarn.view.hive;

import com.google.common.collect.ImmutableList;

import java.util.List;

import static io.tarn.view.hive.Token.Kind.END;
import static io.tarn.view.hive.Token.Kind.NUMBER;
import static io.tarn.view.hive.Token.Kind.QUOTED_NAME;
import static io.tarn.view.hive.Token.Kind.STRING;
import static io.tarn.view.hive.Token.Kind.SYMBOL;
import static io.tarn.view.hive.Token.Kind.WORD;
import static java.util.Objects.requireNonNull;

/**
 * Cuts HiveQL into tokens.
 */
final class HiveLexer
{
    // the longest first
    private static final List<String> SYMBOLS = List.of("<=>", "==", "<>", "!=", "<=", ">=", "||", "=", "<", ">", "+", "-", "*", "/", "%", "&", "|", "^", "~", "(", ")", "[", "]", ",", ".");

    private final String text;
    private int position;
    private int line = 1;
    private int lineStart;

    private HiveLexer(String text)
    {
        this.text = requireNonNull(text, "text is null");
    }

    /**
     * @return the last token is the end
     */
    static List<Token> tokens(String text)
    {
        HiveLexer lexer = new HiveLexer(text);
        ImmutableList.Builder<Token> tokens = ImmutableList.builder();
        Token token;
        do {
            token = lexer.next();
            tokens.add(token);
        }
        while (token.kind() != END);
        return tokens.build();
    }

    private Token next()
    {
        skipBlanks();
        Place place = place();
        if (position == text.length()) {
            return new Token(END, "", place);
        }
        char first = text.charAt(position);
        if (first == '\'' || first == '"') {
            return new Token(STRING, string(first, place), place);
        }
        if (first == '`') {
            return new Token(QUOTED_NAME, quotedName(place), place);
        }
        if (isDigit(first) || (first == '.' && position + 1 < text.length() && isDigit(text.charAt(position + 1)))) {
            return numberOrWord(place);
        }
        if (isWordPart(first)) {
            return new Token(WORD, word(), place);
        }
        for (String symbol : SYMBOLS) {
            if (text.startsWith(symbol, position)) {
                position += symbol.length();
                return new Token(SYMBOL, symbol, place);
            }
        }
        throw new UntranslatableException(place, "the character '%s' is not known here".formatted(Character.toString(text.codePointAt(position))));
    }

    private void skipBlanks()
    {
        while (position < text.length()) {
            if (Character.isWhitespace(text.charAt(position))) {
                advance();
            }
            else if (text.startsWith("--", position)) {
                while (position < text.length() && text.charAt(position) != '\n') {
                    position++;
                }
            }
            else if (text.startsWith("/*", position)) {
                int end = text.indexOf("*/", position + 2);
                if (end < 0) {
                    throw new UntranslatableException(place(), "a comment is not closed");
                }
                while (position < end + 2) {
                    advance();
                }
            }
            else {
                return;
            }
        }
    }

    private String string(char quote, Place place)
    {
        StringBuilder content = new StringBuilder();
        position++;
        while (position < text.length() && text.charAt(position) != quote) {
            if (text.charAt(position) == '\\' && position + 1 < text.length()) {
                position++;
                content.append(escaped(place));
            }
            else {
                content.append(advance());
            }
        }
        if (position == text.length()) {
            throw new UntranslatableException(place, "a string is not closed");
        }
        position++;
        return content.toString();
    }

    /**
     * As Hive's BaseSemanticAnalyzer.unescapeSQLString reads what follows a backslash.
     */
    private String escaped(Place place)
    {
        char escape = advance();
        return switch (escape) {
            case '0' -> {
                if (position < text.length() && isDigit(text.charAt(position))) {
                    throw new UntranslatableException(place, "an octal escape in a string is not translated");
                }
                yield "\0";
            }
            case '1', '2', '3' -> {
                if (position < text.length() && isDigit(text.charAt(position))) {
                    throw new UntranslatableException(place, "an octal escape in a string is not translated");
                }
                yield String.valueOf(escape);
            }
            case 'b' -> "\b";
            case 'n' -> "\n";
            case 'r' -> "\r";
            case 't' -> "\t";
            case 'Z' -> "\u001A";
            // these keep their backslash, for LIKE
            case '%' -> "\\%";
            case '_' -> "\\_";
            case 'u' -> {
                if (position + 4 > text.length() || !text.substring(position, position + 4).chars().allMatch(digit -> Character.digit(digit, 16) >= 0)) {
                    throw new UntranslatableException(place, "a string has \\u without four hexadecimal digits");
                }
                String unit = String.valueOf((char) Integer.parseInt(text.substring(position, position + 4), 16));
                position += 4;
                yield unit;
            }
            default -> String.valueOf(escape);
        };
    }

    private String quotedName(Place place)
    {
        StringBuilder name = new StringBuilder();
        position++;
        while (position < text.length()) {
            if (text.charAt(position) != '`') {
                name.append(advance());
            }
            else if (text.startsWith("``", position)) {
                name.append('`');
                position += 2;
            }
            else {
                position++;
                return name.toString();
            }
        }
        throw new UntranslatableException(place, "a name in backquotes is not closed");
    }

    private Token numberOrWord(Place place)
    {
        int start = position;
        boolean fraction = false;
        while (position < text.length() && (isDigit(text.charAt(position)) || (text.charAt(position) == '.' && !fraction))) {
            fraction |= text.charAt(position) == '.';
            position++;
        }
        if (position < text.length() && (text.charAt(position) == 'e' || text.charAt(position) == 'E')) {
            int exponent = position + 1;
            if (exponent < text.length() && (text.charAt(exponent) == '+' || text.charAt(exponent) == '-')) {
                exponent++;
            }
            if (exponent < text.length() && isDigit(text.charAt(exponent))) {
                position = exponent;
                while (position < text.length() && isDigit(text.charAt(position))) {
                    position++;
                }
            }
        }
        int end = position;
        // a suffix says the type; and a name may begin with a digit
        while (position < text.length() && isWordPart(text.charAt(position))) {
            position++;
        }
        String number = text.substring(start, position);
        boolean suffix = position > end;
        if (suffix && !fraction && !number.matches("[0-9]+(L|S|Y|BD|D|l|s|y|bd|d)")) {
            return new Token(WORD, number, place);
        }
        return new Token(NUMBER, number, place);
    }

    private String word()
    {
        int start = position;
        while (position < text.length() && isWordPart(text.charAt(position))) {
            position++;
        }
        return text.substring(start, position);
    }

    private char advance()
    {
        char character = text.charAt(position);
        position++;
        if (character == '\n') {
            line++;
            lineStart = position;
        }
        return character;
    }

    private Place place()
    {
        return new Place(line, position - lineStart + 1);
    }

    private static boolean isDigit(char character)
    {
        return character >= '0' && character <= '9';
    }

    private static boolean isWordPart(char character)
    {
        return Character.isLetterOrDigit(character) || character == '_';
    }
}
