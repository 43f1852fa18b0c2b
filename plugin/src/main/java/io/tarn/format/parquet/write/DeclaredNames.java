package io.tarn.format.parquet.write;

import io.trino.metastore.type.ListTypeInfo;
import io.trino.metastore.type.MapTypeInfo;
import io.trino.metastore.type.StructTypeInfo;
import io.trino.metastore.type.TypeInfo;
import io.trino.spi.type.ArrayType;
import io.trino.spi.type.MapType;
import io.trino.spi.type.RowType;
import io.trino.spi.type.Type;
import io.trino.spi.type.TypeOperators;

import java.util.ArrayList;
import java.util.List;

/**
 * Gives the fields of structs their names as the catalogue has them, whose letter case Trino's types have lost.
 */
final class DeclaredNames
{
    private static final TypeOperators TYPE_OPERATORS = new TypeOperators();

    private DeclaredNames() {}

    static Type restore(Type type, TypeInfo declared)
    {
        return switch (type) {
            case ArrayType array -> new ArrayType(restore(array.getElementType(), ((ListTypeInfo) declared).getListElementTypeInfo()));
            case MapType map -> new MapType(
                    restore(map.getKeyType(), ((MapTypeInfo) declared).getMapKeyTypeInfo()),
                    restore(map.getValueType(), ((MapTypeInfo) declared).getMapValueTypeInfo()),
                    TYPE_OPERATORS);
            case RowType row -> restoreRow(row, (StructTypeInfo) declared);
            default -> type;
        };
    }

    private static RowType restoreRow(RowType row, StructTypeInfo declared)
    {
        List<RowType.Field> fields = new ArrayList<>();
        for (int index = 0; index < row.getFields().size(); index++) {
            fields.add(RowType.field(
                    declared.getAllStructFieldNames().get(index),
                    restore(row.getFields().get(index).getType(), declared.getAllStructFieldTypeInfos().get(index))));
        }
        return RowType.from(fields);
    }
}
