package io.tarn.write;

import io.tarn.bucket.Bucketing;
import io.tarn.bucket.RowHash;
import io.trino.spi.Page;
import io.trino.spi.block.IntArrayBlock;

import java.util.List;
import java.util.Optional;

/**
 * Tells the buckets of the rows that are written.
 */
final class RowBuckets
{
    private final RowHash hash;
    private final int count;
    private final int[] channels;

    /**
     * @param columns of the pages, in their order
     */
    RowBuckets(Bucketing bucketing, List<WriteColumn> columns)
    {
        hash = bucketing.hash();
        count = bucketing.count();
        List<String> names = columns.stream().map(WriteColumn::name).toList();
        channels = bucketing.columns().stream().mapToInt(names::indexOf).toArray();
    }

    IntArrayBlock of(Page page)
    {
        Page columns = page.getColumns(channels);
        int[] buckets = new int[page.getPositionCount()];
        for (int position = 0; position < buckets.length; position++) {
            buckets[position] = RowHash.bucket(hash.hash(columns, position), count);
        }
        return new IntArrayBlock(buckets.length, Optional.empty(), buckets);
    }
}
