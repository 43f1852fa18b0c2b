package io.tarn.quota.sql;

import com.google.common.collect.ImmutableList;
import io.tarn.quota.QuotaView;
import io.trino.spi.Page;
import io.trino.spi.connector.ColumnMetadata;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorTableMetadata;
import io.trino.spi.connector.ConnectorTransactionHandle;
import io.trino.spi.connector.EmptyPageSource;
import io.trino.spi.connector.FixedPageSource;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.connector.SystemTable;
import io.trino.spi.predicate.TupleDomain;
import io.trino.spi.type.Type;

import java.time.Instant;
import java.util.Iterator;
import java.util.List;

import static io.trino.spi.connector.SystemTable.Distribution.SINGLE_COORDINATOR;
import static java.util.Objects.requireNonNull;

/**
 * A table of the schema {@code system}, filled on the coordinator while it is read.
 */
abstract class QuotaTable
        implements SystemTable
{
    static final String SCHEMA = "system";

    protected final QuotaView view;
    private final ConnectorTableMetadata metadata;

    protected QuotaTable(QuotaView view, String name, ColumnMetadata... columns)
    {
        this.view = requireNonNull(view, "view is null");
        metadata = new ConnectorTableMetadata(new SchemaTableName(SCHEMA, name), ImmutableList.copyOf(columns));
    }

    @Override
    public final Distribution getDistribution()
    {
        return SINGLE_COORDINATOR;
    }

    @Override
    public final ConnectorTableMetadata getTableMetadata()
    {
        return metadata;
    }

    @Override
    public final ConnectorPageSource pageSource(ConnectorTransactionHandle transaction, ConnectorSession session, TupleDomain<Integer> constraint)
    {
        if (constraint.isNone()) {
            return new EmptyPageSource();
        }
        Iterator<Page> pages = pages(Viewer.of(session, view.policy()), session.getStart(), new ColumnDomains(metadata, constraint));
        // the pages that are held are those of the engine, which counts them
        return new FixedPageSource(pages, 0);
    }

    /**
     * @param now when the query began
     * @param domains what Trino filters the rows by in any case, so that it need only be heeded where it saves work
     * @return pages made as they are asked for
     */
    protected abstract Iterator<Page> pages(Viewer viewer, Instant now, ColumnDomains domains);

    protected final List<Type> types()
    {
        return metadata.getColumns().stream().map(ColumnMetadata::getType).toList();
    }

    protected static ColumnMetadata column(String name, Type type)
    {
        return new ColumnMetadata(name, type);
    }
}
