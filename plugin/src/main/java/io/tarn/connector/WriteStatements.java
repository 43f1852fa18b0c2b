package io.tarn.connector;

import io.airlift.log.Logger;
import io.airlift.slice.Slice;
import io.tarn.ddl.Codecs;
import io.tarn.format.FileCodec;
import io.tarn.format.FileSchema;
import io.tarn.format.FormatWriter;
import io.tarn.partition.PartitionKey;
import io.tarn.scan.FileSchemas;
import io.tarn.statistics.StatisticsUpdates;
import io.tarn.statistics.WrittenData;
import io.tarn.write.ExistingPartitions;
import io.tarn.write.PartitionRegistrar;
import io.tarn.write.TablePublisher;
import io.tarn.write.TableWrite;
import io.tarn.write.WriteColumn;
import io.tarn.write.WrittenFile;
import io.tarn.writelog.PublishedFiles;
import io.tarn.writelog.WriteFileName;
import io.tarn.writelog.WriteLog;
import io.trino.filesystem.Location;
import io.trino.filesystem.TrinoFileSystem;
import io.trino.metastore.HiveBasicStatistics;
import io.trino.metastore.HiveMetastore;
import io.trino.metastore.PartitionStatistics;
import io.trino.metastore.StatisticsUpdateMode;
import io.trino.metastore.Table;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.ColumnMetadata;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorTableMetadata;
import io.trino.spi.connector.RetryMode;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.connector.TableNotFoundException;
import io.trino.spi.statistics.ComputedStatistics;
import io.trino.spi.type.Type;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

import static io.tarn.error.TarnErrorCode.TARN_PARTITION_CONFLICT;
import static io.tarn.write.WriteSessionProperties.compressionCodec;
import static io.tarn.write.WriteSessionProperties.existingPartitions;
import static io.trino.metastore.PrincipalPrivileges.NO_PRIVILEGES;
import static io.trino.metastore.StatisticsUpdateMode.MERGE_INCREMENTAL;
import static io.trino.metastore.StatisticsUpdateMode.OVERWRITE_ALL;
import static io.trino.spi.StandardErrorCode.NOT_SUPPORTED;
import static io.trino.spi.StandardErrorCode.TRANSACTION_CONFLICT;
import static io.trino.spi.connector.RetryMode.NO_RETRIES;
import static java.util.Objects.requireNonNull;

/**
 * {@code CREATE TABLE AS} and {@code INSERT}: what they begin with, and how they end.
 */
final class WriteStatements
{
    private static final Logger log = Logger.get(WriteStatements.class);

    private final HiveMetastore metastore;
    private final WriteTools tools;
    private final TableStatements tables;
    private final UndoLog undo;

    WriteStatements(HiveMetastore metastore, WriteTools tools, TableStatements tables, UndoLog undo)
    {
        this.metastore = requireNonNull(metastore, "metastore is null");
        this.tools = requireNonNull(tools, "tools is null");
        this.tables = requireNonNull(tables, "tables is null");
        this.undo = requireNonNull(undo, "undo is null");
    }

    TarnWriteHandle beginCreate(ConnectorSession session, ConnectorTableMetadata metadata, RetryMode retryMode, boolean replace)
    {
        requireNoRetries(retryMode);
        if (replace) {
            throw new TrinoException(NOT_SUPPORTED, "This connector does not support replacing tables");
        }
        tables.requireNotCreating(metadata.getTable());
        WriteFileName files = TablePublisher.newTableFiles();
        WriteLog log = TablePublisher.logOfNewTable(metadata.getTable(), files, session.getQueryId());
        Table table = tables.newTable(session, metadata, files, log);
        Location location = Location.of(table.getStorage().getLocation());
        tools.locations().requireEmpty(session, location, metadata.getTable(), _ -> false);
        TableWrite write = write(session, table, metadata.getColumns().stream().map(ColumnMetadata::getName).toList(), files, true, ExistingPartitions.APPEND);
        failed(session, table, files).undoFiles();
        return new TarnWriteHandle(write, Optional.of(table));
    }

