package io.tarn.format.line.source;

import io.airlift.units.DataSize;
import io.tarn.format.FileSlice;
import io.tarn.format.ReadLimit;
import io.tarn.format.line.source.StorageStream.StorageException;
import io.trino.filesystem.TrinoFileSystem;
import io.trino.hive.formats.compression.CompressionKind;
import io.trino.hive.formats.line.FooterAwareLineReader;
import io.trino.hive.formats.line.LineBuffer;
import io.trino.hive.formats.line.LineReader;
import io.trino.hive.formats.line.text.TextLineReader;
import io.trino.spi.TrinoException;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

import static io.tarn.error.TarnErrorCode.QUOTA_EXCEEDED;
import static io.tarn.error.TarnErrorCode.TARN_BAD_DATA;
import static io.tarn.error.TarnErrorCode.TARN_FILE_NOT_FOUND;
import static io.tarn.error.TarnErrorCode.TARN_STORAGE_ERROR;
import static io.tarn.format.line.source.TextLines.READ_BUFFER_SIZE;
import static java.lang.Math.min;
import static java.lang.Math.toIntExact;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * The lines, or other records, of a slice of a file, decompressed, without header, footer and a UTF-8 byte order mark at
 * the file's start.
 * <p>
 * Lines end with LF, CR LF or CR. As Hadoop's readers have it, a slice that does not start the file begins after the
 * first line end in it, and a slice ends with the line that covers or starts at the first byte behind it: together the
 * slices of a file give every line once, provided that the first one holds the byte order mark's three bytes.
 * <p>
 * All failures are {@link TrinoException}s that name the file.
 */
