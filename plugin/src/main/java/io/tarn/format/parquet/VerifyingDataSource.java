package io.tarn.format.parquet;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ListMultimap;
import com.google.common.collect.Multimaps;
import io.airlift.slice.Slice;
import io.trino.memory.context.AggregatedMemoryContext;
import io.trino.parquet.ChunkKey;
import io.trino.parquet.ChunkReader;
import io.trino.parquet.DiskRange;
import io.trino.parquet.ParquetDataSource;
import io.trino.parquet.ParquetDataSourceId;
import io.trino.parquet.reader.ChunkedInputStream;
import io.trino.spi.metrics.Metrics;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

import static java.util.Objects.requireNonNull;

/**
 * Stands between a file and a reader that believes what the file says: ranges must lie within the file before anything
 * is allocated for them, and the pages and indexes that they hold are verified as they arrive.
 */
final class VerifyingDataSource
        implements ParquetDataSource
{
    private final ChunkedDataSource delegate;
    private final long maxPageSize;
    private final boolean verifyChecksums;
    private final ParquetErrors errors;
    private final NavigableMap<Long, FileChunk> chunks = new TreeMap<>();
    private Set<ChunkKey> unread = Set.of();

    VerifyingDataSource(ChunkedDataSource delegate, long maxPageSize, boolean verifyChecksums, ParquetErrors errors)
    {
        this.delegate = requireNonNull(delegate, "delegate is null");
        this.maxPageSize = maxPageSize;
        this.verifyChecksums = verifyChecksums;
        this.errors = requireNonNull(errors, "errors is null");
    }

    /**
     * Tells where the column chunks lie, which is not known before the footer is read with this very source.
     */
    void expectChunks(Collection<FileChunk> expected)
    {
        expected.forEach(chunk -> chunks.put(chunk.start(), chunk));
    }

    /**
     * Column chunks that a reader plans to read, for their place in the file, but whose values nobody takes.
     */
    void leaveUnread(Set<ChunkKey> keys)
    {
        unread = Set.copyOf(keys);
    }

    @Override
    public Slice readFully(long position, int length)
            throws IOException
    {
        checkRange(position, length);
        Slice bytes = delegate.readFully(position, length);
        FileChunk chunk = chunks.get(position);
        return chunk == null ? bytes : pages(chunk).apply(bytes);
    }

    @Override
    public <K> Map<K, ChunkedInputStream> planRead(ListMultimap<K, DiskRange> ranges, AggregatedMemoryContext memoryContext)
    {
        ListMultimap<K, DiskRange> read = Multimaps.filterKeys(ranges, key -> !unread.contains(key));
        if (read.isEmpty()) {
            return ImmutableMap.of();
        }
        read.values().forEach(range -> checkRange(range.offset(), range.length()));
        ListMultimap<K, ChunkReader> planned = delegate.planChunksRead(read, memoryContext);
        ImmutableMap.Builder<K, ChunkedInputStream> streams = ImmutableMap.builder();
        for (K key : planned.keySet()) {
            streams.put(key, new ChunkedInputStream(verified(key, planned.get(key), memoryContext)));
        }
        return streams.buildOrThrow();
    }

    private List<ChunkReader> verified(Object key, List<ChunkReader> pieces, AggregatedMemoryContext memoryContext)
    {
        UnaryOperator<Slice> verifier = key instanceof ChunkKey ? pages(chunkAt(pieces.getFirst().getDiskOffset())) : this::verifyIndex;
        if (!(key instanceof ChunkKey) && pieces.size() > 1) {
            throw errors.badData("an index takes more than parquet.max-buffer-size");
        }
        List<ChunkReader> verified = new ArrayList<>(pieces.size());
        for (ChunkReader piece : pieces) {
            verified.add(new VerifiedChunk(piece, verifier, memoryContext.newLocalMemoryContext(VerifiedChunk.class.getSimpleName())));
        }
        return verified;
    }

    private FileChunk chunkAt(long offset)
    {
        Map.Entry<Long, FileChunk> chunk = chunks.floorEntry(offset);
        if (chunk == null || offset >= chunk.getKey() + chunk.getValue().size()) {
            throw errors.badData("pages are said to start at byte %s, where no column chunk is".formatted(offset));
        }
        return chunk.getValue();
    }

    private UnaryOperator<Slice> pages(FileChunk chunk)
    {
        if (chunk.lz4Raw()) {
            Lz4RawFraming framing = new Lz4RawFraming();
            PageVerifier verifier = new PageVerifier(chunk, maxPageSize, verifyChecksums, errors, framing);
            return bytes -> {
                verifier.accept(bytes);
                return framing.take();
            };
        }
        PageVerifier verifier = new PageVerifier(chunk, maxPageSize, verifyChecksums, errors, PageVerifier.Listener.NONE);
        return bytes -> {
            verifier.accept(bytes);
            return bytes;
        };
    }

    private Slice verifyIndex(Slice bytes)
    {
        boolean complete;
        try {
            complete = CompactThrift.structEnd(bytes, 0) >= 0;
        }
        catch (IllegalArgumentException e) {
            throw errors.badData("an index is none: " + e.getMessage());
        }
        if (!complete) {
            throw errors.badData("an index is cut short");
        }
        return bytes;
    }

    private void checkRange(long position, long length)
    {
        if (position < 0 || length < 0 || length > getEstimatedSize() - position) {
            throw errors.badData("it points to %s bytes at %s, but has %s bytes".formatted(length, position, getEstimatedSize()));
        }
    }

    @Override
    public ParquetDataSourceId getId()
    {
        return delegate.getId();
    }

    @Override
    public long getReadBytes()
    {
        return delegate.getReadBytes();
    }

    @Override
    public long getReadTimeNanos()
    {
        return delegate.getReadTimeNanos();
    }

    @Override
    public long getEstimatedSize()
    {
        return delegate.getEstimatedSize();
    }

    @Override
    public Slice readTail(int length)
            throws IOException
    {
        return delegate.readTail(length);
    }

    @Override
    public Metrics getMetrics()
    {
        return delegate.getMetrics();
    }

    @Override
    public void close()
            throws IOException
    {
        delegate.close();
    }
}
