package io.tarn.athena.statement;

import java.util.Locale;

import static java.util.Objects.requireNonNull;

/**
 * {@code column = value} of a partition.
 *
 * @param column in lower case
 * @param value what stood in the quotes, or the number or word as it was written without
 */
public record PartitionValue(String column, String value)
{
    public PartitionValue
    {
        column = requireNonNull(column, "column is null").toLowerCase(Locale.ENGLISH);
        requireNonNull(value, "value is null");
    }
}
