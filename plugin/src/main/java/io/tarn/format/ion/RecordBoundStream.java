package io.tarn.format.ion;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Fails when more is read for one value than a value may have, so that a reader cannot be made to hold all of a file.
 */
final class RecordBoundStream
        extends FilterInputStream
{
    /**
     * What readers fetch ahead.
     */
    private static final int READ_AHEAD = 256 * 1024;

    private final long maxBytes;
    private long bytes;

    RecordBoundStream(InputStream stream, long maxBytes)
    {
        super(stream);
        this.maxBytes = maxBytes;
    }

    /**
     * The next value begins.
     */
    void beginValue()
    {
        bytes = 0;
    }

    @Override
    public int read()
            throws IOException
    {
        int value = super.read();
        count(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length)
            throws IOException
    {
        int count = super.read(buffer, offset, length);
        count(count);
        return count;
    }

    @Override
    public long skip(long length)
            throws IOException
    {
        long count = super.skip(length);
        count(count);
        return count;
    }

    private void count(long count)
            throws TooLargeException
    {
        bytes += Math.max(0, count);
        if (bytes > maxBytes + READ_AHEAD) {
            throw new TooLargeException();
        }
    }

    static final class TooLargeException
            extends IOException {}
}
