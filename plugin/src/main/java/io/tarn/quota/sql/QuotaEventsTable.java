package io.tarn.quota.sql;

import io.tarn.quota.QuotaView;
import io.tarn.quota.ledger.Crossing;
import io.tarn.quota.policy.Budget;
import io.tarn.quota.policy.Workgroup;
import io.trino.spi.Page;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

import static io.tarn.quota.sql.LedgerCalls.ask;
import static io.tarn.quota.sql.Rows.PRICE;
import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.TimestampWithTimeZoneType.TIMESTAMP_TZ_MILLIS;
import static io.trino.spi.type.VarcharType.VARCHAR;

/**
 * {@code system.quota_events}: budgets that came to a threshold, the newest ones.
 */
final class QuotaEventsTable
        extends QuotaTable
{
    private static final int MAX_EVENTS = 10_000;
    private static final ZoneId UTC = ZoneId.of("UTC");

    QuotaEventsTable(QuotaView view)
    {
        super(view,
                "quota_events",
                column("time", TIMESTAMP_TZ_MILLIS),
                column("workgroup", VARCHAR),
                column("budget", VARCHAR),
                column("subject", VARCHAR),
                column("starts_at", TIMESTAMP_TZ_MILLIS),
                column("resets_at", TIMESTAMP_TZ_MILLIS),
                column("percent", BIGINT),
                column("bytes_taken", BIGINT),
                column("price_taken", PRICE),
                column("currency", VARCHAR),
                column("query_id", VARCHAR));
    }

    @Override
    protected Iterator<Page> pages(Viewer viewer, Instant now, ColumnDomains domains)
    {
        Rows rows = new Rows(types());
        List<Workgroup> workgroups = viewer.workgroups();
        for (Crossing crossing : ask(() -> view.ledger().crossings(MAX_EVENTS))) {
            Optional<Workgroup> workgroup = workgroups.stream().filter(candidate -> candidate.name().equals(crossing.account().workgroup())).findFirst();
            Optional<Budget> budget = workgroup.flatMap(found -> found.budget(crossing.account().budget()));
            boolean own = budget.filter(found -> viewer.ownSubjects(found).contains(crossing.account().subject())).isPresent();
            if (!own && !viewer.isAdministrator()) {
                continue;
            }
            ZoneId zone = budget.map(Budget::zone).orElse(UTC);
            rows.row()
                    .time(crossing.time())
                    .text(crossing.account().workgroup())
                    .text(crossing.account().budget())
                    .text(crossing.account().subject())
                    .time(crossing.account().start(), zone)
                    .time(crossing.account().end(), zone)
                    .number(crossing.percent())
                    .number(crossing.taken().bytes())
                    .price(crossing.taken().price())
                    .text(workgroup.map(found -> found.pricing().currency()))
                    .text(crossing.queryId());
        }
        return Collections.singleton(rows.take()).iterator();
    }
}