    void finishCreate(ConnectorSession session, TarnWriteHandle handle, Collection<Slice> fragments, Collection<ComputedStatistics> computed)
    {
        Table table = handle.newTable().orElseThrow();
        TableWrite write = handle.write();
        Location location = Location.of(write.location());
        // where several tables are created in one folder at the same time
        tools.locations().requireEmpty(session, location, write.table(), name -> WriteFileName.of(name).filter(write.file()::equals).isPresent());
        List<WrittenFile> files = files(fragments);
        Map<String, PartitionStatistics> byPartition = statistics(table, files, computed);
        WriteLog log = WriteLog.of(write.table(), table.getParameters()).orElseThrow();
        failed(session, table, write.file()).undoPublishing(() -> metastore.dropTable(write.table().getSchemaName(), write.table().getTableName(), false));
        if (write.partitionKeys().isEmpty()) {
            Table published = withParameters(table, log.publish(write.file().sequence()).addTo(table.getParameters()));
            metastore.createTable(published, NO_PRIVILEGES);
            undo.clear();
            updateTable(write.table(), OVERWRITE_ALL, byPartition.getOrDefault("", PartitionStatistics.empty()));
            return;
        }
        Map<String, String> creating = new HashMap<>(table.getParameters());
        creating.put(WriteLog.CREATING, session.getQueryId());
        metastore.createTable(withParameters(table, creating), NO_PRIVILEGES);
        registrar(session, table, write.file()).register(folders(table, files), byPartition);
        tools.publisher(session, table).publish(write.file());
        undo.clear();
        updatePartitions(table, byPartition, List.copyOf(byPartition.keySet()), true);
    }

    TarnWriteHandle beginInsert(ConnectorSession session, SchemaTableName name, List<TarnColumnHandle> columns, RetryMode retryMode)
    {
        requireNoRetries(retryMode);
        Table table = tools.liveTables().table(name).orElseThrow(() -> new TableNotFoundException(name));
        FormatWriter writer = tools.writers().require(FileSchemas.of(table));
        writer.check(FileSchemas.of(table));
        BucketedWrites.bucketing(table);
        ExistingPartitions existing = existingPartitions(session);
        if (existing == ExistingPartitions.ERROR && table.getPartitionColumns().isEmpty()) {
            requireNoRows(session, table);
        }
        // the statement ends with what it knew when it was analyzed
        Table known = metastore.getTable(name.getSchemaName(), name.getTableName()).orElseThrow(() -> new TableNotFoundException(name));
        WriteFileName file = tools.publisher(session, table).begin(known, session.getQueryId());
        failed(session, table, file).undoFiles();
        return new TarnWriteHandle(write(session, table, columns.stream().map(TarnColumnHandle::name).toList(), file, false, existing), Optional.empty());
    }

    private void requireNoRows(ConnectorSession session, Table table)
    {
        TrinoFileSystem fileSystem = tools.fileSystemFactory().create(session);
        PublishedFiles published = PublishedFiles.of(fileSystem, table);
        tools.lister().list(fileSystem, Location.of(table.getStorage().getLocation())).forEachRemaining(file -> {
            if (published.test(file)) {
                throw new TrinoException(TARN_PARTITION_CONFLICT, "Table %s has rows, and the session property insert_existing_partitions_behavior is ERROR. Set it to APPEND to add to them, or to OVERWRITE to replace them.".formatted(table.getSchemaTableName()));
            }
        });
    }

    void finishInsert(ConnectorSession session, TarnWriteHandle handle, Collection<Slice> fragments, Collection<ComputedStatistics> computed)
    {
        TableWrite write = handle.write();
        Table table = metastore.getTable(write.table().getSchemaName(), write.table().getTableName())
                .orElseThrow(() -> new TableNotFoundException(write.table()));
        List<WrittenFile> files = files(fragments);
        Map<String, PartitionStatistics> byPartition = statistics(table, files, computed);
        boolean overwrite = write.existing() == ExistingPartitions.OVERWRITE;
        TablePublisher publisher = tools.publisher(session, table);
        failed(session, table, write.file()).undoPublishing(() -> {});
        if (write.partitionKeys().isEmpty()) {
            if (overwrite) {
                publisher.publishReplacing(write.file(), List.of(Location.of(write.location())));
            }
            else {
                publisher.publish(write.file());
            }
            undo.clear();
            updateTable(
                    write.table(),
                    overwrite ? OVERWRITE_ALL : MERGE_INCREMENTAL,
                    byPartition.getOrDefault("", new PartitionStatistics(HiveBasicStatistics.createZeroStatistics(), Map.of())));
            return;
        }
        Map<String, String> folders = folders(table, files);
        PartitionRegistrar registrar = registrar(session, table, write.file());
        List<String> added = registrar.register(folders, byPartition);
        if (overwrite) {
            publisher.publishReplacing(write.file(), folders.values().stream().map(Location::of).toList());
        }
        else {
            publisher.publish(write.file());
        }
        undo.clear();
        // somebody may have dropped one since, before its rows were there
        registrar.register(folders, byPartition);
        updatePartitions(table, byPartition, added, overwrite);
    }

