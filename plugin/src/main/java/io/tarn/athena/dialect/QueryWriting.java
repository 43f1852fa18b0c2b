package io.tarn.athena.dialect;

import io.trino.grammar.sql.SqlBaseBaseListener;
import io.trino.grammar.sql.SqlBaseParser.DecimalLiteralContext;
import io.trino.grammar.sql.SqlBaseParser.QualifiedNameContext;
import io.trino.grammar.sql.SqlBaseParser.TableFunctionCallContext;
import io.trino.grammar.sql.SqlBaseParser.UnnestContext;
import io.trino.grammar.sql.SqlBaseParser.WithContext;
import org.antlr.v4.runtime.Token;

import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * A query of Trino's for Athena: names of catalogues are Athena's, and what Athena reads otherwise is noted.
 */
final class QueryWriting
        extends SqlBaseBaseListener
{
    private final QueryText text;
    private final DialectSession session;
    private final Notes notes;

    private QueryWriting(QueryText text, DialectSession session, Notes notes)
    {
        this.text = requireNonNull(text, "text is null");
        this.session = requireNonNull(session, "session is null");
        this.notes = requireNonNull(notes, "notes is null");
    }

    /**
     * @param statement one that Trino's parser takes
     */
    static String write(String statement, DialectSession session, Notes notes)
    {
        QueryText text = new QueryText(statement);
        text.walk(new QueryWriting(text, session, notes));
        return text.isChanged() ? text.changedText() : statement;
    }

    @Override
    public void enterUnnest(UnnestContext context)
    {
        if (!UnnestReading.namesEachArgument(context)) {
            notes.meaning("In line %s: of an array of rows Athena's UNNEST makes one column, a row, and not a column for each field; arrays of other elements and maps are unnested alike"
                    .formatted(context.getStart().getLine()));
        }
    }

    @Override
    public void enterWith(WithContext context)
    {
        QueryReading.refuseRecursion(context);
    }

    @Override
    public void enterTableFunctionCall(TableFunctionCallContext context)
    {
        notes.meaning("In line %s: Athena has no table function %s".formatted(context.getStart().getLine(), context.qualifiedName().getText()));
    }

    @Override
    public void enterQualifiedName(QualifiedNameContext context)
    {
        List<String> parts = TableNames.parts(context);
        if (parts.size() == 3 && isIceberg(parts.getFirst())) {
            text.replace(context.identifier(0), SqlText.identifier(session.catalog()));
        }
    }

    @Override
    public void enterDecimalLiteral(DecimalLiteralContext context)
    {
        // 1.5 is a double in Athena
        Token value = context.DECIMAL_VALUE().getSymbol();
        text.replace(value, value, "DECIMAL " + SqlText.string(value.getText().replace("_", "")));
    }

    private boolean isIceberg(String catalog)
    {
        Optional<String> iceberg = session.icebergCatalog();
        return iceberg.isPresent() && iceberg.get().equals(catalog);
    }
}
