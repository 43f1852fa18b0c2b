package io.tarn.writelog;

import com.google.common.collect.ImmutableSet;
import io.tarn.storage.DataFile;
import io.trino.filesystem.Location;
import io.trino.filesystem.TrinoFileSystem;
import io.trino.metastore.Table;

import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import static java.util.Objects.requireNonNull;

/**
 * Tells which of the listed files are part of a table, as it was when it was read from the catalogue.
 */
public final class PublishedFiles
        implements Predicate<DataFile>
{
    private final Optional<WriteLog> log;
    private final Set<String> replaced;

    private PublishedFiles(Optional<WriteLog> log, Set<String> replaced)
    {
        this.log = requireNonNull(log, "log is null");
        this.replaced = ImmutableSet.copyOf(replaced);
    }

    /**
     * Reads the lists of replaced files that are in force, of which there are none at most times.
     */
    public static PublishedFiles of(TrinoFileSystem fileSystem, Table table)
    {
        Optional<WriteLog> log = WriteLog.of(table.getSchemaTableName(), table.getParameters());
        if (log.isEmpty()) {
            return new PublishedFiles(log, ImmutableSet.of());
        }
        return of(fileSystem, Location.of(table.getStorage().getLocation()), log.get());
    }

    /**
     * @param location of the table
     */
    public static PublishedFiles of(TrinoFileSystem fileSystem, Location location, WriteLog log)
    {
        ReplacedFiles lists = new ReplacedFiles(fileSystem, location);
        ImmutableSet.Builder<String> replaced = ImmutableSet.builder();
        for (long write : log.replaced()) {
            lists.read(log.fileName(write)).ifPresent(replaced::addAll);
        }
        return new PublishedFiles(Optional.of(log), replaced.build());
    }

    @Override
    public boolean test(DataFile file)
    {
        return log.isEmpty() || (log.get().isPublished(file.location().fileName()) && !replaced.contains(file.location().toString()));
    }
}
