package io.tarn.statistics;

import com.google.common.collect.ImmutableList;
import io.tarn.partition.SelectedPartition;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import static com.google.common.hash.Hashing.murmur3_128;

/**
 * Chooses the partitions that stand for all, always the same: the first and the last by name, and others by a hash of
 * their names. They are those that Trino's Hive connector chooses, so that both plan alike.
 */
final class PartitionSample
{
    private PartitionSample() {}

    static List<SelectedPartition> of(List<SelectedPartition> partitions, int size)
    {
        if (partitions.size() <= size) {
            return partitions;
        }
        SelectedPartition first = partitions.getFirst();
        SelectedPartition last = partitions.getFirst();
        for (SelectedPartition partition : partitions) {
            if (partition.name().compareTo(first.name()) < 0) {
                first = partition;
            }
            else if (partition.name().compareTo(last.name()) > 0) {
                last = partition;
            }
        }
        List<SelectedPartition> sample = new ArrayList<>();
        sample.add(first);
        if (size > 1) {
            sample.add(last);
        }
        partitions.stream()
                .filter(partition -> !sample.contains(partition))
                .map(partition -> new HashedPartition(partition, murmur3_128().hashUnencodedChars(partition.name()).asLong()))
                .sorted(Comparator.comparingLong(HashedPartition::hash).thenComparing(hashed -> hashed.partition().name()))
                .limit(size - sample.size())
                .toList()
                .forEach(hashed -> sample.add(hashed.partition()));
        return ImmutableList.copyOf(sample);
    }

    private record HashedPartition(SelectedPartition partition, long hash) {}
}
