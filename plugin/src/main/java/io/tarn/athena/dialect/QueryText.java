package io.tarn.athena.dialect;

import io.trino.grammar.sql.SqlBaseLexer;
import io.trino.grammar.sql.SqlBaseListener;
import io.trino.grammar.sql.SqlBaseParser;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStreamRewriter;
import org.antlr.v4.runtime.tree.IterativeParseTreeWalker;

/**
 * A statement of Trino's in which pieces are replaced; all else stays as it was, comments and blanks too.
 */
final class QueryText
{
    private final CommonTokenStream tokens;
    private final SqlBaseParser.SingleStatementContext tree;
    private final TokenStreamRewriter rewriter;
    private boolean changed;
    private int replacedTo = -1;

    /**
     * @param statement one that Trino's parser takes
     */
    QueryText(String statement)
    {
        SqlBaseLexer lexer = new SqlBaseLexer(CharStreams.fromString(statement));
        lexer.removeErrorListeners();
        tokens = new CommonTokenStream(lexer);
        SqlBaseParser parser = new SqlBaseParser(tokens);
        parser.removeErrorListeners();
        try {
            tree = parser.singleStatement();
        }
        catch (StackOverflowError e) {
            // as Trino's own parser says it
            throw new DialectException(DialectException.Reason.SYNTAX, 1, 1, "statement is too large (stack overflow during parsing)");
        }
        rewriter = new TokenStreamRewriter(tokens);
    }

    void walk(SqlBaseListener listener)
    {
        // a query may be nested deeper than the stack
        new IterativeParseTreeWalker().walk(listener, tree);
    }

    String text(ParserRuleContext context)
    {
        return tokens.getText(context.getStart(), context.getStop());
    }

    void replace(ParserRuleContext context, String text)
    {
        replace(context.getStart(), context.getStop(), text);
    }

    /**
     * Pieces are replaced from the first to the last; one within what is replaced already stays as that has it.
     */
    void replace(Token first, Token last, String text)
    {
        if (first.getTokenIndex() <= replacedTo) {
            return;
        }
        replacedTo = last.getTokenIndex();
        rewriter.replace(first, last, text);
        changed = true;
    }

    void surround(ParserRuleContext context, String before, String after)
    {
        rewriter.insertBefore(context.getStart(), before);
        rewriter.insertAfter(context.getStop(), after);
        changed = true;
    }

    boolean isChanged()
    {
        return changed;
    }

    String changedText()
    {
        return rewriter.getText();
    }
}
