package io.tarn.statistics;

import io.tarn.format.DistinctSample;
import io.tarn.statistics.ColumnChunk.Bounds;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import static java.lang.Math.exp;
import static java.lang.Math.max;
import static java.lang.Math.min;
import static java.lang.Math.pow;

/**
 * How many different values a column has, from what its chunks tell each of itself.
 * <p>
 * Chunks whose ranges do not overlap have no value in common: their counts add up. Of chunks that overlap, either each
 * draws from the same values, or each has values of its own that lie between those of the others, as keys do that
 * several writers wrote turn by turn. Draws from the same values reach to both ends of the common range, to within one
 * of their values or so; where chunks fall short of them by far more, they have values of their own. Chunks draw from
 * how many values? From as many as make it likely that a draw of the chunk's size has as many different ones as it has.
 * <p>
 * Where a dictionary was given up before its chunk's end, the values after it are either like those before, that is new
 * at the same rate, or draws from the same values; which one cannot be told from one chunk. The more seldom new values
 * came up, the less likely it is that a draw should have filled the dictionary just then.
 * <p>
 * No column has more values than rows, nor an integer column more than its range.
 */
final class DistinctValues
{
    // a draw misses an end by one of its values on average
    private static final double MISSED_BY_CHANCE = 8;
    private static final double FEW = 0.05;

    private DistinctValues() {}

    /**
     * @param chunks those of the column that have values
     * @param factor how many times as many rows there are as in these chunks
     * @param perUnit how many different values lie between two numbers that are one apart; infinite where it is not to
     *         be told
     */
    static double estimate(List<ColumnChunk> chunks, double factor, double perUnit)
    {
        double values = chunks.stream().mapToDouble(ColumnChunk::values).sum();
        List<List<ColumnChunk>> apart = overlapping(chunks);
        double distinct = 0;
        if (apart.size() == 1) {
            distinct = distinct(chunks, values, factor, perUnit);
        }
        else {
            for (List<ColumnChunk> cluster : apart) {
                double clusterValues = cluster.stream().mapToDouble(ColumnChunk::values).sum();
                distinct += distinct(cluster, clusterValues, 1, perUnit);
            }
            distinct *= factor;
        }
        return min(distinct, values * factor);
    }

    private static double distinct(List<ColumnChunk> chunks, double values, double factor, double perUnit)
    {
        double own = 0;
        for (ColumnChunk chunk : chunks) {
            own += min(chunk.freshness() * chunk.values(), domain(chunk.bounds(), perUnit));
        }
        own *= factor;
        double drawn = drawn(chunks, values, values * factor);
        double distinct = switch (evidence(chunks)) {
            case OWN_VALUES -> own;
            case SAME_VALUES -> drawn;
            case NONE -> {
                double freshness = chunks.stream().mapToDouble(chunk -> chunk.freshness() * chunk.values()).sum() / values;
                double likelihood = isCut(chunks) ? pow(freshness, 1.5) : 1;
                yield pow(drawn, likelihood) * pow(own, 1 - likelihood);
            }
        };
        return max(1, min(distinct, domain(union(chunks), perUnit)));
    }

    private static boolean isCut(List<ColumnChunk> chunks)
    {
        return chunks.stream().anyMatch(chunk -> chunk.distinct().filter(sample -> sample.values() < chunk.values() * 0.999).isPresent());
    }

    /**
     * How many different values there are among the draws of all, if chunks draw from the same.
     */
    private static double drawn(List<ColumnChunk> chunks, double values, double draws)
    {
        double population = 0;
        for (ColumnChunk chunk : chunks) {
            population += chunk.values() / values * chunk.distinct().map(DistinctValues::population).orElse(Double.POSITIVE_INFINITY);
        }
        return Double.isInfinite(population) ? draws : population * -Math.expm1(-draws / population);
    }

    /**
     * The number of values of which draws of the sample's size have as many different ones on average.
     */
    private static double population(DistinctSample sample)
    {
        double rate = sample.distinct() / sample.values();
        if (rate < FEW) {
            return sample.distinct();
        }
        if (rate > 0.9999) {
            return Double.POSITIVE_INFINITY;
        }
        double low = 1e-5;
        double high = 1 / rate;
        for (int i = 0; i < 60; i++) {
            double drawsPerValue = (low + high) / 2;
            if ((1 - exp(-drawsPerValue)) / drawsPerValue > rate) {
                low = drawsPerValue;
            }
            else {
                high = drawsPerValue;
            }
        }
        return sample.values() / low;
    }

    private static Evidence evidence(List<ColumnChunk> chunks)
    {
        Optional<Bounds> union = union(chunks);
        if (chunks.size() < 2 || union.isEmpty()) {
            return Evidence.NONE;
        }
        if (union.get().width() <= 0) {
            return Evidence.SAME_VALUES;
        }
        double missed = 0;
        for (ColumnChunk chunk : chunks) {
            Bounds bounds = chunk.bounds().orElseThrow();
            double fraction = 1 - bounds.width() / union.get().width();
            missed += fraction / 2 * chunk.distinct().map(DistinctSample::distinct).orElse(chunk.values());
        }
        return missed / chunks.size() > MISSED_BY_CHANCE ? Evidence.OWN_VALUES : Evidence.SAME_VALUES;
    }

    /**
     * Empty where a chunk's are not known.
     */
    private static Optional<Bounds> union(List<ColumnChunk> chunks)
    {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (ColumnChunk chunk : chunks) {
            if (chunk.bounds().isEmpty()) {
                return Optional.empty();
            }
            low = min(low, chunk.bounds().get().low());
            high = max(high, chunk.bounds().get().high());
        }
        return Optional.of(new Bounds(low, high));
    }

    private static double domain(Optional<Bounds> bounds, double perUnit)
    {
        return Double.isInfinite(perUnit) ? perUnit : bounds.map(known -> known.width() * perUnit + 1).orElse(Double.POSITIVE_INFINITY);
    }

    /**
     * Parts of the chunks that do not overlap with one another; all in one where some have no bounds.
     */
    private static List<List<ColumnChunk>> overlapping(List<ColumnChunk> chunks)
    {
        if (union(chunks).isEmpty()) {
            return List.of(chunks);
        }
        List<List<ColumnChunk>> parts = new ArrayList<>();
        double high = Double.NEGATIVE_INFINITY;
        for (ColumnChunk chunk : chunks.stream().sorted(Comparator.comparingDouble(chunk -> chunk.bounds().orElseThrow().low())).toList()) {
            Bounds bounds = chunk.bounds().orElseThrow();
            // neighbours may share the value at which one was closed
            if (parts.isEmpty() || bounds.low() > high || (bounds.low() == high && bounds.width() > 0)) {
                parts.add(new ArrayList<>());
            }
            parts.getLast().add(chunk);
            high = max(high, bounds.high());
        }
        return parts;
    }

    private enum Evidence
    {
        OWN_VALUES, SAME_VALUES, NONE
    }
}
