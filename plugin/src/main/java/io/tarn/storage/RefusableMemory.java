package io.tarn.storage;

import com.google.common.util.concurrent.ListenableFuture;
import io.trino.memory.context.AggregatedMemoryContext;
import io.trino.memory.context.LocalMemoryContext;

import static com.google.common.util.concurrent.Futures.immediateVoidFuture;

/**
 * Counts what one output stream holds, and how often it says so; and on demand refuses to hear of it any more.
 */
final class RefusableMemory
        implements AggregatedMemoryContext, LocalMemoryContext
{
    private long bytes;
    private int reports;
    private boolean refusing;

    void refuse()
    {
        refusing = true;
    }

    int reports()
    {
        return reports;
    }

    @Override
    public AggregatedMemoryContext newAggregatedMemoryContext()
    {
        return this;
    }

    @Override
    public LocalMemoryContext newLocalMemoryContext(String allocationTag)
    {
        return this;
    }

    @Override
    public long getBytes()
    {
        return bytes;
    }

    @Override
    public ListenableFuture<Void> setBytes(long bytes)
    {
        if (refusing) {
            throw new AbandonedException();
        }
        this.bytes = bytes;
        reports++;
        return immediateVoidFuture();
    }

    @Override
    public ListenableFuture<Void> addBytes(long delta)
    {
        return setBytes(bytes + delta);
    }

    @Override
    public boolean trySetBytes(long bytes)
    {
        setBytes(bytes);
        return true;
    }

    @Override
    public void close()
    {
        bytes = 0;
        if (refusing) {
            throw new AbandonedException();
        }
    }

    static final class AbandonedException
            extends RuntimeException
    {
        private AbandonedException()
        {
            super("The file is given up");
        }
    }
}
