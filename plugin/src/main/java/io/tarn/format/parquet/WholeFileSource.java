package io.tarn.format.parquet;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ListMultimap;
import io.airlift.slice.Slice;
import io.airlift.slice.Slices;
import io.trino.filesystem.TrinoInputFile;
import io.trino.memory.context.AggregatedMemoryContext;
import io.trino.memory.context.LocalMemoryContext;
import io.trino.parquet.ChunkReader;
import io.trino.parquet.DiskRange;
import io.trino.parquet.ParquetDataSource;
import io.trino.parquet.ParquetDataSourceId;
import io.trino.parquet.reader.ChunkedInputStream;
import io.trino.spi.metrics.Metrics;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

import static java.lang.Math.min;
import static java.lang.Math.toIntExact;

/**
 * A small file, read in one request.
 */
final class WholeFileSource
        implements ParquetDataSource
{
    private final ParquetDataSourceId id;
    private final LocalMemoryContext memory;
    private final long readTimeNanos;
    private final long length;
    private Slice data;

    WholeFileSource(TrinoInputFile file, long fileLength, AggregatedMemoryContext memoryContext)
            throws IOException
    {
        id = new ParquetDataSourceId(file.location().toString());
        memory = memoryContext.newLocalMemoryContext(WholeFileSource.class.getSimpleName());
        memory.setBytes(fileLength);
        long start = System.nanoTime();
        try (InputStream stream = file.newStream()) {
            byte[] bytes = stream.readNBytes(toIntExact(fileLength));
            if (bytes.length < fileLength) {
                throw new EOFException("The file has %s bytes, but was listed with %s".formatted(bytes.length, fileLength));
            }
            data = Slices.wrappedBuffer(bytes);
        }
        readTimeNanos = System.nanoTime() - start;
        length = data.length();
    }

    @Override
    public ParquetDataSourceId getId()
    {
        return id;
    }

    @Override
    public long getReadBytes()
    {
        return length;
    }

    @Override
    public long getReadTimeNanos()
    {
        return readTimeNanos;
    }

    @Override
    public long getEstimatedSize()
    {
        return length;
    }

    @Override
    public Slice readTail(int tailLength)
    {
        int size = min(data.length(), tailLength);
        return data.slice(data.length() - size, size);
    }

    @Override
    public Slice readFully(long position, int rangeLength)
    {
        return data.slice(toIntExact(position), rangeLength);
    }

    @Override
    public <K> Map<K, ChunkedInputStream> planRead(ListMultimap<K, DiskRange> ranges, AggregatedMemoryContext memoryContext)
    {
        ImmutableMap.Builder<K, ChunkedInputStream> streams = ImmutableMap.builder();
        ranges.asMap().forEach((key, keyRanges) -> {
            List<? extends ChunkReader> chunks = keyRanges.stream().map(Chunk::new).toList();
            streams.put(key, new ChunkedInputStream(chunks));
        });
        return streams.buildOrThrow();
    }

    @Override
    public Metrics getMetrics()
    {
        return Metrics.EMPTY;
    }

    @Override
    public void close()
    {
        data = null;
        memory.close();
    }

    private final class Chunk
            implements ChunkReader
    {
        private final DiskRange range;

        private Chunk(DiskRange range)
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
