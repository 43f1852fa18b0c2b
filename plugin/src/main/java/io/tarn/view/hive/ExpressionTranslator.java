package io.tarn.view.hive;

import com.google.common.collect.ImmutableList;
import io.tarn.view.hive.Expression.Call;
import io.tarn.view.hive.Expression.Case;
import io.tarn.view.hive.Expression.Cast;
import io.tarn.view.hive.Expression.Constant;
import io.tarn.view.hive.Expression.Element;
import io.tarn.view.hive.Expression.Exists;
import io.tarn.view.hive.Expression.Field;
import io.tarn.view.hive.Expression.InQuery;
import io.tarn.view.hive.Expression.Name;
import io.tarn.view.hive.Expression.Operation;
import io.tarn.view.hive.Expression.SortItem;
import io.tarn.view.hive.Expression.When;
import io.tarn.view.hive.Expression.Window;
import io.trino.spi.type.ArrayType;
import io.trino.spi.type.MapType;
import io.trino.spi.type.RowType;
import io.trino.spi.type.Type;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.trino.spi.type.BooleanType.BOOLEAN;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

/**
 * Translates the expressions of one query.
 */
final class ExpressionTranslator
{
    /**
     * Translates queries that are nested in expressions.
     */
    interface NestedQueries
    {
        TranslatedQuery translate(Query query, Scope outer);
    }

    private final Scope scope;
    private final NestedQueries nestedQueries;
    private final Map<String, Expression> aliases;

    /**
     * @param aliases what names mean that no table has: the select list's, for HAVING
     */
    ExpressionTranslator(Scope scope, NestedQueries nestedQueries, Map<String, Expression> aliases)
    {
        this.scope = requireNonNull(scope, "scope is null");
        this.nestedQueries = requireNonNull(nestedQueries, "nestedQueries is null");
        this.aliases = requireNonNull(aliases, "aliases is null");
    }

    Sql translate(Expression expression)
    {
        return switch (expression) {
            case Constant constant -> constant.sql();
            case Name name -> column(name);
            case Field field -> field(field);
            case Element element -> element(element);
            case Operation operation -> Operators.translate(operation, translate(operation.operands()));
            case Call call -> call(call);
            case Case choice -> choice(choice);
            case Cast cast -> Casts.cast(cast.place(), translate(cast.value()), cast.type());
            case InQuery in -> in(in);
            case Exists exists -> new Sql("EXISTS (%s)".formatted(nestedQueries.translate(exists.query(), scope).sql()), BOOLEAN);
        };
    }

    List<Sql> translate(List<Expression> expressions)
    {
        return expressions.stream().map(this::translate).collect(toImmutableList());
    }

    Sql condition(Expression expression, String where)
    {
        Sql condition = translate(expression);
        Operators.requireBoolean(expression.place(), where, condition);
        return condition;
    }

    private Sql column(Name name)
    {
        Optional<Scope.Column> column = scope.column(name.place(), name.name());
        Expression alias = aliases.get(name.name());
        if (alias != null && column.isPresent() && !translate(alias).equals(column.get().sql())) {
            throw new UntranslatableException(name.place(), "'%s' is both a column and a name in the select list: give the latter another".formatted(name.name()));
        }
        if (column.isPresent()) {
            return column.get().sql();
        }
        if (alias != null) {
            // an alias may have the name of what it stands for
            return new ExpressionTranslator(scope, nestedQueries, Map.of()).translate(alias);
        }
        if (scope.relation(name.name()).isPresent()) {
            throw new UntranslatableException(name.place(), "'%s' is a table, and no value".formatted(name.name()));
        }
        throw new UntranslatableException(name.place(), "there is no column '%s'".formatted(name.name()));
    }

