package io.tarn.bucket;

import io.airlift.slice.Slice;

import static java.lang.Integer.reverseBytes;
import static java.lang.Integer.rotateLeft;

/**
 * Murmur 3 as Hive computes it for bucketing: of numbers with the highest byte first, from Hive's seed, and with the
 * bytes that fill no word taken with their signs.
 */
final class Murmur
{
    private static final int SEED = 104729;

    private Murmur() {}

    static int hash(short value)
    {
        return finish(SEED ^ scramble(((byte) value << 8) ^ (value >> 8)), Short.BYTES);
    }

    static int hash(int value)
    {
        return finish(mix(SEED, reverseBytes(value)), Integer.BYTES);
    }

    static int hash(long value)
    {
        int high = mix(SEED, reverseBytes((int) (value >> 32)));
        return finish(mix(high, reverseBytes((int) value)), Long.BYTES);
    }

    static int hash(Slice bytes)
    {
        int hash = SEED;
        int words = bytes.length() & ~3;
        for (int i = 0; i < words; i += Integer.BYTES) {
            hash = mix(hash, bytes.getInt(i));
        }
        int rest = 0;
        for (int i = bytes.length() - 1; i >= words; i--) {
            // not |, for a negative byte fills the higher ones with its sign
            rest ^= bytes.getByte(i) << (8 * (i - words));
        }
        if (words < bytes.length()) {
            hash ^= scramble(rest);
        }
        return finish(hash, bytes.length());
    }

    private static int mix(int hash, int word)
    {
        return rotateLeft(hash ^ scramble(word), 13) * 5 + 0xE6546B64;
    }

    private static int scramble(int word)
    {
        return rotateLeft(word * 0xCC9E2D51, 15) * 0x1B873593;
    }

    private static int finish(int hash, int length)
    {
        int mixed = hash ^ length;
        mixed = (mixed ^ (mixed >>> 16)) * 0x85EBCA6B;
        mixed = (mixed ^ (mixed >>> 13)) * 0xC2B2AE35;
        return mixed ^ (mixed >>> 16);
    }
}
