package io.tarn.writelog;

import com.google.common.collect.ImmutableMap;
import io.trino.metastore.Partition;
import io.trino.metastore.Table;

import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which registered partitions are part of a table. A catalogue registers partitions by the table's name, so that a write
 * whose table is dropped and created anew at that moment registers its own in the new table, before it is refused. They
 * carry the log that the write knew, and are passed over where the table has another, unless they are in the table's
 * own folder.
 */
public final class PartitionOrigin
{
    private static final String LOG = WriteLog.PREFIX + "log";

    private PartitionOrigin() {}

    /**
     * Parameters of a partition with the mark of the log of the write that registers it.
     */
    public static Map<String, String> mark(Map<String, String> parameters, String logId)
    {
        return ImmutableMap.<String, String>builder().putAll(parameters).put(LOG, logId).buildKeepingLast();
    }

    /**
     * Selects the partitions that are part of a table.
     */
    public static Predicate<Partition> of(Table table)
    {
        Optional<String> log = WriteLog.of(table.getSchemaTableName(), table.getParameters()).map(WriteLog::id);
        if (log.isEmpty()) {
            return _ -> true;
        }
        String folder = withSlash(table.getStorage().getOptionalLocation().orElse(""));
        return partition -> {
            String origin = partition.getParameters().get(LOG);
            return origin == null
                    || origin.equals(log.get())
                    || partition.getStorage().getOptionalLocation().filter(location -> withSlash(location).startsWith(folder)).isPresent();
        };
    }

    private static String withSlash(String location)
    {
        return location.endsWith("/") ? location : location + "/";
    }
}
