package io.tarn.quota.sql;

import com.google.common.collect.ImmutableSet;
import io.tarn.quota.QuotaView;
import io.trino.spi.connector.SystemTable;

import java.util.Set;

/**
 * The quotas as tables of a catalogue's schema {@code system}.
 */
public final class QuotaTables
{
    private QuotaTables() {}

    public static Set<SystemTable> tables(QuotaView view)
    {
        return ImmutableSet.of(
                new WorkgroupsTable(view),
                new BudgetsTable(view),
                new QueryLogTable(view),
                new QueryScansTable(view),
                new QuotaEventsTable(view));
    }
}
