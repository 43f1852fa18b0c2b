package io.tarn.format.line.source;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

import static java.lang.Math.max;
import static java.util.Objects.requireNonNull;

/**
 * Reads the members of a gzip file (RFC 1952) to the last. Java's own stream takes whatever follows a member and does
 * not start like one for the end of the file, so that everything behind a damaged byte would be missing without a word;
 * here only zeros may follow the last member, as tape blocks and gzip itself have them.
 */
final class GzipStream
        extends InputStream
{
    private static final int BUFFER_SIZE = 64 * 1024;
    private static final int DEFLATE = 8;
    private static final int HEADER_CHECKSUM = 2;
    private static final int EXTRA_FIELD = 4;
    private static final int FILE_NAME = 8;
    private static final int COMMENT = 16;

    private final InputStream stream;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private final byte[] buffer = new byte[BUFFER_SIZE];
    private int position;
    private int limit;
    private boolean firstMember = true;
    private boolean inMember;
    private boolean finished;

    GzipStream(InputStream stream)
    {
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
        while (!finished) {
            if (!inMember && !startMember()) {
                finished = true;
                break;
            }
            int count = inflate(output, offset, length);
            if (count > 0) {
                checksum.update(output, offset, count);
                return count;
            }
            if (inflater.finished()) {
                endMember();
            }
            else if (inflater.needsDictionary()) {
                throw new ZipException("A gzip member wants a preset dictionary");
            }
            else {
                if (!fill()) {
                    throw new EOFException("The file ends inside a gzip member");
                }
                inflater.setInput(buffer, position, limit - position);
            }
        }
        return -1;
    }

    private int inflate(byte[] output, int offset, int length)
            throws IOException
    {
        try {
            return inflater.inflate(output, offset, length);
        }
        catch (DataFormatException e) {
            throw new ZipException("Damaged gzip member: " + e.getMessage());
        }
    }

    private boolean startMember()
            throws IOException
    {
        int magic = nextByte();
        if (!firstMember) {
            boolean padded = false;
            while (magic == 0) {
                padded = true;
                magic = nextByte();
            }
            if (magic < 0) {
                return false;
            }
            if (padded) {
                throw new ZipException("Data follows the zeros behind the last gzip member");
            }
        }
        if (magic != 0x1F || nextByte() != 0x8B) {
            throw new ZipException(firstMember ? "Not a gzip file" : "What follows a gzip member is not another one");
        }
        if (requiredByte() != DEFLATE) {
            throw new ZipException("Unknown compression method in a gzip header");
        }
        int flags = requiredByte();
        skipBytes(6);
        if ((flags & EXTRA_FIELD) != 0) {
            skipBytes(requiredByte() | requiredByte() << 8);
        }
        if ((flags & FILE_NAME) != 0) {
            skipString();
        }
        if ((flags & COMMENT) != 0) {
            skipString();
        }
        if ((flags & HEADER_CHECKSUM) != 0) {
            skipBytes(2);
        }
        inflater.reset();
        inflater.setInput(buffer, position, limit - position);
        checksum.reset();
        inMember = true;
        firstMember = false;
        return true;
    }

    private void endMember()
            throws IOException
    {
        position = limit - inflater.getRemaining();
        long length = inflater.getBytesWritten();
        if (littleEndianInt() != checksum.getValue() || littleEndianInt() != (length & 0xFFFF_FFFFL)) {
            throw new ZipException("The checksum or length of a gzip member does not fit its content");
        }
        inMember = false;
    }

    private long littleEndianInt()
            throws IOException
    {
        return requiredByte() | requiredByte() << 8 | requiredByte() << 16 | (long) requiredByte() << 24;
    }

    private void skipString()
            throws IOException
    {
        int value;
        do {
            value = requiredByte();
        }
        while (value != 0);
    }

    private void skipBytes(int count)
            throws IOException
    {
        for (int index = 0; index < count; index++) {
            requiredByte();
        }
    }

    private int requiredByte()
            throws IOException
    {
        int value = nextByte();
        if (value < 0) {
            throw new EOFException("The file ends inside a gzip member's header or trailer");
        }
        return value;
    }

    private int nextByte()
            throws IOException
    {
        if (position == limit && !fill()) {
            return -1;
        }
        return buffer[position++] & 0xFF;
    }

    private boolean fill()
            throws IOException
    {
        position = 0;
        limit = max(0, stream.read(buffer, 0, buffer.length));
        return limit > 0;
    }

    @Override
    public void close()
            throws IOException
    {
        finished = true;
        inflater.end();
        stream.close();
    }
}
