package io.tarn.format.parquet;

import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ListMultimap;
import io.airlift.slice.Slice;
import io.airlift.slice.Slices;
import io.trino.filesystem.TrinoInput;
import io.trino.filesystem.TrinoInputFile;
import io.trino.memory.context.AggregatedMemoryContext;
import io.trino.memory.context.LocalMemoryContext;
import io.trino.parquet.ChunkReader;
import io.trino.parquet.DiskRange;
import io.trino.parquet.ParquetDataSourceId;
import io.trino.parquet.reader.ChunkedInputStream;
import io.trino.spi.metrics.Metrics;

import java.io.IOException;
import java.util.Map;

import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static java.lang.Math.min;
import static java.lang.Math.toIntExact;
import static java.util.Comparator.comparingLong;

/**
 * Fetches a small file whole, in one request.
 */
final class BufferedDataSource
        implements ChunkedDataSource
{
    private final ParquetDataSourceId id;
    private final LocalMemoryContext memoryUsage;
    private final long readBytes;
    private final long readTimeNanos;
    private final Metrics metrics;
    private Slice data;

    BufferedDataSource(TrinoInputFile file, int fileLength, AggregatedMemoryContext memoryContext, ParquetErrors errors)
    {
        id = new ParquetDataSourceId(file.location().toString());
        memoryUsage = memoryContext.newLocalMemoryContext(BufferedDataSource.class.getSimpleName());
        memoryUsage.setBytes(fileLength);
        long start = System.nanoTime();
        try (TrinoInput input = file.newInput()) {
            data = input.readTail(fileLength);
            metrics = input.getMetrics();
        }
        catch (IOException e) {
            throw errors.storage(e);
        }
        readTimeNanos = System.nanoTime() - start;
        readBytes = data.length();
        if (readBytes != fileLength) {
            throw errors.changed(readBytes);
        }
    }

    @Override
    public ParquetDataSourceId getId()
    {
        return id;
    }

    @Override
    public long getReadBytes()
    {
        return readBytes;
    }

    @Override
    public long getReadTimeNanos()
    {
        return readTimeNanos;
    }

    @Override
    public long getEstimatedSize()
    {
        return readBytes;
    }

    @Override
    public Slice readTail(int length)
    {
        int tail = min(data.length(), length);
        return data.slice(data.length() - tail, tail);
    }

    @Override
    public Slice readFully(long position, int length)
    {
        return data.slice(toIntExact(position), length);
    }

    @Override
    public <K> ListMultimap<K, ChunkReader> planChunksRead(ListMultimap<K, DiskRange> ranges, AggregatedMemoryContext memoryContext)
    {
        ImmutableListMultimap.Builder<K, ChunkReader> chunks = ImmutableListMultimap.builder();
        ranges.forEach((key, range) -> chunks.put(key, new BufferedChunk(range)));
        return chunks.orderValuesBy(comparingLong(ChunkReader::getDiskOffset)).build();
    }

    @Override
    public <K> Map<K, ChunkedInputStream> planRead(ListMultimap<K, DiskRange> ranges, AggregatedMemoryContext memoryContext)
    {
        return planChunksRead(ranges, memoryContext).asMap().entrySet().stream()
                .collect(toImmutableMap(Map.Entry::getKey, entry -> new ChunkedInputStream(entry.getValue())));
    }

    @Override
    public Metrics getMetrics()
    {
        return metrics;
    }

    @Override
    public void close()
    {
        data = Slices.EMPTY_SLICE;
        memoryUsage.close();
    }

    private final class BufferedChunk
            implements ChunkReader
    {
        private final DiskRange range;

        private BufferedChunk(DiskRange range)
        {
            this.range = range;
        }

        @Override
        public long getDiskOffset()
        {
            return range.offset();
        }

        @Override
        public Slice read()
        {
            return data.slice(toIntExact(range.offset()), toIntExact(range.length()));
        }

        @Override
        public void free() {}
    }
}
