package io.tarn.testdata;

/**
 * A stream of pseudo-random numbers (SplitMix64) that is the same on every machine and Java version, which the
 * library's generators do not promise.
 */
final class Randomness
{
    private static final long GOLDEN_GAMMA = 0x9E37_79B9_7F4A_7C15L;

    private long state;

    /**
     * @param stream which of the seed's streams; different streams of a seed have nothing in common
     */
    Randomness(long seed, long stream)
    {
        state = mix(mix(seed) + GOLDEN_GAMMA * (stream + 1));
    }

    long next()
    {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    /**
     * A number from 0 to {@code bound - 1}.
     */
    int below(int bound)
    {
        return scale(next() >>> 32, bound);
    }

    boolean oneIn(int chances)
    {
        return below(chances) == 0;
    }

    <T> T oneOf(T[] values)
    {
        return values[below(values.length)];
    }

    /**
     * Maps 32 random bits to 0 … {@code bound - 1} without a division.
     */
    static int scale(long bits, int bound)
    {
        return (int) ((bits * bound) >>> 32);
    }

    private static long mix(long value)
    {
        long mixed = (value ^ (value >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return mixed ^ (mixed >>> 31);
    }
}
