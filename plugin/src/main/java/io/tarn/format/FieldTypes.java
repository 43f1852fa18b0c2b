package io.tarn.format;

import io.tarn.type.HiveTypes;
import io.trino.metastore.HiveType;
import io.trino.metastore.type.StructTypeInfo;
import io.trino.metastore.type.TypeInfo;
import io.trino.spi.TrinoException;
import io.trino.spi.type.RowType;
import io.trino.spi.type.Type;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import static io.tarn.error.TarnErrorCode.TARN_INVALID_METADATA;

/**
 * The Trino type of a field that a reader must decode although nobody asked for it whole, for instance the struct
 * around a nested field.
 */
final class FieldTypes
{
    private FieldTypes() {}

    /**
     * @param columns the columns asked of this field; their types take precedence over what the declaration maps to
     * @param depth how many names of the columns' paths lead to this field
     */
    static Type decodedType(TypeInfo declared, List<FileColumn> columns, int depth)
    {
        for (FileColumn column : columns) {
            if (column.path().size() == depth) {
                return column.type();
            }
        }
        if (declared instanceof StructTypeInfo struct) {
            return rowType(struct, columns, depth);
        }
        HiveType type = HiveType.fromTypeInfo(declared);
        return HiveTypes.trinoType(type)
                .orElseThrow(() -> new TrinoException(TARN_INVALID_METADATA, "No field of type '%s' can be read. Declare it with a type that Athena knows.".formatted(type)));
    }

    private static Type rowType(StructTypeInfo struct, List<FileColumn> columns, int depth)
    {
        List<String> names = struct.getAllStructFieldNames();
        List<RowType.Field> fields = new ArrayList<>(names.size());
        for (int index = 0; index < names.size(); index++) {
            String name = names.get(index).toLowerCase(Locale.ENGLISH);
            List<FileColumn> below = columns.stream()
                    .filter(column -> column.path().get(depth).equalsIgnoreCase(name))
                    .toList();
            fields.add(RowType.field(name, decodedType(struct.getAllStructFieldTypeInfos().get(index), below, depth + 1)));
        }
        return RowType.from(fields);
    }
}
