package io.tarn.format;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

import static java.util.Objects.requireNonNull;

/**
 * One column in a part of a file.
 *
 * @param nulls exactly
 * @param min no value is less; in the form in which Trino keeps values of the column's type. Text may be cut.
 * @param max no value is greater
 * @param distinct what is known of how often values repeat; empty where nothing is
 * @param valueLength bytes of a value that is not null, on average; an estimate, and only for text and binary
 */
public record ColumnChunkStatistics(
        OptionalLong nulls,
        Optional<Object> min,
        Optional<Object> max,
        Optional<DistinctSample> distinct,
        OptionalDouble valueLength)
{
    public ColumnChunkStatistics
    {
        requireNonNull(nulls, "nulls is null");
        requireNonNull(min, "min is null");
        requireNonNull(max, "max is null");
        requireNonNull(distinct, "distinct is null");
        requireNonNull(valueLength, "valueLength is null");
    }

    /**
     * A column that the file lacks, which is read as nulls.
     */
    public static ColumnChunkStatistics absent(long rows)
    {
        return new ColumnChunkStatistics(OptionalLong.of(rows), Optional.empty(), Optional.empty(), Optional.empty(), OptionalDouble.empty());
    }
}
