package io.tarn.format.parquet;

import io.airlift.slice.Slice;
import io.trino.memory.context.LocalMemoryContext;
import io.trino.parquet.ChunkReader;

import java.io.IOException;
import java.util.function.UnaryOperator;

import static java.util.Objects.requireNonNull;

/**
 * A piece of a file that is verified, and framed where it must be, when it arrives.
 */
final class VerifiedChunk
        implements ChunkReader
{
    private final ChunkReader delegate;
    private final UnaryOperator<Slice> verifier;
    private final LocalMemoryContext memoryUsage;
    private Slice bytes;

    /**
     * @param verifier gives back what it was given, or a copy that the reader takes in its stead
     */
    VerifiedChunk(ChunkReader delegate, UnaryOperator<Slice> verifier, LocalMemoryContext memoryUsage)
    {
        this.delegate = requireNonNull(delegate, "delegate is null");
        this.verifier = requireNonNull(verifier, "verifier is null");
        this.memoryUsage = requireNonNull(memoryUsage, "memoryUsage is null");
    }

    @Override
    public long getDiskOffset()
    {
        return delegate.getDiskOffset();
    }

    @Override
    public Slice read()
            throws IOException
    {
        if (bytes == null) {
            Slice arrived = delegate.read();
            bytes = verifier.apply(arrived);
            if (bytes != arrived) {
                memoryUsage.setBytes(bytes.length());
            }
        }
        return bytes;
    }

    @Override
    public void free()
    {
        bytes = null;
        memoryUsage.setBytes(0);
        delegate.free();
    }
}
