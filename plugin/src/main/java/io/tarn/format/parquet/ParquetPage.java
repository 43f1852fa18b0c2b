package io.tarn.format.parquet;

import io.trino.filesystem.Location;
import io.trino.spi.Page;
import io.trino.spi.block.Block;
import io.trino.spi.connector.SourcePage;

import java.util.List;
import java.util.function.ObjLongConsumer;

import static io.airlift.slice.SizeOf.instanceSize;
import static io.airlift.slice.SizeOf.sizeOf;
import static java.util.Objects.requireNonNull;

/**
 * The reader's page with the columns asked for. A column is decoded when it is looked at, which is where damage shows.
 */
final class ParquetPage
        implements SourcePage
{
    private static final int INSTANCE_SIZE = instanceSize(ParquetPage.class);

    private final Location file;
    private final SourcePage page;
    private final List<ParquetColumn> columns;
    private final Block[] blocks;

    ParquetPage(Location file, SourcePage page, List<ParquetColumn> columns)
    {
        this.file = requireNonNull(file, "file is null");
        this.page = requireNonNull(page, "page is null");
        this.columns = requireNonNull(columns, "columns is null");
        this.blocks = new Block[columns.size()];
    }

    @Override
    public int getPositionCount()
    {
        return page.getPositionCount();
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
        page.retainedBytesForEachPart(consumer);
        for (Block block : blocks) {
            if (block != null) {
                block.retainedBytesForEachPart(consumer);
            }
        }
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
            try {
                blocks[channel] = columns.get(channel).block(page);
            }
            catch (RuntimeException e) {
                throw ParquetFailures.cannotRead(file, e);
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
}
