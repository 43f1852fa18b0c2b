package io.tarn.format.rcfile;

import io.airlift.slice.Slice;
import io.airlift.slice.Slices;
import io.trino.hive.formats.FileCorruptionException;
import io.trino.hive.formats.ReadWriteUtils;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;

import static java.lang.Math.min;
import static java.lang.Math.toIntExact;

/**
 * Reads a file from its start, and makes room for nothing that the rest of the file does not have.
 */
final class RcInput
{
    private final DataInputStream input;
    private final long length;
    private final byte[] skipped = new byte[8 * 1024];
    private long position;

    /**
     * @param length bytes of the file
     */
    RcInput(InputStream stream, long length)
    {
        this.input = new DataInputStream(stream);
        this.length = length;
    }

    long position()
    {
        return position;
    }

    boolean isAtEnd()
    {
        return position == length;
    }

    byte readByte()
            throws IOException
    {
        require(1, "a byte");
        position++;
        return input.readByte();
    }

    int readInt()
            throws IOException
    {
        require(Integer.BYTES, "a number");
        position += Integer.BYTES;
        return input.readInt();
    }

    Slice readSlice(int count, String what)
            throws IOException
    {
        require(count, what);
        byte[] bytes = new byte[count];
        input.readFully(bytes);
        position += count;
        return Slices.wrappedBuffer(bytes);
    }

    void skip(int count, String what)
            throws IOException
    {
        require(count, what);
        int remaining = count;
        while (remaining > 0) {
            int batch = min(remaining, skipped.length);
            // skipped bytes are fetched all the same, and are to be counted
            input.readFully(skipped, 0, batch);
            remaining -= batch;
        }
        position += count;
    }

    /**
     * A text behind its length.
     */
    String readText(int maxLength)
            throws IOException
    {
        byte first = readByte();
        Slice encoded = Slices.allocate(1 + Long.BYTES);
        encoded.setByte(0, first);
        int rest = ReadWriteUtils.decodeVIntSize(first) - 1;
        encoded.setBytes(1, readSlice(rest, "a length"));
        long textLength = ReadWriteUtils.readVInt(encoded, 0);
        if (textLength < 0 || textLength > maxLength) {
            throw new FileCorruptionException("a text of its header is said to have %s bytes, at byte %s", textLength, position);
        }
        return readSlice(toIntExact(textLength), "a text of its header").toStringUtf8();
    }

    private void require(int count, String what)
            throws FileCorruptionException
    {
        if (count < 0 || count > length - position) {
            throw new FileCorruptionException("%s is said to have %s bytes at byte %s, where the file has %s left", what, count, position, length - position);
        }
    }
}
