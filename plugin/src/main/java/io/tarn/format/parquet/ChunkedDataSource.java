package io.tarn.format.parquet;

import com.google.common.collect.ListMultimap;
import io.trino.memory.context.AggregatedMemoryContext;
import io.trino.parquet.ChunkReader;
import io.trino.parquet.DiskRange;
import io.trino.parquet.ParquetDataSource;

/**
 * A file's bytes, and the plan of how ranges of them are fetched.
 */
interface ChunkedDataSource
        extends ParquetDataSource
{
    /**
     * The pieces in which each key's ranges are fetched, in the order of the file; nothing is fetched yet.
     */
    <K> ListMultimap<K, ChunkReader> planChunksRead(ListMultimap<K, DiskRange> ranges, AggregatedMemoryContext memoryContext);
}
