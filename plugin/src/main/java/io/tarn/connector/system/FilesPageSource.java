package io.tarn.connector.system;

import io.tarn.scan.TableFile;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.SourcePage;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

import static java.lang.Math.min;
import static java.util.Objects.requireNonNull;

/**
 * Pages of files as they are listed. The first pages are small, so that a query that stops early opens few files, and
 * no page is large, because the engine opens all files of a page of which its own filter leaves one.
 */
final class FilesPageSource
        implements ConnectorPageSource
{
    private static final int SMALLEST_PAGE = 8;
    private static final int LARGEST_PAGE = 32;

    private final Iterator<TableFile> files;
    private final FileDescriber describer;
    private int pageSize = SMALLEST_PAGE;
    private boolean finished;
    private long readTimeNanos;

    FilesPageSource(Iterator<TableFile> files, FileDescriber describer)
    {
        this.files = requireNonNull(files, "files is null");
        this.describer = requireNonNull(describer, "describer is null");
    }

    @Override
    public SourcePage getNextSourcePage()
    {
        if (finished) {
            return null;
        }
        long start = System.nanoTime();
        List<TableFile> page = new ArrayList<>(pageSize);
        while (page.size() < pageSize && files.hasNext()) {
            page.add(files.next());
        }
        pageSize = min(2 * pageSize, LARGEST_PAGE);
        readTimeNanos += System.nanoTime() - start;
        if (page.isEmpty()) {
            // not before: the engine asks what was read when it asks for a page, and the last one is opened after it was given
            finished = true;
            return null;
        }
        return new FilesPage(page, describer);
    }

    @Override
    public boolean isFinished()
    {
        return finished;
    }

    @Override
    public long getCompletedBytes()
    {
        return describer.bytesRead();
    }

    @Override
    public long getReadTimeNanos()
    {
        return readTimeNanos;
    }

    @Override
    public void close()
    {
        finished = true;
    }
}
