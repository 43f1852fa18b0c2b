package io.tarn.athena.statement;

import com.google.common.collect.ImmutableList;

import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * {@code ALTER TABLE name [PARTITION (...)] SET LOCATION location}.
 *
 * @param partition empty for the table itself
 */
public record SetLocation(TableName table, List<PartitionValue> partition, String location)
        implements TableStatement
{
    public SetLocation
    {
        requireNonNull(table, "table is null");
        partition = ImmutableList.copyOf(partition);
        requireNonNull(location, "location is null");
    }
}
