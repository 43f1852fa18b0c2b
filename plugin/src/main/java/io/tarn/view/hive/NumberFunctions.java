package io.tarn.view.hive;

import io.trino.spi.type.DecimalType;
import io.trino.spi.type.Type;

import java.util.Optional;
import java.util.stream.Collectors;

import static io.tarn.view.hive.Types.isFloating;
import static io.tarn.view.hive.Types.isInteger;
import static io.tarn.view.hive.Types.isNumber;
import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.DecimalType.createDecimalType;
import static io.trino.spi.type.DoubleType.DOUBLE;

/**
 * Functions of numbers.
 */
final class NumberFunctions
{
    private NumberFunctions() {}

    static Optional<Sql> translate(Arguments arguments)
    {
        return Optional.ofNullable(switch (arguments.call().name()) {
            case "abs" -> new Sql("abs(%s)".formatted(number(arguments.count(1))), arguments.type(0));
            case "round" -> round(arguments.count(1, 2));
            case "floor" -> whole(arguments.count(1), "floor");
            case "ceil", "ceiling" -> whole(arguments.count(1), "ceil");
            case "pow", "power" -> {
                if (arguments.count(2).values().stream().anyMatch(value -> !isInteger(value.type()) && !isFloating(value.type()))) {
                    throw arguments.refused("of %s and %s".formatted(arguments.typeName(0), arguments.typeName(1)));
                }
                yield new Sql("power(%s, %s)".formatted(Casts.plain(arguments.get(0), DOUBLE).text(), Casts.plain(arguments.get(1), DOUBLE).text()), DOUBLE);
            }
            case "exp" -> {
                if (!isInteger(arguments.count(1).type(0)) && !isFloating(arguments.type(0))) {
                    throw arguments.refused("of %s".formatted(arguments.typeName(0)));
                }
                yield new Sql("exp(%s)".formatted(Casts.plain(arguments.get(0), DOUBLE).text()), DOUBLE);
            }
            case "pmod" -> new Sql("(((%1$s %% NULLIF(%2$s, 0)) + %2$s) %% NULLIF(%2$s, 0))".formatted(arguments.count(2).integer(0), arguments.integer(1)), arguments.common(arguments.values()));
            case "greatest", "least" -> {
                Type type = arguments.count(2, Integer.MAX_VALUE).common(arguments.values());
                if (!Types.isOrdered(type)) {
                    throw arguments.refused("of the type %s".formatted(type.getDisplayName()));
                }
                yield new Sql("%s(%s)".formatted(arguments.call().name(), arguments.values().stream().map(Sql::text).collect(Collectors.joining(", "))), type);
            }
            default -> null;
        });
    }

    private static String number(Arguments arguments)
    {
        if (!isNumber(arguments.type(0))) {
            throw arguments.refused("of %s".formatted(arguments.typeName(0)));
        }
        return arguments.sql(0);
    }

    private static Sql round(Arguments arguments)
    {
        String number = number(arguments);
        if (arguments.size() == 1) {
            return arguments.type(0) instanceof DecimalType
                    ? new Sql("round(%s)".formatted(number), whole(arguments, (DecimalType) arguments.type(0)))
                    : new Sql("round(%s)".formatted(number), arguments.type(0));
        }
        if (!arguments.isConstant(1)) {
            throw arguments.refused("to a number of digits that is not written out");
        }
        return new Sql("round(%s, %s)".formatted(number, arguments.integer(1)), arguments.type(0));
    }

    private static Sql whole(Arguments arguments, String function)
    {
        String number = number(arguments);
        return arguments.type(0) instanceof DecimalType decimal
                ? new Sql("%s(%s)".formatted(function, number), whole(arguments, decimal))
                : new Sql("CAST(%s(%s) AS bigint)".formatted(function, number), BIGINT);
    }

    private static DecimalType whole(Arguments arguments, DecimalType type)
    {
        int precision = type.getPrecision() - type.getScale() + 1;
        if (precision > 38) {
            throw arguments.refused("of %s".formatted(arguments.typeName(0)));
        }
        return createDecimalType(precision, 0);
    }
}
