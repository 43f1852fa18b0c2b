package io.tarn.format;

import com.google.common.collect.ImmutableList;

import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * What a file says of itself.
 *
 * @param rowGroups the parts that it can be read in: row groups, stripes
 * @param codec how its columns are compressed, as the format names it; several, joined by commas, where they differ, and
 *         empty where it holds none
 * @param columns of the columns that were asked for, those that the file has; the leaves of nested ones
 * @param bytesRead what it took to find out; none where the file was known
 */
public record FileDetails(long rows, long rowGroups, Optional<String> codec, List<ColumnDetails> columns, long bytesRead)
{
    public FileDetails
    {
        requireNonNull(codec, "codec is null");
        columns = ImmutableList.copyOf(columns);
    }
}
