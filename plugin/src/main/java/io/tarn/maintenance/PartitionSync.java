package io.tarn.maintenance;

import com.google.common.collect.Iterables;
import com.google.common.collect.Lists;
import com.google.common.collect.Maps;
import com.google.inject.Inject;
import io.airlift.log.Logger;
import io.tarn.metastore.LiveTables;
import io.tarn.metastore.QueryMetastores;
import io.tarn.partition.PartitionKey;
import io.tarn.partition.PartitionValues;
import io.tarn.storage.FileLister;
import io.tarn.write.PartitionRegistrar;
import io.tarn.writelog.PublishedFiles;
import io.trino.filesystem.Location;
import io.trino.filesystem.TrinoFileSystem;
import io.trino.filesystem.TrinoFileSystemFactory;
import io.trino.metastore.HiveMetastore;
import io.trino.metastore.Partition;
import io.trino.metastore.Table;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.connector.TableNotFoundException;
import io.trino.spi.predicate.TupleDomain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import static io.tarn.error.TarnErrorCode.TARN_INVALID_METADATA;
import static io.trino.metastore.Partitions.makePartName;
import static io.trino.metastore.Partitions.toPartitionValues;
import static java.util.Objects.requireNonNull;

/**
 * Makes the registered partitions of a table those that its folders are. The storage is listed once, all files below
 * the table's location, and the catalogue is asked and changed in batches.
 */
public class PartitionSync
{
    private static final Logger log = Logger.get(PartitionSync.class);

    private static final int BATCH = 1000;

    private final MaintainedTables tables;
    private final LiveTables liveTables;
    private final QueryMetastores metastores;
    private final TrinoFileSystemFactory fileSystemFactory;
    private final FileLister lister;

    @Inject
    public PartitionSync(MaintainedTables tables, LiveTables liveTables, QueryMetastores metastores, TrinoFileSystemFactory fileSystemFactory, FileLister lister)
    {
        this.tables = requireNonNull(tables, "tables is null");
        this.liveTables = requireNonNull(liveTables, "liveTables is null");
        this.metastores = requireNonNull(metastores, "metastores is null");
        this.fileSystemFactory = requireNonNull(fileSystemFactory, "fileSystemFactory is null");
        this.lister = requireNonNull(lister, "lister is null");
    }

    /**
     * A folder counts where it holds a data file, by the rules of {@link FileLister}; one whose files are all of writes
     * that are not published is not registered, and a partition that has such files is not dropped. A partition whose
     * location is not as deep below the table's as the others', or elsewhere, is left as it is.
     *
     * @param caseSensitive whether the names of keys in the names of folders must be in lower case
     * @throws TableNotFoundException where there is no such table
     * @throws TrinoException {@code INVALID_PROCEDURE_ARGUMENT} where the table has no partitions;
     *         {@code TARN_INVALID_METADATA} where a folder's value is none of its key's type, and nothing is changed then
     */
    public void sync(ConnectorSession session, SchemaTableName name, SyncMode mode, boolean caseSensitive)
    {
        sync(session, tables.partitioned(name), mode, caseSensitive, _ -> true);
    }

    /**
     * Registers folders as {@link #sync} does with {@link SyncMode#ADD}, keys in lower case.
     *
     * @param values which partitions are registered at all, by their values in the keys' order
     * @return the names of those that were not registered before, sorted
     */
    public List<String> add(ConnectorSession session, Table table, Predicate<List<String>> values)
    {
        return sync(session, table, SyncMode.ADD, true, values);
    }

    private List<String> sync(ConnectorSession session, Table table, SyncMode mode, boolean caseSensitive, Predicate<List<String>> values)
    {
        SchemaTableName name = table.getSchemaTableName();
        Location location = Location.of(table.getStorage().getLocation());
        TrinoFileSystem fileSystem = fileSystemFactory.create(session);
        HiveMetastore metastore = metastores.forQuery();
        List<String> keys = PartitionKeys.names(table);
        // before the storage: what is written meanwhile has its files before it is registered
        List<String> registered = metastore.getPartitionNamesByFilter(name.getSchemaName(), name.getTableName(), keys, TupleDomain.all())
                .orElseThrow(() -> new TableNotFoundException(name));
        PartitionFolders folders = new PartitionFolders(keys, location);
        folders.readAll(lister.list(fileSystem, location), PublishedFiles.of(fileSystem, table));

        Map<String, String> added = mode.adds() ? unregistered(table, registered, Maps.filterValues(folders.partitions(caseSensitive), values::test)) : Map.of();
        List<List<String>> dropped = mode.drops() ? withoutFolder(metastore, table, registered, folders) : List.of();
        if (!dropped.isEmpty()) {
            liveTables.dropPartitions(name, dropped);
        }
        PartitionRegistrar registrar = new PartitionRegistrar(metastores::forQuery, table, session.getQueryId());
        for (List<String> batch : Iterables.partition(added.keySet(), BATCH)) {
            Map<String, String> batchFolders = new HashMap<>();
            batch.forEach(partition -> batchFolders.put(partition, location.appendPath(added.get(partition)).toString()));
            registrar.register(batchFolders, Map.of());
        }
        log.info("Partitions of table %s: %s added, %s dropped", name, added.size(), dropped.size());
        return added.keySet().stream().sorted().toList();
    }

    /**
     * @return folders by the names of the partitions they are to be
     */
    private static Map<String, String> unregistered(Table table, List<String> registered, Map<String, List<String>> folders)
    {
        List<PartitionKey> keys = PartitionKeys.of(table);
        List<String> keyNames = PartitionKeys.names(table);
        Set<List<String>> known = new HashSet<>();
        registered.forEach(partition -> known.add(toPartitionValues(partition)));
        Map<String, String> unregistered = new HashMap<>();
        folders.forEach((folder, values) -> {
            if (!known.contains(values)) {
                checkValues(table, keys, folder, values);
                String partition = makePartName(keyNames, values);
                // of two folders with the same values the one that is named as Hive does
                unregistered.merge(partition, folder, (one, other) -> other.equals(partition) ? other : one);
            }
        });
        return unregistered;
    }

    private static void checkValues(Table table, List<PartitionKey> keys, String folder, List<String> values)
    {
        try {
            if (values.contains("")) {
                throw new TrinoException(TARN_INVALID_METADATA, "It has an empty value.");
            }
            PartitionValues.parse(table.getSchemaTableName(), keys, values);
        }
        catch (TrinoException e) {
            throw new TrinoException(TARN_INVALID_METADATA, "Folder %s of table %s at %s cannot be a partition: %s No partition was added or dropped; rename or remove the folder, and call the procedure again."
                    .formatted(folder, table.getSchemaTableName(), table.getStorage().getLocation(), e.getMessage()), e);
        }
    }

    private static List<List<String>> withoutFolder(HiveMetastore metastore, Table table, List<String> registered, PartitionFolders folders)
    {
        List<String> candidates = registered.stream().filter(partition -> !folders.hasFiles(partition)).toList();
        List<List<String>> without = new ArrayList<>();
        for (List<String> batch : Lists.partition(candidates, BATCH)) {
            for (Optional<Partition> partition : metastore.getPartitionsByNames(table, batch).values()) {
                partition.filter(found -> !folders.mayHaveFiles(found.getStorage().getLocation()))
                        .ifPresent(found -> without.add(found.getValues()));
            }
        }
        return without;
    }
}
