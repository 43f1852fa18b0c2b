package io.tarn.athena.statement;

import com.google.common.collect.ImmutableList;

import java.util.List;
import java.util.Optional;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * @param values at least one, in the order written
 * @param location empty for the folder that the values name
 */
public record PartitionLocation(List<PartitionValue> values, Optional<String> location)
{
    public PartitionLocation
    {
        values = ImmutableList.copyOf(values);
        requireNonNull(location, "location is null");
        checkArgument(!values.isEmpty(), "a partition has a value");
    }
}
