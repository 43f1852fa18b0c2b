package io.tarn.format.avro;

import io.airlift.slice.Slice;
import io.airlift.slice.Slices;
import io.tarn.format.FileErrors;
import io.trino.filesystem.TrinoInput;

import java.io.Closeable;
import java.io.IOException;

import static java.lang.Math.max;
import static java.lang.Math.min;
import static java.lang.Math.toIntExact;
import static java.util.Objects.requireNonNull;

/**
 * The bytes of a slice, front to back. Up to the slice's end they are fetched ahead, behind it only those that are
 * asked for.
 */
final class AvroInput
        implements Closeable
{
    private static final int WINDOW = 1024 * 1024;
    private static final int MAX_LONG_SIZE = 10;

    private final TrinoInput input;
    private final long fileLength;
    private final long end;
    private final FileErrors errors;
    private Slice buffer = Slices.EMPTY_SLICE;
    private long bufferStart;
    private long position;
    private long readBytes;
    private long readTimeNanos;

    /**
     * @param end where the slice ends
     */
    AvroInput(TrinoInput input, long start, long end, long fileLength, FileErrors errors)
    {
        this.input = requireNonNull(input, "input is null");
        this.fileLength = fileLength;
        this.end = end;
        this.errors = requireNonNull(errors, "errors is null");
        bufferStart = start;
        position = start;
    }

    long position()
    {
        return position;
    }

    long remaining()
    {
        return fileLength - position;
    }

    long readBytes()
    {
        return readBytes;
    }

    long readTimeNanos()
    {
        return readTimeNanos;
    }

    int bufferedBytes()
    {
        return buffer.length();
    }

    /**
     * The next bytes, without going on. Nothing is made room for that the file does not have.
     *
     * @throws io.trino.spi.TrinoException {@code TARN_BAD_DATA} where the file ends before
     */
    Slice peek(int length)
    {
        if (length < 0 || length > remaining()) {
            throw errors.badData("%s bytes should follow byte %s, but it ends after %s".formatted(length, position, remaining()));
        }
        int available = toIntExact(bufferStart + buffer.length() - position);
        if (available < length) {
            fill(available, length);
        }
        return buffer.slice(toIntExact(position - bufferStart), length);
    }

    private void fill(int available, int length)
    {
        long bufferEnd = position + available;
        long target = max(position + length, min(min(end, fileLength), bufferEnd + WINDOW));
        byte[] bytes = new byte[toIntExact(target - position)];
        buffer.getBytes(toIntExact(position - bufferStart), bytes, 0, available);
        long start = System.nanoTime();
        try {
            input.readFully(bufferEnd, bytes, available, bytes.length - available);
        }
        catch (IOException e) {
            throw errors.storage(e);
        }
        readTimeNanos += System.nanoTime() - start;
        readBytes += bytes.length - available;
        buffer = Slices.wrappedBuffer(bytes);
        bufferStart = position;
    }

    Slice read(int length)
    {
        Slice bytes = peek(length);
        position += length;
        return bytes;
    }

    /**
     * A number as Avro writes it: seven bits a byte, lowest first, signs folded in.
     */
    long readLong()
    {
        Slice bytes = peek(toIntExact(min(MAX_LONG_SIZE, remaining())));
        long value = 0;
        for (int i = 0; i < bytes.length(); i++) {
            int next = bytes.getByte(i);
            value |= (next & 0x7FL) << (7 * i);
            if (next >= 0) {
                position += i + 1;
                return value >>> 1 ^ -(value & 1);
            }
        }
        throw errors.badData("there is no number at byte %s".formatted(position));
    }

    @Override
    public void close()
            throws IOException
    {
        buffer = Slices.EMPTY_SLICE;
        input.close();
    }
}
