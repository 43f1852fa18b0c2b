package io.tarn.write;

import io.trino.metastore.HiveMetastore;
import io.trino.metastore.Partition;
import io.trino.metastore.PartitionStatistics;
import io.trino.metastore.PartitionWithStatistics;
import io.trino.metastore.Table;
import io.trino.spi.TrinoException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

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

    /**
     * @param metastores gives one that has not asked for anything yet
     */
    public PartitionRegistrar(Supplier<HiveMetastore> metastores, Table table, String queryId)
    {
        this.metastores = requireNonNull(metastores, "metastores is null");
        this.table = requireNonNull(table, "table is null");
        this.queryId = requireNonNull(queryId, "queryId is null");
    }

    /**
     * Registers those of the partitions that are not.
     *
     * @param folders of the partitions, by their names
     * @return the names of those that were not
     */
    public List<String> register(Map<String, String> folders, Map<String, PartitionStatistics> statistics)
    {
        for (int attempt = 1; ; attempt++) {
            HiveMetastore metastore = metastores.get();
            Map<String, Optional<Partition>> existing = metastore.getPartitionsByNames(table, List.copyOf(folders.keySet()));
            List<PartitionWithStatistics> missing = new ArrayList<>();
            folders.forEach((name, folder) -> {
                if (existing.getOrDefault(name, Optional.empty()).isEmpty()) {
                    missing.add(new PartitionWithStatistics(partition(table, name, folder, queryId), name, statistics.getOrDefault(name, PartitionStatistics.empty())));
                }
            });
            if (missing.isEmpty()) {
                return List.of();
            }
            try {
                metastore.addPartitions(table.getDatabaseName(), table.getTableName(), missing);
                return missing.stream().map(PartitionWithStatistics::getPartitionName).toList();
            }
            catch (TrinoException e) {
                // somebody else was faster with one of them
                if (!e.getErrorCode().equals(ALREADY_EXISTS.toErrorCode()) || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
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
