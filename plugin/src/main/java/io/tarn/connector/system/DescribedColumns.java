package io.tarn.connector.system;

import com.google.common.collect.ImmutableList;
import io.tarn.format.FileColumn;
import io.tarn.format.FileField;
import io.tarn.format.FileSchema;
import io.tarn.type.HiveTypes;
import io.trino.metastore.HiveType;
import io.trino.metastore.type.StructTypeInfo;
import io.trino.spi.type.RowType;
import io.trino.spi.type.Type;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import static java.util.Locale.ENGLISH;

/**
 * The columns that files are asked about: those of the table that may be told, structs field by field.
 */
final class DescribedColumns
{
    private DescribedColumns() {}

    /**
     * @param visible lower-case names of the columns that may be described
     */
    static List<FileColumn> of(FileSchema schema, Set<String> visible)
    {
        ImmutableList.Builder<FileColumn> columns = ImmutableList.builder();
        for (int ordinal = 0; ordinal < schema.fields().size(); ordinal++) {
            FileField field = schema.fields().get(ordinal);
            String name = field.name().toLowerCase(ENGLISH);
            Optional<Type> type = HiveTypes.trinoType(field.type());
            if (type.isPresent() && visible.contains(name)) {
                addLeaves(new FileColumn(name, ordinal, List.of(), field.type(), type.get()), columns);
            }
        }
        return columns.build();
    }

    private static void addLeaves(FileColumn column, ImmutableList.Builder<FileColumn> leaves)
    {
        if (!(column.type() instanceof RowType row) || !(column.hiveType().getTypeInfo() instanceof StructTypeInfo struct)) {
            leaves.add(column);
            return;
        }
        for (int index = 0; index < row.getFields().size(); index++) {
            RowType.Field field = row.getFields().get(index);
            List<String> path = ImmutableList.<String>builder().addAll(column.path()).add(field.getName().orElseThrow()).build();
            HiveType type = HiveType.fromTypeInfo(struct.getAllStructFieldTypeInfos().get(index));
            addLeaves(new FileColumn(column.name(), column.ordinal(), path, type, field.getType()), leaves);
        }
    }
}
