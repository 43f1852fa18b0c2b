package io.tarn.athena.statement;

import com.google.common.collect.ImmutableList;

import java.util.List;
import java.util.Locale;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * {@code DESCRIBE|DESC [EXTENDED|FORMATTED] table [PARTITION (...)] [column[.field]...]}, which also takes views.
 *
 * @param partition empty for the table itself
 * @param column a column and the fields below it, in lower case; {@code $elem$}, {@code $key$} and {@code $value$}
 *         go into arrays and maps; empty for the whole table
 */
public record DescribeTable(TableName table, Detail detail, List<PartitionValue> partition, List<String> column)
        implements ShowStatement
{
    public enum Detail
    {
        PLAIN,
        EXTENDED,
        FORMATTED,
        /**/
    }

    public DescribeTable
    {
        requireNonNull(table, "table is null");
        requireNonNull(detail, "detail is null");
        partition = ImmutableList.copyOf(partition);
        column = column.stream().map(name -> name.toLowerCase(Locale.ENGLISH)).collect(toImmutableList());
    }
}
