package io.tarn.athena.dialect;

import io.trino.grammar.sql.SqlBaseBaseListener;
import io.trino.grammar.sql.SqlBaseParser.CreateTableAsSelectContext;
import io.trino.grammar.sql.SqlBaseParser.UnnestContext;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import static io.tarn.athena.dialect.Engine.Verdict.ACCEPTED;
import static io.tarn.athena.dialect.Engine.Verdict.MISMATCHED_ALIASES;
import static java.util.Objects.requireNonNull;

/**
 * Statements that both parsers take, in a session that does not say whose they are: Trino's, unless Trino would refuse
 * them and Athena's reading is one that runs.
 */
final class AmbiguousReading
        extends SqlBaseBaseListener
{
    // most statements are not read a second time
    private static final Pattern CANDIDATE = Pattern.compile("\\b(unnest|" + TableAsReading.TABLE_TYPE + ")\\b", Pattern.CASE_INSENSITIVE);

    private final String statement;
    private final DialectSession session;
    private boolean athenasTable;
    private boolean athenasUnnest;

    private AmbiguousReading(String statement, DialectSession session)
    {
        this.statement = requireNonNull(statement, "statement is null");
        this.session = requireNonNull(session, "session is null");
    }

    /**
     * @param statement one that Trino's parser takes, and in which no other one stands
     * @return the very same where it is Trino's
     * @throws DialectException where only Athena could have meant it, and it is wrong
     */
    static String read(String statement, DialectSession session, Notes notes)
    {
        if (!CANDIDATE.matcher(statement).find()) {
            return statement;
        }
        AmbiguousReading reading = new AmbiguousReading(statement, session);
        new QueryText(statement).walk(reading);
        if (reading.athenasTable) {
            return QueryReading.read(statement, session, notes);
        }
        if (reading.athenasUnnest && session.engine().analyze(statement) == MISMATCHED_ALIASES) {
            return accepted(statement, session, notes).orElse(statement);
        }
        return statement;
    }

    /**
     * Athena's reading, if Trino would run that.
     */
    private static Optional<String> accepted(String statement, DialectSession session, Notes notes)
    {
        Notes more = new Notes();
        String athena;
        try {
            athena = QueryReading.read(statement, session, more);
        }
        catch (DialectException e) {
            // neither dialect has it, and Trino says why it has not
            return Optional.empty();
        }
        if (session.engine().analyze(athena) != ACCEPTED) {
            return Optional.empty();
        }
        notes.addAll(more);
        return Optional.of(athena);
    }

    @Override
    public void enterUnnest(UnnestContext context)
    {
        athenasUnnest |= UnnestReading.isChanged(context);
    }

    @Override
    public void enterCreateTableAsSelect(CreateTableAsSelectContext context)
    {
        if (TableAsReading.properties(context).containsKey(TableAsReading.TABLE_TYPE)) {
            Optional<Set<String>> known = session.engine().tableProperties(TableNames.parts(context.qualifiedName()));
            // where the table is there already, IF NOT EXISTS asks for no properties
            athenasTable = known.isPresent()
                    && !known.get().contains(TableAsReading.TABLE_TYPE)
                    && (context.EXISTS() == null || session.engine().analyze(statement) != ACCEPTED);
        }
    }
}
