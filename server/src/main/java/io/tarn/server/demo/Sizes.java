package io.tarn.server.demo;

import io.airlift.units.DataSize;

/**
 * Bytes for a reader.
 */
final class Sizes
{
    private Sizes() {}

    static String text(long bytes)
    {
        return DataSize.ofBytes(bytes).succinct().toString();
    }
}
