package io.tarn.athena.dialect;

import io.trino.grammar.sql.SqlBaseBaseListener;
import io.trino.grammar.sql.SqlBaseParser.ArrayConstructorContext;
import io.trino.grammar.sql.SqlBaseParser.CreateTableAsSelectContext;
import io.trino.grammar.sql.SqlBaseParser.DecimalLiteralContext;
import io.trino.grammar.sql.SqlBaseParser.DeleteContext;
import io.trino.grammar.sql.SqlBaseParser.FunctionCallContext;
import io.trino.grammar.sql.SqlBaseParser.IdentifierContext;
import io.trino.grammar.sql.SqlBaseParser.QualifiedNameContext;
import io.trino.grammar.sql.SqlBaseParser.UnnestContext;
import io.trino.grammar.sql.SqlBaseParser.WithContext;
import org.antlr.v4.runtime.Token;

import java.util.List;
import java.util.Locale;

import static io.tarn.athena.dialect.DialectException.Reason.REFUSED;
import static java.util.Objects.requireNonNull;

/**
 * A query read as Athena reads it: what means something else in Trino is replaced, what Athena refuses is refused.
 */
final class QueryReading
        extends SqlBaseBaseListener
{
    private static final String ATHENA_CATALOG = "awsdatacatalog";
    private static final int MAX_ARRAY_ELEMENTS = 254;
    private static final int MAX_ARGUMENTS = 127;

    private final QueryText text;
    private final DialectSession session;
    private final Notes notes;

    private QueryReading(QueryText text, DialectSession session, Notes notes)
    {
        this.text = requireNonNull(text, "text is null");
        this.session = requireNonNull(session, "session is null");
        this.notes = requireNonNull(notes, "notes is null");
    }

    /**
     * @param statement one that Trino's parser takes
     * @return the very same where nothing is to be changed
     * @throws DialectException where Athena refuses it
     */
    static String read(String statement, DialectSession session, Notes notes)
    {
        QueryText text = new QueryText(statement);
        text.walk(new QueryReading(text, session, notes));
        return text.isChanged() ? text.changedText() : statement;
    }

    @Override
    public void enterUnnest(UnnestContext context)
    {
        UnnestReading.read(context, text, notes);
    }

    @Override
    public void enterCreateTableAsSelect(CreateTableAsSelectContext context)
    {
        new TableAsReading(text, session, notes).read(context);
    }

    @Override
    public void enterWith(WithContext context)
    {
        refuseRecursion(context);
    }

    @Override
    public void enterDelete(DeleteContext context)
    {
        List<String> name = TableNames.parts(context.qualifiedName());
        if (TableNames.database(name, session).map(database -> session.tables().kind(database, name.getLast()) == TableKind.HIVE).orElse(false)) {
            throw refused(context.getStart(), "DELETE FROM is not supported by Athena for tables of Hive's kind: use an Iceberg table, or ALTER TABLE DROP PARTITION");
        }
    }

    @Override
    public void enterQualifiedName(QualifiedNameContext context)
    {
        IdentifierContext first = context.identifier(0);
        if (context.identifier().size() < 2) {
            return;
        }
        String name = TableNames.part(first);
        if (name.startsWith("lambda:")) {
            throw refused(context.getStart(), "The catalog \"%s\" is one of a Lambda function: federated queries are Athena's own; configure a catalog of the connector in Trino instead".formatted(name));
        }
        if (context.identifier().size() == 3 && name.equals(ATHENA_CATALOG) && !session.catalog().equals(ATHENA_CATALOG)) {
            text.replace(first, SqlText.identifier(session.catalog()));
        }
    }

    @Override
    public void enterDecimalLiteral(DecimalLiteralContext context)
    {
        // 1.5 is a decimal in Trino, and a double in Athena
        Token value = context.DECIMAL_VALUE().getSymbol();
        text.replace(value, value, value.getText().replace("_", "") + "E0");
    }

    @Override
    public void enterArrayConstructor(ArrayConstructorContext context)
    {
        int elements = context.expression().size();
        if (elements > MAX_ARRAY_ELEMENTS) {
            notes.limit("Athena takes at most %s elements in an array constructor; in line %s there are %s".formatted(MAX_ARRAY_ELEMENTS, context.getStart().getLine(), elements));
        }
    }

    @Override
    public void enterFunctionCall(FunctionCallContext context)
    {
        int arguments = context.argument().size();
        if (arguments > MAX_ARGUMENTS) {
            notes.limit("Athena takes at most %s arguments of a function; in line %s %s has %s".formatted(MAX_ARGUMENTS, context.getStart().getLine(), context.getStart().getText().toLowerCase(Locale.ENGLISH), arguments));
        }
    }

    static void refuseRecursion(WithContext context)
    {
        if (context.RECURSIVE() != null) {
            throw refused(context.RECURSIVE().getSymbol(), "Recursive queries (WITH RECURSIVE) are not supported by Athena");
        }
    }

    static DialectException refused(Token token, String problem)
    {
        return new DialectException(REFUSED, token.getLine(), token.getCharPositionInLine() + 1, problem);
    }
}
