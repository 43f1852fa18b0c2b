package io.tarn.connector.system;

import com.google.common.collect.Iterators;
import io.tarn.metastore.LiveTables;
import io.tarn.storage.FileLister;
import io.tarn.writelog.OpenWrite;
import io.tarn.writelog.PublishedFiles;
import io.tarn.writelog.WriteLog;
import io.trino.filesystem.Location;
import io.trino.filesystem.TrinoFileSystem;
import io.trino.metastore.HiveMetastore;
import io.trino.metastore.Partition;
import io.trino.metastore.Table;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;

/**
 * Tells which partitions were registered by writes that are not published, and hold nothing else. A table without a
 * write log costs nothing, one with it a call; while a write is open, or was left so, each thousand partitions cost a
 * call more, and each that such a write has registered a listing: others may have published rows in it.
 */
public final class UnpublishedPartitions
{
    private static final String QUERY_ID = "trino_query_id";

    private final HiveMetastore metastore;
    private final LiveTables liveTables;
    private final TrinoFileSystem fileSystem;
    private final FileLister lister;

    public UnpublishedPartitions(HiveMetastore metastore, LiveTables liveTables, TrinoFileSystem fileSystem, FileLister lister)
    {
        this.metastore = requireNonNull(metastore, "metastore is null");
        this.liveTables = requireNonNull(liveTables, "liveTables is null");
        this.fileSystem = requireNonNull(fileSystem, "fileSystem is null");
        this.lister = requireNonNull(lister, "lister is null");
    }

    /**
     * To be asked for after the partitions were listed, so that the log knows every write that has registered one.
     *
     * @return leaves names of such partitions out of a list
     */
    UnaryOperator<List<String>> filter(Table table)
    {
        if (WriteLog.of(table.getSchemaTableName(), table.getParameters()).isEmpty()) {
            return names -> names;
        }
        Optional<Table> current = liveTables.table(table.getSchemaTableName());
        Set<String> open = current.flatMap(found -> WriteLog.of(found.getSchemaTableName(), found.getParameters()))
                .<Set<String>>map(log -> log.open().stream().map(OpenWrite::queryId).collect(toImmutableSet()))
                .orElse(Set.of());
        if (open.isEmpty()) {
            return names -> names;
        }
        PublishedFiles published = PublishedFiles.of(fileSystem, current.get());
        return names -> {
            Map<String, Optional<Partition>> partitions = metastore.getPartitionsByNames(table, names);
            return names.stream()
                    .filter(name -> partitions.getOrDefault(name, Optional.empty())
                            .filter(partition -> open.contains(partition.getParameters().getOrDefault(QUERY_ID, "")))
                            .map(partition -> Iterators.any(lister.list(fileSystem, Location.of(partition.getStorage().getLocation())), published::test))
                            .orElse(true))
                    .toList();
        };
    }
}
