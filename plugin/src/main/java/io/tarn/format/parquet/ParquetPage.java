package io.tarn.format.parquet;

import com.google.common.collect.ImmutableList;
import io.trino.spi.Page;
import io.trino.spi.block.Block;
import io.trino.spi.connector.SourcePage;

import java.util.List;
import java.util.Optional;
import java.util.function.ObjLongConsumer;

import static io.airlift.slice.SizeOf.instanceSize;
import static io.airlift.slice.SizeOf.sizeOf;
import static java.util.Objects.requireNonNull;

/**
 * A page whose columns are decoded when they are asked for.
 */
final class ParquetPage
        implements SourcePage
{
    private static final long INSTANCE_SIZE = instanceSize(ParquetPage.class);

    private final SourcePage page;
    private final List<ColumnSource> columns;
    private final ParquetErrors errors;
    private final Block[] blocks;

    ParquetPage(SourcePage page, List<ColumnSource> columns, ParquetErrors errors)
    {
        this.page = requireNonNull(page, "page is null");
        this.columns = ImmutableList.copyOf(columns);
        this.errors = requireNonNull(errors, "errors is null");
        blocks = new Block[columns.size()];
    }

    @Override
    public int getPositionCount()
    {
        return page.getPositionCount();
    }

    @Override
    public int getChannelCount()
    {
        return blocks.length;
    }

    @Override
    public Block getBlock(int channel)
    {
        if (blocks[channel] == null) {
            ColumnSource column = columns.get(channel);
            try {
                Block block = column.block(page);
                BlockCheck.check(block, page.getPositionCount());
                blocks[channel] = block;
            }
            catch (RuntimeException e) {
                throw errors.reading(Optional.of(column.name()), e);
            }
        }
        return blocks[channel];
    }

    @Override
    public Page getPage()
    {
        for (int channel = 0; channel < blocks.length; channel++) {
            getBlock(channel);
        }
        return new Page(getPositionCount(), blocks);
    }

    @Override
    public void selectPositions(int[] positions, int offset, int size)
    {
        page.selectPositions(positions, offset, size);
        for (int channel = 0; channel < blocks.length; channel++) {
            if (blocks[channel] != null) {
                blocks[channel] = blocks[channel].getPositions(positions, offset, size);
            }
        }
    }

    @Override
    public long getSizeInBytes()
    {
        return page.getSizeInBytes();
    }

    @Override
    public long getRetainedSizeInBytes()
    {
        return INSTANCE_SIZE + sizeOf(blocks) + page.getRetainedSizeInBytes();
    }

    @Override
    public void retainedBytesForEachPart(ObjLongConsumer<Object> consumer)
    {
        consumer.accept(this, INSTANCE_SIZE);
        consumer.accept(blocks, sizeOf(blocks));
        page.retainedBytesForEachPart(consumer);
    }
}
