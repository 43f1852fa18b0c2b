package io.tarn.format.parquet;

import com.google.common.collect.ImmutableList;
import io.trino.spi.predicate.Domain;

import java.util.List;
import java.util.OptionalLong;

import static java.util.Objects.requireNonNull;

/**
 * One leaf column's values in one row group.
 *
 * @param path the leaf's names, outermost first, in lower case
 * @param compressedBytes bytes that reading it takes
 * @param nullCount nulls, where the file says
 * @param values where the values lie: between the smallest and the largest that the file says, all where it does not;
 *         the bounds may be wider than the values
 */
public record ParquetColumnChunk(List<String> path, long compressedBytes, OptionalLong nullCount, Domain values)
{
    public ParquetColumnChunk
    {
        path = ImmutableList.copyOf(path);
        requireNonNull(nullCount, "nullCount is null");
        requireNonNull(values, "values is null");
    }
}
