package io.tarn.format;

import com.google.common.collect.ImmutableMap;

import java.util.Map;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * A part of a file.
 *
 * @param rows exactly
 * @param columns those of the columns asked for that the file has and of which something is known
 */
public record RowGroupStatistics(long rows, Map<FileColumn, ColumnChunkStatistics> columns)
{
    public RowGroupStatistics
    {
        checkArgument(rows >= 0, "rows is negative: %s", rows);
        columns = ImmutableMap.copyOf(columns);
    }
}
