package io.tarn.athena.dialect;

import com.google.common.collect.ImmutableList;
import io.tarn.athena.statement.DataType.Array;
import io.tarn.athena.statement.DataType.Field;
import io.tarn.athena.statement.DataType.Map;
import io.tarn.athena.statement.DataType.Primitive;
import io.tarn.athena.statement.DataType.Struct;
import io.trino.sql.tree.DataType;
import io.trino.sql.tree.DataTypeParameter;
import io.trino.sql.tree.DateTimeDataType;
import io.trino.sql.tree.GenericDataType;
import io.trino.sql.tree.NumericParameter;
import io.trino.sql.tree.RowDataType;
import io.trino.sql.tree.TypeParameter;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.tarn.athena.dialect.PropertyValues.refused;
import static java.lang.Math.toIntExact;

/**
 * Types of Trino as Athena's DDL names them.
 */
final class AthenaTypes
{
    private AthenaTypes() {}

    /**
     * @throws DialectException where Athena's tables have no such type
     */
    static io.tarn.athena.statement.DataType athenaType(DataType type)
    {
        return switch (type) {
            case RowDataType row -> new Struct(row.getFields().stream()
                    .map(field -> new Field(
                            field.getName().orElseThrow(() -> refused(field, "A field of a struct has a name")).getValue(),
                            athenaType(field.getType()),
                            Optional.empty()))
                    .collect(toImmutableList()));
            case DateTimeDataType time when time.getType() == DateTimeDataType.Type.TIMESTAMP && !time.isWithTimeZone() -> Primitive.of("timestamp");
            case GenericDataType generic -> generic(generic);
            default -> throw refused(type, "Athena's tables have no type %s".formatted(type));
        };
    }

    private static io.tarn.athena.statement.DataType generic(GenericDataType type)
    {
        List<DataTypeParameter> arguments = type.getArguments();
        String name = type.getName().getValue().toLowerCase(Locale.ENGLISH);
        return switch (name) {
            case "boolean", "tinyint", "smallint", "bigint", "double", "date" -> Primitive.of(name);
            case "int", "integer" -> Primitive.of("int");
            case "real" -> Primitive.of("float");
            case "varbinary" -> Primitive.of("binary");
            case "varchar" -> arguments.isEmpty() ? Primitive.of("string") : new Primitive("varchar", numbers(arguments));
            case "char" -> new Primitive("char", arguments.isEmpty() ? ImmutableList.of(1) : numbers(arguments));
            case "decimal" -> new Primitive("decimal", switch (arguments.size()) {
                case 0 -> ImmutableList.of(38, 0);
                case 1 -> ImmutableList.of(numbers(arguments).getFirst(), 0);
                default -> numbers(arguments);
            });
            case "array" -> new Array(type(arguments.getFirst()));
            case "map" -> new Map(type(arguments.getFirst()), type(arguments.getLast()));
            default -> throw refused(type, "Athena's tables have no type %s".formatted(type));
        };
    }

    private static io.tarn.athena.statement.DataType type(DataTypeParameter parameter)
    {
        if (parameter instanceof TypeParameter type) {
            return athenaType(type.getValue());
        }
        throw refused(parameter, "%s is not a type".formatted(parameter));
    }

    private static List<Integer> numbers(List<DataTypeParameter> parameters)
    {
        return parameters.stream()
                .map(parameter -> {
                    if (parameter instanceof NumericParameter number) {
                        return toIntExact(number.getParsedValue());
                    }
                    throw refused(parameter, "%s is not a number".formatted(parameter));
                })
                .collect(toImmutableList());
    }
}
