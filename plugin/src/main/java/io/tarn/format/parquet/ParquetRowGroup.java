package io.tarn.format.parquet;

import com.google.common.collect.ImmutableList;

import java.util.List;

/**
 * @param start first byte; a row group belongs to the slice in which it lies
 * @param totalBytes bytes of all its columns, compressed
 * @param chunks of the leaf columns that a read of the columns asked for would touch
 */
public record ParquetRowGroup(long start, long totalBytes, long rowCount, List<ParquetColumnChunk> chunks)
{
    public ParquetRowGroup
    {
        chunks = ImmutableList.copyOf(chunks);
    }
}
