package io.tarn.view.hive;

import io.tarn.view.hive.Expression.Operation;
import io.trino.spi.type.Type;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

import static io.tarn.view.hive.Types.isDate;
import static io.tarn.view.hive.Types.isFloating;
import static io.tarn.view.hive.Types.isInteger;
import static io.tarn.view.hive.Types.isNumber;
import static io.tarn.view.hive.Types.isText;
import static io.tarn.view.hive.Types.isTimestamp;
import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.BooleanType.BOOLEAN;
import static io.trino.spi.type.DoubleType.DOUBLE;

/**
 * Operators with Hive's meaning: a division by zero gives NULL, and one of integers a fraction.
 */
final class Operators
{
    private Operators() {}

    /**
     * @param operands those of the operation, translated
     */
    static Sql translate(Operation operation, List<Sql> operands)
    {
        Place place = operation.place();
        return switch (operation.operator()) {
            case "AND", "OR" -> {
                operands.forEach(operand -> requireBoolean(place, operation.operator(), operand));
                yield bool("(%s %s %s)", operands.getFirst().text(), operation.operator(), operands.getLast().text());
            }
            case "NOT" -> {
                requireBoolean(place, "NOT", operands.getFirst());
                yield bool("(NOT %s)", operands.getFirst().text());
            }
            case "IS NULL", "IS NOT NULL" -> bool("(%s %s)", operands.getFirst().text(), operation.operator());
            case "=", "==" -> comparison(operation, operands, "=");
            case "<>", "!=" -> comparison(operation, operands, "<>");
            case "<", "<=", ">", ">=" -> comparison(operation, operands, operation.operator());
            case "<=>" -> comparison(operation, operands, "IS NOT DISTINCT FROM");
            case "BETWEEN" -> {
                List<Sql> aligned = aligned(operation, operands);
                yield bool("(%s BETWEEN %s AND %s)", aligned.get(0).text(), aligned.get(1).text(), aligned.get(2).text());
            }
            case "IN" -> {
                List<Sql> aligned = aligned(operation, operands);
                yield bool("(%s IN (%s))", aligned.getFirst().text(), aligned.stream().skip(1).map(Sql::text).collect(Collectors.joining(", ")));
            }
            case "LIKE" -> like(operation, operands);
            case "RLIKE" -> rlike(operation, operands);
            case "||" -> TextFunctions.concat(place, operands);
            case "+", "-" -> operands.size() == 1 ? sign(operation, operands.getFirst()) : arithmetic(operation, operands, false);
            case "*" -> arithmetic(operation, operands, true);
            case "/" -> division(operation, operands);
            case "%" -> remainder(operation, operands);
            case "DIV" -> integers(operation, operands, "(%s / NULLIF(%s, 0))");
            case "&" -> bits(operation, operands, "bitwise_and(%s, %s)");
            case "|" -> bits(operation, operands, "bitwise_or(%s, %s)");
            case "^" -> bits(operation, operands, "bitwise_xor(%s, %s)");
            case "~" -> {
                requireIntegers(operation, operands);
                yield new Sql("bitwise_not(%s)".formatted(operands.getFirst().text()), BIGINT);
            }
            default -> throw new UntranslatableException(place, "the operator %s is not translated".formatted(operation.operator()));
        };
    }

    /**
     * A condition that two values are the same, for {@code CASE x WHEN y}.
     */
    static Sql equal(Place place, Expression left, Expression right, Sql leftSql, Sql rightSql)
    {
        return comparison(new Operation(place, "=", List.of(left, right)), List.of(leftSql, rightSql), "=");
    }

    private static Sql comparison(Operation operation, List<Sql> operands, String operator)
    {
        List<Sql> aligned = aligned(operation, operands);
        return bool("(%s %s %s)", aligned.getFirst().text(), operator, aligned.getLast().text());
    }

