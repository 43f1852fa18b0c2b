package io.tarn.scan;

import com.google.common.collect.AbstractIterator;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterators;
import io.tarn.format.FileFormats;
import io.tarn.format.FileSchema;
import io.tarn.partition.SelectedPartition;
import io.tarn.storage.DataFile;
import io.tarn.storage.FileLister;
import io.tarn.writelog.PublishedFiles;
import io.trino.filesystem.Location;
import io.trino.filesystem.TrinoFileSystem;
import io.trino.metastore.Partition;
import io.trino.metastore.Storage;
import io.trino.metastore.Table;
import io.trino.spi.TrinoException;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

import static io.tarn.error.TarnErrorCode.TARN_INVALID_METADATA;
import static java.util.Objects.requireNonNull;

/**
 * Lists the selected partitions of a table, some ahead of the one that is consumed. A table without partitions is
 * listed page by page as it is consumed, so that its files need not be held at once.
 */
final class PartitionListing
        extends AbstractIterator<ListedPartition>
{
    private final TrinoFileSystem fileSystem;
    private final FileLister lister;
    private final FileFormats formats;
    private final Table table;
    private final Iterator<SelectedPartition> partitions;
    private final Predicate<SelectedPartition> wanted;
    private final int concurrency;
    private final Executor executor;
    private final FileSchema tableSchema;
    private final FileSchema readableTableSchema;
    private final PublishedFiles published;
    private final Queue<CompletableFuture<ListedPartition>> ahead = new ArrayDeque<>();

    /**
     * @param wanted asked before a partition is listed, and again before it is handed out, because a dynamic filter
     *         may have arrived in between
     */
    PartitionListing(
            TrinoFileSystem fileSystem,
            FileLister lister,
            FileFormats formats,
            Table table,
            Iterator<SelectedPartition> partitions,
            Predicate<SelectedPartition> wanted,
            int concurrency,
            Executor executor)
    {
        this.fileSystem = requireNonNull(fileSystem, "fileSystem is null");
        this.lister = requireNonNull(lister, "lister is null");
        this.formats = requireNonNull(formats, "formats is null");
        this.table = requireNonNull(table, "table is null");
        this.partitions = requireNonNull(partitions, "partitions is null");
        this.wanted = requireNonNull(wanted, "wanted is null");
        this.concurrency = concurrency;
        this.executor = requireNonNull(executor, "executor is null");
        this.tableSchema = FileSchemas.of(table);
        this.readableTableSchema = FileSchemas.readable(tableSchema);
        this.published = PublishedFiles.of(fileSystem, table);
    }

    @Override
    protected ListedPartition computeNext()
    {
        while (true) {
            while (ahead.size() < concurrency && partitions.hasNext()) {
                SelectedPartition partition = partitions.next();
                if (partition.partition().isEmpty()) {
                    return new ListedPartition(partition, readableTableSchema, files(tableSchema, location(table.getStorage(), "Table " + table.getSchemaTableName())));
                }
                if (wanted.test(partition)) {
                    ahead.add(CompletableFuture.supplyAsync(() -> list(partition, partition.partition().get()), executor));
                }
            }
            if (ahead.isEmpty()) {
                return endOfData();
            }
            ListedPartition listed = join(ahead.remove());
            if (wanted.test(listed.partition())) {
                return listed;
            }
        }
    }

    private ListedPartition list(SelectedPartition selected, Partition partition)
    {
        Location location = location(partition.getStorage(), "Partition %s of table %s".formatted(selected.name(), table.getSchemaTableName()));
        FileSchema schema = FileSchemas.of(table, partition, formats);
        return new ListedPartition(
                selected,
                // one object for all partitions that look like the table
                schema.equals(tableSchema) ? readableTableSchema : FileSchemas.readable(schema),
                ImmutableList.<DataFile>copyOf(files(schema, location)).iterator());
    }

    private Iterator<DataFile> files(FileSchema schema, Location location)
    {
        Iterator<DataFile> files = Iterators.filter(lister.list(fileSystem, location), published::test);
        return SymlinkManifests.areDeclaredBy(schema) ? new SymlinkManifests(fileSystem).targets(files) : files;
    }

    private static Location location(Storage storage, String owner)
    {
        String location = storage.getOptionalLocation()
                .filter(value -> !value.isEmpty())
                .orElseThrow(() -> new TrinoException(TARN_INVALID_METADATA, owner + " has no location in the catalogue. Set the location of its storage descriptor."));
        try {
            return Location.of(location);
        }
        catch (IllegalArgumentException e) {
            throw new TrinoException(TARN_INVALID_METADATA, "%s has the location '%s', which is none: %s. Correct the location of its storage descriptor.".formatted(owner, location, e.getMessage()), e);
        }
    }

    private static ListedPartition join(CompletableFuture<ListedPartition> future)
    {
        try {
            return future.join();
        }
        catch (CompletionException e) {
            if (e.getCause() instanceof TrinoException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
