package io.tarn.view.hive;

import io.tarn.view.hive.Expression.SortItem;

import java.util.List;
import java.util.Optional;

/**
 * A query of HiveQL as it is written; names are in lower case.
 */
sealed interface Query
{
    Place place();

    record Select(
            Place place,
            boolean distinct,
            List<SelectItem> items,
            Optional<Relation> from,
            Optional<Expression> where,
            List<Expression> groupBy,
            Optional<Expression> having,
            List<SortItem> orderBy,
            Optional<Long> offset,
            Optional<Long> limit)
            implements Query {}

    record Union(Place place, boolean all, Query left, Query right)
            implements Query {}

    record With(Place place, List<CommonTable> tables, Query query)
            implements Query {}

    record CommonTable(Place place, String name, Query query) {}

    sealed interface SelectItem {}

    record Star(Place place, Optional<String> relation)
            implements SelectItem {}

    record Item(Expression expression, Optional<String> alias)
            implements SelectItem {}

    sealed interface Relation
    {
        Place place();
    }

    record NamedRelation(Place place, Optional<String> database, String name, Optional<String> alias)
            implements Relation {}

    record SubQuery(Place place, Query query, String alias)
            implements Relation {}

    record Join(Place place, JoinKind kind, Relation left, Relation right, Optional<Expression> condition)
            implements Relation {}

    record LateralView(Place place, Relation input, boolean outer, Expression.Call function, String alias, List<String> columns)
            implements Relation {}

    enum JoinKind
    {
        INNER,
        LEFT,
        RIGHT,
        FULL,
        CROSS,
        LEFT_SEMI,
    }
}
