package io.tarn.format.orc;

import com.google.common.collect.ImmutableList;
import io.airlift.units.DataSize;
import io.trino.orc.DiskRange;
import io.trino.orc.metadata.Stream.StreamKind;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import static io.trino.orc.OrcDataSourceUtils.mergeAdjacentDiskRanges;
import static io.trino.orc.metadata.Stream.StreamKind.BLOOM_FILTER;
import static io.trino.orc.metadata.Stream.StreamKind.BLOOM_FILTER_UTF8;
import static io.trino.orc.metadata.Stream.StreamKind.DICTIONARY_COUNT;
import static io.trino.orc.metadata.Stream.StreamKind.ROW_INDEX;
import static java.util.Objects.requireNonNull;

/**
 * Which requests fetch the streams of a stripe. Indexes, and values, are fetched in requests of their own, so that a
 * stripe whose indexes leave no row costs no values; of either, streams that lie close are fetched together.
 *
 * @param maxMergeDistance gap up to which one request fetches two streams
 * @param maxBufferSize bytes up to which streams share a request; a larger one has one to itself
 */
record StreamRanges(DataSize maxMergeDistance, DataSize maxBufferSize)
{
    StreamRanges
    {
        requireNonNull(maxMergeDistance, "maxMergeDistance is null");
        requireNonNull(maxBufferSize, "maxBufferSize is null");
    }

    static boolean isIndex(StreamKind kind)
    {
        return kind == ROW_INDEX || kind == DICTIONARY_COUNT || isBloomFilter(kind);
    }

    static boolean isBloomFilter(StreamKind kind)
    {
        return kind == BLOOM_FILTER || kind == BLOOM_FILTER_UTF8;
    }

    List<DiskRange> requests(Collection<StreamRange> streams)
    {
        List<DiskRange> indexes = new ArrayList<>();
        List<DiskRange> values = new ArrayList<>();
        for (StreamRange stream : streams) {
            (isIndex(stream.kind()) ? indexes : values).add(stream.range());
        }
        return ImmutableList.<DiskRange>builder()
                .addAll(merge(indexes))
                .addAll(merge(values))
                .build();
    }

    private List<DiskRange> merge(List<DiskRange> ranges)
    {
        return ranges.isEmpty() ? ImmutableList.of() : mergeAdjacentDiskRanges(ranges, maxMergeDistance, maxBufferSize);
    }

    /**
     * @param range where the stream lies in the file
     */
    record StreamRange(StreamKind kind, DiskRange range)
    {
        StreamRange
        {
            requireNonNull(kind, "kind is null");
            requireNonNull(range, "range is null");
        }
    }
}
