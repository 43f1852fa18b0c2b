package io.tarn.format.line.source;

import io.trino.filesystem.Location;
import io.trino.filesystem.TrinoInput;
import io.trino.filesystem.TrinoInputFile;
import io.trino.filesystem.TrinoInputStream;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;

import static java.lang.Math.min;
import static java.lang.Math.toIntExact;
import static java.util.Objects.requireNonNull;

/**
 * A file for a reader that wants one, although it goes from the start to the end: what is passed over is read too, so
 * that the bytes fetched are those of the file.
 */
public final class SequentialFile
        implements TrinoInputFile
{
    private final Location location;
    private final long length;
    private final InputStream stream;

    /**
     * @param stream the file's bytes from the first on
     */
    public SequentialFile(Location location, long length, InputStream stream)
    {
        this.location = requireNonNull(location, "location is null");
        this.length = length;
        this.stream = requireNonNull(stream, "stream is null");
    }

    @Override
    public TrinoInput newInput()
    {
        throw new UnsupportedOperationException("read from the start to the end");
    }

    @Override
    public TrinoInputStream newStream()
    {
        return new SequentialStream(stream);
    }

    @Override
    public long length()
    {
        return length;
    }

    @Override
    public Instant lastModified()
    {
        throw new UnsupportedOperationException("read from the start to the end");
    }

    @Override
    public boolean exists()
    {
        return true;
    }

    @Override
    public Location location()
    {
        return location;
    }

    private static final class SequentialStream
            extends TrinoInputStream
    {
        private final InputStream stream;
        private final byte[] skipped = new byte[8 * 1024];
        private long position;

        private SequentialStream(InputStream stream)
        {
            this.stream = stream;
        }

        @Override
        public long getPosition()
        {
            return position;
        }

        @Override
        public void seek(long position)
        {
            throw new UnsupportedOperationException("read from the start to the end");
        }

        @Override
        public int read()
                throws IOException
        {
            int value = stream.read();
            position += value < 0 ? 0 : 1;
            return value;
        }

        @Override
        public int read(byte[] buffer, int offset, int length)
                throws IOException
        {
            int count = stream.read(buffer, offset, length);
            position += Math.max(count, 0);
            return count;
        }

        @Override
        public long skip(long count)
                throws IOException
        {
            long remaining = count;
            while (remaining > 0) {
                int read = read(skipped, 0, toIntExact(min(remaining, skipped.length)));
                if (read < 0) {
                    break;
                }
                remaining -= read;
            }
            return count - remaining;
        }

        @Override
        public void close()
                throws IOException
        {
            stream.close();
        }
    }
}
