package io.tarn.athena.dialect;

import io.tarn.athena.statement.DataType;

import java.util.List;

import static java.util.stream.Collectors.joining;

/**
 * Types of Athena's DDL as the Iceberg connector names those that Iceberg has.
 */
final class IcebergTypes
{
    private IcebergTypes() {}

    /**
     * @throws DialectException where Iceberg tables of Athena's have no such type
     */
    static String trinoType(DataType type)
    {
        return switch (type) {
            case DataType.Primitive primitive -> primitive(primitive.name(), primitive.parameters());
            case DataType.Array array -> "array(%s)".formatted(trinoType(array.element()));
            case DataType.Map map -> "map(%s, %s)".formatted(trinoType(map.key()), trinoType(map.value()));
            case DataType.Struct struct -> struct.fields().stream()
                    .map(field -> SqlText.identifier(field.name()) + " " + trinoType(field.type()))
                    .collect(joining(", ", "row(", ")"));
        };
    }

    private static String primitive(String name, List<Integer> parameters)
    {
        return switch (name) {
            case "boolean", "bigint", "double", "date", "uuid" -> name;
            case "long" -> "bigint";
            case "int", "integer" -> "integer";
            case "float", "real" -> "real";
            case "string", "varchar" -> "varchar";
            case "binary" -> "varbinary";
            case "timestamp" -> "timestamp(6)";
            case "timestamptz" -> "timestamp(6) with time zone";
            case "time" -> "time(6)";
            case "decimal" -> parameters.isEmpty() ? "decimal(10, 0)" : parameters.stream().map(String::valueOf).collect(joining(", ", "decimal(", ")"));
            default -> throw DialectException.refused("Iceberg tables have no type %s: take int, bigint, string, binary or another of Iceberg's".formatted(name));
        };
    }
}
