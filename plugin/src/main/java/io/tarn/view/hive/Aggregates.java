package io.tarn.view.hive;

import io.tarn.view.hive.Expression.Call;
import io.trino.spi.type.ArrayType;
import io.trino.spi.type.DecimalType;
import io.trino.spi.type.Type;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import static io.tarn.view.hive.Types.isDecimal;
import static io.tarn.view.hive.Types.isFloating;
import static io.tarn.view.hive.Types.isInteger;
import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.DecimalType.createDecimalType;
import static io.trino.spi.type.DoubleType.DOUBLE;

/**
 * Functions of groups and of windows.
 */
final class Aggregates
{
    private Aggregates() {}

    /**
     * @return without what follows {@code OVER}
     */
    static Optional<Sql> translate(Arguments arguments)
    {
        Call call = arguments.call();
        return Optional.ofNullable(switch (call.name()) {
            case "count" -> {
                if (call.star()) {
                    yield new Sql("count(*)", BIGINT);
                }
                yield new Sql("count(%s%s)".formatted(distinct(call), arguments.count(1).sql(0)), BIGINT);
            }
            case "sum" -> sum(arguments.count(1));
            case "avg" -> {
                Type type = arguments.count(1).type(0);
                if (!isInteger(type) && !isFloating(type)) {
                    throw arguments.refused("of the type %s: cast it to double".formatted(arguments.typeName(0)));
                }
                yield new Sql("avg(%s%s)".formatted(distinct(call), Casts.plain(arguments.get(0), DOUBLE).text()), DOUBLE);
            }
            case "min", "max" -> {
                if (!Types.isOrdered(arguments.count(1).type(0)) || arguments.get(0).isNull()) {
                    throw arguments.refused("of the type %s".formatted(arguments.typeName(0)));
                }
                yield new Sql("%s(%s%s)".formatted(call.name(), distinct(call), arguments.sql(0)), arguments.type(0));
            }
            case "collect_list" -> collection(arguments.count(1), "array_agg(%s)");
            case "collect_set" -> collection(arguments.count(1), "array_agg(DISTINCT %s)");
            case "stddev", "stddev_pop", "std" -> deviation(arguments.count(1), "stddev_pop");
            case "variance", "var_pop" -> deviation(arguments.count(1), "var_pop");
            case "row_number", "rank", "dense_rank" -> new Sql("%s()".formatted(windowed(arguments.count(0)).name()), BIGINT);
            case "ntile" -> new Sql("ntile(%s)".formatted(arguments.count(1).integer(0)), windowedType(arguments, BIGINT));
            case "lag", "lead" -> neighbour(arguments.count(1, 3));
            case "first_value", "last_value" -> new Sql("%s(%s)".formatted(windowed(arguments.count(1)).name(), arguments.sql(0)), arguments.type(0));
            default -> null;
        });
    }

    private static Sql sum(Arguments arguments)
    {
        Type type = arguments.type(0);
        String distinct = distinct(arguments.call());
        if (isInteger(type)) {
            return new Sql("sum(%s%s)".formatted(distinct, arguments.sql(0)), BIGINT);
        }
        if (isFloating(type)) {
            return new Sql("sum(%s%s)".formatted(distinct, Casts.plain(arguments.get(0), DOUBLE).text()), DOUBLE);
        }
        if (isDecimal(type)) {
            return new Sql("sum(%s%s)".formatted(distinct, arguments.sql(0)), createDecimalType(38, ((DecimalType) type).getScale()));
        }
        throw arguments.refused("of the type %s: cast it to double".formatted(arguments.typeName(0)));
    }

    private static Sql collection(Arguments arguments, String format)
    {
        if (arguments.call().window().isPresent() || arguments.call().distinct() || arguments.get(0).isNull()) {
            throw arguments.refused("with OVER, DISTINCT or NULL");
        }
        Type type = new ArrayType(arguments.type(0));
        // nulls are left out, and of nothing an empty array is made
        return new Sql("COALESCE(%s FILTER (WHERE %s IS NOT NULL), CAST(ARRAY[] AS %s))".formatted(format.formatted(arguments.sql(0)), arguments.sql(0), type.getDisplayName()), type);
    }

    private static Sql deviation(Arguments arguments, String function)
    {
        if (!isInteger(arguments.type(0)) && !isFloating(arguments.type(0))) {
            throw arguments.refused("of the type %s: cast it to double".formatted(arguments.typeName(0)));
        }
        return new Sql("%s(%s%s)".formatted(function, distinct(arguments.call()), Casts.plain(arguments.get(0), DOUBLE).text()), DOUBLE);
    }

    private static Sql neighbour(Arguments arguments)
    {
        Type type = arguments.type(0);
        if (arguments.size() == 3) {
            type = arguments.common(List.of(arguments.get(0), arguments.get(2)));
        }
        return new Sql("%s(%s)".formatted(windowed(arguments).name(), arguments.values().stream().map(Sql::text).collect(Collectors.joining(", "))), type);
    }

    private static Type windowedType(Arguments arguments, Type type)
    {
        windowed(arguments);
        return type;
    }

    private static Call windowed(Arguments arguments)
    {
        if (arguments.call().window().isEmpty() || arguments.call().distinct()) {
            throw arguments.refused("without OVER, or with DISTINCT,");
        }
        return arguments.call();
    }

    private static String distinct(Call call)
    {
        if (call.distinct() && call.window().isPresent()) {
            throw new UntranslatableException(call.place(), "the function %s with DISTINCT and OVER is not translated".formatted(call.name()));
        }
        return call.distinct() ? "DISTINCT " : "";
    }
}
