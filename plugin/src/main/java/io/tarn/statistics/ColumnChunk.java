package io.tarn.statistics;

import io.tarn.format.DistinctSample;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

import static java.util.Objects.requireNonNull;

/**
 * A column in a part of a file, in terms of numbers.
 *
 * @param nulls where they are known
 * @param bounds least and greatest value as they lie on a line; of text only the order has a meaning
 */
record ColumnChunk(long rows, OptionalLong nulls, Optional<Bounds> bounds, Optional<DistinctSample> distinct, OptionalDouble valueLength)
{
    ColumnChunk
    {
        requireNonNull(nulls, "nulls is null");
        requireNonNull(bounds, "bounds is null");
        requireNonNull(distinct, "distinct is null");
        requireNonNull(valueLength, "valueLength is null");
    }

    double values()
    {
        return rows - nulls.orElse(0);
    }

    /**
     * The rate at which values that were not there before came up.
     */
    double freshness()
    {
        return distinct.map(sample -> sample.distinct() / sample.values()).orElse(1.0);
    }

    record Bounds(double low, double high)
    {
        double width()
        {
            return high - low;
        }
    }
}
