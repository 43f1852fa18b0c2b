package io.tarn.format.line.source;

import java.io.IOException;
import java.io.InputStream;

import static java.util.Objects.requireNonNull;

/**
 * Counts and times what is read from storage, and marks what fails there, so that a failure of the storage can be told
 * from damaged content further up.
 */
final class StorageStream
        extends InputStream
{
    private final InputStream stream;
    private long bytesRead;
    private long readNanos;

    StorageStream(InputStream stream)
    {
        this.stream = requireNonNull(stream, "stream is null");
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
        long start = System.nanoTime();
        try {
            int count = stream.read(buffer, offset, length);
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

    static final class StorageException
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
