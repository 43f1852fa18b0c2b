package io.tarn.quota.sql;

import com.google.common.collect.AbstractIterator;
import io.tarn.quota.QuotaView;
import io.tarn.quota.ledger.LoggedQuery;
import io.tarn.quota.ledger.QueryFilter;
import io.trino.spi.Page;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

import static io.tarn.quota.sql.LedgerCalls.ask;

/**
 * Reads the log a piece at a time. Pieces begin small, since many only want to see the last queries, and grow until
 * their rows, whose texts may be long, make a page that is large enough.
 */
final class LoggedQueries
        extends AbstractIterator<Page>
{
    private static final int FIRST_LIMIT = 16;
    private static final int MAX_LIMIT = 1024;
    private static final long ENOUGH_BYTES = 1 << 20;

    private final QuotaView view;
    private final QueryFilter filter;
    private final Rows rows;
    private final BiConsumer<LoggedQuery, Rows> writer;
    private Optional<LoggedQuery> last = Optional.empty();
    private int limit = FIRST_LIMIT;
    private boolean ended;

    private LoggedQueries(QuotaView view, QueryFilter filter, Rows rows, BiConsumer<LoggedQuery, Rows> writer)
    {
        this.view = view;
        this.filter = filter;
        this.rows = rows;
        this.writer = writer;
    }

    /**
     * @param writer writes the rows of a query
     * @return pages of all queries that the viewer may see and the domains of query_id, created, user and workgroup let through
     */
    static Iterator<Page> pages(QuotaView view, Viewer viewer, ColumnDomains domains, Rows rows, BiConsumer<LoggedQuery, Rows> writer)
    {
        if (!viewer.isAdministrator() && !domains.allows("user", viewer.user())) {
            return Collections.emptyIterator();
        }
        Optional<String> user = viewer.isAdministrator() ? domains.text("user") : Optional.of(viewer.user());
        QueryFilter filter = new QueryFilter(user, domains.text("query_id"), domains.text("workgroup"), domains.from("created"), domains.until("created"));
        return new LoggedQueries(view, filter, rows, writer);
    }

    @Override
    protected Page computeNext()
    {
        while (!ended) {
            List<LoggedQuery> queries = ask(() -> view.ledger().queries(filter, last, limit));
            ended = queries.size() < limit;
            queries.forEach(query -> writer.accept(query, rows));
            if (!queries.isEmpty()) {
                last = Optional.of(queries.getLast());
            }
            if (rows.count() > 0) {
                Page page = rows.take();
                adjust(page.getSizeInBytes());
                return page;
            }
        }
        return endOfData();
    }

    private void adjust(long bytes)
    {
        if (bytes < ENOUGH_BYTES) {
            limit = Math.min(MAX_LIMIT, 2 * limit);
        }
        else {
            limit = (int) Math.clamp(limit * ENOUGH_BYTES / bytes, 1, MAX_LIMIT);
        }
    }
}
