package io.tarn.server.glue.expression;

import io.tarn.server.glue.expression.Condition.And;
import io.tarn.server.glue.expression.Condition.Compare;
import io.tarn.server.glue.expression.Condition.In;
import io.tarn.server.glue.expression.Condition.IsNull;
import io.tarn.server.glue.expression.Condition.Like;
import io.tarn.server.glue.expression.Condition.Not;
import io.tarn.server.glue.expression.Condition.Or;

import java.util.List;

/**
 * Evaluates a condition on the values of one partition, with SQL's three-valued logic.
 */
final class Evaluation
{
    private final List<String> values;

    Evaluation(List<String> values)
    {
        this.values = values;
    }

    Truth of(Condition condition)
    {
        return switch (condition) {
            case And and -> {
                Truth result = Truth.TRUE;
                for (Condition term : and.terms()) {
                    result = min(result, of(term));
                    if (result == Truth.FALSE) {
                        break;
                    }
                }
                yield result;
            }
            case Or or -> {
                Truth result = Truth.FALSE;
                for (Condition term : or.terms()) {
                    result = min(result.not(), of(term).not()).not();
                    if (result == Truth.TRUE) {
                        break;
                    }
                }
                yield result;
            }
            case Not not -> of(not.term()).not();
            case IsNull isNull -> Truth.of(isNull(isNull.column()));
            case Compare compare -> isNull(compare.column())
                    ? Truth.UNKNOWN
                    : Truth.of(compare.operator().test(compare(value(compare.column()), compare.literal())));
            case In in -> {
                if (isNull(in.column())) {
                    yield Truth.UNKNOWN;
                }
                Comparable<?> value = value(in.column());
                yield Truth.of(in.literals().stream().anyMatch(literal -> compare(value, literal) == 0));
            }
            case Like like -> isNull(like.column()) ? Truth.UNKNOWN : Truth.of(like.pattern().test(values.get(like.column().index())));
        };
    }

    private boolean isNull(KeyColumn column)
    {
        return values.get(column.index()).equals(PartitionExpression.NULL_VALUE);
    }

    private Comparable<?> value(KeyColumn column)
    {
        return column.type().parse(values.get(column.index()), "Partition " + values + ": the value of " + column.name());
    }

    // both sides are of the key's type
    @SuppressWarnings("unchecked")
    private static int compare(Comparable<?> value, Comparable<?> literal)
    {
        return ((Comparable<Object>) value).compareTo(literal);
    }

    private static Truth min(Truth left, Truth right)
    {
        return left.compareTo(right) <= 0 ? left : right;
    }
}
