package io.tarn.view.hive;

import com.google.common.collect.ImmutableList;
import io.tarn.view.hive.Query.Join;
import io.tarn.view.hive.Query.JoinKind;
import io.tarn.view.hive.Query.LateralView;
import io.tarn.view.hive.Query.NamedRelation;
import io.tarn.view.hive.Query.Relation;
import io.tarn.view.hive.Query.SubQuery;
import io.tarn.view.hive.TranslatedQuery.OutputColumn;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.type.Type;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.tarn.view.hive.Query.JoinKind.CROSS;
import static io.tarn.view.hive.Query.JoinKind.INNER;
import static io.tarn.view.hive.Query.JoinKind.LEFT_SEMI;
import static java.util.Objects.requireNonNull;

/**
 * Builds the FROM of one query, from left to right, and the scope that comes of it.
 */
final class FromClause
{
    private final RelationTypes relations;
    private final String database;
    private final Map<String, List<OutputColumn>> commonTables;
    private final ExpressionTranslator.NestedQueries nested;
    private final Function<Query, TranslatedQuery> subQueries;
    private final StringBuilder sql = new StringBuilder();
    private final List<String> conditions = new ArrayList<>();
    private Scope scope;

    FromClause(
            RelationTypes relations,
            String database,
            Map<String, List<OutputColumn>> commonTables,
            ExpressionTranslator.NestedQueries nested,
            Function<Query, TranslatedQuery> subQueries,
            Optional<Scope> outer)
    {
        this.relations = requireNonNull(relations, "relations is null");
        this.database = requireNonNull(database, "database is null");
        this.commonTables = requireNonNull(commonTables, "commonTables is null");
        this.nested = requireNonNull(nested, "nested is null");
        this.subQueries = requireNonNull(subQueries, "subQueries is null");
        this.scope = new Scope(List.of(), outer);
    }

    String sql()
    {
        return sql.toString();
    }

    /**
     * What stands in FROM in Hive and in WHERE in Trino.
     */
    List<String> conditions()
    {
        return conditions;
    }

    Scope scope()
    {
        return scope;
    }

    void add(Relation relation)
    {
        switch (relation) {
            case NamedRelation _, SubQuery _ -> {
                Source source = source(relation);
                sql.append(source.sql());
                enter(relation.place(), source.relation());
            }
            case Join join -> join(join);
            case LateralView view -> {
                add(view.input());
                lateralView(view);
            }
        }
    }

    private void join(Join join)
    {
        add(join.left());
        Source right = source(join.right());
        if (join.kind() == LEFT_SEMI) {
            semiJoin(join, right);
            return;
        }
        if (!conditions.isEmpty()) {
            throw new UntranslatableException(join.place(), "a join after LEFT SEMI JOIN is not translated: put the latter last");
        }
        enter(join.place(), right.relation());
        if (join.condition().isPresent()) {
            JoinKind kind = join.kind() == CROSS ? INNER : join.kind();
            sql.append(" %s JOIN %s ON %s".formatted(kind, right.sql(), expressions(scope).condition(join.condition().get(), "ON").text()));
        }
        else if (join.kind() == CROSS || join.kind() == INNER) {
            sql.append(" CROSS JOIN ").append(right.sql());
        }
        else {
            throw new UntranslatableException(join.place(), "an outer join without ON is not translated");
        }
    }

    private void semiJoin(Join join, Source right)
    {
        Scope inner = new Scope(List.of(right.relation()), Optional.of(scope));
        Expression condition = join.condition().orElseThrow(() -> new UntranslatableException(join.place(), "LEFT SEMI JOIN without ON is not translated"));
        requireNewName(join.place(), right.relation());
        // a name that both sides have means neither
        Scope both = scope.with(right.relation());
        expressions(both).condition(condition, "ON");
        conditions.add("EXISTS (SELECT 1 FROM %s WHERE %s)".formatted(right.sql(), expressions(inner).condition(condition, "ON").text()));
    }

    private void lateralView(LateralView view)
    {
        LateralViews.Expanded expanded = LateralViews.expand(view, expressions(scope).translate(view.function().arguments()));
        enter(view.place(), expanded.relation());
        expanded.unnest().ifPresent(unnest -> sql.append(view.outer() ? " LEFT JOIN %s ON true".formatted(unnest) : " CROSS JOIN " + unnest));
    }

    private record Source(String sql, Scope.Relation relation) {}

    private Source source(Relation relation)
    {
        return switch (relation) {
            case NamedRelation named -> named(named);
            case SubQuery query -> {
                TranslatedQuery translated = subQueries.apply(query.query());
                QueryTranslator.requireDistinctNames(query.place(), translated.columns());
                yield new Source("(%s) AS %s".formatted(translated.sql(), Sql.name(query.alias())), relation(query.alias(), translated.columns()));
            }
            case Join join -> throw new UntranslatableException(join.place(), "a join on the right of a join is not translated");
            case LateralView view -> throw new UntranslatableException(view.place(), "LATERAL VIEW on the right of a join is not translated");
        };
    }

    private Source named(NamedRelation named)
    {
        String alias = named.alias().orElse(named.name());
        if (named.database().isEmpty() && commonTables.containsKey(named.name())) {
            return new Source("%s AS %s".formatted(Sql.name(named.name()), Sql.name(alias)), relation(alias, commonTables.get(named.name())));
        }
        SchemaTableName name = new SchemaTableName(named.database().orElse(database), named.name());
        Map<String, Type> columns = relations.columns(name)
                .orElseThrow(() -> new UntranslatableException(named.place(), "there is no table or view %s".formatted(name)));
        return new Source(
                "%s.%s AS %s".formatted(Sql.name(name.getSchemaName()), Sql.name(name.getTableName()), Sql.name(alias)),
                new Scope.Relation(alias, columns.entrySet().stream().map(column -> Scope.Column.of(alias, column.getKey(), column.getValue())).collect(toImmutableList())));
    }

    private static Scope.Relation relation(String alias, List<OutputColumn> columns)
    {
        ImmutableList.Builder<Scope.Column> list = ImmutableList.builder();
        columns.forEach(column -> list.add(Scope.Column.of(alias, column.name(), column.type())));
        return new Scope.Relation(alias, list.build());
    }

    private void enter(Place place, Scope.Relation relation)
    {
        requireNewName(place, relation);
        scope = scope.with(relation);
    }

    private void requireNewName(Place place, Scope.Relation relation)
    {
        if (scope.relations().stream().anyMatch(known -> known.name().equals(relation.name()))) {
            throw new UntranslatableException(place, "two tables have the name '%s': give one an alias".formatted(relation.name()));
        }
    }

    private ExpressionTranslator expressions(Scope of)
    {
        return new ExpressionTranslator(of, nested, Map.of());
    }
}
