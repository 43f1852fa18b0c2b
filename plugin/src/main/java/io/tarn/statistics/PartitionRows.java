package io.tarn.statistics;

import com.google.common.collect.ImmutableMap;
import io.tarn.partition.SelectedPartition;
import io.trino.metastore.PartitionStatistics;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * How many rows the selected partitions have, from the counts of some.
 *
 * @param known by the partition's name
 * @param average of a partition whose count is not known
 * @param total of all partitions, those that were not asked included
 */
record PartitionRows(Map<String, Long> known, double average, double total)
{
    PartitionRows
    {
        known = ImmutableMap.copyOf(requireNonNull(known, "known is null"));
    }

    /**
     * @param statistics of the partitions asked, by name
     * @param partitionCount of all
     * @return empty where no partition's count is known
     */
    static Optional<PartitionRows> of(Map<String, PartitionStatistics> statistics, int partitionCount)
    {
        ImmutableMap.Builder<String, Long> builder = ImmutableMap.builder();
        statistics.forEach((name, partition) -> partition.basicStatistics().getRowCount().ifPresent(rows -> builder.put(name, rows)));
        Map<String, Long> known = builder.buildOrThrow();
        if (known.isEmpty()) {
            return Optional.empty();
        }
        long[] counts = known.values().stream().mapToLong(Long::longValue).sorted().toArray();
        if (counts.length <= 2 || partitionCount == statistics.size()) {
            double average = Arrays.stream(counts).average().orElseThrow();
            return Optional.of(new PartitionRows(known, average, average * partitionCount));
        }
        // one partition may hold what has no key, and be far larger than the others, which are to be told from the others
        long least = counts[0];
        long most = counts[counts.length - 1];
        double average = (double) (Arrays.stream(counts).sum() - least - most) / (counts.length - 2);
        return Optional.of(new PartitionRows(known, average, average * (partitionCount - 2) + least + most));
    }

    double of(SelectedPartition partition)
    {
        Long rows = known.get(partition.name());
        return rows == null ? average : rows;
    }
}
