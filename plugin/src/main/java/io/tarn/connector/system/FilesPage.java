package io.tarn.connector.system;

import io.tarn.scan.TableFile;
import io.trino.spi.Page;
import io.trino.spi.block.Block;
import io.trino.spi.block.BlockBuilder;
import io.trino.spi.connector.SourcePage;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjLongConsumer;

import static io.airlift.slice.SizeOf.instanceSize;
import static io.airlift.slice.SizeOf.sizeOf;
import static java.util.Objects.requireNonNull;

/**
 * Some files. They are opened when a column is looked at that only they can fill, all at once.
 */
final class FilesPage
        implements SourcePage
{
    private static final int INSTANCE_SIZE = instanceSize(FilesPage.class);

    private final FileDescriber describer;
    private final Block[] blocks = new Block[FilesColumn.ALL.size()];
    private List<TableFile> files;
    private List<FileDescription> descriptions;

    FilesPage(List<TableFile> files, FileDescriber describer)
    {
        this.files = requireNonNull(files, "files is null");
        this.describer = requireNonNull(describer, "describer is null");
    }

    @Override
    public int getPositionCount()
    {
        return files.size();
    }

    @Override
    public long getSizeInBytes()
    {
        long size = 0;
        for (Block block : blocks) {
            size += block == null ? 0 : block.getSizeInBytes();
        }
        return size;
    }

    @Override
    public long getRetainedSizeInBytes()
    {
        long size = INSTANCE_SIZE + sizeOf(blocks);
        for (Block block : blocks) {
            size += block == null ? 0 : block.getRetainedSizeInBytes();
        }
        return size;
    }

    @Override
    public void retainedBytesForEachPart(ObjLongConsumer<Object> consumer)
    {
        consumer.accept(this, INSTANCE_SIZE);
        consumer.accept(blocks, sizeOf(blocks));
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
            blocks[channel] = build(FilesColumn.ALL.get(channel));
        }
        return blocks[channel];
    }

    private Block build(FilesColumn column)
    {
        BlockBuilder builder = column.type().createBlockBuilder(null, files.size());
        if (!column.isFromFooter()) {
            files.forEach(file -> column.write(builder, file));
            return builder.build();
        }
        if (descriptions == null) {
            descriptions = describer.describe(files);
        }
        descriptions.forEach(description -> column.write(builder, description));
        return builder.build();
    }

    @Override
    public Page getPage()
    {
        for (int channel = 0; channel < blocks.length; channel++) {
            getBlock(channel);
        }
        return new Page(files.size(), blocks.clone());
    }

    @Override
    public void selectPositions(int[] positions, int offset, int size)
    {
        files = selected(files, positions, offset, size);
        if (descriptions != null) {
            descriptions = selected(descriptions, positions, offset, size);
        }
        for (int channel = 0; channel < blocks.length; channel++) {
            if (blocks[channel] != null) {
                blocks[channel] = blocks[channel].getPositions(positions, offset, size);
            }
        }
    }

    private static <T> List<T> selected(List<T> values, int[] positions, int offset, int size)
    {
        List<T> selected = new ArrayList<>(size);
        for (int i = offset; i < offset + size; i++) {
            selected.add(values.get(positions[i]));
        }
        return selected;
    }
}
