package io.tarn.view.hive;

import com.google.common.collect.ImmutableList;
import io.trino.spi.type.Type;

import java.util.List;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * What names mean in a query.
 *
 * @param outer of a query that is nested in an expression
 */
record Scope(List<Relation> relations, Optional<Scope> outer)
{
    Scope
    {
        relations = ImmutableList.copyOf(relations);
        requireNonNull(outer, "outer is null");
    }

    record Relation(String name, List<Column> columns)
    {
        Relation
        {
            requireNonNull(name, "name is null");
            columns = ImmutableList.copyOf(columns);
        }

        Optional<Column> column(String columnName)
        {
            return columns.stream().filter(column -> column.name().equals(columnName)).findFirst();
        }
    }

    /**
     * @param sql how the column is reached from the query
     */
    record Column(String name, Sql sql)
    {
        static Column of(String relation, String name, Type type)
        {
            return new Column(name, new Sql(Sql.name(relation) + "." + Sql.name(name), type));
        }
    }

    Scope with(Relation relation)
    {
        return new Scope(ImmutableList.<Relation>builder().addAll(relations).add(relation).build(), outer);
    }

    Optional<Relation> relation(String name)
    {
        Optional<Relation> found = relations.stream().filter(relation -> relation.name().equals(name)).findFirst();
        return found.isPresent() ? found : outer.flatMap(scope -> scope.relation(name));
    }

    /**
     * @throws UntranslatableException where several relations have the column
     */
    Optional<Column> column(Place place, String name)
    {
        List<Column> found = relations.stream()
                .map(relation -> relation.column(name))
                .flatMap(Optional::stream)
                .collect(toImmutableList());
        if (found.size() > 1) {
            throw new UntranslatableException(place, "column '%s' is in several tables: write which one's it is".formatted(name));
        }
        return found.isEmpty() ? outer.flatMap(scope -> scope.column(place, name)) : Optional.of(found.getFirst());
    }
}
