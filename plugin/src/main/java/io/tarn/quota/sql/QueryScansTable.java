package io.tarn.quota.sql;

import io.tarn.quota.QuotaView;
import io.tarn.quota.ledger.LoggedQuery;
import io.tarn.quota.ledger.TableScan;
import io.trino.spi.Page;

import java.time.Instant;
import java.util.Iterator;

import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.TimestampWithTimeZoneType.TIMESTAMP_TZ_MILLIS;
import static io.trino.spi.type.VarcharType.VARCHAR;

/**
 * {@code system.query_scans}: what each query of the log read of each table.
 */
final class QueryScansTable
        extends QuotaTable
{
    QueryScansTable(QuotaView view)
    {
        super(view,
                "query_scans",
                column("query_id", VARCHAR),
                column("created", TIMESTAMP_TZ_MILLIS),
                column("user", VARCHAR),
                column("workgroup", VARCHAR),
                column("table_catalog", VARCHAR),
                column("table_schema", VARCHAR),
                column("table_name", VARCHAR),
                column("files", BIGINT),
                column("partitions", BIGINT),
                column("estimated_bytes", BIGINT),
                column("estimated_rows", BIGINT),
                column("read_bytes", BIGINT),
                column("read_rows", BIGINT));
    }

    @Override
    protected Iterator<Page> pages(Viewer viewer, Instant now, ColumnDomains domains)
    {
        return LoggedQueries.pages(view, viewer, domains, new Rows(types()), QueryScansTable::write);
    }

    private static void write(LoggedQuery logged, Rows rows)
    {
        for (TableScan scan : logged.scans()) {
            rows.row()
                    .text(logged.query().queryId())
                    .time(logged.query().created())
                    .text(logged.query().user())
                    .text(logged.query().workgroup())
                    .text(scan.catalog())
                    .text(scan.schema())
                    .text(scan.table())
                    .number(scan.files())
                    .number(scan.partitions())
                    .number(scan.estimatedBytes())
                    .number(scan.estimatedRows())
                    .number(scan.readBytes())
                    .number(scan.readRows());
        }
    }
}
