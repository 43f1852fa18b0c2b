package io.tarn.connector;

import com.google.common.collect.ImmutableMap;
import io.trino.spi.connector.ConnectorExpressionEvaluator;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.Constraint;
import io.trino.spi.predicate.NullableValue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

import static com.google.common.collect.ImmutableMap.toImmutableMap;

/**
 * What a filter's expression, for instance a {@code LIKE}, says about a partition's values.
 */
final class PartitionExpression
{
    private PartitionExpression() {}

    /**
     * A predicate on the values of the keys, in their order, that is false only where no row of the partition can
     * satisfy the constraint's expression; empty where the expression is not about any of them.
     */
    static Optional<Predicate<List<NullableValue>>> predicate(ConnectorExpressionEvaluator evaluator, ConnectorSession session, Constraint constraint, List<TarnColumnHandle> keys)
    {
        if (keys.isEmpty()) {
            return Optional.empty();
        }
        ConnectorExpressionEvaluator.Prepared prepared = evaluator.prepare(session, constraint.getExpression());
        Map<String, Integer> positions = prepared.getArguments().stream()
                .filter(argument -> keys.contains((TarnColumnHandle) constraint.getAssignments().get(argument)))
                .collect(toImmutableMap(argument -> argument, argument -> keys.indexOf((TarnColumnHandle) constraint.getAssignments().get(argument))));
        if (positions.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(values -> {
            ImmutableMap.Builder<String, NullableValue> bindings = ImmutableMap.builder();
            positions.forEach((argument, position) -> bindings.put(argument, values.get(position)));
            return switch (prepared.tryEvaluate(bindings.buildOrThrow())) {
                case ConnectorExpressionEvaluator.EvaluationResult.Value(Object value) -> Boolean.TRUE.equals(value);
                case ConnectorExpressionEvaluator.EvaluationResult.NoResult _ -> true;
            };
        });
    }
}
