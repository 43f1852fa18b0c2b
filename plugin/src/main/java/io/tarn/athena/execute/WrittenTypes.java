package io.tarn.athena.execute;

import io.tarn.athena.statement.DataType;
import io.trino.metastore.Column;
import io.trino.metastore.type.CharTypeInfo;
import io.trino.metastore.type.DecimalTypeInfo;
import io.trino.metastore.type.ListTypeInfo;
import io.trino.metastore.type.MapTypeInfo;
import io.trino.metastore.type.PrimitiveCategory;
import io.trino.metastore.type.PrimitiveTypeInfo;
import io.trino.metastore.type.StructTypeInfo;
import io.trino.metastore.type.TypeInfo;
import io.trino.metastore.type.VarcharTypeInfo;
import io.trino.spi.TrinoException;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static io.trino.spi.StandardErrorCode.NOT_SUPPORTED;

/**
 * The types of the catalogue as DDL writes them; the inverse of what {@link DeclaredColumns} does.
 */
final class WrittenTypes
{
    private WrittenTypes() {}

    static DataType dataType(Column column)
    {
        return dataType(column, column.getType().getTypeInfo());
    }

    private static DataType dataType(Column column, TypeInfo type)
    {
        return switch (type) {
            case ListTypeInfo list -> new DataType.Array(dataType(column, list.getListElementTypeInfo()));
            case MapTypeInfo map -> new DataType.Map(dataType(column, map.getMapKeyTypeInfo()), dataType(column, map.getMapValueTypeInfo()));
            case StructTypeInfo struct -> {
                List<DataType.Field> fields = new ArrayList<>();
                for (int i = 0; i < struct.getAllStructFieldNames().size(); i++) {
                    fields.add(new DataType.Field(struct.getAllStructFieldNames().get(i), dataType(column, struct.getAllStructFieldTypeInfos().get(i)), Optional.empty()));
                }
                yield new DataType.Struct(fields);
            }
            case DecimalTypeInfo decimal -> new DataType.Primitive("decimal", List.of(decimal.precision(), decimal.scale()));
            case VarcharTypeInfo varchar -> new DataType.Primitive("varchar", List.of(varchar.getLength()));
            case CharTypeInfo character -> new DataType.Primitive("char", List.of(character.getLength()));
            case PrimitiveTypeInfo primitive when isWritten(primitive.getPrimitiveCategory()) -> DataType.Primitive.of(primitive.getTypeName());
            default -> throw new TrinoException(NOT_SUPPORTED, "Column '%s' is of type %s, which Athena's DDL does not have".formatted(column.getName(), column.getType()));
        };
    }

    private static boolean isWritten(PrimitiveCategory category)
    {
        return switch (category) {
            case BOOLEAN, BYTE, SHORT, INT, LONG, FLOAT, DOUBLE, STRING, DATE, TIMESTAMP, BINARY, DECIMAL, VARCHAR, CHAR -> true;
            case VOID, TIMESTAMPLOCALTZ, INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME, VARIANT, UNKNOWN -> false;
        };
    }
}