final class LineInput
        implements Closeable
{
    /**
     * Up to here a file is fetched whole in one request before its first line is read.
     */
    private static final long SMALL_FILE_BYTES = 8 * 1024 * 1024;
    private static final int INITIAL_LINE_SIZE = 4 * 1024;
    private static final String LINE_TOO_LONG = "Max line length exceeded";

    private final TrinoFileSystem fileSystem;
    private final FileSlice slice;
    private final RecordLayout layout;
    private final SkippedLines skippedLines;
    private final DataSize maxLineLength;
    private final Optional<CompressionKind> compression;
    private final Optional<ReadLimit> limit;

    private StorageStream storage;
    private LineReader reader;
    private long heldBytes;
    private long linesRead;

    LineInput(TrinoFileSystem fileSystem, FileSlice slice, RecordLayout layout, SkippedLines skippedLines, DataSize maxLineLength, Optional<ReadLimit> limit)
    {
        this.fileSystem = requireNonNull(fileSystem, "fileSystem is null");
        this.slice = requireNonNull(slice, "slice is null");
        this.layout = requireNonNull(layout, "layout is null");
        this.skippedLines = requireNonNull(skippedLines, "skippedLines is null");
        this.maxLineLength = requireNonNull(maxLineLength, "maxLineLength is null");
        this.limit = requireNonNull(limit, "limit is null");
        this.compression = Compression.of(layout, slice.location().fileName());
    }

    LineBuffer createLineBuffer()
    {
        int limit = toIntExact(maxLineLength.toBytes());
        return new LineBuffer(min(INITIAL_LINE_SIZE, limit), limit);
    }

    /**
     * Reads the next line into the buffer; false where there is none.
     */
    boolean next(LineBuffer line)
    {
        try {
            if (reader == null) {
                open();
            }
            if (!reader.readLine(line)) {
                return false;
            }
        }
        catch (StorageException e) {
            throw storageFailure(e.getCause());
        }
        catch (IOException | RuntimeException e) {
            throw contentFailure(e);
        }
        linesRead++;
        return true;
    }

    /**
     * The number of the line read last: of the file, or of the slice where the slice begins later.
     */
    long lineNumber()
    {
        return slice.start() == 0 ? skippedLines.header() + linesRead : linesRead;
    }

    /**
     * Names a line for a message.
     */
    String describe(long lineNumber)
    {
        if (slice.start() == 0) {
            return "%s %s of %s".formatted(layout.noun(), lineNumber, slice.location());
        }
        return "%s %s of the part of %s that starts at byte %s".formatted(layout.noun(), lineNumber, slice.location(), slice.start());
    }

    long storageBytesRead()
    {
        return storage == null ? 0 : storage.bytesRead();
    }

    long storageReadNanos()
    {
        return storage == null ? 0 : storage.readNanos();
    }

    long retainedBytes()
    {
        if (reader == null) {
            return heldBytes;
        }
        return heldBytes + compression.map(Compression::workingBytes).orElse(0L) + (long) skippedLines.footer() * INITIAL_LINE_SIZE + reader.getRetainedSize();
    }

    private void open()
            throws IOException
    {
        storage = openStorage();
        // whoever needs few lines gets by with the first buffers
        long smallFileBytes = limit.isPresent() ? READ_BUFFER_SIZE : SMALL_FILE_BYTES;
        InputStream stream = slice.isWholeFile() && slice.fileLength() <= smallFileBytes ? readWhole() : storage;
        reader = compression.isPresent()
                ? layout.open(Compression.decompress(compression.get(), stream), slice, true)
                : layout.open(stream, slice, false);
        if (slice.start() == 0) {
            skipHeader();
        }
        if (skippedLines.footer() > 0) {
            reader = new FooterAwareLineReader(reader, skippedLines.footer(), this::createLineBuffer);
        }
    }

    private void skipHeader()
            throws IOException
    {
        if (reader instanceof TextLineReader lines) {
            // however long they are
            lines.skipLines(skippedLines.header());
            return;
        }
        LineBuffer record = createLineBuffer();
        for (int index = 0; index < skippedLines.header(); index++) {
            reader.readLine(record);
        }
    }

    private StorageStream openStorage()
            throws StorageException
    {
        try {
            long allowance = new LineCost(slice, layout, skippedLines, limit).allowance().orElse(Long.MAX_VALUE);
            InputStream stream = fileSystem.newInputFile(slice.location(), slice.fileLength(), slice.modified()).newStream();
            return new StorageStream(stream, allowance, () -> allowanceExceeded(allowance));
        }
        catch (IOException e) {
            throw new StorageException(e);
        }
    }

    private InputStream readWhole()
            throws IOException
    {
        int length = toIntExact(slice.fileLength());
        byte[] bytes = storage.readNBytes(length + 1);
        storage.close();
        // reading on would give rows that no version of the file ever had together
        if (bytes.length != length) {
            throw new TrinoException(TARN_STORAGE_ERROR, "%s was listed with %s bytes and now has %s. It was replaced while the query ran: run the query again."
                    .formatted(slice.location(), length, bytes.length > length ? "more" : bytes.length));
        }
        heldBytes = bytes.length;
        return new ByteArrayInputStream(bytes);
    }

    private TrinoException allowanceExceeded(long allowance)
    {
        return new TrinoException(QUOTA_EXCEEDED, "The first %s rows of %s take more than the %s bytes that were set aside for them: its lines are very long. Query without LIMIT, for which all of the table's bytes are set aside, or query a copy of the table in Parquet."
                .formatted(limit.orElseThrow().rows(), slice.location(), allowance));
    }

    private TrinoException storageFailure(IOException failure)
    {
        if (failure instanceof FileNotFoundException) {
            return new TrinoException(TARN_FILE_NOT_FOUND, "%s is not there any more. It was removed after the table's files were listed: run the query again, or drop the partition that names it."
                    .formatted(slice.location()), failure);
        }
        return new TrinoException(TARN_STORAGE_ERROR, "Reading %s failed after %s bytes: %s".formatted(slice.location(), storageBytesRead(), failure.getMessage()), failure);
    }

    private TrinoException contentFailure(Exception failure)
    {
        if (failure instanceof TrinoException mapped) {
            return mapped;
        }
        if (failure instanceof IOException && failure.getMessage() != null && failure.getMessage().startsWith(LINE_TOO_LONG)) {
            return new TrinoException(TARN_BAD_DATA, "%s is longer than %s. Raise the session property '%s' (or tarn.text.max-line-length), or check that the file has %s ends and is compressed as its extension says."
                    .formatted(describe(lineNumber() + 1), maxLineLength, LineSessionProperties.MAX_LINE_LENGTH, noun()), failure);
        }
        if (compression.isPresent()) {
            return new TrinoException(TARN_BAD_DATA, "%s is damaged or cut off, or is not %s as its extension '%s' says: %s. This shows near %s %s. Write the file again, or move it out of the table's location."
                    .formatted(slice.location(), compression.get(), compression.get().getFileExtension(), failure.getMessage(), noun(), lineNumber() + 1), failure);
        }
        if (layout.splittable()) {
            return new TrinoException(TARN_BAD_DATA, "Reading %s failed near %s %s: %s. The file may have been replaced by a shorter one: run the query again."
                    .formatted(slice.location(), noun(), lineNumber() + 1, failure.getMessage()), failure);
        }
        return new TrinoException(TARN_BAD_DATA, "%s is damaged or cut off, or is no file of the table's input format: %s. This shows near %s %s. Write the file again, or move it out of the table's location."
                .formatted(slice.location(), failure.getMessage(), noun(), lineNumber() + 1), failure);
    }

    private String noun()
    {
        return layout.noun().toLowerCase(ENGLISH);
    }

    @Override
    public void close()
            throws IOException
    {
        heldBytes = 0;
        if (reader != null) {
            reader.close();
        }
        if (storage != null) {
            storage.close();
        }
    }
}
