package io.tarn.storage;

import io.airlift.log.Logger;
import io.trino.filesystem.Location;
import io.trino.filesystem.TrinoFileSystem;
import io.trino.spi.TrinoException;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.Set;

import static com.google.common.base.Preconditions.checkState;
import static com.google.common.base.Throwables.getCausalChain;
import static io.airlift.slice.SizeOf.instanceSize;
import static io.tarn.error.TarnErrorCode.TARN_WRITER_ERROR;
import static io.tarn.storage.StorageErrors.storageFailure;
import static java.util.Objects.requireNonNull;

/**
 * A file that is being written, and that is not there before {@link #publish}. The streams of the file systems publish
 * when they are closed, whatever has happened before, and cannot be told to give up; here closing the stream does
 * nothing, so that a writer of a format may close it in the course of a failure.
 * <p>
 * An object of S3 that is given up has never been there: what is held in memory is let go, and an upload in parts is
 * aborted. A part that is on its way at that moment may outlive the upload on some endpoints; a lifecycle rule for
 * incomplete uploads removes it.
 */
public final class NewFile
{
    private static final Logger log = Logger.get(NewFile.class);
    private static final int INSTANCE_SIZE = instanceSize(NewFile.class);
    private static final Set<String> S3_SCHEMES = Set.of("s3", "s3a", "s3n");

    private final TrinoFileSystem fileSystem;
    private final Location location;
    private final RefusableMemory memory;
    private final OutputStream output;
    private final OutputStream stream = new UnpublishedStream();
    private long bytes;
    private boolean partsSent;
    private boolean failed;
    private boolean ended;

    private NewFile(TrinoFileSystem fileSystem, Location location, RefusableMemory memory, OutputStream output)
    {
        this.fileSystem = requireNonNull(fileSystem, "fileSystem is null");
        this.location = requireNonNull(location, "location is null");
        this.memory = requireNonNull(memory, "memory is null");
        this.output = requireNonNull(output, "output is null");
    }

    /**
     * @throws TrinoException {@code TARN_WRITER_ERROR} where the storage does not take the file
     */
    public static NewFile create(TrinoFileSystem fileSystem, Location location)
    {
        RefusableMemory memory = new RefusableMemory();
        try {
            return new NewFile(fileSystem, location, memory, fileSystem.newOutputFile(location).create(memory));
        }
        catch (IOException | RuntimeException e) {
            throw writeFailure(location, e);
        }
    }

    /**
     * Where the content goes. Closing and flushing it do nothing.
     */
    public OutputStream stream()
    {
        return stream;
    }

    public Location location()
    {
        return location;
    }

    /**
     * How many bytes have come in through the stream.
     */
    public long bytes()
    {
        return bytes;
    }

    /**
     * What the storage's stream holds in memory, in bytes.
     */
    public long memoryUsage()
    {
        return INSTANCE_SIZE + memory.getBytes();
    }

    /**
     * Puts the file into the storage under its name. Called once, and nothing after it but {@link #abort}, which then
     * does nothing.
     *
     * @throws TrinoException {@code TARN_WRITER_ERROR}; the file is not there then
     */
    public void publish()
    {
        checkState(!ended, "already published or given up: %s", location);
        checkState(!failed, "an earlier write failed: %s", location);
        try {
            Uninterrupted.run(this::complete);
        }
        catch (IOException | RuntimeException e) {
            ended = true;
            throw writeFailure(location, e);
        }
        ended = true;
    }

    private void complete()
            throws IOException
    {
        try {
            output.close();
        }
        catch (FileAlreadyExistsException e) {
            // what was there before is not ours
            throw e;
        }
        catch (IOException | RuntimeException e) {
            // an answer may have been lost on its way
            delete();
            throw e;
        }
    }

    /**
     * Lets who writes the content write its end, and puts the file into the storage as {@link #publish()} does.
     *
     * @throws TrinoException {@code TARN_WRITER_ERROR} where either fails; the file is not there then
     */
    public void publish(Closeable writer)
    {
        try {
            writer.close();
        }
        catch (IOException | RuntimeException e) {
            abort();
            throw failure(e);
        }
        publish();
    }

    /**
     * Gives the file up. Nothing of it stays under its name.
     */
    public void abort()
    {
        if (ended) {
            return;
        }
        ended = true;
        try {
            Uninterrupted.run(this::giveUp);
        }
        catch (IOException | RuntimeException e) {
            log.warn(e, "Giving up %s failed", location);
        }
    }

    private void giveUp()
            throws IOException
    {
        if (output instanceof FolderOutputStream folder) {
            folder.abort();
        }
        else if (location.scheme().filter(S3_SCHEMES::contains).isEmpty()) {
            output.close();
            delete();
        }
        else if (partsSent) {
            abortUpload();
        }
        // an S3 stream that has sent nothing would send everything if it were closed
    }

    /**
     * The exception to throw for what happened in whoever writes the content: {@code TARN_WRITER_ERROR}, with the
     * location and the remedy; one that has a code already is handed back. What the storage refused is told as that.
     */
    public TrinoException failure(Throwable failure)
    {
        if (failed) {
            return writeFailure(location, failure);
        }
        for (Throwable cause : getCausalChain(failure)) {
            if (cause instanceof TrinoException known) {
                return known;
            }
        }
        String problem = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        return new TrinoException(TARN_WRITER_ERROR, "Failed to write %s: %s; run the statement again".formatted(location, problem), failure);
    }

    private static TrinoException writeFailure(Location location, Throwable failure)
    {
        if (failure instanceof TrinoException trinoException) {
            return trinoException;
        }
        if (failure instanceof UncheckedIOException wrapped) {
            return writeFailure(location, wrapped.getCause());
        }
        if (failure instanceof FileAlreadyExistsException) {
            return new TrinoException(TARN_WRITER_ERROR, "Failed to write %s: there is a file of this name already; run the statement again".formatted(location), failure);
        }
        return new TrinoException(TARN_WRITER_ERROR, storageFailure("write", location, failure).getMessage(), failure);
    }

    private void abortUpload()
            throws IOException
    {
        // on its way to completion the stream reports its memory, and aborts the upload where that fails
        memory.refuse();
        try {
            output.close();
        }
        catch (RefusableMemory.AbandonedException _) {
            return;
        }
        if (!failed) {
            delete();
        }
    }

    private void delete()
    {
        try {
            fileSystem.deleteFile(location);
        }
        catch (IOException | RuntimeException e) {
            log.warn(e, "Removing %s failed", location);
        }
    }

    private final class UnpublishedStream
            extends OutputStream
    {
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
            // compressors write their last bytes when they are closed to free their memory
            if (ended) {
                return;
            }
            int reports = memory.reports();
            boolean written = false;
            try {
                output.write(buffer, offset, length);
                written = true;
            }
            finally {
                failed |= !written;
                // S3's stream reports once what it has taken in, and again when it has sent a part
                partsSent |= memory.reports() - reports > 1;
            }
            bytes += length;
        }
    }
}
