package io.tarn.view.hive;

import com.google.common.collect.ImmutableList;
import io.tarn.view.hive.Expression.SortItem;
import io.tarn.view.hive.Query.CommonTable;
import io.tarn.view.hive.Query.Item;
import io.tarn.view.hive.Query.Select;
import io.tarn.view.hive.Query.SelectItem;
import io.tarn.view.hive.Query.Star;
import io.tarn.view.hive.Query.Union;
import io.tarn.view.hive.Query.With;
import io.tarn.view.hive.TranslatedQuery.OutputColumn;
import io.trino.spi.type.Type;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

/**
 * Translates queries.
 */
final class QueryTranslator
{
    private final RelationTypes relations;
    private final String database;

    /**
     * @param database where names without one are looked up
     */
    QueryTranslator(RelationTypes relations, String database)
    {
        this.relations = requireNonNull(relations, "relations is null");
        this.database = requireNonNull(database, "database is null");
    }

    TranslatedQuery translate(Query query)
    {
        return translate(query, Map.of(), Optional.empty());
    }

    private TranslatedQuery translate(Query query, Map<String, List<OutputColumn>> commonTables, Optional<Scope> outer)
    {
        return switch (query) {
            case Select select -> select(select, commonTables, outer);
            case Union union -> union(union, commonTables, outer);
            case With with -> with(with, commonTables, outer);
        };
    }

    private TranslatedQuery with(With with, Map<String, List<OutputColumn>> commonTables, Optional<Scope> outer)
    {
        Map<String, List<OutputColumn>> tables = new HashMap<>(commonTables);
        List<String> definitions = new ArrayList<>();
        for (CommonTable table : with.tables()) {
            TranslatedQuery query = translate(table.query(), tables, Optional.empty());
            requireDistinctNames(table.place(), query.columns());
            if (tables.put(table.name(), query.columns()) != null) {
                throw new UntranslatableException(table.place(), "two queries in WITH have the name '%s'".formatted(table.name()));
            }
            definitions.add("%s AS (%s)".formatted(Sql.name(table.name()), query.sql()));
        }
        TranslatedQuery query = translate(with.query(), tables, outer);
        return new TranslatedQuery("WITH %s %s".formatted(String.join(", ", definitions), query.sql()), query.columns());
    }

    private TranslatedQuery union(Union union, Map<String, List<OutputColumn>> commonTables, Optional<Scope> outer)
    {
        TranslatedQuery left = translate(union.left(), commonTables, outer);
        TranslatedQuery right = translate(union.right(), commonTables, outer);
        if (left.columns().size() != right.columns().size()) {
            throw new UntranslatableException(union.place(), "UNION of %s and %s columns".formatted(left.columns().size(), right.columns().size()));
        }
        ImmutableList.Builder<OutputColumn> columns = ImmutableList.builder();
        for (int i = 0; i < left.columns().size(); i++) {
            OutputColumn column = left.columns().get(i);
            Type other = right.columns().get(i).type();
            columns.add(new OutputColumn(column.name(), Types.common(column.type(), other).orElseThrow(() -> new UntranslatableException(union.place(), "in UNION, column '%s' of %s and %s is not translated: cast one".formatted(
                    column.name(), column.type().getDisplayName(), other.getDisplayName())))));
        }
        return new TranslatedQuery("(%s) UNION %s(%s)".formatted(left.sql(), union.all() ? "ALL " : "", right.sql()), columns.build());
    }

