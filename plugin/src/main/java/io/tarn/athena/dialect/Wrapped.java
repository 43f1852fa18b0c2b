package io.tarn.athena.dialect;

import io.trino.grammar.sql.SqlBaseLexer;
import org.antlr.v4.runtime.Token;

import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * A statement that stands in another one: what {@code PREPARE}, {@code EXPLAIN} and {@code EXECUTE IMMEDIATE} have.
 *
 * @param prefix the text before it, as it is to be for Trino
 * @param begin where the statement begins in the whole text
 * @param statement the inner one, to be translated by itself
 * @param suffix the text behind it
 * @param inString whether it stands in quotes
 */
record Wrapped(String prefix, int begin, String statement, String suffix, boolean inString)
{
    Wrapped
    {
        requireNonNull(prefix, "prefix is null");
        requireNonNull(statement, "statement is null");
        requireNonNull(suffix, "suffix is null");
    }

    /**
     * @param text of the whole statement
     * @return empty where nothing stands in it
     */
    static Optional<Wrapped> of(String text, Notes notes)
    {
        List<Token> tokens = TrinoGrammar.tokens(text);
        if (is(tokens, 0, "PREPARE") && is(tokens, 2, "FROM")) {
            return rest(text, tokens, 3, text.substring(0, TrinoGrammar.end(text, tokens.get(2))));
        }
        if (is(tokens, 0, "EXECUTE") && is(tokens, 1, "IMMEDIATE") && tokens.size() > 2 && tokens.get(2).getType() == SqlBaseLexer.STRING) {
            Token literal = tokens.get(2);
            int begin = TrinoGrammar.begin(text, literal);
            return Optional.of(new Wrapped(text.substring(0, begin), begin + 1, SqlText.unquoted(literal.getText()), text.substring(TrinoGrammar.end(text, literal)), true));
        }
        if (is(tokens, 0, "EXPLAIN")) {
            return explained(text, tokens, notes);
        }
        return Optional.empty();
    }

    private static Optional<Wrapped> explained(String text, List<Token> tokens, Notes notes)
    {
        boolean analyze = is(tokens, 1, "ANALYZE");
        int next = 1;
        while (is(tokens, next, "ANALYZE") || is(tokens, next, "VERBOSE")) {
            next++;
        }
        int prefixEnd = TrinoGrammar.end(text, tokens.get(next - 1));
        if (is(tokens, next, "(") && (is(tokens, next + 1, "FORMAT") || is(tokens, next + 1, "TYPE"))) {
            while (next < tokens.size() && !is(tokens, next, ")")) {
                next++;
            }
            if (next == tokens.size()) {
                return Optional.empty();
            }
            next++;
            if (analyze) {
                notes.meaning("Trino's EXPLAIN ANALYZE has one form, which is text: %s is left out"
                        .formatted(text.substring(prefixEnd, TrinoGrammar.end(text, tokens.get(next - 1))).strip()));
            }
            else {
                prefixEnd = TrinoGrammar.end(text, tokens.get(next - 1));
            }
        }
        return rest(text, tokens, next, text.substring(0, prefixEnd));
    }

    private static Optional<Wrapped> rest(String text, List<Token> tokens, int first, String prefix)
    {
        if (first >= tokens.size()) {
            return Optional.empty();
        }
        // the blanks before it belong to what stays as it is
        int begin = TrinoGrammar.end(text, tokens.get(first - 1));
        return Optional.of(new Wrapped(prefix, begin, text.substring(begin), "", false));
    }

    private static boolean is(List<Token> tokens, int index, String text)
    {
        return index < tokens.size() && tokens.get(index).getText().equalsIgnoreCase(text);
    }

    String with(String translated)
    {
        if (inString) {
            return prefix + SqlText.string(translated) + suffix;
        }
        // the blanks before it may be gone with its semicolon
        boolean apart = translated.isEmpty() || Character.isWhitespace(translated.charAt(0));
        return prefix + (apart ? "" : " ") + translated + suffix;
    }
}
