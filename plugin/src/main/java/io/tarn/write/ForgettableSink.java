package io.tarn.write;

import io.airlift.json.JsonCodec;
import io.airlift.log.Logger;
import io.airlift.slice.Slice;
import io.trino.spi.Page;
import io.trino.spi.classloader.ThreadContextClassLoader;
import io.trino.spi.connector.ConnectorPageSink;

import java.lang.ref.Cleaner;
import java.util.Collection;
import java.util.List;

import static io.airlift.concurrent.MoreFutures.getFutureValue;
import static java.lang.ref.Reference.reachabilityFence;
import static java.util.Objects.requireNonNull;

/**
 * A sink that is aborted when the last reference to it is gone, if it was neither finished nor aborted before: the engine
 * drops what processes a table function's rows without a word when another part of the query fails.
 */
public final class ForgettableSink
{
    private static final Logger log = Logger.get(ForgettableSink.class);
    private static final Cleaner CLEANER = Cleaner.create(Thread.ofPlatform().name("tarn-forgotten-sinks").factory());

    private final OpenSink open;
    private final JsonCodec<WrittenFile> codec;

    ForgettableSink(ConnectorPageSink sink, JsonCodec<WrittenFile> codec)
    {
        this.open = new OpenSink(sink);
        this.codec = requireNonNull(codec, "codec is null");
        CLEANER.register(this, open::forgotten);
    }

    public void append(Page page)
    {
        try {
            open.append(page);
        }
        finally {
            reachabilityFence(this);
        }
    }

    /**
     * @return the files, all whole
     */
    public List<WrittenFile> finish()
    {
        try {
            return open.finish().stream().map(fragment -> codec.fromJson(fragment.getBytes())).toList();
        }
        finally {
            reachabilityFence(this);
        }
    }

    /**
     * Gives up what is not finished, and deletes what is.
     */
    public void abort()
    {
        open.abort();
    }

    /**
     * Knows nothing of who holds it, which would otherwise never be forgotten.
     */
    private static final class OpenSink
    {
        private final ConnectorPageSink sink;
        private boolean ended;

        OpenSink(ConnectorPageSink sink)
        {
            this.sink = requireNonNull(sink, "sink is null");
        }

        synchronized void append(Page page)
        {
            getFutureValue(sink.appendPage(page));
        }

        synchronized Collection<Slice> finish()
        {
            Collection<Slice> fragments = getFutureValue(sink.finish());
            ended = true;
            return fragments;
        }

        synchronized void abort()
        {
            if (!ended) {
                ended = true;
                sink.abort();
            }
        }

        void forgotten()
        {
            try (ThreadContextClassLoader _ = new ThreadContextClassLoader(getClass().getClassLoader())) {
                abort();
            }
            catch (RuntimeException e) {
                log.warn(e, "What a failed statement had begun to write could not all be given up");
            }
        }
    }
}
