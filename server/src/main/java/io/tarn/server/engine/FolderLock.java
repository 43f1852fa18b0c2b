package io.tarn.server.engine;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;

import static com.google.common.base.Preconditions.checkState;
import static io.tarn.server.engine.EngineException.Reason.UNAVAILABLE;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static java.util.Objects.requireNonNull;

/**
 * Makes a data folder this process's own. The operating system gives the lock back when the process ends, however it
 * ends, so that nothing is left behind by a {@code kill -9}.
 */
final class FolderLock
        implements Closeable
{
    private final FileChannel channel;

    private FolderLock(FileChannel channel)
    {
        this.channel = requireNonNull(channel, "channel is null");
    }

    /**
     * Creates the folder when it is missing, and takes it.
     *
     * @param requiredSpace bytes that must be free on the folder's disk
     * @throws EngineException when the folder is in use, cannot be written, or its disk is full
     */
    static FolderLock take(DataFolder folder, long requiredSpace)
    {
        try {
            Files.createDirectories(folder.path());
            FileChannel channel = FileChannel.open(folder.lock(), CREATE, WRITE);
            try {
                return take(folder, channel, requiredSpace);
            }
            catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        }
        catch (AccessDeniedException e) {
            throw new EngineException(UNAVAILABLE, "The data folder %s cannot be written: change the permissions of %s, or choose another folder with --data".formatted(folder.path(), e.getFile()), e);
        }
        catch (FileAlreadyExistsException e) {
            throw new EngineException(UNAVAILABLE, "The data folder %s cannot be made, %s is a file: choose another folder with --data".formatted(folder.path(), e.getFile()), e);
        }
        catch (IOException e) {
            throw StartFailures.explain(e, folder);
        }
    }

    private static FolderLock take(DataFolder folder, FileChannel channel, long requiredSpace)
            throws IOException
    {
        FileLock lock;
        try {
            lock = channel.tryLock();
        }
        catch (OverlappingFileLockException e) {
            // another engine of this same process
            lock = null;
        }
        if (lock == null) {
            String holder = EngineProcess.holding(folder)
                    .map(process -> "process " + process.pid())
                    .orElse("another process");
            throw new EngineException(UNAVAILABLE, "The data folder %s is in use by %s: stop it with ./tarn stop, or choose another folder with --data".formatted(folder.path(), holder));
        }
        checkState(lock.isValid(), "lock is not valid");

        long free = Files.getFileStore(folder.path()).getUsableSpace();
        if (free < requiredSpace) {
            throw new EngineException(UNAVAILABLE, "The disk of the data folder %s is full, %,d bytes are free and %,d are needed: free some, or choose another folder with --data".formatted(folder.path(), free, requiredSpace));
        }

        channel.truncate(0);
        channel.write(ByteBuffer.wrap(EngineProcess.current().format().getBytes(US_ASCII)));
        channel.force(true);
        return new FolderLock(channel);
    }

    @Override
    public void close()
            throws IOException
    {
        if (channel.isOpen()) {
            // the next one to ask must not be sent to a process that has nothing to do with the folder any more
            channel.truncate(0);
            channel.close();
        }
    }
}
