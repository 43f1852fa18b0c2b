package io.tarn.athena.execute;

import com.google.common.collect.ImmutableMap;
import io.tarn.athena.statement.ColumnDefinition;
import io.tarn.athena.statement.DataType;
import io.trino.metastore.Column;
import io.trino.metastore.HiveType;
import io.trino.metastore.type.CharTypeInfo;
import io.trino.metastore.type.TypeInfo;
import io.trino.metastore.type.VarcharTypeInfo;
import io.trino.spi.TrinoException;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.trino.metastore.type.TypeInfoFactory.getCharTypeInfo;
import static io.trino.metastore.type.TypeInfoFactory.getDecimalTypeInfo;
import static io.trino.metastore.type.TypeInfoFactory.getListTypeInfo;
import static io.trino.metastore.type.TypeInfoFactory.getMapTypeInfo;
import static io.trino.metastore.type.TypeInfoFactory.getPrimitiveTypeInfo;
import static io.trino.metastore.type.TypeInfoFactory.getStructTypeInfo;
import static io.trino.metastore.type.TypeInfoFactory.getVarcharTypeInfo;
import static io.trino.spi.StandardErrorCode.NOT_SUPPORTED;

/**
 * Columns as DDL declares them, and as the catalogue keeps them.
 */
final class DeclaredColumns
{
    private static final Set<String> SIMPLE_TYPES = Set.of("boolean", "tinyint", "smallint", "int", "bigint", "float", "double", "string", "binary", "date", "timestamp");
    private static final int MAX_DECIMAL_PRECISION = 38;
    private static final int DEFAULT_DECIMAL_PRECISION = 10;
    // what can be read back: types are kept as texts, in which a field ends with a colon
    private static final Pattern FIELD_NAME = Pattern.compile("[\\p{L}\\p{N}_.$]+");
    // the most that is read back
    private static final int MAX_NESTING = 100;
    private static final int MAX_NAME_LENGTH = 255;

    private DeclaredColumns() {}

    /**
     * @throws TrinoException {@code NOT_SUPPORTED} for a type that Athena's tables do not have, and for a name that the
     *         catalogue does not keep
     */
    static List<Column> columns(List<ColumnDefinition> definitions)
    {
        return definitions.stream().map(DeclaredColumns::column).collect(toImmutableList());
    }

    private static Column column(ColumnDefinition definition)
    {
        String name = definition.name();
        if (name.isBlank() || name.length() > MAX_NAME_LENGTH || name.contains(",") || name.chars().anyMatch(Character::isISOControl)) {
            throw new TrinoException(NOT_SUPPORTED, "'%s' is no name of a column: it takes 1 to %s characters without commas and control characters".formatted(name, MAX_NAME_LENGTH));
        }
        return new Column(name, HiveType.fromTypeInfo(typeInfo(name, definition.type(), 0)), definition.comment(), ImmutableMap.of());
    }

    private static TypeInfo typeInfo(String column, DataType type, int depth)
    {
        if (depth > MAX_NESTING) {
            throw unsupported(column, "a type nested more than %s levels deep".formatted(MAX_NESTING), "make fewer levels");
        }
        return switch (type) {
            case DataType.Primitive primitive -> primitive(column, primitive);
            case DataType.Array array -> getListTypeInfo(typeInfo(column, array.element(), depth + 1));
            case DataType.Map map -> {
                if (!(map.key() instanceof DataType.Primitive)) {
                    throw unsupported(column, map.hiveName(), "keys of maps are of primitive types");
                }
                yield getMapTypeInfo(typeInfo(column, map.key(), depth + 1), typeInfo(column, map.value(), depth + 1));
            }
            case DataType.Struct struct -> {
                struct.fields().stream().map(DataType.Field::name).filter(name -> !FIELD_NAME.matcher(name).matches()).findFirst().ifPresent(name -> {
                    throw unsupported(column, "a field named '%s'".formatted(name), "names of fields have letters, digits and underscores");
                });
                yield getStructTypeInfo(
                        struct.fields().stream().map(DataType.Field::name).toList(),
                        struct.fields().stream().map(field -> typeInfo(column, field.type(), depth + 1)).toList());
            }
        };
    }

    private static TypeInfo primitive(String column, DataType.Primitive type)
    {
        List<Integer> parameters = type.parameters();
        if (SIMPLE_TYPES.contains(type.name()) && parameters.isEmpty()) {
            return getPrimitiveTypeInfo(type.name());
        }
        return switch (type.name()) {
            case "integer" -> getPrimitiveTypeInfo("int");
            case "decimal" -> {
                int precision = parameters.isEmpty() ? DEFAULT_DECIMAL_PRECISION : parameters.get(0);
                int scale = parameters.size() < 2 ? 0 : parameters.get(1);
                if (precision < 1 || precision > MAX_DECIMAL_PRECISION || scale < 0 || scale > precision) {
                    throw unsupported(column, type.hiveName(), "a decimal has 1 to %s digits, and no more of them after the point".formatted(MAX_DECIMAL_PRECISION));
                }
                yield getDecimalTypeInfo(precision, scale);
            }
            case "char" -> getCharTypeInfo(length(column, type, CharTypeInfo.MAX_CHAR_LENGTH));
            case "varchar" -> getVarcharTypeInfo(length(column, type, VarcharTypeInfo.MAX_VARCHAR_LENGTH));
            default -> throw unsupported(column, type.hiveName(), remedy(type.name()));
        };
    }

    private static int length(String column, DataType.Primitive type, int maximum)
    {
        if (type.parameters().size() != 1 || type.parameters().getFirst() < 1 || type.parameters().getFirst() > maximum) {
            throw unsupported(column, type.hiveName(), "%s takes a length of 1 to %s".formatted(type.name(), maximum));
        }
        return type.parameters().getFirst();
    }

    private static String remedy(String name)
    {
        return switch (name) {
            case "real" -> "in DDL it is float";
            case "long" -> "in DDL it is bigint";
            case "text", "uuid", "json", "time" -> "use string";
            case "varbinary" -> "in DDL it is binary";
            default -> "the types are boolean, tinyint, smallint, int, bigint, float, double, decimal, char, varchar, string, binary, date, timestamp, array, map and struct";
        };
    }

    private static TrinoException unsupported(String column, String type, String remedy)
    {
        return new TrinoException(NOT_SUPPORTED, "Column '%s' cannot be of %s: %s".formatted(column, type, remedy));
    }

    /**
     * @throws TrinoException {@code NOT_SUPPORTED} where a type that the catalogue keeps is none of Athena's DDL
     */
    static List<ColumnDefinition> definitions(List<Column> columns)
    {
        return columns.stream()
                .map(column -> new ColumnDefinition(column.getName(), WrittenTypes.dataType(column), comment(column)))
                .collect(toImmutableList());
    }

    private static Optional<String> comment(Column column)
    {
        return column.getComment().filter(comment -> !comment.isEmpty());
    }
}
