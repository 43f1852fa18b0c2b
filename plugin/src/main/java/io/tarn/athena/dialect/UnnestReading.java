package io.tarn.athena.dialect;

import io.trino.grammar.sql.SqlBaseParser.AliasedRelationContext;
import io.trino.grammar.sql.SqlBaseParser.CreateViewContext;
import io.trino.grammar.sql.SqlBaseParser.ExpressionContext;
import io.trino.grammar.sql.SqlBaseParser.UnnestContext;
import org.antlr.v4.runtime.RuleContext;

import java.util.regex.Pattern;

/**
 * {@code UNNEST} as Athena has it: an array gives one column, also where it is an array of rows, of which Trino makes a
 * column for each field.
 */
final class UnnestReading
{
    private static final String ELEMENT = "element";

    // transform(…, e -> ROW(e)), as the text of a tree is: without blanks
    private static final Pattern WRAPPED = Pattern.compile("transform\\(.*,(\\w+)->ROW\\(\\1\\)\\)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private UnnestReading() {}

    static void read(UnnestContext context, QueryText text, Notes notes)
    {
        if (namesEachArgument(context)) {
            context.expression().stream()
                    .filter(argument -> !isWrapped(argument))
                    .forEach(argument -> text.surround(argument, "transform(", ", %1$s -> ROW(%1$s))".formatted(ELEMENT)));
            if (isChanged(context) && isInView(context)) {
                notes.meaning("The view is kept with the text that Trino reads, in which the array of line %s has a row around each element: Athena, which takes elements as they are, sees that row"
                        .formatted(context.getStart().getLine()));
            }
        }
        else if (columns(context) == 0) {
            notes.meaning("In line %s UNNEST has no column names, so its argument may be an array or a map: of an array of rows Trino makes a column for each field, Athena one column. Name the columns, as in UNNEST(a) AS t(x), to have one"
                    .formatted(context.getStart().getLine()));
        }
    }

    /**
     * Whether {@link #read} changes the text.
     */
    static boolean isChanged(UnnestContext context)
    {
        return namesEachArgument(context) && !context.expression().stream().allMatch(UnnestReading::isWrapped);
    }

    private static boolean isInView(UnnestContext context)
    {
        RuleContext ancestor = context;
        while (ancestor != null && !(ancestor instanceof CreateViewContext)) {
            ancestor = ancestor.parent;
        }
        return ancestor != null;
    }

    private static boolean isWrapped(ExpressionContext argument)
    {
        return WRAPPED.matcher(argument.getText()).matches();
    }

    /**
     * Then all arguments are arrays, because a map has two columns.
     */
    static boolean namesEachArgument(UnnestContext context)
    {
        return columns(context) == context.expression().size() + (context.ORDINALITY() == null ? 0 : 1);
    }

    /**
     * How many column names the relation has.
     */
    private static int columns(UnnestContext context)
    {
        if (context.getParent() instanceof AliasedRelationContext relation && relation.columnAliases() != null) {
            return relation.columnAliases().identifier().size();
        }
        return 0;
    }
}
