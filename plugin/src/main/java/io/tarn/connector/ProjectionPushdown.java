package io.tarn.connector;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.tarn.type.HiveTypes;
import io.trino.metastore.HiveType;
import io.trino.plugin.base.projection.ApplyProjectionUtil;
import io.trino.plugin.base.projection.ApplyProjectionUtil.ProjectedColumnRepresentation;
import io.trino.spi.connector.Assignment;
import io.trino.spi.connector.ColumnHandle;
import io.trino.spi.connector.ConnectorTableHandle;
import io.trino.spi.connector.ProjectionApplicationResult;
import io.trino.spi.expression.ConnectorExpression;
import io.trino.spi.expression.Variable;
import io.trino.spi.type.RowType;
import io.trino.spi.type.Type;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static io.trino.plugin.base.projection.ApplyProjectionUtil.extractSupportedProjectedColumns;
import static io.trino.plugin.base.projection.ApplyProjectionUtil.replaceWithNewVariables;

/**
 * Turns the columns and nested fields that a query reads into column handles.
 */
final class ProjectionPushdown
{
    private ProjectionPushdown() {}

    /**
     * @return empty where the handle has these columns already
     */
    static Optional<ProjectionApplicationResult<ConnectorTableHandle>> apply(TarnTableHandle handle, List<ConnectorExpression> projections, Map<String, ColumnHandle> assignments)
    {
        Set<ConnectorExpression> expressions = projections.stream()
                .flatMap(expression -> extractSupportedProjectedColumns(expression).stream())
                .collect(toImmutableSet());
        Map<ConnectorExpression, ProjectedColumnRepresentation> columns = new LinkedHashMap<>();
        expressions.forEach(expression -> columns.put(expression, ApplyProjectionUtil.createProjectedColumnRepresentation(expression)));

        if (columns.values().stream().allMatch(ProjectedColumnRepresentation::isVariable)) {
            Set<TarnColumnHandle> projected = assignments.values().stream()
                    .map(TarnColumnHandle.class::cast)
                    .collect(toImmutableSet());
            if (projected.equals(handle.projected())) {
                return Optional.empty();
            }
            List<Assignment> assigned = assignments.entrySet().stream()
                    .map(entry -> new Assignment(entry.getKey(), entry.getValue(), ((TarnColumnHandle) entry.getValue()).type()))
                    .toList();
            return Optional.of(new ProjectionApplicationResult<>(handle.withProjected(projected), projections, assigned, false));
        }

        ImmutableSet.Builder<TarnColumnHandle> projected = ImmutableSet.builder();
        Map<String, Assignment> assigned = new LinkedHashMap<>();
        ImmutableMap.Builder<ConnectorExpression, Variable> variables = ImmutableMap.builder();
        columns.forEach((expression, column) -> {
            TarnColumnHandle base = (TarnColumnHandle) assignments.get(column.getVariable().getName());
            TarnColumnHandle nested = column.isVariable() ? base : nested(base, column.getDereferenceIndices());
            String name = assignments.entrySet().stream()
                    .filter(entry -> entry.getValue().equals(nested))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElse(nested.qualifiedName());
            assigned.put(name, new Assignment(name, nested, expression.getType()));
            variables.put(expression, new Variable(name, expression.getType()));
            projected.add(nested);
        });
        Map<ConnectorExpression, Variable> replacements = variables.buildOrThrow();
        List<ConnectorExpression> replaced = projections.stream()
                .map(expression -> replaceWithNewVariables(expression, replacements))
                .toList();
        return Optional.of(new ProjectionApplicationResult<>(handle.withProjected(projected.build()), replaced, ImmutableList.copyOf(assigned.values()), false));
    }

    private static TarnColumnHandle nested(TarnColumnHandle column, List<Integer> indexes)
    {
        ImmutableList.Builder<String> path = ImmutableList.<String>builder().addAll(column.path());
        ImmutableList.Builder<String> below = ImmutableList.builder();
        Type type = column.type();
        for (int index : indexes) {
            RowType.Field field = ((RowType) type).getFields().get(index);
            path.add(field.getName().orElseThrow());
            below.add(field.getName().orElseThrow());
            type = field.getType();
        }
        HiveType hiveType = HiveTypes.nestedType(column.hiveType(), below.build()).orElseThrow();
        return new TarnColumnHandle(column.kind(), column.name(), column.ordinal(), path.build(), hiveType, type);
    }
}
