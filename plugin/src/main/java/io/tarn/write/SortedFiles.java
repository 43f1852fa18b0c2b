package io.tarn.write;

import com.google.common.collect.ImmutableList;
import io.trino.filesystem.Location;
import io.trino.spi.Page;
import io.trino.spi.PageSorter;
import io.trino.spi.connector.SortOrder;
import io.trino.spi.type.Type;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import static java.lang.Math.toIntExact;
import static java.util.Objects.requireNonNull;

/**
 * Holds rows back and writes them sorted. When there is no room for more of them, those that there are become a file, so
 * that every file is sorted by itself.
 */
final class SortedFiles
        implements PartitionFiles
{
    private final RollingFiles files;
    private final PageSorter sorter;
    private final RowOrder order;
    private final SortBuffers buffers;
    private final List<Page> pages = new ArrayList<>();
    private long heldBytes;

    SortedFiles(RollingFiles files, PageSorter sorter, RowOrder order, SortBuffers buffers)
    {
        this.files = requireNonNull(files, "files is null");
        this.sorter = requireNonNull(sorter, "sorter is null");
        this.order = requireNonNull(order, "order is null");
        this.buffers = requireNonNull(buffers, "buffers is null");
        buffers.add(this);
    }

    @Override
    public void append(Page page)
    {
        // what is held must not hold the rows of other partitions with it
        Page own = page.copyPositions(IntStream.range(0, page.getPositionCount()).toArray(), 0, page.getPositionCount());
        pages.add(own);
        heldBytes += own.getRetainedSizeInBytes();
        buffers.makeRoom();
    }

    long heldBytes()
    {
        return heldBytes;
    }

    /**
     * Writes what is held, as files of their own.
     */
    void flush()
    {
        if (pages.isEmpty()) {
            return;
        }
        int rows = toIntExact(pages.stream().mapToLong(Page::getPositionCount).sum());
        sorter.sort(order.types(), pages, order.channels(), order.orders(), rows).forEachRemaining(files::append);
        files.finishOpen();
        pages.clear();
        heldBytes = 0;
    }

    @Override
    public long bytes()
    {
        return files.bytes() + heldBytes;
    }

    @Override
    public long memoryUsage()
    {
        return files.memoryUsage() + heldBytes;
    }

    @Override
    public List<WrittenFile> finish()
    {
        flush();
        return files.finish();
    }

    @Override
    public List<Location> abort()
    {
        pages.clear();
        heldBytes = 0;
        return files.abort();
    }

    /**
     * @param types of the pages
     * @param channels of the columns to sort by, the first counts most
     * @param orders of the channels
     */
    record RowOrder(List<Type> types, List<Integer> channels, List<SortOrder> orders)
    {
        RowOrder
        {
            types = ImmutableList.copyOf(types);
            channels = ImmutableList.copyOf(channels);
            orders = ImmutableList.copyOf(orders);
        }
    }
}
