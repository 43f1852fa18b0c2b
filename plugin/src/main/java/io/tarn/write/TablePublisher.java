package io.tarn.write;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Iterators;
import io.airlift.log.Logger;
import io.tarn.metastore.LiveTables;
import io.tarn.storage.DataFile;
import io.tarn.storage.FileLister;
import io.tarn.writelog.OpenWrite;
import io.tarn.writelog.PublishedFiles;
import io.tarn.writelog.ReplacedFiles;
import io.tarn.writelog.WriteFileName;
import io.tarn.writelog.WriteLog;
import io.trino.filesystem.Location;
import io.trino.filesystem.TrinoFileSystem;
import io.trino.metastore.Table;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.connector.TableNotFoundException;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static io.tarn.storage.StorageErrors.storageFailure;
import static io.trino.spi.StandardErrorCode.TRANSACTION_CONFLICT;
import static java.util.Objects.requireNonNull;

/**
 * Makes writes of one table visible, each by one change of the table in the catalogue. Which files a change takes away
 * is looked up in the same version of the table that is changed, so that of two who replace the same files the second
 * replaces those of the first.
 */
public final class TablePublisher
{
    private static final Logger log = Logger.get(TablePublisher.class);

    private final SchemaTableName table;
    private final Location location;
    private final TrinoFileSystem fileSystem;
    private final FileLister lister;
    private final WriteLogs logs;

    /**
     * @param location of the table
     */
    public TablePublisher(SchemaTableName table, Location location, TrinoFileSystem fileSystem, FileLister lister, LiveTables tables)
    {
        this.table = requireNonNull(table, "table is null");
        this.location = requireNonNull(location, "location is null");
        this.fileSystem = requireNonNull(fileSystem, "fileSystem is null");
        this.lister = requireNonNull(lister, "lister is null");
        this.logs = new WriteLogs(tables, InstantSource.system());
    }

    /**
     * Begins a write.
     *
     * @param known the table as the statement knows it
     * @throws TableNotFoundException where the table was dropped since
     * @throws TrinoException {@code TRANSACTION_CONFLICT} where it was created anew since
     */
    public WriteFileName begin(Table known, String queryId)
    {
        return logs.begin(table, WriteLog.of(table, known.getParameters()), queryId);
    }

    /**
     * Makes sure that a write of a failed statement is not published any more, unless it is already.
     */
    public WriteFate giveUp(WriteFileName write)
    {
        return logs.giveUp(table, write);
    }

    /**
     * Adds the files of a write to the table.
     */
    public void publish(WriteFileName write)
    {
        logs.publish(table, write, (writeLog, _) -> writeLog.publish(write.sequence()));
    }

    /**
     * Puts the files of a write in place of all that are in some folders.
     */
    public void publishReplacing(WriteFileName write, Collection<Location> folders)
    {
        replace(write, current -> {
            List<Location> replaced = new ArrayList<>();
            for (Location folder : folders) {
                files(folder, current).forEachRemaining(file -> replaced.add(file.location()));
            }
            return replaced;
        });
    }

    /**
     * Puts the files of a write in place of other files.
     *
     * @param folders that the other files are in
     * @throws TrinoException {@code TRANSACTION_CONFLICT} where one of them is no part of the table any more
     */
    public void publishInPlaceOf(WriteFileName write, Set<Location> files, Collection<Location> folders)
    {
        replace(write, current -> {
            Set<Location> found = new HashSet<>();
            for (Location folder : folders) {
                files(folder, current).forEachRemaining(file -> found.add(file.location()));
            }
            for (Location file : files) {
                if (!found.contains(file)) {
                    throw new TrinoException(TRANSACTION_CONFLICT, "File %s of table %s was replaced or deleted by somebody else since this statement read it. Nothing was written; run the statement again.".formatted(file, table));
                }
            }
            return ImmutableList.copyOf(files);
        });
    }

    private Iterator<DataFile> files(Location folder, PublishedFiles published)
    {
        return Iterators.filter(lister.list(fileSystem, folder), published::test);
    }

    private interface Replaced
    {
        List<Location> files(PublishedFiles current);
    }

    private void replace(WriteFileName write, Replaced replaced)
    {
        ReplacedFiles lists = new ReplacedFiles(fileSystem, location);
        AtomicReference<List<Location>> files = new AtomicReference<>(ImmutableList.of());
        logs.publish(table, write, (writeLog, _) -> {
            files.set(replaced.files(PublishedFiles.of(fileSystem, location, writeLog)));
            if (files.get().isEmpty()) {
                return writeLog.publish(write.sequence());
            }
            lists.write(write, files.get());
            return writeLog.publishReplacing(write.sequence());
        });
        if (!files.get().isEmpty()) {
            deleteReplaced(write);
        }
    }

    private void deleteReplaced(WriteFileName write)
    {
        try {
            finishReplacement(write);
        }
        catch (RuntimeException e) {
            log.warn(e, "Files of table %s that were replaced could not all be deleted; remove_orphan_files deletes them", table);
        }
    }

    /**
     * Deletes the files of a list that is in force, and then the list; it may be done again where it failed, for no
     * reader sees the files.
     */
    public void finishReplacement(WriteFileName write)
    {
        ReplacedFiles lists = new ReplacedFiles(fileSystem, location);
        Set<String> files = lists.read(write).orElse(ImmutableSet.of());
        try {
            fileSystem.deleteFiles(files.stream().map(Location::of).collect(toImmutableSet()));
        }
        catch (IOException | RuntimeException e) {
            throw storageFailure("delete replaced files of", location, e);
        }
        logs.tidy(table, write.logId(), writeLog -> writeLog.forgetReplaced(write.sequence()));
        lists.delete(write);
    }

    /**
     * Gives writes up as dead, by one change of the log: from then on they cannot be published, so that their files can
     * be deleted.
     *
     * @return those that were open and are given up, with when they began
     */
    public List<OpenWrite> giveUp(String logId, Predicate<OpenWrite> dead)
    {
        AtomicReference<List<OpenWrite>> found = new AtomicReference<>(ImmutableList.of());
        logs.tidy(table, logId, writeLog -> {
            found.set(writeLog.open().stream().filter(dead).collect(toImmutableList()));
            return writeLog.giveUp(found.get().stream().map(OpenWrite::sequence).collect(toImmutableSet()));
        });
        return found.get();
    }

    /**
     * Takes writes that have left no files out of the log, by one change of it.
     */
    public void abandon(String logId, Set<Long> writes)
    {
        logs.tidy(table, logId, writeLog -> {
            WriteLog without = writeLog;
            for (long sequence : writes) {
                without = without.abandon(sequence);
            }
            return without;
        });
    }

    /**
     * The log of a table that comes into being by a write, which is open in it.
     */
    public static WriteLog logOfNewTable(SchemaTableName table, WriteFileName write, String queryId)
    {
        WriteLog empty = new WriteLog(write.logId(), write.sequence() - 1, ImmutableList.of(), ImmutableList.of(), 0);
        return empty.begin(table, queryId, Instant.now());
    }

    /**
     * What the names of files carry of a write that creates its table.
     */
    public static WriteFileName newTableFiles()
    {
        return new WriteFileName(WriteLog.create().id(), 1);
    }
}
