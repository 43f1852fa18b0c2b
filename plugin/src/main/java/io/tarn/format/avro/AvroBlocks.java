package io.tarn.format.avro;

import io.airlift.slice.Slice;
import io.tarn.format.FileErrors;
import io.tarn.format.FileSlice;
import io.trino.filesystem.TrinoInput;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

import static io.tarn.format.avro.AvroHeader.SYNC_SIZE;
import static java.lang.Math.min;
import static java.lang.Math.toIntExact;
import static java.util.Objects.requireNonNull;

/**
 * The blocks of a slice: those that follow a sync marker which begins in it.
 */
final class AvroBlocks
        implements Closeable
{
    /**
     * What is fetched in the hope that it holds the header, where the slice does not begin with it.
     */
    static final int HEADER_READ_SIZE = 64 * 1024;

    private static final int SCAN_SIZE = 64 * 1024;

    private final AvroInput input;
    private final FileErrors errors;
    private final long maxBlockSize;
    private final long end;
    private final AvroHeader header;
    private final long headerBytes;
    private long marker;

    AvroBlocks(TrinoInput file, FileSlice slice, long maxBlockSize, FileErrors errors)
    {
        this.errors = requireNonNull(errors, "errors is null");
        this.maxBlockSize = maxBlockSize;
        end = min(slice.fileLength(), slice.start() + slice.length());
        if (slice.start() == 0) {
            input = new AvroInput(file, 0, end, slice.fileLength(), errors);
            header = AvroHeader.read(input, maxBlockSize, errors);
            headerBytes = 0;
            marker = input.position() - SYNC_SIZE;
        }
        else {
            AvroInput beginning = new AvroInput(file, 0, min(HEADER_READ_SIZE, slice.fileLength()), slice.fileLength(), errors);
            header = AvroHeader.read(beginning, maxBlockSize, errors);
            headerBytes = beginning.readBytes();
            input = new AvroInput(file, slice.start(), end, slice.fileLength(), errors);
            marker = findMarker();
        }
    }

    AvroHeader header()
    {
        return header;
    }

    /**
     * Where the first sync marker begins that the slice has; its end where it has none. The input is behind the marker.
     */
    private long findMarker()
    {
        while (input.position() < end && input.remaining() >= SYNC_SIZE) {
            Slice bytes = input.peek(toIntExact(min(SCAN_SIZE, min(end - input.position() + SYNC_SIZE - 1, input.remaining()))));
            int found = bytes.indexOf(header.sync());
            if (found >= 0) {
                input.read(found + SYNC_SIZE);
                return input.position() - SYNC_SIZE;
            }
            input.read(bytes.length() - SYNC_SIZE + 1);
        }
        return end;
    }

    /**
     * The next block; empty where the slice has no more.
     */
    Optional<Block> next()
    {
        if (marker >= end || input.remaining() == 0) {
            return Optional.empty();
        }
        long start = input.position();
        long records = input.readLong();
        long size = input.readLong();
        if (records < 0 || size < 0 || size > input.remaining() - SYNC_SIZE) {
            throw errors.badData("the block at byte %s is said to have %s records in %s bytes, where %s are left".formatted(start, records, size, input.remaining()));
        }
        if (size > maxBlockSize) {
            throw errors.limitExceeded("the block at byte %s takes %s bytes, more than the %s allowed".formatted(start, size, maxBlockSize), "avro.max-block-size");
        }
        Slice bytes = input.read(toIntExact(size + SYNC_SIZE));
        if (!bytes.slice(toIntExact(size), SYNC_SIZE).equals(header.sync())) {
            throw errors.badData("the block at byte %s, of %s bytes, is not followed by the file's sync marker".formatted(start, size));
        }
        marker = input.position() - SYNC_SIZE;
        return Optional.of(new Block(start, records, bytes.slice(0, toIntExact(size))));
    }

    long readBytes()
    {
        return headerBytes + input.readBytes();
    }

    long readTimeNanos()
    {
        return input.readTimeNanos();
    }

    int bufferedBytes()
    {
        return input.bufferedBytes();
    }

    @Override
    public void close()
            throws IOException
    {
        input.close();
    }

    /**
     * @param start byte of the file at which the block begins
     * @param bytes its content, compressed; valid until the next block is asked for
     */
    record Block(long start, long records, Slice bytes)
    {
        Block
        {
            requireNonNull(bytes, "bytes is null");
        }
    }
}
