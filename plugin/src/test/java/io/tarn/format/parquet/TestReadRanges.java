package io.tarn.format.parquet;

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ListMultimap;
import io.airlift.units.DataSize;
import io.trino.parquet.AbstractParquetDataSource;
import io.trino.parquet.ChunkReader;
import io.trino.parquet.DiskRange;
import io.trino.parquet.ParquetDataSourceId;
import io.trino.parquet.ParquetReaderOptions;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.Random;

import static io.trino.memory.context.AggregatedMemoryContext.newSimpleAggregatedMemoryContext;
import static org.assertj.core.api.Assertions.assertThat;

final class TestReadRanges
{
    private static final int FILE_LENGTH = 1_000_000;

    @Test
    void testBytesAreThoseThatTheLibraryFetches()
            throws IOException
    {
        Random random = new Random(5);
        for (int round = 0; round < 2000; round++) {
            ParquetReaderOptions options = ParquetReaderOptions.builder()
                    .withMaxMergeDistance(DataSize.ofBytes(random.nextInt(30_000)))
                    .withMaxBufferSize(DataSize.ofBytes(1000 + random.nextInt(100_000)))
                    .build();
            ReadRanges all = new ReadRanges(options);
            ListMultimap<Integer, DiskRange> ranges = ArrayListMultimap.create();
            ListMultimap<Integer, DiskRange> parts = ArrayListMultimap.create();
            int position = 0;
            for (int index = 0; index < 1 + random.nextInt(30); index++) {
                position += random.nextInt(20_000);
                int length = 1 + random.nextInt(random.nextBoolean() ? 200 : 20_000);
                ranges.put(index, new DiskRange(position, length));
                all.add(position, length);
                if (random.nextBoolean()) {
                    int skipped = random.nextInt(length);
                    parts.put(index, new DiskRange(position + skipped, 1 + random.nextInt(length - skipped)));
                }
                position += length;
            }
            long fetched = fetched(ranges, options);
            assertThat(all.bytes()).isEqualTo(fetched);
            assertThat(all.bytesOfAnyParts()).isGreaterThanOrEqualTo(fetched);
            if (!parts.isEmpty()) {
                assertThat(all.bytesOfAnyParts()).isGreaterThanOrEqualTo(fetched(parts, options));
            }
        }
        assertThat(new ReadRanges(ParquetReaderOptions.defaultOptions()).bytes()).isZero();
    }

    private static long fetched(ListMultimap<Integer, DiskRange> ranges, ParquetReaderOptions options)
            throws IOException
    {
        AbstractParquetDataSource source = new AbstractParquetDataSource(new ParquetDataSourceId("test"), FILE_LENGTH, options)
        {
            @Override
            protected void readInternal(long position, byte[] buffer, int bufferOffset, int bufferLength) {}

            @Override
            public void close() {}
        };
        for (ChunkReader chunk : source.planChunksRead(ranges, newSimpleAggregatedMemoryContext()).values()) {
            chunk.read();
        }
        return source.getReadBytes();
    }
}
