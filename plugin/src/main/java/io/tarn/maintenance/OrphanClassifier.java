package io.tarn.maintenance;

import com.google.common.collect.ImmutableSet;
import io.tarn.writelog.OpenWrite;
import io.tarn.writelog.ReplacedFiles;
import io.tarn.writelog.WriteFileName;
import io.tarn.writelog.WriteLog;
import io.trino.filesystem.FileEntry;
import io.trino.filesystem.Location;
import io.trino.filesystem.TrinoFileSystem;
import io.trino.metastore.Table;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static io.tarn.maintenance.OrphanReason.REPLACED;
import static io.tarn.maintenance.OrphanReason.UNFINISHED_TABLE;
import static io.tarn.maintenance.OrphanReason.UNFINISHED_WRITE;
import static io.tarn.maintenance.OrphanReason.UNUSED_LIST;
import static java.util.Objects.requireNonNull;

/**
 * Tells the files below a table that are no part of it, by the log that the table has at this moment. What is not of
 * this log is never an orphan.
 */
final class OrphanClassifier
{
    private final WriteLog log;
    private final boolean creating;
    private final ReplacedFiles lists;
    private final Map<Long, OpenWrite> open;
    private final Set<Long> inForce;
    private final Set<String> replaced;

    private OrphanClassifier(WriteLog log, boolean creating, ReplacedFiles lists, Set<String> replaced)
    {
        this.log = requireNonNull(log, "log is null");
        this.creating = creating;
        this.lists = requireNonNull(lists, "lists is null");
        this.open = log.open().stream().collect(toImmutableMap(OpenWrite::sequence, write -> write));
        this.inForce = log.replaced().stream().collect(toImmutableSet());
        this.replaced = ImmutableSet.copyOf(replaced);
    }

    /**
     * Reads the lists of replaced files that are in force.
     */
    static OrphanClassifier of(TrinoFileSystem fileSystem, Table table, WriteLog log)
    {
        ReplacedFiles lists = new ReplacedFiles(fileSystem, Location.of(table.getStorage().getLocation()));
        ImmutableSet.Builder<String> replaced = ImmutableSet.builder();
        for (long write : log.replaced()) {
            lists.read(log.fileName(write)).ifPresent(replaced::addAll);
        }
        return new OrphanClassifier(log, MaintainedTables.isBeingCreated(table), lists, replaced.build());
    }

    Optional<OrphanFile> classify(FileEntry file)
    {
        Optional<WriteFileName> list = lists.writeOf(file.location());
        if (list.isPresent()) {
            return Optional.of(list(file, list.get()));
        }
        if (replaced.contains(file.location().toString())) {
            return Optional.of(orphan(file, REPLACED, Optional.empty()));
        }
        return WriteFileName.of(file.location().fileName())
                .filter(name -> name.logId().equals(log.id()) && (creating || open.containsKey(name.sequence())))
                .map(name -> orphan(file, creating ? UNFINISHED_TABLE : UNFINISHED_WRITE, Optional.ofNullable(open.get(name.sequence()))));
    }

    private OrphanFile list(FileEntry file, WriteFileName write)
    {
        boolean ours = write.logId().equals(log.id());
        if (ours && inForce.contains(write.sequence())) {
            return orphan(file, REPLACED, Optional.empty());
        }
        if (ours && open.containsKey(write.sequence())) {
            return orphan(file, UNFINISHED_WRITE, Optional.of(open.get(write.sequence())));
        }
        return new OrphanFile(file.location(), file.length(), file.lastModified(), Optional.empty(), UNUSED_LIST, Optional.of(file.lastModified()));
    }

    private static OrphanFile orphan(FileEntry file, OrphanReason reason, Optional<OpenWrite> write)
    {
        return new OrphanFile(file.location(), file.length(), file.lastModified(), write.map(OpenWrite::queryId), reason, write.map(OpenWrite::begun));
    }
}
