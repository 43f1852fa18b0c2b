package io.tarn.scan;

import com.google.common.collect.ImmutableList;
import io.tarn.format.FileField;
import io.tarn.format.FileFormats;
import io.tarn.format.FileSchema;
import io.tarn.writelog.WriteLog;
import io.trino.metastore.Column;
import io.trino.metastore.Partition;
import io.trino.metastore.Storage;
import io.trino.metastore.Table;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Locale.ENGLISH;

/**
 * What the files of tables and partitions look like, from their definitions.
 */
public final class FileSchemas
{
    private FileSchemas() {}

    /**
     * As the table is declared.
     */
    public static FileSchema of(Table table)
    {
        return schema(table, table.getStorage(), table.getDataColumns());
    }

    /**
     * A partition's own columns, then those of the table that it lacks: files written since the column was added
     * hold it, though the partition's definition is older.
     */
    public static FileSchema of(Table table, Partition partition, FileFormats formats)
    {
        if (partition.getColumns().isEmpty()) {
            return schema(table, partition.getStorage(), table.getDataColumns());
        }
        FileSchema own = schema(table, partition.getStorage(), partition.getColumns());
        List<Column> lacking = formats.require(readable(own)).byPosition(readable(own)) ? after(table, partition.getColumns().size()) : notNamed(table, partition.getColumns());
        return schema(table, partition.getStorage(), ImmutableList.<Column>builder().addAll(partition.getColumns()).addAll(lacking).build());
    }

    /**
     * What the files look like that have the rows of a table or partition declared so: those that its manifests name,
     * where its own files are manifests. Nothing is written by this schema.
     */
    public static FileSchema readable(FileSchema declared)
    {
        return SymlinkManifests.areDeclaredBy(declared) ? SymlinkManifests.ofTargets(declared) : declared;
    }

    private static List<Column> after(Table table, int count)
    {
        List<Column> columns = table.getDataColumns();
        return columns.subList(Math.min(count, columns.size()), columns.size());
    }

    private static List<Column> notNamed(Table table, List<Column> columns)
    {
        Set<String> names = columns.stream().map(column -> column.getName().toLowerCase(ENGLISH)).collect(toImmutableSet());
        return table.getDataColumns().stream()
                .filter(column -> !names.contains(column.getName().toLowerCase(ENGLISH)))
                .toList();
    }

    private static FileSchema schema(Table table, Storage storage, List<Column> columns)
    {
        Map<String, String> properties = new HashMap<>(WriteLog.withoutLog(table.getParameters()));
        properties.putAll(storage.getSerdeParameters());
        return new FileSchema(
                storage.getStorageFormat().getSerDeNullable() == null ? "" : storage.getStorageFormat().getSerDeNullable(),
                storage.getStorageFormat().getInputFormatNullable() == null ? "" : storage.getStorageFormat().getInputFormatNullable(),
                columns.stream().map(column -> new FileField(column.getName(), column.getType())).toList(),
                properties);
    }
}
