package io.tarn.storage;

import io.trino.filesystem.Location;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

import static java.util.Objects.requireNonNull;

/**
 * Writes to a hidden file, which closing publishes; after a failed write closing removes it instead.
 */
final class FolderOutputStream
        extends OutputStream
{
    private final OutputStream output;
    private final Location location;
    private final Path unpublished;
    private final Publication publication;
    private boolean failed;
    private boolean closed;

    FolderOutputStream(OutputStream output, Location location, Path unpublished, Publication publication)
    {
        this.output = requireNonNull(output, "output is null");
        this.location = requireNonNull(location, "location is null");
        this.unpublished = requireNonNull(unpublished, "unpublished is null");
        this.publication = requireNonNull(publication, "publication is null");
    }

    @Override
    public void write(int value)
            throws IOException
    {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] buffer, int offset, int length)
            throws IOException
    {
        checkOpen();
        try {
            output.write(buffer, offset, length);
        }
        catch (IOException e) {
            failed = true;
            throw new IOException("Writing %s failed: %s".formatted(location, e.getMessage()), e);
        }
    }

    @Override
    public void flush()
            throws IOException
    {
        checkOpen();
        output.flush();
    }

    @Override
    public void close()
            throws IOException
    {
        if (closed) {
            return;
        }
        closed = true;
        try {
            output.close();
            if (!failed) {
                publication.publish();
            }
        }
        finally {
            Files.deleteIfExists(unpublished);
        }
    }

    /**
     * Closes without publishing.
     */
    void abort()
            throws IOException
    {
        failed = true;
        close();
    }

    private void checkOpen()
            throws IOException
    {
        if (closed) {
            throw new IOException("Output stream is closed: " + location);
        }
        if (failed) {
            throw new IOException("An earlier write to this file failed: " + location);
        }
    }

    interface Publication
    {
        void publish()
                throws IOException;
    }
}
