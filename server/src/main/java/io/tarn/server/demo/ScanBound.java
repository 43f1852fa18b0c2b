package io.tarn.server.demo;

import com.google.common.collect.Range;

import java.util.List;
import java.util.function.Function;

import static java.util.Objects.requireNonNull;

/**
 * How much a query may read, held against what lies in the lake.
 *
 * @param meaning of the bytes that were read, for the report; empty where there is nothing to say
 * @param bytes that the query may read, once the objects are there
 */
record ScanBound(String meaning, Function<StoredSizes, Range<Long>> bytes)
{
    // where a footer is looked for in one request, with some bytes to spare
    private static final long FOOTER_BYTES = 64 << 10;

    ScanBound
    {
        requireNonNull(meaning, "meaning is null");
        requireNonNull(bytes, "bytes is null");
    }

    static ScanBound none()
    {
        return new ScanBound("", _ -> Range.atLeast(0L));
    }

    /**
     * All objects below folders, to the byte.
     */
    static ScanBound everything(String meaning, List<String> folders)
    {
        return new ScanBound(meaning, sizes -> Range.singleton(folders.stream().mapToLong(folder -> sum(sizes.below(folder))).sum()));
    }

    /**
     * No data, but what the Parquet files below a folder say of themselves.
     */
    static ScanBound footers(String meaning, String folder)
    {
        return new ScanBound(meaning, sizes -> Range.closed(0L, footers(sizes.below(folder))));
    }

    /**
     * Of the Parquet files below a folder no more data than a fraction of what lies in another.
     *
     * @param divisor of the fraction
     */
    static ScanBound fraction(String meaning, String folder, String whole, int divisor)
    {
        return new ScanBound(meaning, sizes -> Range.closed(0L, footers(sizes.below(folder)) + sum(sizes.below(whole)) / divisor));
    }

    private static long footers(List<Long> sizes)
    {
        return sizes.stream().mapToLong(size -> Math.min(size, FOOTER_BYTES)).sum();
    }

    private static long sum(List<Long> sizes)
    {
        return sizes.stream().mapToLong(size -> size).sum();
    }
}
