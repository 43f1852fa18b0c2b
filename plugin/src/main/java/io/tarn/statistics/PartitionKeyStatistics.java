package io.tarn.statistics;

import io.airlift.slice.Slice;
import io.tarn.partition.SelectedPartition;
import io.trino.spi.predicate.NullableValue;
import io.trino.spi.statistics.ColumnStatistics;
import io.trino.spi.statistics.DoubleRange;
import io.trino.spi.statistics.Estimate;
import io.trino.spi.type.CharType;
import io.trino.spi.type.Type;
import io.trino.spi.type.VarcharType;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

import static io.trino.spi.statistics.StatsUtil.toStatsRepresentation;

/**
 * Statistics of a partition key, from the values of the partitions.
 */
final class PartitionKeyStatistics
{
    private PartitionKeyStatistics() {}

    /**
     * @param key position among the keys
     * @param rows where they are known; partitions count alike otherwise
     */
    static ColumnStatistics of(int key, Type type, List<SelectedPartition> partitions, Optional<PartitionRows> rows)
    {
        Set<Object> distinct = new HashSet<>();
        double weights = 0;
        double nullWeights = 0;
        double bytes = 0;
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        boolean ranged = true;
        for (SelectedPartition partition : partitions) {
            double weight = rows.map(known -> known.of(partition)).orElse(1.0);
            NullableValue value = partition.values().get(key);
            weights += weight;
            if (value.isNull()) {
                nullWeights += weight;
                continue;
            }
            if (weight == 0) {
                continue;
            }
            distinct.add(value.getValue());
            if (value.getValue() instanceof Slice slice) {
                bytes += slice.length() * weight;
            }
            OptionalDouble number = toStatsRepresentation(type, value.getValue());
            ranged &= number.isPresent() && !Double.isNaN(number.getAsDouble());
            min = Math.min(min, number.orElse(min));
            max = Math.max(max, number.orElse(max));
        }
        ColumnStatistics.Builder statistics = ColumnStatistics.builder()
                .setDistinctValuesCount(Estimate.of(distinct.size()))
                .setNullsFraction(Estimate.of(weights == 0 ? 0 : Math.clamp(nullWeights / weights, 0, 1)));
        if (ranged && !distinct.isEmpty()) {
            statistics.setRange(new DoubleRange(min, max));
        }
        if (rows.isPresent() && (type instanceof VarcharType || type instanceof CharType)) {
            statistics.setDataSize(Estimate.of(bytes));
        }
        return statistics.build();
    }
}
