package io.tarn.write;

import io.tarn.metastore.LiveTables;
import io.tarn.writelog.PartitionOrigin;
import io.tarn.writelog.WriteFileName;
import io.trino.metastore.HiveMetastore;
import io.trino.metastore.Partition;
import io.trino.metastore.PartitionStatistics;
import io.trino.metastore.PartitionWithStatistics;
import io.trino.metastore.Table;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.TableNotFoundException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

import static io.trino.metastore.Partitions.makePartName;
import static io.trino.metastore.Partitions.toPartitionValues;
import static io.trino.spi.StandardErrorCode.ALREADY_EXISTS;
import static java.util.Objects.requireNonNull;

/**
 * Registers the partitions that a write has put files into, while others may do the same.
 */
public final class PartitionRegistrar
{
    private static final int ATTEMPTS = 10;

    private final Supplier<HiveMetastore> metastores;
    private final Table table;
    private final String queryId;
    private final Optional<PublishingWrite> write;

    private record PublishingWrite(LiveTables tables, String logId) {}

    /**
     * @param metastores gives one that has not asked for anything yet
     */
    public PartitionRegistrar(Supplier<HiveMetastore> metastores, Table table, String queryId)
    {
        this(metastores, table, queryId, Optional.empty());
    }

    private PartitionRegistrar(Supplier<HiveMetastore> metastores, Table table, String queryId, Optional<PublishingWrite> write)
    {
        this.metastores = requireNonNull(metastores, "metastores is null");
        this.table = requireNonNull(table, "table is null");
        this.queryId = requireNonNull(queryId, "queryId is null");
        this.write = requireNonNull(write, "write is null");
    }

    /**
     * The same for the partitions of a write, which are not to be part of a table that is created anew meanwhile.
     */
    public PartitionRegistrar ofWrite(LiveTables tables, WriteFileName write)
    {
        return new PartitionRegistrar(metastores, table, queryId, Optional.of(new PublishingWrite(tables, write.logId())));
    }

    /**
     * Registers those of the partitions that are not.
     *
     * @param folders of the partitions, by their names
     * @return the names of those that were not
     * @throws TableNotFoundException where the table was dropped
     * @throws TrinoException {@code TRANSACTION_CONFLICT} where the table was created anew since a write began
     */
    public List<String> register(Map<String, String> folders, Map<String, PartitionStatistics> statistics)
    {
        Predicate<Partition> isPart = PartitionOrigin.of(table);
        for (int attempt = 1; ; attempt++) {
            HiveMetastore metastore = metastores.get();
            Map<String, Optional<Partition>> existing = metastore.getPartitionsByNames(table, List.copyOf(folders.keySet()));
            List<PartitionWithStatistics> missing = new ArrayList<>();
            List<PartitionWithStatistics> foreign = new ArrayList<>();
            folders.forEach((name, folder) -> {
                Optional<Partition> found = existing.getOrDefault(name, Optional.empty());
                if (found.filter(isPart).isEmpty()) {
                    (found.isEmpty() ? missing : foreign).add(new PartitionWithStatistics(marked(partition(table, name, folder, queryId)), name, statistics.getOrDefault(name, PartitionStatistics.empty())));
                }
            });
            if (missing.isEmpty() && foreign.isEmpty()) {
                return List.of();
            }
            write.ifPresent(this::requireSameTable);
            try {
                foreign.forEach(partition -> metastore.alterPartition(table.getDatabaseName(), table.getTableName(), partition));
                if (!missing.isEmpty()) {
                    metastore.addPartitions(table.getDatabaseName(), table.getTableName(), missing);
                }
                return Stream.concat(missing.stream(), foreign.stream()).map(PartitionWithStatistics::getPartitionName).toList();
            }
            catch (TrinoException e) {
                // somebody else was faster with one of them
                if (!e.getErrorCode().equals(ALREADY_EXISTS.toErrorCode()) || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private void requireSameTable(PublishingWrite publishing)
    {
        Table current = publishing.tables().table(table.getSchemaTableName()).orElseThrow(() -> new TableNotFoundException(table.getSchemaTableName()));
        WriteLogs.requireLog(table.getSchemaTableName(), current.getParameters(), publishing.logId());
    }

    private Partition marked(Partition partition)
    {
        return write
                .map(publishing -> Partition.builder(partition).setParameters(PartitionOrigin.mark(partition.getParameters(), publishing.logId())).build())
                .orElse(partition);
    }

    /**
     * A partition declared as its table is.
     *
     * @param name as Hive writes it, with values escaped
     */
    public static Partition partition(Table table, String name, String folder, String queryId)
    {
        return Partition.builder()
                .setDatabaseName(table.getDatabaseName())
                .setTableName(table.getTableName())
                .setColumns(table.getDataColumns())
                .setValues(toPartitionValues(name))
                .setParameters(Map.of("trino_query_id", queryId))
                .withStorage(storage -> storage
                        .setLocation(folder)
                        .setStorageFormat(table.getStorage().getStorageFormat())
                        .setBucketProperty(table.getStorage().getBucketProperty())
                        .setSerdeParameters(table.getStorage().getSerdeParameters()))
                .build();
    }

    /**
     * The name of the partition that a file was written to.
     */
    public static String name(Table table, WrittenFile file)
    {
        return makePartName(table.getPartitionColumns().stream().map(column -> column.getName()).toList(), file.partition());
    }
}
