package io.tarn.format;

import io.trino.spi.Page;
import io.trino.spi.block.Block;
import io.trino.spi.connector.SourcePage;

import java.util.List;
import java.util.function.ObjLongConsumer;

import static io.airlift.slice.SizeOf.instanceSize;
import static io.airlift.slice.SizeOf.sizeOf;
import static java.util.Objects.requireNonNull;

/**
 * A page whose columns are taken out of another's when they are asked for.
 */
public final class DerivedPage
        implements SourcePage
{
    private static final int INSTANCE_SIZE = instanceSize(DerivedPage.class);

    private final SourcePage page;
    private final List<? extends PageColumn> columns;
    private final Block[] blocks;

    public DerivedPage(SourcePage page, List<? extends PageColumn> columns)
    {
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
        consumer.accept(this, INSTANCE_SIZE);
        consumer.accept(blocks, sizeOf(blocks));
        page.retainedBytesForEachPart(consumer);
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
            blocks[channel] = columns.get(channel).block(page);
        }
        return blocks[channel];
    }

    @Override
    public Page getPage()
    {
        for (int channel = 0; channel < blocks.length; channel++) {
            getBlock(channel);
        }
        return new Page(getPositionCount(), blocks.clone());
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
