package io.tarn.maintenance;

import io.tarn.metastore.LiveTables;
import io.tarn.metastore.QueryMetastores;
import io.tarn.storage.FileLister;
import io.tarn.write.TablePublisher;
import io.tarn.writelog.OpenWrite;
import io.tarn.writelog.ReplacedFiles;
import io.tarn.writelog.WriteLog;
import io.trino.filesystem.Location;
import io.trino.filesystem.TrinoFileSystem;
import io.trino.metastore.Table;

import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;

/**
 * Removes what writes have left of one table.
 */
final class TableOrphanRemoval
{
    private final Table table;
    private final WriteLog log;
    private final TrinoFileSystem fileSystem;
    private final QueryMetastores metastores;
    private final TablePublisher publisher;
    private final Instant before;
    private final boolean dryRun;

    /**
     * @param table as it is in the catalogue at this moment
     * @param before writes that began earlier are dead
     */
    TableOrphanRemoval(Table table, WriteLog log, TrinoFileSystem fileSystem, FileLister lister, LiveTables liveTables, QueryMetastores metastores, Instant before, boolean dryRun)
    {
        this.table = requireNonNull(table, "table is null");
        this.log = requireNonNull(log, "log is null");
        this.fileSystem = requireNonNull(fileSystem, "fileSystem is null");
        this.metastores = requireNonNull(metastores, "metastores is null");
        this.publisher = new TablePublisher(table.getSchemaTableName(), Location.of(table.getStorage().getLocation()), fileSystem, lister, liveTables);
        this.before = requireNonNull(before, "before is null");
        this.dryRun = dryRun;
    }

    void remove(FileRemoval removal)
    {
        if (MaintainedTables.isBeingCreated(table)) {
            removeUnfinishedTable(removal);
            return;
        }
        finishReplacements(removal);
        List<OpenWrite> dead = giveUpDead();
        Set<Long> sequences = dead.stream().map(OpenWrite::sequence).collect(toImmutableSet());
        Location lists = new ReplacedFiles(fileSystem, Location.of(table.getStorage().getLocation())).folder();
        // the files of living writes need not be looked for
        List<Location> folders = dead.isEmpty() ? List.of(lists) : TableFolders.of(metastores.forQuery(), table);
        removeFiles(removal, folders, dead, orphan -> switch (orphan.reason()) {
            case UNFINISHED_WRITE, UNUSED_LIST -> orphan.since().orElseThrow().isBefore(before);
            case REPLACED, UNFINISHED_TABLE -> false;
        });
        if (!dryRun && !dead.isEmpty()) {
            publisher.abandon(log.id(), sequences);
        }
    }

    private void finishReplacements(FileRemoval removal)
    {
        ReplacedFiles lists = new ReplacedFiles(fileSystem, Location.of(table.getStorage().getLocation()));
        for (long write : log.replaced()) {
            removal.count(lists.read(log.fileName(write)).map(Set::size).orElse(0));
            if (!dryRun) {
                publisher.finishReplacement(log.fileName(write));
            }
        }
    }

    private List<OpenWrite> giveUpDead()
    {
        Predicate<OpenWrite> isDead = write -> write.begun().isBefore(before);
        List<OpenWrite> dead = log.open().stream().filter(isDead).collect(toImmutableList());
        return dryRun || dead.isEmpty() ? dead : publisher.giveUp(log.id(), isDead);
    }

    private void removeUnfinishedTable(FileRemoval removal)
    {
        List<OpenWrite> dead = giveUpDead();
        // empty, too, where the table was published since it was read
        if (dead.isEmpty()) {
            return;
        }
        removeFiles(removal, TableFolders.of(metastores.forQuery(), table), dead, orphan -> orphan.reason() == OrphanReason.UNFINISHED_TABLE);
        if (!dryRun) {
            metastores.forQuery().dropTable(table.getDatabaseName(), table.getTableName(), false);
        }
    }

    private void removeFiles(FileRemoval removal, List<Location> folders, List<OpenWrite> givenUp, Predicate<OrphanFile> dead)
    {
        // a write that was published since the log was read has no orphans
        WriteLog ofDead = new WriteLog(log.id(), log.last(), givenUp, log.replaced(), log.replacements());
        Iterator<OrphanFile> orphans = OrphanFiles.in(fileSystem, OrphanClassifier.of(fileSystem, table, ofDead), folders);
        while (orphans.hasNext()) {
            OrphanFile orphan = orphans.next();
            if (dead.test(orphan)) {
                removal.add(orphan.location());
            }
        }
        removal.finish();
    }
}