    private void updatePartitions(Table table, Map<String, PartitionStatistics> byPartition, List<String> added, boolean overwrite)
    {
        Map<String, PartitionStatistics> columns = new HashMap<>();
        Map<String, PartitionStatistics> merged = new HashMap<>();
        byPartition.forEach((name, statistics) -> (overwrite || added.contains(name) ? columns : merged).put(name, statistics));
        keepStatistics(table.getSchemaTableName(), () -> {
            if (!columns.isEmpty()) {
                tools.freshMetastore().updatePartitionStatistics(table, OVERWRITE_ALL, columns);
            }
            if (!merged.isEmpty()) {
                tools.freshMetastore().updatePartitionStatistics(table, MERGE_INCREMENTAL, merged);
            }
        });
    }

    private void updateTable(SchemaTableName table, StatisticsUpdateMode mode, PartitionStatistics statistics)
    {
        keepStatistics(table, () -> metastore.updateTableStatistics(table.getSchemaName(), table.getTableName(), OptionalLong.empty(), mode, statistics));
    }

    /**
     * The rows are there: who sees the statement fail would run it again, and have them twice.
     */
    private static void keepStatistics(SchemaTableName table, Runnable update)
    {
        try {
            update.run();
        }
        catch (RuntimeException e) {
            log.warn(e, "The rows are written, but the statistics of table %s do not tell of them: ANALYZE makes them anew", table);
        }
    }

    private PartitionRegistrar registrar(ConnectorSession session, Table table, WriteFileName write)
    {
        return new PartitionRegistrar(tools::freshMetastore, table, session.getQueryId()).ofWrite(tools.liveTables(), write);
    }

    private FailedWrite failed(ConnectorSession session, Table table, WriteFileName write)
    {
        return new FailedWrite(undo, tools, session, table, write);
    }

    List<WrittenFile> files(Collection<Slice> fragments)
    {
        return fragments.stream().map(fragment -> tools.codec().fromJson(fragment.getBytes())).toList();
    }

    private static Map<String, String> folders(Table table, List<WrittenFile> files)
    {
        Map<String, String> folders = new TreeMap<>();
        files.forEach(file -> folders.put(PartitionRegistrar.name(table, file), file.folder()));
        return folders;
    }

    TableWrite write(ConnectorSession session, Table table, List<String> columns, WriteFileName file, boolean created, ExistingPartitions existing)
    {
        FileSchema schema = FileSchemas.of(table);
        FormatWriter writer = tools.writers().require(schema);
        FileCodec codec = Codecs.codec(writer, schema.properties(), compressionCodec(session));
        List<PartitionKey> keys = TableColumns.keys(TableColumns.partitionKeys(table));
        Map<String, TarnColumnHandle> handles = new LinkedHashMap<>();
        TableColumns.all(table).forEach(handle -> handles.put(handle.name(), handle));
        List<WriteColumn> writeColumns = new ArrayList<>();
        for (String column : columns) {
            TarnColumnHandle handle = handles.get(column);
            if (handle == null) {
                throw new TrinoException(TRANSACTION_CONFLICT, "Column '%s' of table %s was renamed or dropped by somebody else since this statement was analyzed. Nothing was written; run the statement again.".formatted(column, table.getSchemaTableName()));
            }
            int key = handle.kind() == TarnColumnHandle.Kind.PARTITION_KEY ? keys.stream().map(PartitionKey::name).toList().indexOf(column) : -1;
            writeColumns.add(new WriteColumn(column, handle.type(), handle.ordinal(), key));
        }
        return new TableWrite(
                table.getSchemaTableName(),
                table.getStorage().getLocation(),
                file,
                schema,
                writeColumns,
                keys,
                BucketedWrites.bucketing(table),
                codec,
                Codecs.level(writer, codec, schema.properties()),
                created,
                existing,
                false);
    }

    private static Table withParameters(Table table, Map<String, String> parameters)
    {
        return Table.builder(table).setParameters(parameters).build();
    }

    static void requireNoRetries(RetryMode retryMode)
    {
        if (retryMode != NO_RETRIES) {
            throw new TrinoException(NOT_SUPPORTED, "This connector does not support query retries");
        }
    }

    private static Map<String, PartitionStatistics> statistics(Table table, List<WrittenFile> files, Collection<ComputedStatistics> computed)
    {
        List<PartitionKey> keys = TableColumns.keys(TableColumns.partitionKeys(table));
        Map<String, WrittenData> written = new HashMap<>();
        files.forEach(file -> written.merge(
                keys.isEmpty() ? "" : PartitionRegistrar.name(table, file),
                new WrittenData(file.rows(), file.bytes(), 1),
                WrittenData::add));
        Map<String, Type> columns = new HashMap<>();
        for (TarnColumnHandle column : TableColumns.all(table)) {
            if (column.kind() == TarnColumnHandle.Kind.DATA) {
                columns.put(column.name(), column.type());
            }
        }
        return new StatisticsUpdates(table.getSchemaTableName(), keys, columns, computed).written(written);
    }
}
