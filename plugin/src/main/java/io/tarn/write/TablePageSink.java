package io.tarn.write;

import com.google.common.collect.ImmutableList;
import io.airlift.json.JsonCodec;
import io.airlift.log.Logger;
import io.airlift.slice.Slice;
import io.tarn.storage.Uninterrupted;
import io.trino.filesystem.Location;
import io.trino.filesystem.TrinoFileSystem;
import io.trino.spi.Page;
import io.trino.spi.PageIndexer;
import io.trino.spi.TrinoException;
import io.trino.spi.block.Block;
import io.trino.spi.block.IntArrayBlock;
import io.trino.spi.block.RunLengthEncodedBlock;
import io.trino.spi.connector.ConnectorPageSink;
import io.trino.spi.type.Type;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

import static io.airlift.slice.Slices.wrappedBuffer;
import static io.tarn.error.TarnErrorCode.TARN_TOO_MANY_OPEN_PARTITIONS;
import static io.trino.spi.type.TypeUtils.writeNativeValue;
import static java.util.Objects.requireNonNull;

/**
 * Distributes rows to the files of their partitions and buckets.
 */
final class TablePageSink
        implements ConnectorPageSink
{
    private static final Logger log = Logger.get(TablePageSink.class);

    private final TableWrite write;
    private final TrinoFileSystem fileSystem;
    private final PartitionFiles.Opener opener;
    private final Optional<PageIndexer> indexer;
    private final int maxOpenPartitions;
    private final JsonCodec<WrittenFile> codec;

    private final int[] keyChannels;
    private final Optional<RowBuckets> buckets;
    // by field of the files; -1 for one that is no column of the pages
    private final int[] fieldChannels;
    private final Block[] missing;
    private final List<PartitionFiles> partitions = new ArrayList<>();

    /**
     * @param indexer numbers the combinations of the keys' values, and of the bucket after them where the table has
     *         buckets; empty for a table without either
     */
    TablePageSink(
            TableWrite write,
            List<Type> fieldTypes,
            TrinoFileSystem fileSystem,
            PartitionFiles.Opener opener,
            Optional<PageIndexer> indexer,
            int maxOpenPartitions,
            JsonCodec<WrittenFile> codec)
    {
        this.write = requireNonNull(write, "write is null");
        this.fileSystem = requireNonNull(fileSystem, "fileSystem is null");
        this.opener = requireNonNull(opener, "opener is null");
        this.indexer = requireNonNull(indexer, "indexer is null");
        this.maxOpenPartitions = maxOpenPartitions;
        this.codec = requireNonNull(codec, "codec is null");
        keyChannels = new int[write.partitionKeys().size()];
        fieldChannels = new int[fieldTypes.size()];
        missing = new Block[fieldTypes.size()];
        Arrays.fill(fieldChannels, -1);
        for (int channel = 0; channel < write.columns().size(); channel++) {
            WriteColumn column = write.columns().get(channel);
            if (column.key() >= 0) {
                keyChannels[column.key()] = channel;
            }
            else {
                fieldChannels[column.field()] = channel;
            }
        }
        buckets = write.bucketing().map(bucketing -> new RowBuckets(bucketing, write.columns()));
        for (int field = 0; field < missing.length; field++) {
            missing[field] = writeNativeValue(fieldTypes.get(field), null);
        }
    }

    @Override
    public long getCompletedBytes()
    {
        return partitions.stream().mapToLong(PartitionFiles::bytes).sum();
    }

    @Override
    public long getMemoryUsage()
    {
        return partitions.stream().mapToLong(PartitionFiles::memoryUsage).sum();
    }

    @Override
    public CompletableFuture<?> appendPage(Page page)
    {
        if (page.getPositionCount() == 0) {
            return NOT_BLOCKED;
        }
        if (indexer.isEmpty()) {
            if (partitions.isEmpty()) {
                partitions.add(opener.open(ImmutableList.of(), OptionalInt.empty()));
            }
            partitions.getFirst().append(fields(page));
            return NOT_BLOCKED;
        }
        Page keys = page.getColumns(keyChannels);
        Optional<IntArrayBlock> numbers = buckets.map(rows -> rows.of(page));
        int[] indexes = indexer.get().indexPage(numbers.map(keys::appendColumn).orElse(keys));
        int known = partitions.size();
        int[] counts = new int[indexer.get().getMaxIndex() + 1];
        for (int position = 0; position < indexes.length; position++) {
            int index = indexes[position];
            if (index >= known) {
                requireRoom(index);
                OptionalInt bucket = numbers.isPresent() ? OptionalInt.of(numbers.get().getInt(position)) : OptionalInt.empty();
                partitions.add(opener.open(PartitionTexts.texts(write.table(), write.partitionKeys(), keyChannels, page, position), bucket));
                known++;
            }
            counts[index]++;
        }
        Page fields = fields(page);
        int[][] positions = new int[counts.length][];
        int[] filled = new int[counts.length];
        for (int position = 0; position < indexes.length; position++) {
            int index = indexes[position];
            if (counts[index] == indexes.length) {
                partitions.get(index).append(fields);
                return NOT_BLOCKED;
            }
            if (positions[index] == null) {
                positions[index] = new int[counts[index]];
            }
            positions[index][filled[index]++] = position;
        }
        for (int index = 0; index < positions.length; index++) {
            if (positions[index] != null) {
                partitions.get(index).append(fields.getPositions(positions[index], 0, positions[index].length));
            }
        }
        return NOT_BLOCKED;
    }

    private void requireRoom(int index)
    {
        if (index >= maxOpenPartitions) {
            if (write.bucketing().isPresent()) {
                throw new TrinoException(TARN_TOO_MANY_OPEN_PARTITIONS, "One writer of the statement writes more than %s buckets of table %s, which has %s in each partition. Write fewer partitions in a statement, or raise the session property max_open_partitions (tarn.max-open-partitions): each takes memory."
                        .formatted(maxOpenPartitions, write.table(), write.bucketing().get().count()));
            }
            throw new TrinoException(TARN_TOO_MANY_OPEN_PARTITIONS, "The statement writes more than %s partitions of table %s at once. Write them in several statements, each with a filter on %s, or raise the session property max_open_partitions (tarn.max-open-partitions)."
                    .formatted(maxOpenPartitions, write.table(), write.partitionKeys().stream().map(key -> key.name()).toList()));
        }
    }

    private Page fields(Page page)
    {
        Block[] blocks = new Block[fieldChannels.length];
        for (int field = 0; field < blocks.length; field++) {
            blocks[field] = fieldChannels[field] >= 0 ? page.getBlock(fieldChannels[field]) : RunLengthEncodedBlock.create(missing[field], page.getPositionCount());
        }
        return new Page(page.getPositionCount(), blocks);
    }

    @Override
    public CompletableFuture<Collection<Slice>> finish()
    {
        ImmutableList.Builder<Slice> fragments = ImmutableList.builder();
        for (PartitionFiles files : partitions) {
            files.finish().forEach(file -> fragments.add(wrappedBuffer(codec.toJsonBytes(file))));
        }
        return CompletableFuture.completedFuture(fragments.build());
    }

    @Override
    public void abort()
    {
        for (PartitionFiles files : partitions) {
            for (Location file : files.abort()) {
                try {
                    Uninterrupted.run(() -> fileSystem.deleteFile(file));
                }
                catch (IOException | RuntimeException e) {
                    // no reader sees it: its write is not published
                    log.warn(e, "File %s of a write that failed could not be deleted; remove_orphan_files removes it", file);
                }
            }
        }
    }
}
