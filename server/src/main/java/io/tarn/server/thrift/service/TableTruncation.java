package io.tarn.server.thrift.service;

import com.google.common.collect.Lists;
import io.tarn.server.thrift.convert.HiveTables;
import io.trino.filesystem.FileIterator;
import io.trino.filesystem.Location;
import io.trino.filesystem.TrinoFileSystem;
import io.trino.filesystem.TrinoFileSystemFactory;
import io.trino.metastore.HiveMetastore;
import io.trino.metastore.Partition;
import io.trino.metastore.PartitionStatistics;
import io.trino.metastore.Table;
import io.trino.spi.security.ConnectorIdentity;
import org.apache.hadoop.hive.metastore.api.MetaException;
import org.apache.hadoop.hive.metastore.api.NoSuchObjectException;
import org.apache.thrift.TException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import static io.tarn.storage.StoragePaths.isBucket;
import static io.tarn.storage.StoragePaths.isHidden;
import static io.trino.metastore.HiveBasicStatistics.createZeroStatistics;
import static io.trino.metastore.StatisticsUpdateMode.OVERWRITE_ALL;
import static java.util.Objects.requireNonNull;

/**
 * Empties tables and partitions: deletes their files, and then says of them that they hold nothing. Hidden files are no
 * data, and stay. Of an external table the files are not Hive's to delete, unless its parameter
 * {@code external.table.purge} says so.
 */
final class TableTruncation
{
    private static final PartitionStatistics NOTHING = new PartitionStatistics(createZeroStatistics(), Map.of());
    private static final String PURGE = "external.table.purge";
    private static final int BATCH_SIZE = 1000;

    private final PartitionReader reader;
    private final HiveMetastore metastore;
    private final TrinoFileSystemFactory files;

    TableTruncation(PartitionReader reader, HiveMetastore metastore, TrinoFileSystemFactory files)
    {
        this.reader = requireNonNull(reader, "reader is null");
        this.metastore = requireNonNull(metastore, "metastore is null");
        this.files = requireNonNull(files, "files is null");
    }

    /**
     * @param partitions names of those to empty; null for all of the table
     */
    void truncate(Table table, List<String> partitions)
            throws TException
    {
        checkMayBeEmptied(table);
        if (table.getPartitionColumns().isEmpty()) {
            empty(table.getStorage().getOptionalLocation());
            metastore.updateTableStatistics(table.getDatabaseName(), table.getTableName(), OptionalLong.empty(), OVERWRITE_ALL, NOTHING);
            return;
        }
        for (List<String> batch : Lists.partition(partitions == null ? reader.names(table, -1) : partitions, BATCH_SIZE)) {
            truncateBatch(table, batch);
        }
    }

    private static void checkMayBeEmptied(Table table)
            throws MetaException
    {
        String type = table.getTableType();
        if (type.equals(HiveTables.MANAGED_TABLE)) {
            return;
        }
        if (!type.equals(HiveTables.EXTERNAL_TABLE)) {
            throw new MetaException("%s is no table but a %s, and has nothing to truncate".formatted(table.getSchemaTableName(), type));
        }
        if (!"true".equalsIgnoreCase(table.getParameters().get(PURGE))) {
            throw new MetaException("%s is an external table, whose files are not deleted: set its parameter %s to true if they may be".formatted(table.getSchemaTableName(), PURGE));
        }
    }

    private void truncateBatch(Table table, List<String> names)
            throws TException
    {
        for (String name : names) {
            PartitionReader.values(table, name);
        }
        Map<String, Optional<Partition>> found = metastore.getPartitionsByNames(table, names);
        Map<String, PartitionStatistics> statistics = new HashMap<>();
        for (String name : names) {
            Partition partition = found.getOrDefault(name, Optional.empty())
                    .orElseThrow(() -> new NoSuchObjectException("Partition %s of %s not found".formatted(name, table.getSchemaTableName())));
            empty(partition.getStorage().getOptionalLocation());
            statistics.put(name, NOTHING);
        }
        metastore.updatePartitionStatistics(table, OVERWRITE_ALL, statistics);
    }

    private void empty(Optional<String> path)
            throws MetaException
    {
        if (path.isEmpty()) {
            return;
        }
        Location location = Location.of(path.get());
        if (isBucket(location)) {
            throw new MetaException("%s is a whole bucket, which is never emptied".formatted(path.get()));
        }
        TrinoFileSystem fileSystem = files.create(ConnectorIdentity.ofUser("tarn"));
        try {
            List<Location> batch = new ArrayList<>();
            FileIterator entries = fileSystem.listFiles(location);
            while (entries.hasNext()) {
                Location file = entries.next().location();
                if (!isHidden(location, file)) {
                    batch.add(file);
                }
                if (batch.size() == BATCH_SIZE) {
                    fileSystem.deleteFiles(batch);
                    batch.clear();
                }
            }
            fileSystem.deleteFiles(batch);
        }
        catch (IOException e) {
            throw new MetaException("The files at %s could not all be deleted: %s".formatted(path.get(), e.getMessage()));
        }
    }
}
