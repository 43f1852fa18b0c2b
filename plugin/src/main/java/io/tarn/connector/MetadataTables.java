package io.tarn.connector;

import com.google.inject.Inject;
import io.tarn.connector.system.FilesTable;
import io.tarn.connector.system.OrphanFilesTable;
import io.tarn.connector.system.PartitionsTable;
import io.tarn.connector.system.PropertiesTable;
import io.tarn.connector.system.UnpublishedPartitions;
import io.tarn.maintenance.OrphanFiles;
import io.tarn.metastore.LiveTables;
import io.tarn.partition.PartitionKey;
import io.tarn.storage.FileLister;
import io.tarn.view.ViewDefinitions;
import io.tarn.writelog.WriteLog;
import io.trino.filesystem.TrinoFileSystemFactory;
import io.trino.metastore.HiveMetastore;
import io.trino.metastore.Table;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.connector.SystemTable;

import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * The tables that tell of another table: {@code "t$files"}, {@code "t$partitions"}, {@code "t$properties"},
 * {@code "t$orphan_files"}. They are not listed among the tables of a schema.
 */
public class MetadataTables
{
    private final FilesTable.Factory files;
    private final OrphanFiles orphans;
    private final LiveTables liveTables;
    private final TrinoFileSystemFactory fileSystemFactory;
    private final FileLister lister;

    @Inject
    public MetadataTables(FilesTable.Factory files, OrphanFiles orphans, LiveTables liveTables, TrinoFileSystemFactory fileSystemFactory, FileLister lister)
    {
        this.liveTables = requireNonNull(liveTables, "liveTables is null");
        this.fileSystemFactory = requireNonNull(fileSystemFactory, "fileSystemFactory is null");
        this.lister = requireNonNull(lister, "lister is null");
        this.files = requireNonNull(files, "files is null");
        this.orphans = requireNonNull(orphans, "orphans is null");
    }

    /**
     * @return empty where the name is none of such a table, or the table that it tells of is not there, is a view, or is
     *         another connector's to read
     */
    Optional<SystemTable> find(ConnectorSession session, HiveMetastore metastore, SchemaTableName name)
    {
        int suffix = name.getTableName().lastIndexOf('$');
        if (suffix <= 0) {
            return Optional.empty();
        }
        return switch (name.getTableName().substring(suffix)) {
            case "$files" -> source(metastore, name, suffix).map(table -> files.create(session, name, metastore, table, keys(table), TableColumns.metadata(table)));
            case "$partitions" -> source(metastore, name, suffix)
                    .filter(table -> !table.getPartitionColumns().isEmpty())
                    .map(table -> new PartitionsTable(name, metastore, table, keys(table), new UnpublishedPartitions(metastore, liveTables, fileSystemFactory.create(session), lister)));
            case "$properties" -> source(metastore, name, suffix).map(table -> new PropertiesTable(name, table));
            case "$orphan_files" -> any(metastore, name, suffix).map(table -> new OrphanFilesTable(session, name, table, orphans));
            default -> Optional.empty();
        };
    }

    private static Optional<Table> source(HiveMetastore metastore, SchemaTableName name, int suffix)
    {
        return any(metastore, name, suffix).filter(table -> !table.getParameters().containsKey(WriteLog.CREATING));
    }

    // a table that was never finished is shown to those who want to be rid of it
    private static Optional<Table> any(HiveMetastore metastore, SchemaTableName name, int suffix)
    {
        return metastore.getTable(name.getSchemaName(), name.getTableName().substring(0, suffix))
                .filter(table -> !ViewDefinitions.isView(table) && ForeignTables.connector(table).isEmpty());
    }

    private static List<PartitionKey> keys(Table table)
    {
        return TableColumns.keys(TableColumns.partitionKeys(table));
    }
}
