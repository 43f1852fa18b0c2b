package io.tarn.athena.dialect;

import com.google.common.collect.Sets;
import io.tarn.athena.dialect.TrinoGrammar.Failure;
import io.tarn.athena.grammar.AthenaParser;
import io.tarn.athena.grammar.AthenaSyntaxException;
import io.tarn.athena.statement.AthenaStatement;
import io.tarn.athena.statement.QueryStatement;
import io.tarn.athena.statement.RefusedKind;
import io.tarn.athena.statement.RefusedStatement;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static io.tarn.athena.dialect.DialectException.Reason.REFUSED;
import static io.tarn.athena.dialect.DialectException.Reason.SYNTAX;
import static io.tarn.athena.dialect.DialectMode.ATHENA;
import static io.tarn.athena.dialect.DialectMode.AUTO;
import static io.tarn.athena.dialect.DialectMode.TRINO;
import static io.tarn.athena.grammar.AthenaParser.LONGEST_STATEMENT;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Statements as Athena takes them, for Trino.
 */
public final class AthenaDialect
{
    // PREPARE … FROM EXPLAIN ANALYZE, and one to spare
    private static final int MAX_DEPTH = 3;

    private static final Set<RefusedKind> TRINO_HAS = Sets.immutableEnumSet(
            RefusedKind.COMMIT,
            RefusedKind.CREATE_FUNCTION,
            RefusedKind.CREATE_ROLE,
            RefusedKind.DESCRIBE_INPUT,
            RefusedKind.DESCRIBE_OUTPUT,
            RefusedKind.DROP_FUNCTION,
            RefusedKind.DROP_ROLE,
            RefusedKind.GRANT,
            RefusedKind.GRANT_ROLE,
            RefusedKind.REVOKE,
            RefusedKind.REVOKE_ROLE,
            RefusedKind.ROLLBACK,
            RefusedKind.SET_ROLE,
            RefusedKind.SHOW_CURRENT_ROLES,
            RefusedKind.SHOW_ROLE_GRANT,
            RefusedKind.SHOW_ROLES,
            RefusedKind.SHOW_STATS,
            RefusedKind.START_TRANSACTION,
            RefusedKind.TRUNCATE_TABLE);

    private AthenaDialect() {}

    /**
     * The statement as Trino is to run it. Which statements are touched at all is {@link DialectMode}'s matter.
     *
     * @param statement one, with or without a semicolon at its end
     * @return with the very text that came in, where nothing is to be changed or where Trino's own error is the better
     *         one
     * @throws DialectException where Athena refuses the statement, where it is one of Athena's with an error in it, or
     *         where there is nothing that does the same
     */
    public static Translation translate(String statement, DialectSession session)
    {
        return translate(statement, session, 0);
    }

    /**
     * @throws DialectException where Trino's parser does not take the statement
     */
    public static void requireTrino(String statement)
    {
        TrinoGrammar.failure(statement).ifPresent(failure -> {
            throw failure.exception();
        });
    }

    private static Translation translate(String statement, DialectSession session, int depth)
    {
        // deeper than any statement that Trino takes
        if (session.mode() == TRINO || depth > MAX_DEPTH) {
            return Translation.of(statement);
        }
        Notes notes = new Notes();
        Translation translation = translate(statement, session, notes, depth);
        if (statement.length() > LONGEST_STATEMENT / 4 && statement.getBytes(UTF_8).length > LONGEST_STATEMENT) {
            notes.limit("Athena takes statements of at most %,d bytes".formatted(LONGEST_STATEMENT));
        }
        return translation.withNotes(notes.list());
    }

    private static Translation translate(String statement, DialectSession session, Notes notes, int depth)
    {
        Optional<Failure> failure = TrinoGrammar.failure(statement);
        if (session.mode() == AUTO && failure.isEmpty()) {
            return ambiguous(statement, session, notes, depth);
        }
        AthenaStatement parsed;
        try {
            parsed = AthenaParser.parse(statement);
        }
        catch (AthenaSyntaxException e) {
            if (failure.isPresent() && isFurther(e, failure.get())) {
                throw new DialectException(SYNTAX, e.line(), e.column(), problem(e));
            }
            // also a query that is only longer than Athena takes is read as Athena's
            return Translation.of(session.mode() == ATHENA && failure.isEmpty() ? QueryReading.read(statement, session, notes) : statement);
        }
        return switch (parsed) {
            case QueryStatement query -> query(query, statement, failure, session, notes, depth);
            // an error in a statement that Trino has too is Trino's to explain
            case RefusedStatement refused when session.mode() == AUTO && TRINO_HAS.contains(refused.kind()) -> Translation.of(statement);
            case RefusedStatement refused -> throw new DialectException(REFUSED, 1, 1, refused.reason());
            default -> definition(parsed, statement, failure, session, notes);
        };
    }

