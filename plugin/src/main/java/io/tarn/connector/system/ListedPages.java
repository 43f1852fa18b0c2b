package io.tarn.connector.system;

import io.trino.spi.Page;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.SourcePage;

import java.util.Iterator;

import static java.util.Objects.requireNonNull;

/**
 * Pages made of what the catalogue says: nothing of the storage is read for them, so no bytes count.
 */
final class ListedPages
        implements ConnectorPageSource
{
    private final Iterator<Page> pages;
    private boolean closed;

    ListedPages(Iterator<Page> pages)
    {
        this.pages = requireNonNull(pages, "pages is null");
    }

    @Override
    public SourcePage getNextSourcePage()
    {
        return isFinished() ? null : SourcePage.create(pages.next());
    }

    @Override
    public boolean isFinished()
    {
        return closed || !pages.hasNext();
    }

    @Override
    public long getCompletedBytes()
    {
        return 0;
    }

    @Override
    public long getReadTimeNanos()
    {
        return 0;
    }

    @Override
    public void close()
    {
        closed = true;
    }
}
