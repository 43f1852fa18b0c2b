package io.tarn.format.orc;

import com.google.common.collect.ImmutableMap;
import io.airlift.slice.Slice;
import io.airlift.slice.Slices;
import io.tarn.format.FileErrors;
import io.tarn.format.orc.StreamRanges.StreamRange;
import io.trino.filesystem.TrinoInput;
import io.trino.filesystem.TrinoInputFile;
import io.trino.orc.DiskRange;
import io.trino.orc.OrcDataSource;
import io.trino.orc.OrcDataSourceId;
import io.trino.orc.StreamId;
import io.trino.orc.stream.OrcDataReader;
import io.trino.spi.metrics.Metrics;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static io.tarn.format.orc.StreamRanges.isIndex;
import static java.lang.Math.min;
import static java.lang.Math.toIntExact;
import static java.util.Objects.requireNonNull;

/**
 * The bytes of one file. What was fetched of its end is kept and not fetched again; a stripe's streams are fetched when
 * the first of a request is decoded, and kept until the next stripe's are asked for. Nothing outside the file is ever
 * asked for, nor room made for it.
 */
final class OrcSource
        implements OrcDataSource
{
    private final OrcDataSourceId id;
    private final TrinoInput input;
    private final long fileLength;
    private final StreamRanges ranges;
    private final FileErrors errors;
    private Slice tail = Slices.EMPTY_SLICE;
    private List<LazyRange> stripe = List.of();
    private boolean chunked;
    private long readBytes;
    private long readTimeNanos;

    OrcSource(TrinoInputFile file, long fileLength, StreamRanges ranges, FileErrors errors)
    {
        id = new OrcDataSourceId(file.location().toString());
        this.fileLength = fileLength;
        this.ranges = requireNonNull(ranges, "ranges is null");
        this.errors = requireNonNull(errors, "errors is null");
        try {
            input = file.newInput();
        }
        catch (IOException e) {
            throw errors.storage(e);
        }
    }

    /**
     * The last bytes of the file; only those are fetched that no earlier call did.
     */
    @Override
    public Slice readTail(int length)
    {
        int available = toIntExact(min(length, fileLength));
        if (available > tail.length()) {
            int lacking = available - tail.length();
            Slice extended = Slices.allocate(available);
            extended.setBytes(0, fetch(fileLength - available, lacking));
            extended.setBytes(lacking, tail);
            tail = extended;
        }
        return tail.slice(tail.length() - available, available);
    }

    /**
     * Tells that the streams of the file's stripes consist of chunks, as its tail says.
     */
    void expectChunks()
    {
        chunked = true;
    }

    /**
     * Where the bytes begin that {@link #readTail} has fetched.
     */
    long tailStart()
    {
        return fileLength - tail.length();
    }

    @Override
    public Slice readFully(long position, int length)
    {
        if (position < 0 || length < 0 || length > fileLength - position) {
            throw errors.badData("it points to %s bytes at %s, but has %s bytes".formatted(length, position, fileLength));
        }
        if (position >= tailStart()) {
            return tail.slice(toIntExact(position - tailStart()), length);
        }
        return fetch(position, length);
    }

    private Slice fetch(long position, int length)
    {
        if (length == 0) {
            return Slices.EMPTY_SLICE;
        }
        byte[] buffer = new byte[length];
        long start = System.nanoTime();
        try {
            input.readFully(position, buffer, 0, length);
        }
        catch (IOException e) {
            throw errors.storage(e);
        }
        readTimeNanos += System.nanoTime() - start;
        readBytes += length;
        return Slices.wrappedBuffer(buffer);
    }

    @Override
    public <K> Map<K, OrcDataReader> readFully(Map<K, DiskRange> diskRanges)
    {
        List<StreamRange> unknown = new ArrayList<>();
        diskRanges.forEach((stream, range) -> {
            // a reader that finds a stripe's checkpoints to be wrong asks for its streams a second time
            if (stripe.stream().noneMatch(known -> known.range().contains(range))) {
                unknown.add(new StreamRange(((StreamId) stream).getStreamKind(), range));
            }
        });
        if (!unknown.isEmpty()) {
            stripe = ranges.requests(unknown).stream().map(LazyRange::new).toList();
        }
        ImmutableMap.Builder<K, OrcDataReader> readers = ImmutableMap.builder();
        diskRanges.forEach((stream, range) -> {
            OrcDataReader reader = new LazyReader(range, lazyRange((StreamId) stream, range));
            // an index is read up to its end
            readers.put(stream, isIndex(((StreamId) stream).getStreamKind()) ? reader : new ValueStream(reader, chunked, errors));
        });
        return readers.buildOrThrow();
    }

    private LazyRange lazyRange(StreamId stream, DiskRange range)
    {
        return stripe.stream()
                .filter(known -> known.range().contains(range))
                .findFirst()
                .orElseThrow(() -> errors.badData("its stripes overlap at the bytes of stream " + stream));
    }

    @Override
    public OrcDataSourceId getId()
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
        return fileLength;
    }

    @Override
    public long getRetainedSize()
    {
        return tail.getRetainedSize();
    }

    @Override
    public Metrics getMetrics()
    {
        return input.getMetrics();
    }

    @Override
    public void close()
            throws IOException
    {
        stripe = List.of();
        tail = Slices.EMPTY_SLICE;
        input.close();
    }

    @Override
    public String toString()
    {
        return id.toString();
    }

    private final class LazyRange
    {
        private final DiskRange range;
        private Slice data;

        private LazyRange(DiskRange range)
        {
            this.range = range;
        }

        DiskRange range()
        {
            return range;
        }

        Slice slice(DiskRange part)
        {
            if (data == null) {
                data = readFully(range.offset(), range.length());
            }
            return data.slice(toIntExact(part.offset() - range.offset()), part.length());
        }
    }

    private final class LazyReader
            implements OrcDataReader
    {
        private final DiskRange range;
        private final LazyRange within;
        private Slice data;

        private LazyReader(DiskRange range, LazyRange within)
        {
            this.range = range;
            this.within = within;
        }

        @Override
        public OrcDataSourceId getOrcDataSourceId()
        {
            return id;
        }

        @Override
        public long getRetainedSize()
        {
            return data == null ? 0 : range.length();
        }

        @Override
        public int getSize()
        {
            return range.length();
        }

        @Override
        public int getMaxBufferSize()
        {
            return range.length();
        }

        @Override
        public Slice seekBuffer(int position)
        {
            if (data == null) {
                data = within.slice(range);
            }
            return data.slice(position, data.length() - position);
        }
    }
}
