package io.tarn.scan;

import com.google.common.collect.ImmutableList;
import io.tarn.format.FileField;
import io.tarn.format.FileSchema;
import io.trino.metastore.Column;
import io.trino.metastore.Partition;
import io.trino.metastore.Storage;
import io.trino.metastore.Table;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static java.util.Locale.ENGLISH;

/**
 * What the files of tables and partitions look like, from their definitions.
 */
public final class FileSchemas
{
    private FileSchemas() {}

    public static FileSchema of(Table table)
    {
        return schema(table, table.getStorage(), table.getDataColumns());
    }

    /**
     * A partition's own columns, then those of the table that it lacks: files written since the column was added
     * hold it, though the partition's definition is older.
     */
    public static FileSchema of(Table table, Partition partition)
    {
        if (partition.getColumns().isEmpty()) {
            return schema(table, partition.getStorage(), table.getDataColumns());
        }
        Set<String> names = new HashSet<>();
        partition.getColumns().forEach(column -> names.add(column.getName().toLowerCase(ENGLISH)));
        ImmutableList.Builder<Column> columns = ImmutableList.<Column>builder().addAll(partition.getColumns());
        for (Column column : table.getDataColumns()) {
            if (names.add(column.getName().toLowerCase(ENGLISH))) {
                columns.add(column);
            }
        }
        return schema(table, partition.getStorage(), columns.build());
    }

    private static FileSchema schema(Table table, Storage storage, List<Column> columns)
    {
        Map<String, String> properties = new HashMap<>(table.getParameters());
        properties.putAll(storage.getSerdeParameters());
        return new FileSchema(
                storage.getStorageFormat().getSerDeNullable() == null ? "" : storage.getStorageFormat().getSerDeNullable(),
                storage.getStorageFormat().getInputFormatNullable() == null ? "" : storage.getStorageFormat().getInputFormatNullable(),
                columns.stream().map(column -> new FileField(column.getName(), column.getType())).toList(),
                properties);
    }
}
