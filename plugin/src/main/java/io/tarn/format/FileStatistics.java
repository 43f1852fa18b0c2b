package io.tarn.format;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;

import java.util.List;
import java.util.Set;

/**
 * What a file tells of its rows without its data being read.
 *
 * @param rowGroups the independent parts of the file in their order: row groups, stripes
 * @param absent those of the columns asked for that the file lacks, which are read as nulls
 * @param codecs how its columns are compressed, as the format names it; none where it holds no rows
 * @param bytesRead what it took to find out; none where the file was known
 */
public record FileStatistics(List<RowGroupStatistics> rowGroups, Set<FileColumn> absent, Set<String> codecs, long bytesRead)
{
    /**
     * @throws ArithmeticException for more rows than can be counted
     */
    public FileStatistics
    {
        rowGroups = ImmutableList.copyOf(rowGroups);
        absent = ImmutableSet.copyOf(absent);
        codecs = ImmutableSet.copyOf(codecs);
        rows(rowGroups);
    }

    public long rows()
    {
        return rows(rowGroups);
    }

    private static long rows(List<RowGroupStatistics> rowGroups)
    {
        return rowGroups.stream().mapToLong(RowGroupStatistics::rows).reduce(0, Math::addExact);
    }
}
