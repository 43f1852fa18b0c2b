package io.tarn.statistics;

import com.google.common.collect.ImmutableList;
import io.trino.spi.type.Type;

import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * A column of which statistics are wanted, or a field nested in one.
 *
 * @param name the column's name, in lower case
 * @param ordinal its position among the table's data columns; -1 for a partition key
 * @param path names of the nested fields to descend into, outermost first; empty for the whole column
 * @param type its type in the table
 */
public record StatisticsColumn(String name, int ordinal, List<String> path, Type type)
{
    public StatisticsColumn
    {
        requireNonNull(name, "name is null");
        path = ImmutableList.copyOf(path);
        requireNonNull(type, "type is null");
    }

    boolean isPartitionKey()
    {
        return ordinal < 0;
    }
}
