package io.tarn.view.hive;

import io.tarn.view.hive.Expression.Call;
import io.trino.spi.type.Type;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import static io.tarn.view.hive.Operators.requireBoolean;
import static io.trino.spi.type.BooleanType.BOOLEAN;

/**
 * The functions whose meaning is known; all others are refused.
 */
final class Functions
{
    private Functions() {}

    static Sql translate(Call call, List<Sql> values)
    {
        Arguments arguments = new Arguments(call, values);
        if (call.star() && !call.name().equals("count")) {
            throw arguments.refused("of *");
        }
        Optional<Sql> aggregate = Aggregates.translate(arguments);
        if (aggregate.isPresent()) {
            return aggregate.get();
        }
        if (call.distinct()) {
            throw arguments.refused("with DISTINCT");
        }
        if (call.window().isPresent()) {
            throw arguments.refused("with OVER");
        }
        return conditional(arguments)
                .or(() -> TextFunctions.translate(arguments))
                .or(() -> DateFunctions.translate(arguments))
                .or(() -> NumberFunctions.translate(arguments))
                .or(() -> CollectionFunctions.translate(arguments))
                .orElseThrow(() -> new UntranslatableException(call.place(), "the function %s is not known to mean the same in Trino".formatted(call.name())));
    }

    private static Optional<Sql> conditional(Arguments arguments)
    {
        return Optional.ofNullable(switch (arguments.call().name()) {
            case "nvl", "ifnull" -> coalesce(arguments.count(2));
            case "coalesce" -> coalesce(arguments.count(2, Integer.MAX_VALUE));
            case "if" -> {
                arguments.count(3);
                requireBoolean(arguments.place(), "IF", arguments.get(0));
                Type type = arguments.common(arguments.values().subList(1, 3));
                yield new Sql("IF(%s, %s, %s)".formatted(arguments.sql(0), arguments.sql(1), arguments.sql(2)), type);
            }
            case "nullif" -> {
                arguments.count(2).common(arguments.values());
                if (!Types.isComparable(arguments.get(0), arguments.get(1))) {
                    throw arguments.refused("of %s".formatted(arguments.typeName(0)));
                }
                yield new Sql("NULLIF(%s, %s)".formatted(arguments.sql(0), arguments.sql(1)), arguments.type(0));
            }
            case "isnull" -> new Sql("(%s IS NULL)".formatted(arguments.count(1).sql(0)), BOOLEAN);
            case "isnotnull" -> new Sql("(%s IS NOT NULL)".formatted(arguments.count(1).sql(0)), BOOLEAN);
            default -> null;
        });
    }

    private static Sql coalesce(Arguments arguments)
    {
        Type type = arguments.common(arguments.values());
        return new Sql("COALESCE(%s)".formatted(arguments.values().stream().map(Sql::text).collect(Collectors.joining(", "))), type);
    }
}
