package io.tarn.format;

import io.trino.filesystem.Location;
import io.trino.memory.context.AggregatedMemoryContext;
import io.trino.spi.TrinoException;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;

import static io.tarn.error.TarnErrorCode.TARN_WRITER_ERROR;
import static io.trino.memory.context.AggregatedMemoryContext.newSimpleAggregatedMemoryContext;
import static java.util.Objects.requireNonNull;

/**
 * The bytes of a file that is being written; the storage shows the file when the stream is closed. What goes wrong in
 * the storage is told as {@code TARN_WRITER_ERROR}.
 */
public final class UnfinishedFile
        extends OutputStream
{
    private final FileWrite write;
    private final AggregatedMemoryContext memoryContext = newSimpleAggregatedMemoryContext();
    private final OutputStream output;
    private long bytes;
    private boolean foreign;
    private boolean closed;

    public UnfinishedFile(FileWrite write)
    {
        this.write = requireNonNull(write, "write is null");
        try {
            output = write.fileSystem().newOutputFile(write.location()).create(memoryContext);
        }
        catch (IOException e) {
            throw failure(e);
        }
    }

    /**
     * Bytes that were written.
     */
    public long bytes()
    {
        return bytes;
    }

    /**
     * What the storage holds of them in memory, in bytes.
     */
    public long memoryUsage()
    {
        return memoryContext.getBytes();
    }

    @Override
    public void write(int value)
    {
        try {
            output.write(value);
            bytes++;
        }
        catch (IOException e) {
            throw failure(e);
        }
    }

    @Override
    public void write(byte[] buffer, int offset, int length)
    {
        try {
            output.write(buffer, offset, length);
            bytes += length;
        }
        catch (IOException e) {
            throw failure(e);
        }
    }

    @Override
    public void flush()
    {
        // the storage decides when it sends what it has
    }

    /**
     * Makes the file visible.
     */
    @Override
    public void close()
    {
        if (closed) {
            return;
        }
        closed = true;
        try {
            output.close();
        }
        catch (IOException e) {
            throw failure(e);
        }
    }

    /**
     * Sees to it that there is no such file.
     */
    public void abort()
    {
        try {
            if (!closed) {
                closed = true;
                output.close();
            }
        }
        catch (IOException e) {
            foreign |= e instanceof FileAlreadyExistsException;
        }
        catch (RuntimeException _) {
            // the file is deleted in any case
        }
        // a file that was there before is somebody else's
        if (foreign) {
            return;
        }
        try {
            write.fileSystem().deleteFile(write.location());
        }
        catch (IOException | RuntimeException _) {
            // whoever asked for it has given the file up, and looks for what is left of it
        }
    }

    private TrinoException failure(IOException failure)
    {
        Location location = write.location();
        if (failure instanceof FileAlreadyExistsException) {
            foreign = true;
            return new TrinoException(TARN_WRITER_ERROR, "Cannot write %s: there is a file of this name already. Run the statement again.".formatted(location), failure);
        }
        return new TrinoException(TARN_WRITER_ERROR, "Cannot write %s: %s. Check that the storage can be reached and may be written to, and run the statement again.".formatted(location, failure.getMessage()), failure);
    }
}
