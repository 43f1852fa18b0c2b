package io.tarn.format.line.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

import static com.google.common.base.Preconditions.checkArgument;
import static java.lang.Math.min;
import static java.lang.Math.toIntExact;

/**
 * Keeps a reader that fetches whole buffers from fetching one behind the end of its slice, where it needs no more than
 * the rest of a line.
 * <p>
 * A buffer that is being filled is said to be full when the end of the slice is reached, and then after every
 * {@link #STEP}. A reader fills a buffer from its beginning, so that a read to another place of it is one that goes on
 * filling; such a read is told that there is no more, and the next one that begins a buffer finds that there is.
 */
final class SliceEndStream
        extends FilterInputStream
{
    static final int STEP = 8 * 1024;

    private long position;
    private long boundary;

    /**
     * @param sliceEnd the first byte behind the slice, counted from where the stream is
     */
    SliceEndStream(InputStream stream, long sliceEnd)
    {
        super(stream);
        checkArgument(sliceEnd > 0, "sliceEnd is not positive: %s", sliceEnd);
        boundary = sliceEnd;
    }

    @Override
    public int read()
            throws IOException
    {
        int value = in.read();
        position += value < 0 ? 0 : 1;
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length)
            throws IOException
    {
        if (position >= boundary) {
            if (offset > 0) {
                return -1;
            }
            boundary = position + STEP;
        }
        int count = in.read(buffer, offset, toIntExact(min(length, boundary - position)));
        position += Math.max(count, 0);
        return count;
    }

    @Override
    public long skip(long count)
            throws IOException
    {
        long skipped = in.skip(count);
        position += skipped;
        return skipped;
    }
}
