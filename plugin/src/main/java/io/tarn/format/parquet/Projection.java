package io.tarn.format.parquet;

import com.google.common.collect.ImmutableList;
import io.trino.parquet.Column;

import java.util.List;

/**
 * @param read what the reader reads, each of the file's columns once
 * @param sources where each column asked for comes from
 */
record Projection(List<Column> read, List<ColumnSource> sources)
{
    Projection
    {
        read = ImmutableList.copyOf(read);
        sources = ImmutableList.copyOf(sources);
    }
}
