package io.tarn.maintenance;

import com.google.inject.Inject;
import io.airlift.log.Logger;
import io.airlift.units.Duration;
import io.tarn.metastore.LiveTables;
import io.tarn.metastore.QueryMetastores;
import io.tarn.storage.FileLister;
import io.tarn.writelog.WriteLog;
import io.trino.filesystem.TrinoFileSystem;
import io.trino.filesystem.TrinoFileSystemFactory;
import io.trino.metastore.Database;
import io.trino.metastore.Table;
import io.trino.metastore.TableInfo;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.SchemaNotFoundException;
import io.trino.spi.connector.SchemaTableName;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import static io.trino.spi.StandardErrorCode.INVALID_PROCEDURE_ARGUMENT;
import static java.util.Objects.requireNonNull;

/**
 * Removes what failed and killed writes have left in the storage and the catalogue. What is part of a table is never
 * touched, nor what a write has written that began within the retention.
 */
public class OrphanRemoval
{
    private static final Logger log = Logger.get(OrphanRemoval.class);

    private final MaintainedTables tables;
    private final LiveTables liveTables;
    private final QueryMetastores metastores;
    private final TrinoFileSystemFactory fileSystemFactory;
    private final FileLister lister;
    private final DeadFolders deadFolders;
    private final Duration shortestRetention;

    @Inject
    public OrphanRemoval(
            MaintainedTables tables,
            LiveTables liveTables,
            QueryMetastores metastores,
            TrinoFileSystemFactory fileSystemFactory,
            FileLister lister,
            DeadFolders deadFolders,
            OrphanFiles orphans)
    {
        this.tables = requireNonNull(tables, "tables is null");
        this.liveTables = requireNonNull(liveTables, "liveTables is null");
        this.metastores = requireNonNull(metastores, "metastores is null");
        this.fileSystemFactory = requireNonNull(fileSystemFactory, "fileSystemFactory is null");
        this.lister = requireNonNull(lister, "lister is null");
        this.deadFolders = requireNonNull(deadFolders, "deadFolders is null");
        this.shortestRetention = orphans.shortestRetention();
    }

    /**
     * Removes the files of writes of one table that began before the retention and were not published, the files that
     * published writes have replaced, and lists of them that are of no use any more. A table that a write was creating
     * when it died is removed whole.
     *
     * @param dryRun whether nothing is to be removed, and only the log tells how much there is
     * @throws io.trino.spi.connector.TableNotFoundException where there is no such table
     * @throws TrinoException {@code INVALID_PROCEDURE_ARGUMENT} where the retention is shorter than allowed, or the table
     *         is a view or another connector's
     */
    public void removeFromTable(ConnectorSession session, SchemaTableName name, Duration retention, boolean dryRun)
    {
        Instant before = before(retention);
        FileRemoval removal = new FileRemoval(fileSystemFactory.create(session), dryRun);
        remove(session, tables.own(name), before, dryRun, removal);
        tell("table " + name, dryRun, removal);
    }

    /**
     * The same for all tables of a schema that are this connector's. Then folders of tables are removed that are in no
     * catalogue entry any more, see {@link DeadFolders}.
     *
     * @param permission throws where the user may not remove orphans of a table; asked for all before anything is removed
     * @throws SchemaNotFoundException where there is no such schema
     * @throws TrinoException {@code INVALID_PROCEDURE_ARGUMENT} where the retention is shorter than allowed; what the first
     *         table threw, where some could not be cleaned, after all others are
     */
    public void removeFromSchema(ConnectorSession session, String schema, Duration retention, boolean dryRun, Consumer<SchemaTableName> permission)
    {
        Instant before = before(retention);
        Database database = metastores.forQuery().getDatabase(schema).orElseThrow(() -> new SchemaNotFoundException(schema));
        List<SchemaTableName> written = liveTables.tables(schema).stream()
                .map(TableInfo::tableName)
                .filter(name -> tables.findOwn(name).filter(table -> hasLog(table)).isPresent())
                .toList();
        written.forEach(permission);
        List<RuntimeException> failures = new ArrayList<>();
        FileRemoval removal = new FileRemoval(fileSystemFactory.create(session), dryRun);
        for (SchemaTableName name : written) {
            try {
                // as it is now, for much may have happened since it was listed
                tables.findOwn(name).ifPresent(table -> remove(session, table, before, dryRun, removal));
            }
            catch (RuntimeException e) {
                log.warn(e, "Orphan files of table %s could not be removed", name);
                failures.add(e);
            }
        }
        if (failures.isEmpty()) {
            deadFolders.remove(session, database, before, removal);
        }
        tell("schema " + schema, dryRun, removal);
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
    }

    private static boolean hasLog(Table table)
    {
        return table.getParameters().keySet().stream().anyMatch(key -> key.startsWith(WriteLog.PREFIX));
    }

    private void remove(ConnectorSession session, Table table, Instant before, boolean dryRun, FileRemoval removal)
    {
        Optional<WriteLog> writeLog = WriteLog.of(table.getSchemaTableName(), table.getParameters());
        if (writeLog.isEmpty()) {
            return;
        }
        TrinoFileSystem fileSystem = fileSystemFactory.create(session);
        new TableOrphanRemoval(table, writeLog.get(), fileSystem, lister, liveTables, metastores, before, dryRun).remove(removal);
    }

    private Instant before(Duration retention)
    {
        if (retention.compareTo(shortestRetention) < 0) {
            throw new TrinoException(INVALID_PROCEDURE_ARGUMENT, "retention_threshold is %s, but must be at least %s, which tarn.remove-orphan-files.min-retention says: a write that has been running for longer than the retention would fail"
                    .formatted(retention, shortestRetention));
        }
        return Instant.now().minusMillis(retention.toMillis());
    }

    private static void tell(String where, boolean dryRun, FileRemoval removal)
    {
        log.info("%s of %s: %s files", dryRun ? "Orphan files" : "Removed orphan files", where, removal.files());
    }
}
