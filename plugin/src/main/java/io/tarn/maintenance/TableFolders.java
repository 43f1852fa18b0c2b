package io.tarn.maintenance;

import com.google.common.collect.Lists;
import io.trino.filesystem.Location;
import io.trino.metastore.HiveMetastore;
import io.trino.metastore.Partition;
import io.trino.metastore.Table;
import io.trino.spi.predicate.TupleDomain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Where the files of tables may be.
 */
final class TableFolders
{
    private static final int BATCH = 1000;

    private TableFolders() {}

    /**
     * The location of a table and those of its partitions, without those that are below another.
     */
    static List<Location> of(HiveMetastore metastore, Table table)
    {
        TreeSet<String> all = new TreeSet<>();
        String own = withSlash(table.getStorage().getLocation());
        all.add(own);
        forEachPartition(metastore, table, location -> {
            if (!withSlash(location).startsWith(own)) {
                all.add(withSlash(location));
            }
        });
        List<Location> folders = new ArrayList<>();
        String above = null;
        // what is below a folder sorts right after it
        for (String folder : all) {
            if (above == null || !folder.startsWith(above)) {
                folders.add(Location.of(folder.substring(0, folder.length() - 1)));
                above = folder;
            }
        }
        return folders;
    }

    /**
     * The locations of a table's partitions, which are asked for in batches.
     */
    static void forEachPartition(HiveMetastore metastore, Table table, Consumer<String> locations)
    {
        if (table.getPartitionColumns().isEmpty()) {
            return;
        }
        List<String> keys = PartitionKeys.names(table);
        List<String> names = metastore.getPartitionNamesByFilter(table.getDatabaseName(), table.getTableName(), keys, TupleDomain.all()).orElse(List.of());
        for (List<String> batch : Lists.partition(names, BATCH)) {
            for (Optional<Partition> partition : metastore.getPartitionsByNames(table, batch).values()) {
                partition.flatMap(found -> found.getStorage().getOptionalLocation()).filter(location -> !location.isBlank()).ifPresent(locations);
            }
        }
    }

    static String withSlash(String location)
    {
        return location.endsWith("/") ? location : location + "/";
    }
}
