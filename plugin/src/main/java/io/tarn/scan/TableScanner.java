package io.tarn.scan;

import com.google.inject.Inject;
import io.airlift.concurrent.Threads;
import io.tarn.bucket.Bucketing;
import io.tarn.format.FileFormats;
import io.tarn.metastore.LiveTables;
import io.tarn.partition.PartitionKey;
import io.tarn.partition.PartitionSelector;
import io.tarn.partition.SelectedPartition;
import io.tarn.storage.FileLister;
import io.tarn.writelog.PartitionOrigin;
import io.trino.filesystem.TrinoFileSystem;
import io.trino.metastore.HiveMetastore;
import io.trino.metastore.Table;
import io.trino.spi.predicate.NullableValue;
import io.trino.spi.predicate.TupleDomain;
import jakarta.annotation.PreDestroy;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

import static java.util.Objects.requireNonNull;

/**
 * From a table and what a query asks of it to the groups of units that its splits read.
 */
public class TableScanner
{
    private final FileLister lister;
    private final FileFormats formats;
    private final LiveTables liveTables;
    private final ScanConfig config;
    private final ExecutorService executor = Executors.newCachedThreadPool(Threads.daemonThreadsNamed("tarn-scan-%s"));

    @Inject
    public TableScanner(FileLister lister, FileFormats formats, LiveTables liveTables, ScanConfig config)
    {
        this.lister = requireNonNull(lister, "lister is null");
        this.formats = requireNonNull(formats, "formats is null");
        this.liveTables = requireNonNull(liveTables, "liveTables is null");
        this.config = requireNonNull(config, "config is null");
    }

    @PreDestroy
    public void stop()
    {
        executor.shutdownNow();
    }

    /**
     * Where work that waits for the storage or the catalogue is done.
     */
    public ExecutorService executor()
    {
        return executor;
    }

    /**
     * The partitions that satisfy a constraint on the keys and a filter on their values.
     */
    public Iterator<SelectedPartition> partitions(HiveMetastore metastore, Table table, List<PartitionKey> keys, TupleDomain<String> constraint, Predicate<List<NullableValue>> filter)
    {
        return selector(metastore).select(table, keys, constraint, filter);
    }

    /**
     * Chooses partitions within the limits of the configuration.
     */
    public PartitionSelector selector(HiveMetastore metastore)
    {
        return new PartitionSelector(metastore, config.getPartitionBatchSize(), config.getMaxPartitionsPerScan(), PartitionOrigin::of);
    }

    /**
     * The groups of units of these partitions. Listing goes on as the iterator advances, which blocks on the storage;
     * it is for one thread at a time.
     *
     * @param wanted may become narrower while the scan goes on, as dynamic filters arrive
     * @param filesApart whether small files are not put together, as is better where few of them may be enough
     * @throws io.trino.spi.TrinoException where a partition's definition or the storage is at fault; also from the
     *         iterator
     */
    public Iterator<ScanGroup> scan(TrinoFileSystem fileSystem, Table table, Iterator<SelectedPartition> partitions, Predicate<SelectedPartition> wanted, FileConditions conditions, boolean filesApart)
    {
        PartitionListing listing = new PartitionListing(fileSystem, lister, formats, table, partitions, wanted, config.getListingConcurrency(), executor);
        Iterator<ScanGroup> groups = new ScanGroups(listing, (partition, file) -> conditions.test(partition.partition(), file), Bucketing.of(table), filesApart, formats, config);
        return new UnchangedListing(groups, table, liveTables);
    }

    /**
     * The files that {@link #scan} would read, each once, listed as the iterator advances, which blocks on the storage;
     * it is for one thread at a time.
     *
     * @param wanted names of the partitions to list
     * @throws io.trino.spi.TrinoException as {@link #scan} throws it
     */
    public Iterator<TableFile> files(
            HiveMetastore metastore,
            TrinoFileSystem fileSystem,
            Table table,
            List<PartitionKey> keys,
            TupleDomain<String> constraint,
            Predicate<String> wanted,
            FileConditions conditions)
    {
        Iterator<SelectedPartition> partitions = selector(metastore).selectNamed(table, keys, constraint, wanted);
        return new TableFiles(new PartitionListing(fileSystem, lister, formats, table, partitions, _ -> true, config.getListingConcurrency(), executor), conditions);
    }
}
