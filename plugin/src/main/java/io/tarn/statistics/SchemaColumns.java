package io.tarn.statistics;

import io.tarn.format.FileColumn;
import io.tarn.format.FileField;
import io.tarn.format.FileSchema;
import io.tarn.type.HiveTypes;
import io.trino.metastore.HiveType;

import java.util.Optional;

/**
 * Finds a table's column among those that a partition's files are declared to have.
 */
final class SchemaColumns
{
    private SchemaColumns() {}

    static Optional<FileColumn> find(FileSchema schema, boolean byPosition, StatisticsColumn column)
    {
        int ordinal = byPosition ? column.ordinal() : ordinal(schema, column.name());
        if (ordinal < 0 || ordinal >= schema.fields().size()) {
            return Optional.empty();
        }
        FileField field = schema.fields().get(ordinal);
        Optional<HiveType> declared = HiveTypes.nestedType(field.type(), column.path());
        return declared.flatMap(HiveTypes::trinoType)
                .map(type -> new FileColumn(field.name(), ordinal, column.path(), declared.get(), type));
    }

    private static int ordinal(FileSchema schema, String name)
    {
        for (int i = 0; i < schema.fields().size(); i++) {
            if (schema.fields().get(i).name().equalsIgnoreCase(name)) {
                return i;
            }
        }
        return -1;
    }
}