    private TranslatedQuery select(Select select, Map<String, List<OutputColumn>> commonTables, Optional<Scope> outer)
    {
        ExpressionTranslator.NestedQueries nested = (query, scope) -> translate(query, commonTables, Optional.of(scope));
        FromClause from = new FromClause(relations, database, commonTables, nested, query -> translate(query, commonTables, Optional.empty()), outer);
        select.from().ifPresent(from::add);
        Scope scope = from.scope();
        ExpressionTranslator expressions = new ExpressionTranslator(scope, nested, Map.of());

        List<OutputColumn> columns = new ArrayList<>();
        List<String> items = new ArrayList<>();
        Map<String, Expression> aliases = new HashMap<>();
        for (SelectItem item : select.items()) {
            switch (item) {
                case Star star -> star(star, scope, columns, items);
                case Item single -> {
                    Sql value = expressions.translate(single.expression());
                    if (value.isNull()) {
                        throw new UntranslatableException(single.expression().place(), "NULL without a type is not translated: cast it");
                    }
                    String name = single.alias().orElseGet(() -> implicitName(single.expression(), columns.size()));
                    single.alias().ifPresent(alias -> aliases.put(alias, single.expression()));
                    columns.add(new OutputColumn(name, value.type()));
                    items.add("%s AS %s".formatted(value.text(), Sql.name(name)));
                }
            }
        }

        StringBuilder sql = new StringBuilder("SELECT ").append(select.distinct() ? "DISTINCT " : "").append(String.join(", ", items));
        if (select.from().isPresent()) {
            sql.append(" FROM ").append(from.sql());
        }
        List<String> conditions = new ArrayList<>(from.conditions());
        select.where().ifPresent(where -> conditions.add(expressions.condition(where, "WHERE").text()));
        if (!conditions.isEmpty()) {
            sql.append(" WHERE ").append(String.join(" AND ", conditions));
        }
        if (!select.groupBy().isEmpty()) {
            sql.append(" GROUP BY ").append(select.groupBy().stream().map(key -> groupingKey(key, expressions)).collect(joining(", ")));
        }
        select.having().ifPresent(having -> sql.append(" HAVING ").append(new ExpressionTranslator(scope, nested, aliases).condition(having, "HAVING").text()));
        if (!select.orderBy().isEmpty()) {
            Set<String> outputs = new HashSet<>();
            columns.forEach(column -> outputs.add(column.name()));
            sql.append(" ORDER BY ").append(select.orderBy().stream().map(item -> sortItem(item, expressions, outputs)).collect(joining(", ")));
        }
        select.offset().ifPresent(offset -> sql.append(" OFFSET ").append(offset));
        select.limit().ifPresent(limit -> sql.append(" LIMIT ").append(limit));
        return new TranslatedQuery(sql.toString(), columns);
    }

    private static void star(Star star, Scope scope, List<OutputColumn> columns, List<String> items)
    {
        List<Scope.Relation> relations = star.relation()
                .map(name -> List.of(scope.relation(name).orElseThrow(() -> new UntranslatableException(star.place(), "there is no table '%s'".formatted(name)))))
                .orElse(scope.relations());
        if (relations.isEmpty()) {
            throw new UntranslatableException(star.place(), "there is no table for *");
        }
        for (Scope.Relation relation : relations) {
            for (Scope.Column column : relation.columns()) {
                columns.add(new OutputColumn(column.name(), column.sql().type()));
                items.add("%s AS %s".formatted(column.sql().text(), Sql.name(column.name())));
            }
        }
    }

    /**
     * As Hive names a column that the query gives no name.
     */
    private static String implicitName(Expression expression, int position)
    {
        return switch (expression) {
            case Expression.Name name -> name.name();
            case Expression.Field field -> field.name();
            default -> "_c" + position;
        };
    }

    private static String groupingKey(Expression key, ExpressionTranslator expressions)
    {
        if (key instanceof Expression.Constant) {
            throw new UntranslatableException(key.place(), "a constant in GROUP BY is not translated: Hive's setting says whether it is a position");
        }
        return expressions.translate(key).text();
    }

    private static String sortItem(SortItem item, ExpressionTranslator expressions, Set<String> outputs)
    {
        if (item.expression() instanceof Expression.Constant) {
            throw new UntranslatableException(item.expression().place(), "a constant in ORDER BY is not translated: Hive's setting says whether it is a position");
        }
        String key = item.expression() instanceof Expression.Name name && outputs.contains(name.name())
                ? Sql.name(name.name())
                : expressions.translate(item.expression()).text();
        return key + " " + item.suffix();
    }

    static void requireDistinctNames(Place place, List<OutputColumn> columns)
    {
        Set<String> names = new HashSet<>();
        for (OutputColumn column : columns) {
            if (!names.add(column.name())) {
                throw new UntranslatableException(place, "two columns of the query have the name '%s'".formatted(column.name()));
            }
        }
    }
}
