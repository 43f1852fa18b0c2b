package io.tarn.format.parquet;

import io.trino.parquet.AbstractParquetDataSource;
import io.trino.parquet.DiskRange;
import io.trino.parquet.ParquetReaderOptions;

import java.util.ArrayList;
import java.util.List;

import static java.util.Comparator.comparingLong;

/**
 * How many bytes are fetched for ranges of a file, by the rule of {@link AbstractParquetDataSource}: ranges up to
 * {@code parquet.max-buffer-size} that lie no further apart than {@code parquet.max-merge-distance} are fetched in one
 * request of at most that size, with what lies between them.
 */
final class ReadRanges
{
    private final List<DiskRange> ranges = new ArrayList<>();
    private final long maxBufferSize;
    private final long maxMergeDistance;

    ReadRanges(ParquetReaderOptions options)
    {
        maxBufferSize = options.getMaxBufferSize().toBytes();
        maxMergeDistance = options.getMaxMergeDistance().toBytes();
    }

    void add(long offset, long length)
    {
        if (length > 0) {
            ranges.add(new DiskRange(offset, length));
        }
    }

    /**
     * The bytes that are fetched when exactly these ranges are read at once.
     */
    long bytes()
    {
        ranges.sort(comparingLong(DiskRange::offset));
        long bytes = 0;
        DiskRange last = null;
        for (DiskRange range : ranges) {
            if (range.length() > maxBufferSize) {
                bytes += range.length();
            }
            else if (last != null && last.span(range).length() <= maxBufferSize && range.offset() - last.end() <= maxMergeDistance) {
                last = last.span(range);
            }
            else {
                bytes += last == null ? 0 : last.length();
                last = range;
            }
        }
        return bytes + (last == null ? 0 : last.length());
    }

    /**
     * The most bytes that are fetched when any parts of these ranges are read at once: smaller ranges are merged where
     * larger ones would be too large, but never across more than the merge distance.
     */
    long bytesOfAnyParts()
    {
        ranges.sort(comparingLong(DiskRange::offset));
        long bytes = 0;
        long end = Long.MAX_VALUE;
        for (DiskRange range : ranges) {
            long gap = range.offset() - end;
            bytes += range.length() + (gap > 0 && gap <= maxMergeDistance ? gap : 0);
            end = end == Long.MAX_VALUE ? range.end() : Math.max(end, range.end());
        }
        return bytes;
    }
}
