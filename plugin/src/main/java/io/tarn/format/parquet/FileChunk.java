package io.tarn.format.parquet;

import static java.util.Objects.requireNonNull;

/**
 * Where one column's values of one row group lie.
 *
 * @param column the leaf's path, dotted
 * @param start first byte
 * @param size bytes
 * @param valueCount values, nulls included
 * @param lz4Raw whether its pages are compressed with LZ4_RAW
 */
record FileChunk(String column, long start, long size, long valueCount, boolean lz4Raw)
{
    FileChunk
    {
        requireNonNull(column, "column is null");
    }
}
