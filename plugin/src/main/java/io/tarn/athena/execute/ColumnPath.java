package io.tarn.athena.execute;

import io.trino.metastore.Column;
import io.trino.metastore.type.ListTypeInfo;
import io.trino.metastore.type.MapTypeInfo;
import io.trino.metastore.type.StructTypeInfo;
import io.trino.metastore.type.TypeInfo;
import io.trino.spi.TrinoException;

import java.util.List;

import static io.tarn.error.TarnErrorCode.TARN_STATEMENT_REFUSED;

/**
 * {@code DESCRIBE table column.field}: goes into structs by their fields' names, into arrays by {@code $elem$}, into maps
 * by {@code $key$} and {@code $value$}, and describes what it comes to; of a struct, its fields.
 */
final class ColumnPath
{
    private static final String ELEMENT = "$elem$";
    private static final String KEY = "$key$";
    private static final String VALUE = "$value$";
    // Hive says so of everything that it learns from a SerDe
    private static final String COMMENT = "from deserializer";

    private ColumnPath() {}

    /**
     * @param path below the column, in lower case
     * @throws TrinoException {@code TARN_STATEMENT_REFUSED} where the path leads nowhere
     */
    static void describe(Column column, List<String> path, DescribedRows rows)
    {
        if (path.isEmpty() && !(column.getType().getTypeInfo() instanceof StructTypeInfo)) {
            rows.row(column.getName(), column.getType().toString(), column.getComment().orElse(COMMENT));
            return;
        }
        TypeInfo type = column.getType().getTypeInfo();
        for (String step : path) {
            type = below(column, path, type, step);
        }
        if (type instanceof StructTypeInfo struct) {
            for (int i = 0; i < struct.getAllStructFieldNames().size(); i++) {
                rows.row(struct.getAllStructFieldNames().get(i), struct.getAllStructFieldTypeInfos().get(i).getTypeName(), COMMENT);
            }
            return;
        }
        rows.row(path.getLast(), type.getTypeName(), COMMENT);
    }

    private static TypeInfo below(Column column, List<String> path, TypeInfo type, String step)
    {
        if (type instanceof StructTypeInfo struct) {
            for (int i = 0; i < struct.getAllStructFieldNames().size(); i++) {
                if (struct.getAllStructFieldNames().get(i).equalsIgnoreCase(step)) {
                    return struct.getAllStructFieldTypeInfos().get(i);
                }
            }
        }
        if (type instanceof ListTypeInfo list && step.equals(ELEMENT)) {
            return list.getListElementTypeInfo();
        }
        if (type instanceof MapTypeInfo map && step.equals(KEY)) {
            return map.getMapKeyTypeInfo();
        }
        if (type instanceof MapTypeInfo map && step.equals(VALUE)) {
            return map.getMapValueTypeInfo();
        }
        throw new TrinoException(TARN_STATEMENT_REFUSED, "Invalid Field %s: column '%s' has nothing at %s, where its type is %s. Arrays have $elem$, maps have $key$ and $value$"
                .formatted(step, column.getName(), String.join(".", path), type.getTypeName()));
    }
}
