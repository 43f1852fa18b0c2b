package io.tarn.view.hive;

import io.trino.spi.type.ArrayType;
import io.trino.spi.type.MapType;
import io.trino.spi.type.RowType;
import io.trino.spi.type.Type;
import io.trino.spi.type.TypeOperators;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.BooleanType.BOOLEAN;

/**
 * Functions of arrays, maps and structs.
 */
final class CollectionFunctions
{
    private static final TypeOperators TYPE_OPERATORS = new TypeOperators();

    private CollectionFunctions() {}

    static Optional<Sql> translate(Arguments arguments)
    {
        return Optional.ofNullable(switch (arguments.call().name()) {
            case "size" -> {
                if (arguments.count(1).get(0).isNull() || !(arguments.type(0) instanceof ArrayType || arguments.type(0) instanceof MapType)) {
                    throw arguments.refused("of %s".formatted(arguments.typeName(0)));
                }
                // Hive gives -1 where there is nothing
                yield new Sql("COALESCE(cardinality(%s), -1)".formatted(arguments.sql(0)), BIGINT);
            }
            case "array_contains" -> {
                Type element = arguments.count(2).array(0).getElementType();
                if (!Types.isComparable(new Sql("", element), arguments.get(1)) || arguments.get(1).isNull()) {
                    throw arguments.refused("of %s and %s".formatted(arguments.typeName(0), arguments.typeName(1)));
                }
                yield new Sql("COALESCE(contains(%s, %s), false)".formatted(arguments.sql(0), arguments.sql(1)), BOOLEAN);
            }
            case "map_keys" -> new Sql("map_keys(%s)".formatted(arguments.sql(0)), new ArrayType(arguments.count(1).map(0).getKeyType()));
            case "map_values" -> new Sql("map_values(%s)".formatted(arguments.sql(0)), new ArrayType(arguments.count(1).map(0).getValueType()));
            case "array" -> array(arguments.count(1, 254), arguments.values());
            case "map" -> map(arguments.count(2, 254));
            case "named_struct" -> struct(arguments.count(2, 254));
            default -> null;
        });
    }

    private static Sql array(Arguments arguments, List<Sql> values)
    {
        Type type = new ArrayType(arguments.common(values));
        return new Sql("CAST(ARRAY[%s] AS %s)".formatted(values.stream().map(Sql::text).collect(Collectors.joining(", ")), type.getDisplayName()), type);
    }

    private static Sql map(Arguments arguments)
    {
        if (arguments.size() % 2 != 0) {
            throw arguments.refused("with %s arguments".formatted(arguments.size()));
        }
        List<Sql> keys = new ArrayList<>();
        List<Sql> values = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i += 2) {
            keys.add(arguments.get(i));
            values.add(arguments.get(i + 1));
        }
        Sql keyArray = array(arguments, keys);
        Sql valueArray = array(arguments, values);
        return new Sql("map(%s, %s)".formatted(keyArray.text(), valueArray.text()), new MapType(
                ((ArrayType) keyArray.type()).getElementType(),
                ((ArrayType) valueArray.type()).getElementType(),
                TYPE_OPERATORS));
    }

    private static Sql struct(Arguments arguments)
    {
        if (arguments.size() % 2 != 0) {
            throw arguments.refused("with %s arguments".formatted(arguments.size()));
        }
        List<RowType.Field> fields = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i += 2) {
            fields.add(RowType.field(arguments.literal(i).toLowerCase(Locale.ENGLISH), arguments.type(i + 1)));
            values.add(arguments.sql(i + 1));
        }
        Type type = RowType.from(fields);
        return new Sql("CAST(ROW(%s) AS %s)".formatted(String.join(", ", values), type.getDisplayName()), type);
    }
}
