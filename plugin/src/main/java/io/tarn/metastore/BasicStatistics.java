package io.tarn.metastore;

import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.Longs;
import io.trino.metastore.HiveBasicStatistics;

import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Row count and sizes, which Hive, Spark and Trino keep among the parameters of a table or partition.
 */
public final class BasicStatistics
{
    private static final String FILE_COUNT = "numFiles";
    private static final String ROW_COUNT = "numRows";
    private static final String IN_MEMORY_SIZE = "rawDataSize";
    private static final String ON_DISK_SIZE = "totalSize";
    private static final Set<String> KEYS = Set.of(FILE_COUNT, ROW_COUNT, IN_MEMORY_SIZE, ON_DISK_SIZE);

    // what ANALYZE of Spark writes, beside which it leaves the others as they are
    private static final String SPARK_PREFIX = "spark.sql.statistics.";

    private BasicStatistics() {}

    /**
     * What is not a number, or below zero, as Hive writes what it does not know, counts as not there. So do zero rows
     * in files that are not empty, as Hive's client writes them for Spark without having counted. Spark's count of rows,
     * with its size, stands in where there is no other.
     */
    public static HiveBasicStatistics fromParameters(Map<String, String> parameters)
    {
        String prefix = isOfSpark(parameters) ? SPARK_PREFIX : "";
        return new HiveBasicStatistics(
                number(parameters.get(prefix + FILE_COUNT)),
                rowCount(parameters, prefix),
                number(parameters.get(prefix + IN_MEMORY_SIZE)),
                number(parameters.get(prefix + ON_DISK_SIZE)));
    }

    /**
     * Whether Spark has counted the rows, and nobody else.
     */
    public static boolean isOfSpark(Map<String, String> parameters)
    {
        return rowCount(parameters, "").isEmpty() && rowCount(parameters, SPARK_PREFIX).isPresent();
    }

    /**
     * The parameters with these statistics in place of any they had.
     */
    static Map<String, String> inParameters(Map<String, String> parameters, HiveBasicStatistics statistics)
    {
        ImmutableMap.Builder<String, String> result = ImmutableMap.builder();
        parameters.forEach((key, value) -> {
            if (!KEYS.contains(key)) {
                result.put(key, value);
            }
        });
        statistics.getFileCount().ifPresent(count -> result.put(FILE_COUNT, Long.toString(count)));
        statistics.getRowCount().ifPresent(count -> result.put(ROW_COUNT, Long.toString(count)));
        statistics.getInMemoryDataSizeInBytes().ifPresent(size -> result.put(IN_MEMORY_SIZE, Long.toString(size)));
        statistics.getOnDiskDataSizeInBytes().ifPresent(size -> result.put(ON_DISK_SIZE, Long.toString(size)));
        return result.buildOrThrow();
    }

    private static OptionalLong rowCount(Map<String, String> parameters, String prefix)
    {
        OptionalLong rows = number(parameters.get(prefix + ROW_COUNT));
        boolean uncounted = rows.orElse(1) == 0 && number(parameters.get(prefix + ON_DISK_SIZE)).orElse(0) > 0;
        return uncounted ? OptionalLong.empty() : rows;
    }

    private static OptionalLong number(String text)
    {
        Long number = text == null ? null : Longs.tryParse(text);
        return number == null || number < 0 ? OptionalLong.empty() : OptionalLong.of(number);
    }
}
