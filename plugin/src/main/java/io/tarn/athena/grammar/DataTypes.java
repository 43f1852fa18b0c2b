package io.tarn.athena.grammar;

import com.google.common.collect.ImmutableList;
import io.tarn.athena.grammar.AthenaDdlParser.ArrayTypeContext;
import io.tarn.athena.grammar.AthenaDdlParser.MapTypeContext;
import io.tarn.athena.grammar.AthenaDdlParser.PrimitiveTypeContext;
import io.tarn.athena.grammar.AthenaDdlParser.StructTypeContext;
import io.tarn.athena.grammar.AthenaDdlParser.TypeContext;
import io.tarn.athena.grammar.AthenaDdlParser.WholeNumberContext;
import io.tarn.athena.statement.DataType;
import io.tarn.athena.statement.DataType.Primitive;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * Reads column types.
 */
final class DataTypes
{
    private static final int MOST_DIGITS = 38;
    private static final int LONGEST_CHAR = 255;
    private static final int LONGEST_VARCHAR = 65535;

    private final SyntaxErrors errors;
    private final Names names;

    DataTypes(SyntaxErrors errors)
    {
        this.errors = requireNonNull(errors, "errors is null");
        this.names = new Names(errors);
    }

    DataType type(TypeContext context)
    {
        return switch (context) {
            case ArrayTypeContext array -> new DataType.Array(type(array.type()));
            case MapTypeContext map -> map(map);
            case StructTypeContext struct -> new DataType.Struct(struct.structField().stream()
                    .map(field -> new DataType.Field(
                            names.name(field.fieldName()),
                            type(field.type()),
                            Optional.ofNullable(field.text()).map(text -> HiveStrings.unquote(text.getText()))))
                    .collect(toImmutableList()));
            case PrimitiveTypeContext primitive -> primitive(primitive);
            default -> throw new IllegalArgumentException("not a type: " + context.getClass().getSimpleName());
        };
    }

    private DataType map(MapTypeContext context)
    {
        DataType key = type(context.type(0));
        if (!(key instanceof Primitive)) {
            throw errors.at(context.type(0), "the key of a map must be of a primitive type, not " + SyntaxErrors.shown(key.hiveName()));
        }
        return new DataType.Map(key, type(context.type(1)));
    }

    private DataType primitive(PrimitiveTypeContext context)
    {
        String name = context.word().getText().toLowerCase(Locale.ENGLISH);
        if (context.PRECISION() != null && !name.equals("double")) {
            throw errors.at(context.PRECISION(), "only 'double' may be followed by PRECISION");
        }
        return switch (name) {
            case "boolean", "tinyint", "smallint", "int", "bigint", "float", "double", "string", "binary", "date", "timestamp", "time", "timestamptz", "uuid" -> plain(context, name);
            case "integer" -> plain(context, "int");
            case "real" -> plain(context, "float");
            case "decimal", "numeric", "dec" -> decimal(context);
            case "char" -> sized(context, name, LONGEST_CHAR);
            case "varchar" -> sized(context, name, LONGEST_VARCHAR);
            case "array", "map" -> throw errors.at(context, "expected '<' and what is in the " + name + ", as in " + (name.equals("map") ? "map<string,int>" : "array<string>"));
            case "struct", "row" -> throw errors.at(context, "expected a column type, found " + SyntaxErrors.shown(context.getText()) + "; a structure is written as in struct<name:string>");
            default -> throw errors.at(context, "unknown column type " + SyntaxErrors.shown(context.word().getText()) +
                    "; Athena has boolean, tinyint, smallint, int, bigint, float, double, decimal, char, varchar, string, binary, date, timestamp, array, map and struct");
        };
    }

    private DataType plain(PrimitiveTypeContext context, String name)
    {
        if (!context.wholeNumber().isEmpty()) {
            throw errors.at(context.wholeNumber(0), "the type " + name + " takes no number");
        }
        return Primitive.of(name);
    }

    private DataType decimal(PrimitiveTypeContext context)
    {
        List<WholeNumberContext> numbers = context.wholeNumber();
        if (numbers.size() > 2) {
            throw errors.at(numbers.get(2), "a decimal has a precision and a scale, and no third number");
        }
        int precision = numbers.isEmpty() ? 10 : number(numbers.getFirst(), 1, MOST_DIGITS, "the precision of a decimal");
        int scale = numbers.size() < 2 ? 0 : number(numbers.get(1), 0, precision, "the scale of a decimal");
        return new Primitive("decimal", ImmutableList.of(precision, scale));
    }

    private DataType sized(PrimitiveTypeContext context, String name, int longest)
    {
        List<WholeNumberContext> numbers = context.wholeNumber();
        if (numbers.size() != 1) {
            throw errors.at(context, "expected one length, as in " + name + "(10), or the type string");
        }
        return new Primitive(name, ImmutableList.of(number(numbers.getFirst(), 1, longest, "the length of a " + name)));
    }

    int number(WholeNumberContext context, int least, int most, String what)
    {
        String digits = context.getText();
        // longer ones are out of any range here, and would not fit a number either
        long value = digits.length() > 10 ? Long.MAX_VALUE : Long.parseLong(digits);
        if (value < least || value > most) {
            throw errors.at(context, what + " must be between " + least + " and " + most + ", not " + SyntaxErrors.shown(digits));
        }
        return (int) value;
    }
}
