package io.tarn.connector.system;

import com.google.common.collect.ImmutableList;
import io.tarn.format.FileColumn;
import io.tarn.format.FileStatistics;

import java.util.List;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * What a file says of itself.
 *
 * @param statistics empty where its format does not tell, or it cannot be understood
 * @param columns those of the columns asked for that the file has
 * @param error why it cannot be understood
 */
record FileDescription(Optional<FileStatistics> statistics, List<ColumnDetails> columns, Optional<String> error)
{
    FileDescription
    {
        requireNonNull(statistics, "statistics is null");
        columns = ImmutableList.copyOf(columns);
        requireNonNull(error, "error is null");
    }

    static FileDescription of(FileStatistics statistics, List<FileColumn> asked)
    {
        // a file without rows says nothing of columns
        List<ColumnDetails> columns = statistics.rowGroups().isEmpty() ? ImmutableList.of() : asked.stream()
                                                                                              .filter(column -> !statistics.absent().contains(column))
                                                                                              .map(column -> ColumnDetails.of(column, statistics.rowGroups()))
                                                                                              .collect(toImmutableList());
        return new FileDescription(Optional.of(statistics), columns, Optional.empty());
    }

    static FileDescription ofUndescribed()
    {
        return new FileDescription(Optional.empty(), ImmutableList.of(), Optional.empty());
    }

    static FileDescription ofBroken(String error)
    {
        return new FileDescription(Optional.empty(), ImmutableList.of(), Optional.of(error));
    }

    long bytesRead()
    {
        return statistics.map(FileStatistics::bytesRead).orElse(0L);
    }
}
