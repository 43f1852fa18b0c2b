package io.tarn.format.line.source;

import io.tarn.format.FileSlice;
import io.trino.filesystem.TrinoFileSystem;
import io.trino.hive.formats.compression.CompressionKind;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * A whole file from its start to its end, for formats that are no lines. All of its bytes are fetched, also those that
 * are passed over.
 */
public final class WholeFile
        implements Closeable
{
    private final StorageStream storage;
    private final InputStream stream;
    private final Optional<CompressionKind> compression;

    private WholeFile(StorageStream storage, InputStream stream, Optional<CompressionKind> compression)
    {
        this.storage = requireNonNull(storage, "storage is null");
        this.stream = requireNonNull(stream, "stream is null");
        this.compression = requireNonNull(compression, "compression is null");
    }

    /**
     * As it is stored.
     *
     * @throws StorageStream.StorageException where the storage fails; also from the stream
     */
    public static WholeFile open(TrinoFileSystem fileSystem, FileSlice slice)
            throws StorageStream.StorageException
    {
        StorageStream storage = openStorage(fileSystem, slice);
        return new WholeFile(storage, new BufferedInputStream(storage, TextLines.READ_BUFFER_SIZE), Optional.empty());
    }

    /**
     * Decompressed as the extension of its name says.
     *
     * @throws StorageStream.StorageException where the storage fails; also from the stream
     * @throws IOException where the file is not compressed as its extension says; also from the stream
     */
    public static WholeFile openDecompressed(TrinoFileSystem fileSystem, FileSlice slice)
            throws IOException
    {
        Optional<CompressionKind> compression = CompressionKind.forFile(slice.location().fileName());
        if (compression.isEmpty()) {
            return open(fileSystem, slice);
        }
        StorageStream storage = openStorage(fileSystem, slice);
        try {
            return new WholeFile(storage, Compression.decompress(compression.get(), new BufferedInputStream(storage, TextLines.READ_BUFFER_SIZE)), compression);
        }
        catch (IOException | RuntimeException e) {
            try (storage) {
                throw e;
            }
        }
    }

    private static StorageStream openStorage(TrinoFileSystem fileSystem, FileSlice slice)
            throws StorageStream.StorageException
    {
        try {
            InputStream input = fileSystem.newInputFile(slice.location(), slice.fileLength(), slice.modified()).newStream();
            return new StorageStream(input, Long.MAX_VALUE, () -> new IllegalStateException("nothing bounds the read"));
        }
        catch (IOException e) {
            throw new StorageStream.StorageException(e);
        }
    }

    public InputStream stream()
    {
        return stream;
    }

    public boolean isCompressed()
    {
        return compression.isPresent();
    }

    /**
     * Bytes fetched from the storage so far.
     */
    public long bytesRead()
    {
        return storage.bytesRead();
    }

    /**
     * How long that took, in nanoseconds.
     */
    public long readNanos()
    {
        return storage.readNanos();
    }

    /**
     * About what is held in memory.
     */
    public long retainedBytes()
    {
        return TextLines.READ_BUFFER_SIZE + compression.map(Compression::workingBytes).orElse(0L);
    }

    @Override
    public void close()
            throws IOException
    {
        try (storage) {
            stream.close();
        }
    }
}
