package io.tarn.statistics;

import io.tarn.format.DistinctSample;
import io.tarn.statistics.ColumnChunk.Bounds;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Columns of known values, cut into chunks of which only what footers tell is told.
 */
final class TestDistinctValues
{
    private static final int CHUNKS = 8;
    private static final int ROWS = 10_000;
    private static final double UNKNOWN = Double.POSITIVE_INFINITY;

    private final Random random = new Random(1);

    @Test
    void oneChunkIsTakenAtItsWord()
    {
        assertThat(DistinctValues.estimate(List.of(chunk(1000, 0, 1e9, 40, 1000)), 1, 1)).isCloseTo(40, within(1e-6));
        assertThat(DistinctValues.estimate(List.of(chunk(1000, 0, 1e9, 1000, 1000)), 1, 1)).isEqualTo(1000);
    }

    @Test
    void aRangeBoundsIntegers()
    {
        assertThat(DistinctValues.estimate(List.of(new ColumnChunk(1000, OptionalLong.of(0), Optional.of(new Bounds(5, 14)), Optional.empty(), OptionalDouble.empty())), 1, 1)).isEqualTo(10);
        assertThat(DistinctValues.estimate(List.of(new ColumnChunk(1000, OptionalLong.of(0), Optional.of(new Bounds(5, 14)), Optional.empty(), OptionalDouble.empty())), 1, UNKNOWN)).isEqualTo(1000);
    }

    @Test
    void chunksThatDrawFromTheSameValues()
    {
        for (int population : new int[] {1, 3, 100, 5000, 40_000}) {
            assertEstimate(0.15, _ -> random.nextInt(population) * 1_000L, 1);
        }
    }

    @Test
    void keysInOrder()
    {
        assertEstimate(0.01, row -> row, 1);
        assertEstimate(0.01, row -> row / 4 * 32L, 1);
    }

    @Test
    void keysThatWritersTookTurnsToWrite()
    {
        // each chunk has runs of keys from all over the range, none of them another chunk's
        assertEstimate(0.01, row -> {
            int chunk = row / ROWS;
            int run = row % ROWS / 1000;
            return (run * CHUNKS + chunk) * 1000L + row % 1000 / 4 * 4;
        }, 1);
    }

    @Test
    void aDictionaryThatWasGivenUp()
    {
        // one value in four rows new, and the dictionary full after half of them: keys in order rather than chance
        double keys = DistinctValues.estimate(List.of(chunk(1_000_000, 0, 4e6, 125_000, 500_000)), 1, 1);
        assertThat(keys).isBetween(200_000.0, 250_000.0);
        // three in five rows new: either
        double either = DistinctValues.estimate(List.of(chunk(1_000_000, 0, 4e6, 120_000, 200_000)), 1, 1);
        assertThat(either).isBetween(180_000.0, 600_000.0);
        // what the range allows is never exceeded
        assertThat(DistinctValues.estimate(List.of(chunk(1_000_000, 1, 150_000, 120_000, 200_000)), 1, 1)).isEqualTo(150_000);
    }

    @Test
    void filesThatWereNotAsked()
    {
        assertThat(estimate(_ -> random.nextInt(500), 10, UNKNOWN)).isCloseTo(500, within(5.0));
        assertThat(estimate(row -> row, 10, UNKNOWN)).isCloseTo(10.0 * CHUNKS * ROWS, within(1.0));
    }

    private void assertEstimate(double tolerance, IntToLongFunction value, double perUnit)
    {
        Set<Long> distinct = new HashSet<>();
        long[] values = IntStream.range(0, CHUNKS * ROWS).mapToLong(value::applyAsLong).toArray();
        for (long number : values) {
            distinct.add(number);
        }
        assertThat(estimate(row -> values[row], 1, perUnit)).isCloseTo(distinct.size(), within(distinct.size() * tolerance + 0.5));
    }

    private static double estimate(IntToLongFunction value, double factor, double perUnit)
    {
        List<ColumnChunk> chunks = new ArrayList<>();
        for (int chunk = 0; chunk < CHUNKS; chunk++) {
            Set<Long> distinct = new HashSet<>();
            long min = Long.MAX_VALUE;
            long max = Long.MIN_VALUE;
            for (int row = chunk * ROWS; row < (chunk + 1) * ROWS; row++) {
                long number = value.applyAsLong(row);
                distinct.add(number);
                min = Math.min(min, number);
                max = Math.max(max, number);
            }
            chunks.add(chunk(ROWS, min, max, distinct.size(), ROWS));
        }
        return DistinctValues.estimate(chunks, factor, perUnit);
    }

    private static ColumnChunk chunk(long rows, double low, double high, double distinct, double among)
    {
        return new ColumnChunk(rows, OptionalLong.of(0), Optional.of(new Bounds(low, high)), Optional.of(new DistinctSample(distinct, among)), OptionalDouble.empty());
    }
}
