package io.tarn.maintenance;

import com.google.inject.Inject;
import io.airlift.log.Logger;
import io.tarn.metastore.LiveTables;
import io.tarn.metastore.QueryMetastores;
import io.tarn.writelog.ReplacedFiles;
import io.tarn.writelog.WriteFileName;
import io.trino.filesystem.FileEntry;
import io.trino.filesystem.FileIterator;
import io.trino.filesystem.Location;
import io.trino.filesystem.TrinoFileSystem;
import io.trino.filesystem.TrinoFileSystemFactory;
import io.trino.metastore.Database;
import io.trino.metastore.HiveMetastore;
import io.trino.metastore.Table;
import io.trino.metastore.TableInfo;
import io.trino.spi.connector.ConnectorSession;

import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static io.tarn.maintenance.TableFolders.withSlash;
import static io.tarn.storage.StorageErrors.storageFailure;
import static java.util.Objects.requireNonNull;

/**
 * The folders of managed tables that are in the catalogue no more, or never were: those directly below a schema's
 * location that are named as {@link io.tarn.ddl.TableLocations#managed} names them. Every file in such a folder must be
 * one that Tarn wrote into it, by its name, and be older than the retention; and the folder must not be, hold or be
 * below the location of any table or partition of any schema, for a table may have been renamed into another schema.
 */
public class DeadFolders
{
    private static final Logger log = Logger.get(DeadFolders.class);

    private static final Pattern MANAGED = Pattern.compile(".+-([0-9a-f]{12})/?");

    private final TrinoFileSystemFactory fileSystemFactory;
    private final QueryMetastores metastores;
    private final LiveTables liveTables;

    @Inject
    public DeadFolders(TrinoFileSystemFactory fileSystemFactory, QueryMetastores metastores, LiveTables liveTables)
    {
        this.liveTables = requireNonNull(liveTables, "liveTables is null");
        this.fileSystemFactory = requireNonNull(fileSystemFactory, "fileSystemFactory is null");
        this.metastores = requireNonNull(metastores, "metastores is null");
    }

    void remove(ConnectorSession session, Database schema, Instant before, FileRemoval removal)
    {
        Optional<Location> location = schema.getLocation().filter(text -> !text.isBlank()).map(Location::of);
        if (location.isEmpty()) {
            return;
        }
        TrinoFileSystem fileSystem = fileSystemFactory.create(session);
        Map<String, String> folders = candidates(fileSystem, location.get());
        keepTablesOf(schema.getDatabaseName(), folders);
        folders.entrySet().removeIf(folder -> !forEachFile(fileSystem, folder.getKey(), folder.getValue(), before, _ -> {}));
        if (folders.isEmpty()) {
            return;
        }
        // all else has been looked at: this asks for every table there is
        HiveMetastore metastore = metastores.forQuery();
        metastore.getAllDatabases().forEach(name -> keepTablesOf(name, folders));
        metastore.getAllDatabases().forEach(name -> keepPartitionsOf(name, folders));
        folders.forEach((folder, logId) -> {
            log.info("Folder %s is no table's", folder);
            forEachFile(fileSystem, folder, logId, before, removal::add);
            removal.finish();
        });
    }

    /**
     * @return the logs of the tables that the folders were, by the folders' locations, which end with a slash
     */
    private static Map<String, String> candidates(TrinoFileSystem fileSystem, Location schema)
    {
        Map<String, String> candidates = new HashMap<>();
        try {
            for (Location folder : fileSystem.listDirectories(schema)) {
                Matcher matcher = MANAGED.matcher(folder.toString());
                if (matcher.matches()) {
                    candidates.put(withSlash(folder.toString()), matcher.group(1));
                }
            }
        }
        catch (IOException | RuntimeException e) {
            throw storageFailure("list folders of", schema, e);
        }
        return candidates;
    }

    private interface FileConsumer
    {
        void accept(Location file);
    }

    /**
     * @return whether there are files, and all are of a dead table
     */
    private static boolean forEachFile(TrinoFileSystem fileSystem, String folder, String logId, Instant before, FileConsumer consumer)
    {
        Location location = Location.of(folder.substring(0, folder.length() - 1));
        ReplacedFiles lists = new ReplacedFiles(fileSystem, location);
        boolean found = false;
        try {
            FileIterator files = fileSystem.listFiles(location);
            while (files.hasNext()) {
                FileEntry file = files.next();
                boolean written = WriteFileName.of(file.location().fileName()).or(() -> lists.writeOf(file.location()))
                        .filter(write -> write.logId().equals(logId))
                        .isPresent();
                if (!written || !file.lastModified().isBefore(before)) {
                    return false;
                }
                consumer.accept(file.location());
                found = true;
            }
        }
        catch (IOException | RuntimeException e) {
            throw storageFailure("list", location, e);
        }
        return found;
    }

    private void keepTablesOf(String schema, Map<String, String> folders)
    {
        if (folders.isEmpty()) {
            return;
        }
        HiveMetastore metastore = metastores.forQuery();
        for (TableInfo table : liveTables.tables(schema)) {
            metastore.getTable(table.tableName().getSchemaName(), table.tableName().getTableName())
                    .flatMap(found -> found.getStorage().getOptionalLocation())
                    .filter(location -> !location.isBlank())
                    .ifPresent(location -> keep(location, folders));
        }
    }

    private void keepPartitionsOf(String schema, Map<String, String> folders)
    {
        if (folders.isEmpty()) {
            return;
        }
        HiveMetastore metastore = metastores.forQuery();
        for (TableInfo table : liveTables.tables(schema)) {
            Optional<Table> found = metastore.getTable(table.tableName().getSchemaName(), table.tableName().getTableName());
            found.ifPresent(partitioned -> TableFolders.forEachPartition(metastore, partitioned, location -> keep(location, folders)));
        }
    }

    private static void keep(String location, Map<String, String> folders)
    {
        String used = withSlash(location);
        folders.keySet().removeIf(folder -> folder.startsWith(used) || used.startsWith(folder));
    }
}
