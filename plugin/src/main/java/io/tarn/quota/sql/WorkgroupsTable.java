package io.tarn.quota.sql;

import io.airlift.units.DataSize;
import io.tarn.quota.EffectivePolicy;
import io.tarn.quota.QuotaView;
import io.tarn.quota.policy.Budget;
import io.tarn.quota.policy.PolicyWarning;
import io.tarn.quota.policy.Pricing;
import io.tarn.quota.policy.QueryLimits;
import io.tarn.quota.policy.QuotaPolicy;
import io.tarn.quota.policy.Selector;
import io.tarn.quota.policy.Workgroup;
import io.trino.spi.Page;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

import static io.tarn.quota.sql.LedgerCalls.ask;
import static io.tarn.quota.sql.Rows.PRICE;
import static io.tarn.quota.sql.Rows.VARCHARS;
import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.BooleanType.BOOLEAN;
import static io.trino.spi.type.VarcharType.VARCHAR;
import static java.util.Locale.ENGLISH;
import static java.util.stream.Collectors.joining;

/**
 * {@code system.workgroups}: the policy's workgroups in the order in which they are tried.
 */
final class WorkgroupsTable
        extends QuotaTable
{
    WorkgroupsTable(QuotaView view)
    {
        super(view,
                "workgroups",
                column("position", BIGINT),
                column("name", VARCHAR),
                column("enabled", BOOLEAN),
                column("action", VARCHAR),
                column("bytes_limit", BIGINT),
                column("rows_limit", BIGINT),
                column("price_limit", PRICE),
                column("currency", VARCHAR),
                column("pricing", VARCHAR),
                column("upper_bound", VARCHAR),
                column("selectors", VARCHAR),
                column("budgets", VARCHARS),
                column("partition_filter_required", VARCHARS),
                column("warnings", VARCHARS));
    }

    @Override
    protected Iterator<Page> pages(Viewer viewer, Instant now, ColumnDomains domains)
    {
        EffectivePolicy quotas = new EffectivePolicy(ask(() -> view.ledger().changes()));
        List<Workgroup> all = viewer.policy().workgroups();
        List<PolicyWarning> warnings = viewer.policy().warnings();
        Rows rows = new Rows(types());
        for (Workgroup workgroup : viewer.workgroups()) {
            QueryLimits limits = workgroup.limits();
            rows.row()
                    .number(all.indexOf(workgroup) + 1)
                    .text(workgroup.name())
                    .flag(quotas.isEnabled(workgroup))
                    .text(workgroup.action().name().toLowerCase(ENGLISH))
                    .number(limits.bytes())
                    .number(limits.rows())
                    .price(limits.price())
                    .text(workgroup.pricing().currency())
                    .text(describe(workgroup.pricing()))
                    .text(workgroup.upperBound().name().toLowerCase(ENGLISH))
                    .text(describe(workgroup))
                    .texts(workgroup.budgets().stream().map(Budget::name).toList())
                    .texts(workgroup.partitionFilterRequired().stream().map(table -> table.pattern()).toList())
                    .texts(warnings.stream().filter(warning -> warning.workgroup().equals(workgroup.name())).map(PolicyWarning::text).toList());
        }
        return Collections.singleton(rows.take()).iterator();
    }

    private static String describe(Pricing pricing)
    {
        return "%s %s per TB, at least %s, in steps of %s".formatted(
                pricing.currency(),
                pricing.perTerabyte().toPlainString(),
                DataSize.succinctBytes(pricing.minimumBytes()),
                DataSize.succinctBytes(pricing.roundingBytes()));
    }

    private static String describe(Workgroup workgroup)
    {
        if (workgroup.name().equals(QuotaPolicy.PRIMARY)) {
            return "all others";
        }
        return workgroup.selectors().stream().map(WorkgroupsTable::describe).collect(joining("; "));
    }

    private static String describe(Selector selector)
    {
        List<String> parts = new ArrayList<>();
        selector.user().ifPresent(pattern -> parts.add("user " + pattern));
        selector.group().ifPresent(pattern -> parts.add("group " + pattern));
        selector.source().ifPresent(pattern -> parts.add("source " + pattern));
        if (!selector.clientTags().isEmpty()) {
            parts.add("client tags " + selector.clientTags().stream().sorted().collect(joining("+")));
        }
        selector.resourceGroup().ifPresent(pattern -> parts.add("resource group " + pattern));
        if (parts.isEmpty()) {
            parts.add("everybody");
        }
        return String.join(" and ", parts) + (selector.named() ? " who names it" : "");
    }
}
