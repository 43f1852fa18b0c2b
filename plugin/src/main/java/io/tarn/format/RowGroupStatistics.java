package io.tarn.format;

import com.google.common.collect.ImmutableMap;

import java.util.Map;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * A part of a file.
 *
 * @param rows exactly
 * @param columns those of the columns asked for that the file has and of which something is known; of arrays and maps
 *         instead what they hold, where the file tells, under paths that lead on by its own names, and there counted by
 *         elements in place of rows: no elements are no distinct values among none
 */
public record RowGroupStatistics(long rows, Map<FileColumn, ColumnChunkStatistics> columns)
{
    public RowGroupStatistics
    {
        checkArgument(rows >= 0, "rows is negative: %s", rows);
        columns = ImmutableMap.copyOf(columns);
    }
}
