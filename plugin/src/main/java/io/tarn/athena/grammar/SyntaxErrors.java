package io.tarn.athena.grammar;

import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;

import static java.util.Objects.requireNonNull;

/**
 * Makes the errors of one statement.
 *
 * @param statement in the guide's terms, or empty where that is not known yet
 * @param line where the statement begins
 * @param column where the statement begins
 */
record SyntaxErrors(String statement, int line, int column)
{
    private static final int LONGEST_QUOTE = 40;

    SyntaxErrors
    {
        requireNonNull(statement, "statement is null");
    }

    SyntaxErrors of(String statement)
    {
        return new SyntaxErrors(statement, line, column);
    }

    AthenaSyntaxException atBeginning(String detail)
    {
        return new AthenaSyntaxException(line, column, statement, detail);
    }

    AthenaSyntaxException at(Token token, String detail)
    {
        return new AthenaSyntaxException(
                line + token.getLine() - 1,
                (token.getLine() == 1 ? column : 1) + token.getCharPositionInLine(),
                statement,
                detail);
    }

    AthenaSyntaxException at(ParseTree tree, String detail)
    {
        ParseTree first = tree;
        while (!(first instanceof TerminalNode terminal)) {
            first = first.getChild(0);
        }
        return at(terminal.getSymbol(), detail);
    }

    /**
     * A piece of the statement as a message shows it.
     */
    static String shown(Token token)
    {
        if (token.getType() == Token.EOF) {
            return "the end of the statement";
        }
        return shown(token.getText());
    }

    static String shown(String text)
    {
        String line = text.replaceAll("\\p{Cntrl}", " ");
        if (line.codePointCount(0, line.length()) > LONGEST_QUOTE) {
            line = line.substring(0, line.offsetByCodePoints(0, LONGEST_QUOTE)) + "…";
        }
        // strings and quoted names bring their quotes
        return line.startsWith("'") || line.startsWith("\"") || line.startsWith("`") ? line : "'" + line + "'";
    }
}
