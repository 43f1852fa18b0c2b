package io.tarn.format.line.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Supplier;

import static java.lang.Math.min;
import static java.lang.Math.toIntExact;
import static java.util.Objects.requireNonNull;

/**
 * Counts, times and bounds what is read from storage, and marks what fails there, so that a failure of the storage can be told
 * from damaged content further up.
 */
public final class StorageStream
        extends InputStream
{
    private final InputStream stream;
    private final long allowance;
    private final Supplier<? extends RuntimeException> allowanceExceeded;
    private long bytesRead;
    private long readNanos;

    /**
     * @param allowance bytes after which a further read fails
     */
    StorageStream(InputStream stream, long allowance, Supplier<? extends RuntimeException> allowanceExceeded)
    {
        this.stream = requireNonNull(stream, "stream is null");
        this.allowance = allowance;
        this.allowanceExceeded = requireNonNull(allowanceExceeded, "allowanceExceeded is null");
    }

    long bytesRead()
    {
        return bytesRead;
    }

    long readNanos()
    {
        return readNanos;
    }

    @Override
    public int read()
            throws IOException
    {
        byte[] single = new byte[1];
        int count = read(single, 0, 1);
        return count < 0 ? -1 : single[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length)
            throws IOException
    {
        if (bytesRead >= allowance) {
            throw allowanceExceeded.get();
        }
        long start = System.nanoTime();
        try {
            int count = stream.read(buffer, offset, toIntExact(min(length, allowance - bytesRead)));
            if (count > 0) {
                bytesRead += count;
            }
            return count;
        }
        catch (IOException e) {
            throw new StorageException(e);
        }
        finally {
            readNanos += System.nanoTime() - start;
        }
    }

    @Override
    public long skip(long count)
            throws IOException
    {
        try {
            return stream.skip(count);
        }
        catch (IOException e) {
            throw new StorageException(e);
        }
    }

    @Override
    public void close()
            throws IOException
    {
        stream.close();
    }

    /**
     * A failure of the storage, which is the cause.
     */
    public static final class StorageException
            extends IOException
    {
        StorageException(IOException cause)
        {
            super(requireNonNull(cause, "cause is null"));
        }

        @Override
        public synchronized IOException getCause()
        {
            return (IOException) super.getCause();
        }
    }
}