    /**
     * Makes texts that stand for dates and timestamps be such where they are compared with one.
     */
    private static List<Sql> aligned(Operation operation, List<Sql> operands)
    {
        Optional<Sql> day = operands.stream().filter(operand -> !operand.isNull() && isDate(operand.type())).findFirst();
        Optional<Sql> time = operands.stream().filter(operand -> !operand.isNull() && isTimestamp(operand.type())).findFirst();
        List<Sql> aligned = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            Sql operand = operands.get(i);
            Optional<Sql> moment = Optional.empty();
            if (isText(operand.type()) && time.isPresent()) {
                moment = Constants.timestamp(operation.operands().get(i));
            }
            else if (isText(operand.type()) && day.isPresent()) {
                moment = Constants.date(operation.operands().get(i));
            }
            aligned.add(moment.orElse(operand));
        }
        for (Sql operand : aligned) {
            if (!Types.isComparable(aligned.getFirst(), operand)) {
                throw new UntranslatableException(operation.place(), "a comparison of %s with %s is not translated: Hive's and Trino's differ. Cast one of them".formatted(
                        aligned.getFirst().type().getDisplayName(), operand.type().getDisplayName()));
            }
        }
        return aligned;
    }

    private static Sql like(Operation operation, List<Sql> operands)
    {
        String pattern = pattern(operation, operands);
        if (!pattern.contains("\\")) {
            return bool("(%s LIKE %s)", operands.getFirst().text(), Sql.string(pattern));
        }
        if (!pattern.matches("(?s)([^\\\\]|\\\\[_%])*")) {
            throw new UntranslatableException(operation.place(), "a LIKE with a backslash before anything but _ and %% is not translated".formatted());
        }
        return bool("(%s LIKE %s ESCAPE '\\')", operands.getFirst().text(), Sql.string(pattern));
    }

    private static Sql rlike(Operation operation, List<Sql> operands)
    {
        String pattern = pattern(operation, operands);
        if (pattern.isEmpty()) {
            throw new UntranslatableException(operation.place(), "RLIKE with an empty pattern is not translated");
        }
        return bool("regexp_like(%s, %s)", operands.getFirst().text(), Sql.string(pattern));
    }

    private static String pattern(Operation operation, List<Sql> operands)
    {
        if (!isText(operands.getFirst().type())) {
            throw new UntranslatableException(operation.place(), "%s of the type %s is not translated: cast it to a string".formatted(operation.operator(), operands.getFirst().type().getDisplayName()));
        }
        return Constants.text(operation.operands().getLast())
                .orElseThrow(() -> new UntranslatableException(operation.place(), "%s is translated with a literal as its pattern only".formatted(operation.operator())));
    }

    private static Sql sign(Operation operation, Sql operand)
    {
        if (!isNumber(operand.type())) {
            throw notNumbers(operation, List.of(operand));
        }
        return new Sql("(%s %s)".formatted(operation.operator(), operand.text()), operand.type());
    }

    private static Sql arithmetic(Operation operation, List<Sql> operands, boolean product)
    {
        Type type = Types.arithmetic(operands.getFirst().type(), operands.getLast().type(), product)
                .orElseThrow(() -> notNumbers(operation, operands));
        return new Sql("(%s %s %s)".formatted(operands.getFirst().text(), operation.operator(), operands.getLast().text()), type);
    }

    private static Sql division(Operation operation, List<Sql> operands)
    {
        if (!operands.stream().allMatch(operand -> isInteger(operand.type()) || isFloating(operand.type()))) {
            throw notNumbers(operation, operands);
        }
        return new Sql("(%s / NULLIF(%s, 0E0))".formatted(Casts.plain(operands.getFirst(), DOUBLE).text(), Casts.plain(operands.getLast(), DOUBLE).text()), DOUBLE);
    }

    private static Sql remainder(Operation operation, List<Sql> operands)
    {
        if (operands.stream().allMatch(operand -> operand.type().equals(DOUBLE))) {
            return new Sql("(%s %% NULLIF(%s, 0E0))".formatted(operands.getFirst().text(), operands.getLast().text()), DOUBLE);
        }
        return integers(operation, operands, "(%s %% NULLIF(%s, 0))");
    }

    private static Sql integers(Operation operation, List<Sql> operands, String format)
    {
        requireIntegers(operation, operands);
        return new Sql(format.formatted(operands.getFirst().text(), operands.getLast().text()), Types.common(operands.getFirst(), operands.getLast()).orElseThrow());
    }

    private static Sql bits(Operation operation, List<Sql> operands, String format)
    {
        requireIntegers(operation, operands);
        return new Sql(format.formatted(operands.getFirst().text(), operands.getLast().text()), BIGINT);
    }

    private static void requireIntegers(Operation operation, List<Sql> operands)
    {
        if (!operands.stream().allMatch(operand -> isInteger(operand.type()))) {
            throw notNumbers(operation, operands);
        }
    }

    static void requireBoolean(Place place, String where, Sql operand)
    {
        if (!operand.isNull() && !operand.type().equals(BOOLEAN)) {
            throw new UntranslatableException(place, "%s of the type %s is not translated".formatted(where, operand.type().getDisplayName()));
        }
    }

    private static UntranslatableException notNumbers(Operation operation, List<Sql> operands)
    {
        String types = operands.stream().map(operand -> operand.isNull() ? "NULL" : operand.type().getDisplayName()).collect(Collectors.joining(" and "));
        return new UntranslatableException(operation.place(), "%s of %s is not translated: Hive's and Trino's results differ. Cast the operands".formatted(operation.operator().toUpperCase(Locale.ENGLISH), types));
    }

    private static Sql bool(String format, Object... parts)
    {
        return new Sql(format.formatted(parts), BOOLEAN);
    }
}
