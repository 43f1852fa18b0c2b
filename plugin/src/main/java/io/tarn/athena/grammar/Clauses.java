package io.tarn.athena.grammar;

import com.google.common.collect.ImmutableMap;
import io.tarn.athena.grammar.AthenaDdlParser.ColumnDefinitionContext;
import io.tarn.athena.grammar.AthenaDdlParser.ColumnListContext;
import io.tarn.athena.grammar.AthenaDdlParser.ConstantContext;
import io.tarn.athena.grammar.AthenaDdlParser.PartitionFilterContext;
import io.tarn.athena.grammar.AthenaDdlParser.PartitionSpecContext;
import io.tarn.athena.grammar.AthenaDdlParser.PropertiesContext;
import io.tarn.athena.grammar.AthenaDdlParser.PropertyKeyContext;
import io.tarn.athena.grammar.AthenaDdlParser.TextConstantContext;
import io.tarn.athena.grammar.AthenaDdlParser.TextContext;
import io.tarn.athena.grammar.AthenaDdlParser.UnquotedConstantContext;
import io.tarn.athena.statement.ColumnDefinition;
import io.tarn.athena.statement.PartitionCondition;
import io.tarn.athena.statement.PartitionCondition.Operator;
import io.tarn.athena.statement.PartitionValue;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * Reads what several statements have: columns, properties, partitions.
 */
final class Clauses
{
    private final SyntaxErrors errors;
    private final Names names;
    private final DataTypes types;

    Clauses(SyntaxErrors errors)
    {
        this.errors = requireNonNull(errors, "errors is null");
        this.names = new Names(errors);
        this.types = new DataTypes(errors);
    }

    List<ColumnDefinition> columns(ColumnListContext context)
    {
        return context.columnDefinition().stream()
                .map(this::column)
                .collect(toImmutableList());
    }

    ColumnDefinition column(ColumnDefinitionContext context)
    {
        return new ColumnDefinition(names.name(context.columnName()), types.type(context.type()), optional(context.text()));
    }

    /**
     * Of a property that is written twice, the last value counts, as in Hive.
     */
    static Map<String, String> properties(PropertiesContext context)
    {
        ImmutableMap.Builder<String, String> properties = ImmutableMap.builder();
        context.property().forEach(property -> properties.put(
                key(property.propertyKey()),
                property.propertyValue().text() == null ? property.propertyValue().getText() : text(property.propertyValue().text())));
        return properties.buildKeepingLast();
    }

    static String key(PropertyKeyContext context)
    {
        return context.text() == null ? context.getText() : text(context.text());
    }

    List<PartitionValue> partition(PartitionSpecContext context)
    {
        if (context == null) {
            return List.of();
        }
        return context.partitionValue().stream()
                .map(value -> new PartitionValue(names.name(value.columnName()), constant(value.constant())))
                .collect(toImmutableList());
    }

    List<PartitionCondition> conditions(PartitionFilterContext context)
    {
        return context.partitionCondition().stream()
                .map(condition -> new PartitionCondition(
                        names.name(condition.columnName()),
                        operator(condition.comparison().getText()),
                        constant(condition.constant())))
                .collect(toImmutableList());
    }

    private static Operator operator(String symbol)
    {
        return switch (symbol) {
            case "=", "==" -> Operator.EQUAL;
            case "<>", "!=" -> Operator.NOT_EQUAL;
            case "<" -> Operator.LESS;
            case "<=" -> Operator.LESS_OR_EQUAL;
            case ">" -> Operator.GREATER;
            case ">=" -> Operator.GREATER_OR_EQUAL;
            default -> throw new IllegalArgumentException("not a comparison: " + symbol);
        };
    }

    private String constant(ConstantContext context)
    {
        return switch (context) {
            case TextConstantContext quoted -> text(quoted.text());
            // Athena's parser ends at the first hyphen
            case UnquotedConstantContext unquoted -> throw errors.at(unquoted, "only numbers stand without quotes: write " + SyntaxErrors.shown(unquoted.getText()));
            default -> context.getText();
        };
    }

    static String text(TextContext context)
    {
        return HiveStrings.unquote(context.getText());
    }

    static Optional<String> optional(TextContext context)
    {
        return Optional.ofNullable(context).map(Clauses::text);
    }
}
