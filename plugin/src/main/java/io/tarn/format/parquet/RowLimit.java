package io.tarn.format.parquet;

import com.google.common.collect.ImmutableList;
import io.tarn.format.FileRead;

import java.util.List;
import java.util.function.ToLongFunction;

/**
 * The row groups that hold as many rows as are enough.
 */
record RowLimit(long rows)
{
    /**
     * Where there is a filter, nobody knows how many rows of a row group satisfy it.
     */
    static RowLimit of(FileRead read, FilePredicate predicate)
    {
        return new RowLimit(predicate.fields().isEmpty() ? read.maxRows() : Long.MAX_VALUE);
    }

    <T> List<T> rowGroups(List<T> rowGroups, ToLongFunction<T> rowCount)
    {
        ImmutableList.Builder<T> enough = ImmutableList.builder();
        long remaining = rows;
        for (T rowGroup : rowGroups) {
            if (remaining <= 0) {
                break;
            }
            enough.add(rowGroup);
            remaining -= rowCount.applyAsLong(rowGroup);
        }
        return enough.build();
    }
}
