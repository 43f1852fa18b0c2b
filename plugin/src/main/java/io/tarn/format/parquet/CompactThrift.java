package io.tarn.format.parquet;

import io.airlift.slice.Slice;

/**
 * Walks structures of Thrift's compact protocol without building them. The generated readers allocate a list as long
 * as its header says and recurse as deep as the bytes go, so what comes from a file is walked before it is read.
 */
final class CompactThrift
{
    /**
     * Parquet's own structures nest seven deep.
     */
    private static final int MAX_DEPTH = 32;

    private static final int INCOMPLETE = -1;

    private static final int STOP = 0;
    private static final int BOOLEAN_TRUE = 1;
    private static final int BOOLEAN_FALSE = 2;
    private static final int BYTE = 3;
    private static final int I16 = 4;
    private static final int I32 = 5;
    private static final int I64 = 6;
    private static final int DOUBLE = 7;
    private static final int BINARY = 8;
    private static final int LIST = 9;
    private static final int SET = 10;
    private static final int MAP = 11;
    private static final int STRUCT = 12;
    private static final int UUID = 13;

    private final Slice bytes;
    private int position;

    private CompactThrift(Slice bytes, int position)
    {
        this.bytes = bytes;
        this.position = position;
    }

    /**
     * The offset after the structure that starts at {@code offset}, or -1 where the bytes end within it: every list
     * that the structure announces has at most as many elements as there are bytes left.
     *
     * @throws IllegalArgumentException where the bytes are no structure
     */
    static int structEnd(Slice bytes, int offset)
    {
        CompactThrift walk = new CompactThrift(bytes, offset);
        try {
            walk.skipStruct(0);
        }
        catch (EndOfBytes _) {
            return INCOMPLETE;
        }
        return walk.position;
    }

    private void skipStruct(int depth)
    {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("structures nest deeper than " + MAX_DEPTH);
        }
        while (true) {
            int header = nextByte();
            int type = header & 0x0F;
            if (type == STOP) {
                return;
            }
            if ((header & 0xF0) == 0) {
                nextVarint();
            }
            if (type != BOOLEAN_TRUE && type != BOOLEAN_FALSE) {
                skipValue(type, depth);
            }
        }
    }

    private void skipValue(int type, int depth)
    {
        switch (type) {
            case BOOLEAN_TRUE, BOOLEAN_FALSE, BYTE -> skip(1);
            case I16, I32, I64 -> nextVarint();
            case DOUBLE -> skip(Double.BYTES);
            case BINARY -> skip(nextSize());
            case LIST, SET -> skipList(depth);
            case MAP -> skipMap(depth);
            case STRUCT -> skipStruct(depth + 1);
            case UUID -> skip(2 * Long.BYTES);
            default -> throw new IllegalArgumentException("unknown type " + type);
        }
    }

    private void skipList(int depth)
    {
        int header = nextByte();
        int type = header & 0x0F;
        long size = header >>> 4;
        if (size == 15) {
            size = nextSize();
        }
        // every element takes a byte at the least
        if (size > bytes.length() - position) {
            throw new EndOfBytes();
        }
        for (long i = 0; i < size; i++) {
            skipValue(type, depth + 1);
        }
    }

    private void skipMap(int depth)
    {
        long size = nextSize();
        if (size == 0) {
            return;
        }
        int types = nextByte();
        if (size > bytes.length() - position) {
            throw new EndOfBytes();
        }
        for (long i = 0; i < size; i++) {
            skipValue(types >>> 4, depth + 1);
            skipValue(types & 0x0F, depth + 1);
        }
    }

    private long nextSize()
    {
        long size = nextVarint();
        if (size < 0 || size > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("size out of range: " + size);
        }
        return size;
    }

    private long nextVarint()
    {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            int next = nextByte();
            value |= (long) (next & 0x7F) << shift;
            if ((next & 0x80) == 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("number of more than ten bytes");
    }

    private int nextByte()
    {
        if (position >= bytes.length()) {
            throw new EndOfBytes();
        }
        return bytes.getUnsignedByte(position++);
    }

    private void skip(long length)
    {
        if (length > bytes.length() - position) {
            throw new EndOfBytes();
        }
        position += (int) length;
    }

    private static final class EndOfBytes
            extends RuntimeException
    {
        private EndOfBytes()
        {
            super(null, null, false, false);
        }
    }
}