    private Sql field(Field field)
    {
        if (field.base() instanceof Name name) {
            Optional<Scope.Relation> relation = scope.relation(name.name());
            Optional<Scope.Column> column = relation.isPresent() && aliases.containsKey(name.name()) ? Optional.empty() : scope.column(name.place(), name.name());
            if (relation.isPresent() && column.isPresent() && column.get().sql().type() instanceof RowType) {
                throw new UntranslatableException(name.place(), "'%s' is both a table and a struct: give the table another name".formatted(name.name()));
            }
            if (relation.isPresent()) {
                return relation.get().column(field.name())
                        .orElseThrow(() -> new UntranslatableException(field.place(), "there is no column '%s' in '%s'".formatted(field.name(), name.name())))
                        .sql();
            }
        }
        if (field.base() instanceof Field table && table.base() instanceof Name database && scope.relation(table.name()).isPresent() && scope.column(database.place(), database.name()).isEmpty()) {
            throw new UntranslatableException(database.place(), "a column with the database before its table is not translated: leave the database out");
        }
        Sql base = translate(field.base());
        if (base.isNull() || !(base.type() instanceof RowType row)) {
            throw new UntranslatableException(field.place(), "the field '%s' of the type %s is not translated: it is no struct".formatted(field.name(), base.type().getDisplayName()));
        }
        Type type = row.getFields().stream()
                .filter(candidate -> candidate.getName().filter(field.name()::equals).isPresent())
                .map(RowType.Field::getType)
                .findFirst()
                .orElseThrow(() -> new UntranslatableException(field.place(), "there is no field '%s' in %s".formatted(field.name(), row.getDisplayName())));
        return new Sql(base.text() + "." + Sql.name(field.name()), type);
    }

    private Sql element(Element element)
    {
        Sql base = translate(element.base());
        Sql index = translate(element.index());
        if (!base.isNull() && base.type() instanceof MapType map && !index.isNull() && Types.isComparable(new Sql("", map.getKeyType()), index)) {
            return new Sql("element_at(%s, %s)".formatted(base.text(), index.text()), map.getValueType());
        }
        if (!base.isNull() && base.type() instanceof ArrayType array && Types.isInteger(index.type())) {
            // from 0 where Trino's is from 1; what lies outside is NULL, where Trino counts negative ones from the end
            String text = element.index() instanceof Constant
                    ? "element_at(%s, %s + 1)".formatted(base.text(), index.text())
                    : "IF(%2$s >= 0, element_at(%1$s, CAST(%2$s AS bigint) + 1))".formatted(base.text(), index.text());
            return new Sql(text, array.getElementType());
        }
        throw new UntranslatableException(element.place(), "an element of %s at %s is not translated".formatted(base.type().getDisplayName(), index.type().getDisplayName()));
    }

    private Sql call(Call call)
    {
        Sql function = Functions.translate(call, translate(call.arguments()));
        if (call.window().isEmpty()) {
            return function;
        }
        Window window = call.window().get();
        List<String> parts = new ArrayList<>();
        if (!window.partitionBy().isEmpty()) {
            parts.add("PARTITION BY " + translate(window.partitionBy()).stream().map(Sql::text).collect(joining(", ")));
        }
        if (!window.orderBy().isEmpty()) {
            parts.add("ORDER BY " + window.orderBy().stream().map(this::sortItem).collect(joining(", ")));
        }
        window.frame().ifPresent(parts::add);
        return new Sql("%s OVER (%s)".formatted(function.text(), String.join(" ", parts)), function.type());
    }

    private String sortItem(SortItem item)
    {
        return translate(item.expression()).text() + " " + item.suffix();
    }

    private Sql choice(Case choice)
    {
        StringBuilder text = new StringBuilder("(CASE");
        Optional<Sql> operand = choice.operand().map(this::translate);
        ImmutableList.Builder<Sql> results = ImmutableList.builder();
        for (When when : choice.whens()) {
            Sql condition = operand.isPresent()
                    ? Operators.equal(when.condition().place(), choice.operand().orElseThrow(), when.condition(), operand.get(), translate(when.condition()))
                    : condition(when.condition(), "WHEN");
            Sql result = translate(when.result());
            results.add(result);
            text.append(" WHEN ").append(condition.text()).append(" THEN ").append(result.text());
        }
        choice.otherwise().map(this::translate).ifPresent(otherwise -> {
            results.add(otherwise);
            text.append(" ELSE ").append(otherwise.text());
        });
        text.append(" END)");
        Call asCall = new Call(choice.place(), "CASE", List.of(), false, false, Optional.empty());
        return new Sql(text.toString(), new Arguments(asCall, List.of()).common(results.build()));
    }

    private Sql in(InQuery in)
    {
        TranslatedQuery query = nestedQueries.translate(in.query(), scope);
        Sql value = translate(in.value());
        if (query.columns().size() != 1 || !Types.isComparable(value, new Sql("", query.columns().getFirst().type()))) {
            throw new UntranslatableException(in.place(), "IN with a query of %s columns, or of another type, is not translated".formatted(query.columns().size()));
        }
        return new Sql("(%s IN (%s))".formatted(value.text(), query.sql()), BOOLEAN);
    }
}
