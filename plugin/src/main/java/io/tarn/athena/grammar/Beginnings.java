package io.tarn.athena.grammar;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tarn.athena.grammar.Lexeme.Kind;
import io.tarn.athena.statement.AthenaStatement;
import io.tarn.athena.statement.QueryStatement;
import io.tarn.athena.statement.RefusedStatement;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import static io.tarn.athena.statement.QueryStatement.Kind.CREATE_TABLE_AS;
import static io.tarn.athena.statement.QueryStatement.Kind.CREATE_VIEW;
import static io.tarn.athena.statement.QueryStatement.Kind.DEALLOCATE;
import static io.tarn.athena.statement.QueryStatement.Kind.DELETE;
import static io.tarn.athena.statement.QueryStatement.Kind.EXECUTE;
import static io.tarn.athena.statement.QueryStatement.Kind.EXPLAIN;
import static io.tarn.athena.statement.QueryStatement.Kind.INSERT;
import static io.tarn.athena.statement.QueryStatement.Kind.MERGE;
import static io.tarn.athena.statement.QueryStatement.Kind.PREPARE;
import static io.tarn.athena.statement.QueryStatement.Kind.SELECT;
import static io.tarn.athena.statement.QueryStatement.Kind.UNLOAD;
import static io.tarn.athena.statement.QueryStatement.Kind.UPDATE;
import static io.tarn.athena.statement.QueryStatement.Kind.USING_FUNCTION;
import static java.util.Objects.requireNonNull;

/**
 * Tells by its words what a statement is that the grammar does not know: a query, or one that Athena refuses.
 */
final class Beginnings
{
    private static final Map<String, QueryStatement.Kind> QUERIES = ImmutableMap.<String, QueryStatement.Kind>builder()
            .put("SELECT", SELECT)
            .put("WITH", SELECT)
            .put("VALUES", SELECT)
            .put("TABLE", SELECT)
            .put("INSERT", INSERT)
            .put("UPDATE", UPDATE)
            .put("DELETE", DELETE)
            .put("MERGE", MERGE)
            .put("UNLOAD", UNLOAD)
            .put("PREPARE", PREPARE)
            .put("EXECUTE", EXECUTE)
            .put("DEALLOCATE", DEALLOCATE)
            .put("EXPLAIN", EXPLAIN)
            .put("USING", USING_FUNCTION)
            .buildOrThrow();

    private final String text;
    private final List<Lexeme> lexemes;
    private final boolean tableFromQuery;

    /**
     * @param text of one statement
     */
    Beginnings(String text)
    {
        this.text = requireNonNull(text, "text is null");
        ImmutableList.Builder<Lexeme> pieces = ImmutableList.builder();
        LexemeReader reader = new LexemeReader(text);
        QuotingRules rules = new QuotingRules(text);
        Lexeme lexeme = reader.next(rules.quoting());
        boolean query = isQueryWord(lexeme) || lexeme.isSymbol(text, '(');
        // of a query, which may be of any length, two pieces tell everything
        for (int count = 0; lexeme.kind() != Kind.END && !(query && count == 2); count++) {
            pieces.add(lexeme);
            rules.accept(lexeme);
            lexeme = reader.next(rules.quoting());
        }
        this.lexemes = pieces.build();
        this.tableFromQuery = rules.isTableFromQuery();
    }

    /**
     * The statement, if it is not one of the grammar's.
     */
    Optional<AthenaStatement> statement()
    {
        Optional<AthenaStatement> refused = RefusedPatterns.match(text, lexemes)
                .map(kind -> new RefusedStatement(kind, text));
        return refused.or(() -> query().map(kind -> new QueryStatement(kind, text)));
    }

    private Optional<QueryStatement.Kind> query()
    {
        if (lexemes.isEmpty()) {
            return Optional.empty();
        }
        if (lexemes.getFirst().isSymbol(text, '(')) {
            return Optional.of(SELECT);
        }
        if (tableFromQuery) {
            return Optional.of(CREATE_TABLE_AS);
        }
        if (isWord(0, "CREATE") && (isWord(1, "VIEW") || (isWord(1, "OR") && isWord(2, "REPLACE") && isWord(3, "VIEW")))) {
            return Optional.of(CREATE_VIEW);
        }
        return isQueryWord(lexemes.getFirst()) ? Optional.of(QUERIES.get(lexemes.getFirst().in(text).toUpperCase(Locale.ENGLISH))) : Optional.empty();
    }

    private boolean isQueryWord(Lexeme lexeme)
    {
        return lexeme.kind() == Kind.WORD && QUERIES.containsKey(lexeme.in(text).toUpperCase(Locale.ENGLISH));
    }

    /**
     * What OPTIMIZE is to choose rows by: the text after its {@code WHERE}, to the last piece that is no comment.
     */
    Optional<Condition> optimizeCondition()
    {
        if (!isWord(0, "OPTIMIZE")) {
            return Optional.empty();
        }
        for (int index = 2; index < lexemes.size(); index++) {
            if (isWord(index, "WHERE") && !lexemes.get(index - 1).isSymbol(text, '.')) {
                String condition = index + 1 < lexemes.size() ? text.substring(lexemes.get(index + 1).start(), lexemes.getLast().end()) : "";
                return Optional.of(new Condition(lexemes.get(index).start(), condition));
            }
        }
        return Optional.empty();
    }

    /**
     * @param start of the word WHERE
     * @param text empty where nothing follows it
     */
    record Condition(int start, String text) {}

    private boolean isWord(int index, String word)
    {
        return index < lexemes.size() && lexemes.get(index).isWord(text, word);
    }
}
