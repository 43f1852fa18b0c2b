package io.tarn.view.hive;

import io.trino.spi.type.Type;

import java.util.List;
import java.util.Optional;

/**
 * An expression of HiveQL as it is written.
 */
sealed interface Expression
{
    Place place();

    /**
     * @param text the value of a string
     */
    record Constant(Place place, Sql sql, Optional<String> text)
            implements Expression {}

    record Name(Place place, String name)
            implements Expression {}

    record Field(Place place, Expression base, String name)
            implements Expression {}

    record Element(Place place, Expression base, Expression index)
            implements Expression {}

    /**
     * @param name in lower case
     * @param star for {@code count(*)}
     */
    record Call(Place place, String name, List<Expression> arguments, boolean distinct, boolean star, Optional<Window> window)
            implements Expression {}

    /**
     * @param operator a symbol, or words in upper case: {@code AND}, {@code IS NULL}, {@code IN} …
     */
    record Operation(Place place, String operator, List<Expression> operands)
            implements Expression {}

    record InQuery(Place place, Expression value, Query query)
            implements Expression {}

    record Exists(Place place, Query query)
            implements Expression {}

    record Case(Place place, Optional<Expression> operand, List<When> whens, Optional<Expression> otherwise)
            implements Expression {}

    record When(Expression condition, Expression result) {}

    record Cast(Place place, Expression value, Type type)
            implements Expression {}

    /**
     * @param frame in Trino's words, which are Hive's
     */
    record Window(Place place, List<Expression> partitionBy, List<SortItem> orderBy, Optional<String> frame) {}

    /**
     * @param nullsFirst where it is not written, nulls are smaller than all else
     */
    record SortItem(Expression expression, boolean descending, Optional<Boolean> nullsFirst)
    {
        String suffix()
        {
            return "%s NULLS %s".formatted(descending ? "DESC" : "ASC", nullsFirst.orElse(!descending) ? "FIRST" : "LAST");
        }
    }
}