    private static Translation definition(AthenaStatement parsed, String statement, Optional<Failure> failure, DialectSession session, Notes notes)
    {
        Optional<String> foreign = TableNames.catalog(parsed).filter(catalog -> !TableNames.isOurs(catalog, session));
        if (foreign.isPresent()) {
            if (failure.isEmpty()) {
                return Translation.of(statement);
            }
            throw new DialectException(REFUSED, 1, 1, "The catalog %s is not one of Athena's tables: write the statement as Trino has it, or name the catalog %s".formatted(foreign.get(), session.catalog()));
        }
        // comments before the statement stay where they are
        int begin = TrinoGrammar.begin(statement, TrinoGrammar.tokens(statement).getFirst());
        String text = withoutSemicolon(statement.substring(begin));
        Translation translation = new DefinitionTranslation(text, session, notes).translate(parsed);
        List<String> statements = new ArrayList<>(translation.statements());
        statements.set(0, statement.substring(0, begin) + statements.getFirst());
        return Translation.of(statements, translation.notes());
    }

    private static String withoutSemicolon(String statement)
    {
        String text = statement.stripTrailing();
        return text.endsWith(";") ? text.substring(0, text.length() - 1).stripTrailing() : text;
    }

    /**
     * The parser that came further into the text knows better what was meant; where both stop at one place, the
     * statement is Trino's.
     */
    private static boolean isFurther(AthenaSyntaxException athena, Failure trino)
    {
        return athena.line() > trino.line() || (athena.line() == trino.line() && athena.column() > trino.column());
    }

    private static String problem(AthenaSyntaxException exception)
    {
        String place = "line %d:%d: ".formatted(exception.line(), exception.column());
        String message = exception.getMessage();
        return message.startsWith(place) ? message.substring(place.length()) : message;
    }

    private static Translation query(QueryStatement query, String statement, Optional<Failure> failure, DialectSession session, Notes notes, int depth)
    {
        return switch (query.kind()) {
            case UNLOAD -> Translation.of(UnloadReading.read(statement, session, notes));
            case USING_FUNCTION -> throw new DialectException(REFUSED, 1, 1, "USING EXTERNAL FUNCTION is not supported: functions of AWS Lambda and Amazon SageMaker are Athena's own; write a function of Trino's plugin, or CREATE FUNCTION");
            case PREPARE, EXPLAIN, EXECUTE -> Wrapped.of(statement, notes)
                    .map(wrapped -> wrapped(wrapped, statement, failure, session, depth))
                    .orElseGet(() -> plain(query, statement, failure, session, notes));
            case SELECT, CREATE_TABLE_AS, CREATE_VIEW, INSERT, UPDATE, DELETE, MERGE, DEALLOCATE -> plain(query, statement, failure, session, notes);
        };
    }

    private static Translation plain(QueryStatement query, String statement, Optional<Failure> failure, DialectSession session, Notes notes)
    {
        // a semicolon at the end is Athena's to take
        String text = failure.isEmpty() ? statement : query.text();
        if (failure.isPresent() && TrinoGrammar.failure(text).isPresent()) {
            return Translation.of(statement);
        }
        return Translation.of(session.mode() == ATHENA ? QueryReading.read(text, session, notes) : AmbiguousReading.read(text, session, notes));
    }

    private static Translation ambiguous(String statement, DialectSession session, Notes notes, int depth)
    {
        Optional<Wrapped> wrapped = Wrapped.of(statement, notes);
        if (wrapped.isEmpty()) {
            return Translation.of(AmbiguousReading.read(statement, session, notes));
        }
        // Trino's parser does not look into the string of EXECUTE IMMEDIATE; and EXPLAIN ANALYZE t explains ANALYZE t
        if (!wrapped.get().inString() && TrinoGrammar.failure(wrapped.get().statement()).isPresent()) {
            return Translation.of(statement);
        }
        return wrapped(wrapped.get(), statement, Optional.empty(), session, depth);
    }

    private static Translation wrapped(Wrapped wrapped, String statement, Optional<Failure> failure, DialectSession session, int depth)
    {
        Translation inner;
        try {
            inner = translate(wrapped.statement(), session, depth + 1);
        }
        catch (DialectException e) {
            throw e.after(statement.substring(0, wrapped.begin()));
        }
        if (!inner.before().isEmpty()) {
            throw new DialectException(REFUSED, 1, 1, "The statement is several of Trino's, which cannot be prepared or explained as one: " + String.join("; ", inner.statements()));
        }
        boolean unchanged = failure.isEmpty() && inner.statement().equals(wrapped.statement());
        return Translation.of(unchanged ? statement : wrapped.with(inner.statement())).withNotes(inner.notes());
    }
}
