package io.tarn.format.orc;

import com.google.common.cache.Cache;
import com.google.common.primitives.Ints;
import com.google.common.util.concurrent.UncheckedExecutionException;
import com.google.inject.Inject;
import io.tarn.format.FileErrors;
import io.tarn.format.FileRead;
import io.tarn.format.FileSlice;
import io.trino.cache.EvictableCacheBuilder;
import io.trino.orc.metadata.Stream;
import io.trino.orc.stream.OrcChunkLoader;
import io.trino.orc.stream.OrcInputStream;
import io.trino.spi.TrinoException;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

import static com.google.common.base.Throwables.throwIfUnchecked;
import static io.airlift.slice.SizeOf.estimatedSizeOf;
import static io.trino.memory.context.AggregatedMemoryContext.newSimpleAggregatedMemoryContext;
import static io.trino.orc.OrcDecompressor.createOrcDecompressor;
import static java.lang.Math.toIntExact;
import static java.util.Objects.requireNonNull;

/**
 * The tails of files, and the footers of their stripes, that estimates were made from, so that the slices of a file and
 * the queries that follow read them once. A file that was written anew has another length or modification time, and
 * with it another tail here.
 */
public class OrcTails
{
    /**
     * What the smallest entry takes besides its content.
     */
    private static final int ENTRY_SIZE = 2048;
    private static final int STREAM_SIZE = 48;

    private final Cache<FileKey, OrcTail> tails;
    private final Cache<StripeKey, List<Stream>> stripes;

    @Inject
    public OrcTails(OrcReadConfig config)
    {
        long half = config.getFooterCacheSize().toBytes() / 2;
        tails = EvictableCacheBuilder.newBuilder()
                .maximumWeight(half)
                .weigher((FileKey key, OrcTail tail) -> Ints.saturatedCast(ENTRY_SIZE + estimatedSizeOf(key.location()) + tail.retainedSize()))
                .shareNothingWhenDisabled()
                .build();
        stripes = EvictableCacheBuilder.newBuilder()
                .maximumWeight(half)
                .weigher((StripeKey key, List<Stream> streams) -> Ints.saturatedCast(ENTRY_SIZE + estimatedSizeOf(key.file().location()) + (long) STREAM_SIZE * streams.size()))
                .shareNothingWhenDisabled()
                .build();
    }

    /**
     * A file's tail, read with one request where the last 16 kB hold it, with two otherwise, and with none where it is
     * known.
     *
     * @throws TrinoException as {@link OrcFormat#open} throws it; such a file is read again the next time
     */
    OrcTail tail(FileRead read, OrcReadOptions options, FileErrors errors)
    {
        return fetch(read, options, errors).tail();
    }

    /**
     * The same, and what it cost.
     */
    FetchedTail fetch(FileRead read, OrcReadOptions options, FileErrors errors)
    {
        AtomicBoolean fetched = new AtomicBoolean();
        OrcTail tail = get(tails, FileKey.of(read.slice()), errors, () -> {
            fetched.set(true);
            try (OrcSource source = source(read, options, errors)) {
                return TailReader.read(source, options.maxFooterSize().toBytes(), errors);
            }
        });
        return new FetchedTail(tail, fetched.get() ? tail.fetched() : 0);
    }

    /**
     * The streams of a stripe in the order in which they lie in it, read with one request where they are not known.
     */
    List<Stream> streams(FileRead read, OrcTail tail, OrcStripe stripe, OrcReadOptions options, FileErrors errors)
    {
        return get(stripes, new StripeKey(FileKey.of(read.slice()), stripe.offset()), errors, () -> {
            try (OrcSource source = source(read, options, errors);
                    OrcInputStream input = new OrcInputStream(OrcChunkLoader.create(
                            source.getId(),
                            source.readFully(stripe.footerOffset(), toIntExact(stripe.information().getFooterLength())),
                            createOrcDecompressor(source.getId(), tail.compression(), tail.bufferSize()),
                            newSimpleAggregatedMemoryContext()))) {
                return new StripeFooterReader(source.getId())
                        .readStripeFooter(tail.types(), input, ZoneId.of(options.timeZone().getID()))
                        .getStreams();
            }
        });
    }

    private static OrcSource source(FileRead read, OrcReadOptions options, FileErrors errors)
    {
        FileSlice file = read.slice();
        return new OrcSource(read.fileSystem().newInputFile(file.location(), file.fileLength(), file.modified()), file.fileLength(), options.ranges(), errors);
    }

    private static <K, V> V get(Cache<K, V> cache, K key, FileErrors errors, Callable<V> reader)
    {
        try {
            return cache.get(key, () -> {
                try {
                    return reader.call();
                }
                catch (IOException | RuntimeException e) {
                    throw errors.reading(Optional.empty(), e);
                }
            });
        }
        catch (ExecutionException | UncheckedExecutionException e) {
            throwIfUnchecked(e.getCause());
            throw errors.reading(Optional.empty(), e.getCause());
        }
    }

    /**
     * @param bytesRead none where the tail was known
     */
    record FetchedTail(OrcTail tail, long bytesRead) {}

    private record FileKey(String location, long length, Instant modified)
    {
        private FileKey
        {
            requireNonNull(location, "location is null");
            requireNonNull(modified, "modified is null");
        }

        private static FileKey of(FileSlice slice)
        {
            return new FileKey(slice.location().toString(), slice.fileLength(), slice.modified());
        }
    }

    private record StripeKey(FileKey file, long offset)
    {
        private StripeKey
        {
            requireNonNull(file, "file is null");
        }
    }
}
