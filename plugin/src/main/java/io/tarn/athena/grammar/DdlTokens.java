package io.tarn.athena.grammar;

import com.google.common.collect.ImmutableList;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.Token;

import java.util.List;
import java.util.Locale;

/**
 * The words and signs of a statement of DDL, checked as far as that is possible before it is parsed: a parser that
 * calls itself for what is nested must not be given what is nested without bound.
 */
final class DdlTokens
{
    static final int DEEPEST_TYPE = 100;

    private DdlTokens() {}

    /**
     * @return the tokens without blanks and comments, the last is the end
     */
    static List<Token> read(String text, SyntaxErrors errors)
    {
        AthenaDdlLexer lexer = new AthenaDdlLexer(CharStreams.fromString(text));
        lexer.removeErrorListeners();
        ImmutableList.Builder<Token> tokens = ImmutableList.builder();
        int depth = 0;
        Token previous = null;
        while (true) {
            Token token = lexer.nextToken();
            if (token.getChannel() != Token.DEFAULT_CHANNEL) {
                continue;
            }
            if (token.getType() == AthenaDdlLexer.UNKNOWN) {
                // nothing is read after it: each of many open quotes would be looked for up to the end
                throw errors.at(token, unknown(text, token));
            }
            tokens.add(token);
            if (token.getType() == Token.EOF) {
                return tokens.build();
            }
            if (token.getText().equals("<") && previous != null && opensType(previous)) {
                depth++;
                if (depth > DEEPEST_TYPE) {
                    throw errors.at(token, "column types are nested more than " + DEEPEST_TYPE + " deep");
                }
            }
            else if (token.getText().equals(">") && depth > 0) {
                depth--;
            }
            previous = token;
        }
    }

    private static boolean opensType(Token token)
    {
        return switch (token.getType()) {
            case AthenaDdlLexer.ARRAY, AthenaDdlLexer.MAP, AthenaDdlLexer.STRUCT -> true;
            default -> false;
        };
    }

    private static String unknown(String text, Token token)
    {
        return switch (token.getText()) {
            case "'", "\"" -> "the string that begins here is not closed";
            case "`" -> "the name that begins here is not closed";
            case "/" -> text.startsWith("/*", text.offsetByCodePoints(0, token.getStartIndex())) ?
                    "the comment that begins here is not closed" :
                    "unexpected character '/'";
            default -> String.format(Locale.ENGLISH, "unexpected character '%s' (U+%04X)", token.getText().replaceAll("\\p{Cntrl}", " "), token.getText().codePointAt(0));
        };
    }
}
