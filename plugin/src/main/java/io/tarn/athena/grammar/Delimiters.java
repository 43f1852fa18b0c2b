package io.tarn.athena.grammar;

import io.tarn.athena.grammar.AthenaDdlParser.CollectionItemsTerminatedContext;
import io.tarn.athena.grammar.AthenaDdlParser.DelimitedContext;
import io.tarn.athena.grammar.AthenaDdlParser.DelimiterContext;
import io.tarn.athena.grammar.AthenaDdlParser.EscapedContext;
import io.tarn.athena.grammar.AthenaDdlParser.FieldsTerminatedContext;
import io.tarn.athena.grammar.AthenaDdlParser.LinesTerminatedContext;
import io.tarn.athena.grammar.AthenaDdlParser.MapKeysTerminatedContext;
import io.tarn.athena.grammar.AthenaDdlParser.NullDefinedContext;
import io.tarn.athena.statement.RowFormat;

/**
 * Reads what follows ROW FORMAT DELIMITED.
 */
final class Delimiters
{
    private final OnceOnly<String> fields;
    private final OnceOnly<String> escaped;
    private final OnceOnly<String> collectionItems;
    private final OnceOnly<String> mapKeys;
    private final OnceOnly<String> lines;
    private final OnceOnly<String> nulls;

    private Delimiters(SyntaxErrors errors)
    {
        this.fields = new OnceOnly<>("FIELDS TERMINATED BY", errors);
        this.escaped = new OnceOnly<>("ESCAPED BY", errors);
        this.collectionItems = new OnceOnly<>("COLLECTION ITEMS TERMINATED BY", errors);
        this.mapKeys = new OnceOnly<>("MAP KEYS TERMINATED BY", errors);
        this.lines = new OnceOnly<>("LINES TERMINATED BY", errors);
        this.nulls = new OnceOnly<>("NULL DEFINED AS", errors);
    }

    static RowFormat read(DelimitedContext context, SyntaxErrors errors)
    {
        Delimiters delimiters = new Delimiters(errors);
        context.delimiter().forEach(delimiters::delimiter);
        return new RowFormat.Delimited(
                delimiters.fields.value(),
                delimiters.escaped.value(),
                delimiters.collectionItems.value(),
                delimiters.mapKeys.value(),
                delimiters.lines.value(),
                delimiters.nulls.value());
    }

    private void delimiter(DelimiterContext context)
    {
        switch (context) {
            case FieldsTerminatedContext delimiter -> fields.set(delimiter, Clauses.text(delimiter.text()));
            case EscapedContext delimiter -> escaped.set(delimiter, Clauses.text(delimiter.text()));
            case CollectionItemsTerminatedContext delimiter -> collectionItems.set(delimiter, Clauses.text(delimiter.text()));
            case MapKeysTerminatedContext delimiter -> mapKeys.set(delimiter, Clauses.text(delimiter.text()));
            case LinesTerminatedContext delimiter -> lines.set(delimiter, Clauses.text(delimiter.text()));
            case NullDefinedContext delimiter -> nulls.set(delimiter, Clauses.text(delimiter.text()));
            default -> throw new IllegalArgumentException("not a delimiter: " + context.getClass().getSimpleName());
        }
    }
}
