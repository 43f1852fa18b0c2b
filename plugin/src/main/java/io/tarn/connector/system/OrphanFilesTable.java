package io.tarn.connector.system;

import com.google.common.collect.Iterators;
import io.tarn.maintenance.OrphanFile;
import io.tarn.maintenance.OrphanFiles;
import io.trino.metastore.Table;
import io.trino.spi.Page;
import io.trino.spi.PageBuilder;
import io.trino.spi.connector.ColumnMetadata;
import io.trino.spi.connector.ConnectorAccessControl;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorTransactionHandle;
import io.trino.spi.connector.EmptyPageSource;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.predicate.TupleDomain;
import io.trino.spi.type.Type;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static io.airlift.slice.Slices.utf8Slice;
import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.DateTimeEncoding.packDateTimeWithZone;
import static io.trino.spi.type.TimeZoneKey.UTC_KEY;
import static io.trino.spi.type.TimestampWithTimeZoneType.TIMESTAMP_TZ_MILLIS;
import static io.trino.spi.type.TypeUtils.writeNativeValue;
import static io.trino.spi.type.VarcharType.VARCHAR;
import static java.util.Objects.requireNonNull;

/**
 * {@code "t$orphan_files"}: a row for each file below a table that is no part of it, and that {@code remove_orphan_files}
 * removes, now or later. Files of writes that are under way are among them.
 */
public final class OrphanFilesTable
        extends CoordinatorTable
{
    private static final int PAGE_ROWS = 1000;
    private static final List<ColumnMetadata> COLUMNS = List.of(
            column("path", VARCHAR, "The file"),
            column("size", BIGINT, "Its bytes"),
            column("modified", TIMESTAMP_TZ_MILLIS, "When it was last modified"),
            column("query_id", VARCHAR, "The query that wrote it; null where nobody knows any more"),
            column("reason", VARCHAR, "Why it is no part of the table: unfinished write, unfinished table, replaced, unused list"),
            column("removable_after", TIMESTAMP_TZ_MILLIS, "Before which remove_orphan_files does not remove it, with the shortest retention that it takes; null where it does at once"));

    private final ConnectorSession session;
    private final Table table;
    private final OrphanFiles orphans;

    /**
     * @param session the catalogue's
     * @param name of this table
     * @param table the one that is told about
     */
    public OrphanFilesTable(ConnectorSession session, SchemaTableName name, Table table, OrphanFiles orphans)
    {
        super(name, COLUMNS);
        this.session = requireNonNull(session, "session is null");
        this.table = requireNonNull(table, "table is null");
        this.orphans = requireNonNull(orphans, "orphans is null");
    }

    private static ColumnMetadata column(String name, Type type, String comment)
    {
        return column(name, type, Optional.of(comment));
    }

    /**
     * @throws io.trino.spi.security.AccessDeniedException where the user may select nothing of the table itself
     */
    @Override
    public ConnectorPageSource pageSource(ConnectorTransactionHandle transaction, ConnectorSession systemSession, TupleDomain<Integer> constraint, ConnectorAccessControl accessControl)
    {
        accessControl.checkCanSelectFromColumns(null, table.getSchemaTableName(), Set.of());
        if (constraint.isNone()) {
            return new EmptyPageSource();
        }
        return new ListedPages(Iterators.transform(Iterators.partition(orphans.of(session, table), PAGE_ROWS), this::page));
    }

    private Page page(List<OrphanFile> files)
    {
        PageBuilder rows = new PageBuilder(files.size(), types());
        for (OrphanFile file : files) {
            rows.declarePosition();
            write(rows, 0, utf8Slice(file.location().toString()));
            write(rows, 1, file.size());
            write(rows, 2, time(file.modified()));
            write(rows, 3, file.queryId().map(id -> utf8Slice(id)).orElse(null));
            write(rows, 4, utf8Slice(file.reason().toString()));
            write(rows, 5, file.since().map(since -> time(since.plusMillis(orphans.shortestRetention().toMillis()))).orElse(null));
        }
        return rows.build();
    }

    private static void write(PageBuilder rows, int column, Object value)
    {
        writeNativeValue(COLUMNS.get(column).getType(), rows.getBlockBuilder(column), value);
    }

    private static long time(Instant instant)
    {
        return packDateTimeWithZone(instant.toEpochMilli(), UTC_KEY);
    }
}
