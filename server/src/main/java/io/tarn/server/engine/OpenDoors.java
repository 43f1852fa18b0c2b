package io.tarn.server.engine;

import com.google.common.io.Closer;

import java.io.Closeable;
import java.io.IOException;

import static java.util.Objects.requireNonNull;

/**
 * What has been started so far, to be stopped in the opposite order. Safe to close from a shutdown hook while the
 * start is still under way: what is added after that is stopped at once.
 */
final class OpenDoors
        implements Closeable
{
    private final Closer closer = Closer.create();
    private boolean closed;

    synchronized void add(Closeable door)
            throws IOException
    {
        requireNonNull(door, "door is null");
        if (closed) {
            door.close();
            throw new IOException("The engine was stopped while it was starting");
        }
        closer.register(door);
    }

    @Override
    public synchronized void close()
            throws IOException
    {
        closed = true;
        closer.close();
    }
}
