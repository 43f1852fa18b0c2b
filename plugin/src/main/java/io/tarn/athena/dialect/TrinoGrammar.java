package io.tarn.athena.dialect;

import io.trino.grammar.sql.SqlBaseLexer;
import io.trino.sql.parser.ParsingException;
import io.trino.sql.parser.SqlParser;
import io.trino.sql.tree.Statement;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.Token;

import java.util.List;
import java.util.Optional;

/**
 * What Trino's own parser says of a text.
 */
final class TrinoGrammar
{
    private static final SqlParser PARSER = new SqlParser();

    private TrinoGrammar() {}

    /**
     * Where and why Trino does not take a text.
     *
     * @param line from 1
     * @param column from 1
     */
    record Failure(int line, int column, String message)
    {
        DialectException exception()
        {
            return new DialectException(DialectException.Reason.SYNTAX, line, column, message);
        }
    }

    /**
     * @return empty where the text is a statement of Trino's
     */
    static Optional<Failure> failure(String text)
    {
        try {
            PARSER.createStatement(text);
            return Optional.empty();
        }
        catch (ParsingException e) {
            return Optional.of(new Failure(e.getLineNumber(), e.getColumnNumber(), e.getErrorMessage()));
        }
        catch (IllegalArgumentException e) {
            // values that the tree has no place for, such as numbers out of range
            return Optional.of(new Failure(1, 1, String.valueOf(e.getMessage())));
        }
    }

    /**
     * @param text one that Trino's parser takes
     */
    static Statement statement(String text)
    {
        return PARSER.createStatement(text);
    }

    /**
     * The tokens of a text, without comments and blanks; what is no token of Trino's is one all the same.
     */
    static List<Token> tokens(String text)
    {
        SqlBaseLexer lexer = new SqlBaseLexer(CharStreams.fromString(text));
        lexer.removeErrorListeners();
        CommonTokenStream tokens = new CommonTokenStream(lexer);
        tokens.fill();
        return tokens.getTokens().stream()
                .filter(token -> token.getChannel() == Token.DEFAULT_CHANNEL && token.getType() != Token.EOF)
                .toList();
    }

    /**
     * Where a token begins, in characters of Java's, which are two for what the lexer counts as one.
     */
    static int begin(String text, Token token)
    {
        return text.offsetByCodePoints(0, token.getStartIndex());
    }

    /**
     * Behind the last character of a token.
     */
    static int end(String text, Token token)
    {
        return text.offsetByCodePoints(0, token.getStopIndex() + 1);
    }
}
