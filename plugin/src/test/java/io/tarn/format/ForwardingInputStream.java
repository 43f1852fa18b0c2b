package io.tarn.format;

import io.trino.filesystem.TrinoInputStream;

import java.io.IOException;

import static java.util.Objects.requireNonNull;

/**
 * Another stream's bytes, to be counted or broken off on their way.
 */
public abstract class ForwardingInputStream
        extends TrinoInputStream
{
    protected final TrinoInputStream stream;

    protected ForwardingInputStream(TrinoInputStream stream)
    {
        this.stream = requireNonNull(stream, "stream is null");
    }

    @Override
    public long getPosition()
            throws IOException
    {
        return stream.getPosition();
    }

    @Override
    public void seek(long position)
            throws IOException
    {
        stream.seek(position);
    }

    @Override
    public void close()
            throws IOException
    {
        stream.close();
    }
}
