package io.tarn.format.line.source;

import io.airlift.compress.v3.Decompressor;
import io.airlift.compress.v3.MalformedInputException;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

import static java.lang.Math.min;
import static java.util.Objects.requireNonNull;

/**
 * Reads the block format of Hadoop's LZ4, LZO and Snappy codecs: blocks that start with their uncompressed length, made of
 * chunks that start with their compressed length, both as big-endian integers. The codec library's own stream takes a
 * file cut between two chunks for a whole one, and allocates whatever a damaged length says.
 */
final class HadoopBlockStream
        extends InputStream
{
    /**
     * Hadoop's writers use 256 kB; nothing that writes this format is known to go beyond some megabytes.
     */
    private static final int MAX_LENGTH = 64 * 1024 * 1024;
    /**
     * The decompressors are faster where they may write a little past the end.
     */
    private static final int PADDING = Long.BYTES;

    private final Decompressor decompressor;
    private final InputStream stream;
    private byte[] compressed = new byte[0];
    private byte[] chunk = new byte[0];
    private int chunkPosition;
    private int chunkLimit;
    private int blockRemaining;

    HadoopBlockStream(Decompressor decompressor, InputStream stream)
    {
        this.decompressor = requireNonNull(decompressor, "decompressor is null");
        this.stream = requireNonNull(stream, "stream is null");
    }

    @Override
    public int read()
            throws IOException
    {
        byte[] single = new byte[1];
        int count = read(single, 0, 1);
        return count < 0 ? -1 : single[0] & 0xFF;
    }

    @Override
    public int read(byte[] output, int offset, int length)
            throws IOException
    {
        if (length == 0) {
            return 0;
        }
        while (chunkPosition == chunkLimit) {
            if (!nextChunk()) {
                return -1;
            }
        }
        int count = min(length, chunkLimit - chunkPosition);
        System.arraycopy(chunk, chunkPosition, output, offset, count);
        chunkPosition += count;
        return count;
    }

    private boolean nextChunk()
            throws IOException
    {
        while (blockRemaining == 0) {
            int first = stream.read();
            if (first < 0) {
                return false;
            }
            blockRemaining = length(first, "block");
        }
        int compressedLength = length(stream.read(), "chunk");
        if (compressed.length < compressedLength) {
            compressed = new byte[compressedLength + PADDING];
        }
        if (stream.readNBytes(compressed, 0, compressedLength) < compressedLength) {
            throw truncated();
        }
        if (chunk.length < blockRemaining) {
            chunk = new byte[blockRemaining + PADDING];
        }
        chunkPosition = 0;
        chunkLimit = 0;
        try {
            chunkLimit = decompressor.decompress(compressed, 0, compressedLength, chunk, 0, chunk.length);
        }
        catch (MalformedInputException | IndexOutOfBoundsException e) {
            throw new IOException("Damaged chunk: " + e.getMessage(), e);
        }
        if (chunkLimit > blockRemaining) {
            throw new IOException("A chunk of %s bytes lies in a block that has %s left".formatted(chunkLimit, blockRemaining));
        }
        blockRemaining -= chunkLimit;
        return true;
    }

    private int length(int first, String what)
            throws IOException
    {
        int second = stream.read();
        int third = stream.read();
        int fourth = stream.read();
        if ((first | second | third | fourth) < 0) {
            throw truncated();
        }
        int length = first << 24 | second << 16 | third << 8 | fourth;
        if (length < 0 || length > MAX_LENGTH) {
            throw new IOException("Impossible %s length %s: either the file is damaged, or it was not written in Hadoop's block format".formatted(what, length));
        }
        return length;
    }

    private static EOFException truncated()
    {
        return new EOFException("The file ends inside a block");
    }

    @Override
    public void close()
            throws IOException
    {
        stream.close();
    }
}
