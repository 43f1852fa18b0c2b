package io.tarn.athena.statement;

import com.google.common.collect.ImmutableList;

import java.util.List;
import java.util.Locale;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * {@code CLUSTERED BY (columns) [SORTED BY (...)] INTO n BUCKETS}.
 *
 * @param columns in lower case, at least one
 * @param buckets greater than zero
 */
public record Bucketing(List<String> columns, List<SortColumn> sortedBy, int buckets)
{
    /**
     * @param column in lower case
     */
    public record SortColumn(String column, boolean ascending)
    {
        public SortColumn
        {
            column = requireNonNull(column, "column is null").toLowerCase(Locale.ENGLISH);
        }
    }

    public Bucketing
    {
        columns = columns.stream().map(column -> column.toLowerCase(Locale.ENGLISH)).collect(toImmutableList());
        sortedBy = ImmutableList.copyOf(sortedBy);
        checkArgument(!columns.isEmpty(), "buckets need a column");
        checkArgument(buckets > 0, "the number of buckets is greater than zero");
    }
}
