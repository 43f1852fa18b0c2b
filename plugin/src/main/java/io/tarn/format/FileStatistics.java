package io.tarn.format;

import com.google.common.collect.ImmutableList;

import java.util.List;

/**
 * What a file tells of its rows without its data being read.
 *
 * @param rowGroups the independent parts of the file in their order: row groups, stripes
 */
public record FileStatistics(List<RowGroupStatistics> rowGroups)
{
    public FileStatistics
    {
        rowGroups = ImmutableList.copyOf(rowGroups);
    }

    public long rows()
    {
        return rowGroups.stream().mapToLong(RowGroupStatistics::rows).sum();
    }
}
