package io.tarn.quota.sql;

import com.google.common.collect.ImmutableList;
import io.tarn.quota.QuotaView;
import io.tarn.quota.ledger.LoggedQuery;
import io.trino.spi.Page;

import java.time.Instant;
import java.util.Iterator;

import static io.tarn.quota.sql.Rows.PRICE;
import static io.tarn.quota.sql.Rows.VARCHARS;
import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.TimestampWithTimeZoneType.TIMESTAMP_TZ_MILLIS;
import static io.trino.spi.type.VarcharType.VARCHAR;

/**
 * {@code system.query_log}: who asked what and when, what it was expected to cost, and what it did.
 */
final class QueryLogTable
        extends QuotaTable
{
    QueryLogTable(QuotaView view)
    {
        super(view,
                "query_log",
                column("query_id", VARCHAR),
                column("created", TIMESTAMP_TZ_MILLIS),
                column("ended", TIMESTAMP_TZ_MILLIS),
                column("user", VARCHAR),
                column("groups", VARCHARS),
                column("source", VARCHAR),
                column("workgroup", VARCHAR),
                column("state", VARCHAR),
                column("text", VARCHAR),
                column("estimated_bytes", BIGINT),
                column("read_bytes", BIGINT),
                column("rows", BIGINT),
                column("estimated_price", PRICE),
                column("price", PRICE),
                column("currency", VARCHAR),
                column("reason", VARCHAR));
    }

    @Override
    protected Iterator<Page> pages(Viewer viewer, Instant now, ColumnDomains domains)
    {
        return LoggedQueries.pages(view, viewer, domains, new Rows(types()), QueryLogTable::write);
    }

    private static void write(LoggedQuery logged, Rows rows)
    {
        rows.row()
                .text(logged.query().queryId())
                .time(logged.query().created())
                .time(logged.ended())
                .text(logged.query().user())
                .texts(ImmutableList.sortedCopyOf(logged.query().groups()))
                .text(logged.query().source())
                .text(logged.query().workgroup())
                .text(logged.state().name())
                .text(logged.query().text())
                .number(logged.estimated().bytes())
                .number(logged.actual().bytes())
                .number(logged.rows())
                .price(logged.estimated().price())
                .price(logged.actual().price())
                .text(logged.query().currency())
                .text(logged.reason());
    }
}
