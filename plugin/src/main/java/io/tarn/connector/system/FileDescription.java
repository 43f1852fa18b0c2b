package io.tarn.connector.system;

import com.google.common.collect.ImmutableList;
import io.tarn.format.FileColumn;
import io.tarn.format.FileStatistics;
import io.tarn.format.RowGroupStatistics;
import io.trino.spi.type.ArrayType;
import io.trino.spi.type.MapType;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
        if (statistics.rowGroups().isEmpty()) {
            // a file without rows says nothing of columns
            return new FileDescription(Optional.of(statistics), ImmutableList.of(), Optional.empty());
        }
        RowGroupStatistics first = statistics.rowGroups().getFirst();
        List<ColumnDetails> columns = asked.stream()
                .filter(column -> !statistics.absent().contains(column))
                .flatMap(column -> told(column, first))
                .map(column -> ColumnDetails.of(column, statistics.rowGroups()))
                .collect(toImmutableList());
        return new FileDescription(Optional.of(statistics), columns, Optional.empty());
    }

    /**
     * What an array or a map holds where the file tells of that; any other column itself.
     */
    private static Stream<FileColumn> told(FileColumn column, RowGroupStatistics rowGroup)
    {
        if (!(column.type() instanceof ArrayType || column.type() instanceof MapType)) {
            return Stream.of(column);
        }
        int depth = column.path().size();
        List<FileColumn> elements = rowGroup.columns().keySet().stream()
                .filter(candidate -> candidate.ordinal() == column.ordinal() && candidate.path().size() > depth && candidate.path().subList(0, depth).equals(column.path()))
                .collect(toImmutableList());
        return elements.isEmpty() ? Stream.of(column) : elements.stream();
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
