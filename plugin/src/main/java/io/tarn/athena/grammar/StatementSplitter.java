package io.tarn.athena.grammar;

import com.google.common.collect.ImmutableList;
import io.tarn.athena.grammar.Lexeme.Kind;

import java.util.List;

/**
 * Takes a list of statements apart at its semicolons.
 */
public final class StatementSplitter
{
    private StatementSplitter() {}

    /**
     * The statements of a text, in their order. Semicolons in strings, quoted names and comments do not end a
     * statement; what is a string depends on the statement's language, as Hive's DDL knows the backslash and queries
     * do not. Pieces of nothing but blanks and comments are left out. Where a quote is not closed, the rest of the
     * text belongs to that statement.
     */
    public static List<StatementText> split(String text)
    {
        ImmutableList.Builder<StatementText> statements = ImmutableList.builder();
        LexemeReader reader = new LexemeReader(text);
        Lines lines = new Lines(text);
        int begin = 0;
        boolean more = true;
        while (more) {
            QuotingRules rules = new QuotingRules(text);
            boolean empty = true;
            Lexeme lexeme = reader.next(rules.quoting());
            while (lexeme.kind() != Kind.END && !lexeme.isSymbol(text, ';')) {
                empty = false;
                rules.accept(lexeme);
                lexeme = reader.next(rules.quoting());
            }
            if (!empty) {
                statements.add(statement(text, begin, lexeme.start(), lines));
            }
            begin = lexeme.end();
            more = lexeme.kind() != Kind.END;
        }
        return statements.build();
    }

    private static StatementText statement(String text, int begin, int end, Lines lines)
    {
        int first = begin;
        while (LexemeReader.isBlank(text.charAt(first))) {
            first++;
        }
        int last = end;
        while (LexemeReader.isBlank(text.charAt(last - 1))) {
            last--;
        }
        lines.advance(first);
        return new StatementText(text.substring(first, last), first, lines.line(), lines.column());
    }

    /**
     * Counts forward only, so that a long list is read once.
     */
    private static final class Lines
    {
        private final String text;
        private int position;
        private int line = 1;
        private int column = 1;

        private Lines(String text)
        {
            this.text = text;
        }

        private void advance(int target)
        {
            while (position < target) {
                int character = text.codePointAt(position);
                position += Character.charCount(character);
                column++;
                if (character == '\n') {
                    line++;
                    column = 1;
                }
            }
        }

        private int line()
        {
            return line;
        }

        private int column()
        {
            return column;
        }
    }
}
