package io.tarn.connector;

import com.google.common.collect.Iterators;
import io.tarn.partition.SelectedPartition;
import io.tarn.write.PartitionRegistrar;
import io.tarn.write.TablePublisher;
import io.tarn.writelog.PublishedFiles;
import io.tarn.writelog.WriteFileName;
import io.tarn.writelog.WriteLog;
import io.trino.filesystem.Location;
import io.trino.filesystem.TrinoFileSystem;
import io.trino.metastore.HiveMetastore;
import io.trino.metastore.Partition;
import io.trino.metastore.Table;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.connector.TableNotFoundException;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * {@code DELETE} of whole partitions and of whole tables. All rows go by one change of the table; the partitions
 * themselves, which are empty then, follow.
 */
final class DeleteStatements
{
    private final HiveMetastore metastore;
    private final WriteTools tools;

    DeleteStatements(HiveMetastore metastore, WriteTools tools)
    {
        this.metastore = requireNonNull(metastore, "metastore is null");
        this.tools = requireNonNull(tools, "tools is null");
    }

    /**
     * Whether the rows that a handle selects are those of whole partitions.
     */
    static boolean isWholePartitions(TarnTableHandle handle)
    {
        return handle.fileConstraint().isAll() && handle.limit().isEmpty();
    }

    void delete(ConnectorSession session, TarnTableHandle handle)
    {
        Table table = metastore.getTable(handle.name().getSchemaName(), handle.name().getTableName())
                .orElseThrow(() -> new TableNotFoundException(handle.name()));
        List<SelectedPartition> partitions = new ArrayList<>();
        tools.scanner().partitions(
                        metastore,
                        table,
                        TableColumns.keys(handle.partitionKeys()),
                        handle.partitionConstraint().transformKeys(TarnColumnHandle::name),
                        _ -> true)
                .forEachRemaining(partitions::add);
        List<Location> folders = partitions.stream()
                .map(partition -> Location.of(partition.partition().map(Partition::getStorage).orElse(table.getStorage()).getLocation()))
                .toList();
        if (folders.isEmpty()) {
            return;
        }
        TablePublisher publisher = tools.publisher(session, table);
        WriteFileName write = publisher.begin(table, session.getQueryId());
        publisher.publishReplacing(write, folders);
        if (!handle.partitionKeys().isEmpty()) {
            tools.liveTables().dropPartitions(handle.name(), partitions.stream().map(SelectedPartition::texts).toList());
            restoreWritten(session, handle.name(), write, partitions);
        }
    }

    /**
     * Registers those partitions again that somebody has published rows in while they were dropped.
     */
    private void restoreWritten(ConnectorSession session, SchemaTableName name, WriteFileName write, List<SelectedPartition> partitions)
    {
        Optional<Table> current = tools.liveTables().table(name);
        if (current.isEmpty()) {
            return;
        }
        boolean alone = WriteLog.of(name, current.get().getParameters())
                .map(log -> log.last() == write.sequence() && log.open().isEmpty())
                .orElse(false);
        if (alone) {
            return;
        }
        TrinoFileSystem fileSystem = tools.fileSystemFactory().create(session);
        PublishedFiles published = PublishedFiles.of(fileSystem, current.get());
        Map<String, String> written = new HashMap<>();
        for (SelectedPartition partition : partitions) {
            String folder = partition.partition().orElseThrow().getStorage().getLocation();
            if (Iterators.any(tools.lister().list(fileSystem, Location.of(folder)), published::test)) {
                written.put(partition.name(), folder);
            }
        }
        new PartitionRegistrar(tools::freshMetastore, current.get(), session.getQueryId()).ofWrite(tools.liveTables(), write).register(written, Map.of());
    }
}
