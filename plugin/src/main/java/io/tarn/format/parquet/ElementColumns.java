package io.tarn.format.parquet;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tarn.format.FileColumn;
import io.tarn.type.DeclaredTypes;
import io.trino.parquet.Field;
import io.trino.parquet.PrimitiveField;
import io.trino.parquet.reader.ParquetReader;
import org.apache.parquet.io.ColumnIO;
import org.apache.parquet.io.GroupColumnIO;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static io.trino.parquet.ParquetTypeUtils.constructField;
import static io.trino.parquet.ParquetTypeUtils.getColumnIO;
import static org.apache.parquet.schema.Type.Repetition.REPEATED;

/**
 * What an array or a map holds, as columns of their own, whose paths are those of the file below the table's column.
 */
final class ElementColumns
{
    private ElementColumns() {}

    /**
     * @param path the file's fields from the column's own down to the array or map
     * @return paths of the leaves in the file, in the file's order; none where the declared type does not fit
     */
    static Map<FileColumn, List<String>> of(FileColumn column, List<Type> path, MessageType schema)
    {
        if (path.subList(0, path.size() - 1).stream().anyMatch(step -> step.isRepetition(REPEATED)) || !TypeFit.shapeFits(column.type(), path.getLast())) {
            return ImmutableMap.of();
        }
        ColumnIO found = getColumnIO(schema, schema);
        for (Type step : path) {
            found = ((GroupColumnIO) found).getChild(step.getName());
        }
        Optional<Field> field = constructField(column.type(), found);
        if (field.isEmpty()) {
            return ImmutableMap.of();
        }
        ImmutableMap.Builder<FileColumn, List<String>> elements = ImmutableMap.builder();
        ParquetReader.getPrimitiveFields(ImmutableList.of(field.get())).stream()
                .sorted(Comparator.comparingInt(PrimitiveField::getId))
                .forEach(leaf -> {
                    List<String> leafPath = ImmutableList.copyOf(leaf.getDescriptor().getPath());
                    elements.put(new FileColumn(column.name(), column.ordinal(), leafPath.subList(1, leafPath.size()), DeclaredTypes.hiveType(leaf.getType()), leaf.getType()), leafPath);
                });
        return elements.buildOrThrow();
    }
}
