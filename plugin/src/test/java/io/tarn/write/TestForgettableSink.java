package io.tarn.write;

import com.google.common.collect.ImmutableList;
import io.airlift.json.JsonCodec;
import io.airlift.slice.Slice;
import io.trino.spi.Page;
import io.trino.spi.connector.ConnectorPageSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import static io.airlift.json.JsonCodec.jsonCodec;
import static io.airlift.slice.Slices.wrappedBuffer;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

final class TestForgettableSink
{
    private static final JsonCodec<WrittenFile> CODEC = jsonCodec(WrittenFile.class);
    private static final WrittenFile FILE = new WrittenFile(ImmutableList.of(), "s3://lake/folder", "s3://lake/folder/file", 1, 2);

    @Test
    @Timeout(60)
    void forgottenOneIsAborted()
            throws InterruptedException
    {
        CountingSink sink = new CountingSink();
        forget(sink);
        while (!sink.aborted.await(10, MILLISECONDS)) {
            System.gc();
        }
        assertThat(sink.appends).isEqualTo(1);
    }

    @Test
    void finishedOneIsNot()
    {
        CountingSink sink = new CountingSink();
        ForgettableSink forgettable = new ForgettableSink(sink, CODEC);
        forgettable.append(new Page(1));
        assertThat(forgettable.finish()).isEqualTo(List.of(FILE));
        forgettable.abort();
        assertThat(sink.aborted.getCount()).isEqualTo(1);
    }

    // in a frame of its own, so that nothing here still refers to it
    private static void forget(CountingSink sink)
    {
        new ForgettableSink(sink, CODEC).append(new Page(1));
    }

    private static final class CountingSink
            implements ConnectorPageSink
    {
        private final CountDownLatch aborted = new CountDownLatch(1);
        private int appends;

        @Override
        public CompletableFuture<?> appendPage(Page page)
        {
            appends++;
            return NOT_BLOCKED;
        }

        @Override
        public CompletableFuture<Collection<Slice>> finish()
        {
            return CompletableFuture.completedFuture(ImmutableList.of(wrappedBuffer(CODEC.toJsonBytes(FILE))));
        }

        @Override
        public void abort()
        {
            aborted.countDown();
        }
    }
}
