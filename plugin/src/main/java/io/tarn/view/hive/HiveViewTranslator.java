package io.tarn.view.hive;

import io.tarn.view.hive.TranslatedQuery.OutputColumn;
import io.trino.metastore.Table;
import io.trino.spi.TrinoException;
import io.trino.spi.type.CharType;
import io.trino.spi.type.Type;
import io.trino.spi.type.VarcharType;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static io.tarn.error.TarnErrorCode.TARN_INVALID_VIEW;

/**
 * The queries of Hive's views in Trino's dialect. What comes back gives the rows that Hive gives; where that is not
 * certain, there is an exception and no translation. How a construct of Hive's is read is taken from Hive 3's language
 * manual and, where that is silent, its source; what versions of Hive see differently is refused.
 */
public final class HiveViewTranslator
{
    // the database in which Spark looked names up when it made the view
    private static final String SPARK_NAMESPACE = "view.catalogAndNamespace.part.1";

    private HiveViewTranslator() {}

    /**
     * @param columns of the view, in their order: the translation has these names and types
     * @param relations what the view may read
     * @return a query whose unqualified names are of this catalogue
     * @throws TrinoException {@code TARN_INVALID_VIEW}, with the construct, its line and column, and the remedy, where it
     *         is not translated
     */
    public static String translate(Table view, Map<String, Type> columns, RelationTypes relations)
    {
        String text = text(view);
        try {
            String database = Optional.ofNullable(view.getParameters().get(SPARK_NAMESPACE)).orElse(view.getDatabaseName());
            TranslatedQuery query = new QueryTranslator(relations, database).translate(QueryParser.parse(text));
            return withColumns(query, columns);
        }
        catch (UntranslatableException e) {
            throw new TrinoException(
                    TARN_INVALID_VIEW,
                    "View %s is written in Hive's dialect and cannot be translated, at %s of its text: %s. Change the view in Hive, or create it anew with Trino or Athena".formatted(
                            view.getSchemaTableName(), e.place(), e.getMessage()),
                    e);
        }
        catch (StackOverflowError e) {
            // chains of operators are trees as deep as they are long
            throw new TrinoException(TARN_INVALID_VIEW, "View %s is written in Hive's dialect and cannot be translated: it is too long or nested too deeply. Create it anew as several views".formatted(view.getSchemaTableName()), e);
        }
    }

    /**
     * The text in which Hive has written out what names mean, where there is one.
     */
    private static String text(Table view)
    {
        return view.getViewExpandedText()
                .filter(text -> !text.isBlank())
                .or(view::getViewOriginalText)
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> new TrinoException(TARN_INVALID_VIEW, "View %s has no text in the catalogue. Create it anew.".formatted(view.getSchemaTableName())));
    }

    private static String withColumns(TranslatedQuery query, Map<String, Type> columns)
    {
        Place start = new Place(1, 1);
        if (query.columns().size() != columns.size()) {
            throw new UntranslatableException(start, "the query gives %s columns, and the catalogue has %s for the view".formatted(query.columns().size(), columns.size()));
        }
        List<String> names = new ArrayList<>();
        List<String> items = new ArrayList<>();
        columns.forEach((name, type) -> {
            // not the query's names, of which two may be the same
            String source = "_" + names.size();
            OutputColumn column = query.columns().get(names.size());
            items.add("%s AS %s".formatted(aligned(start, name, new Sql(source, column.type()), type).text(), Sql.name(name)));
            names.add(source);
        });
        return "SELECT %s FROM (%s) AS v (%s)".formatted(String.join(", ", items), query.sql(), String.join(", ", names));
    }

    private static Sql aligned(Place place, String name, Sql value, Type type)
    {
        Type from = value.type();
        boolean safe = from.equals(type)
                || (Types.isInteger(from) && Types.isNumber(type))
                || (Types.isDecimal(from) && (Types.isDecimal(type) || Types.isFloating(type)))
                || (Types.isFloating(from) && Types.isFloating(type))
                || (Types.isText(from) && type instanceof VarcharType)
                || (Types.isDate(from) && Types.isText(type))
                || (from instanceof CharType && type instanceof CharType);
        if (!safe && !Types.common(from, type).filter(type::equals).isPresent()) {
            throw new UntranslatableException(place, "column '%s' comes out as %s, and the catalogue has it as %s".formatted(name, from.getDisplayName(), type.getDisplayName()));
        }
        return Casts.plain(value, type);
    }
}
