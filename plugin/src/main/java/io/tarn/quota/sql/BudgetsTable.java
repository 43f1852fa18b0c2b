package io.tarn.quota.sql;

import com.google.common.collect.AbstractIterator;
import io.tarn.quota.EffectivePolicy;
import io.tarn.quota.QuotaView;
import io.tarn.quota.ledger.AccountKey;
import io.tarn.quota.ledger.Balance;
import io.tarn.quota.policy.Budget;
import io.tarn.quota.policy.Per;
import io.tarn.quota.policy.Window;
import io.tarn.quota.policy.Workgroup;
import io.trino.spi.Page;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

import static io.tarn.quota.sql.LedgerCalls.ask;
import static io.tarn.quota.sql.Rows.PRICE;
import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.TimestampWithTimeZoneType.TIMESTAMP_TZ_MILLIS;
import static io.trino.spi.type.VarcharType.VARCHAR;
import static java.util.Locale.ENGLISH;

/**
 * {@code system.budgets}: what is used, reserved and left of each budget in its present run. Of a budget that nobody has
 * used yet the row of the whole workgroup, or those of the asking user and their groups, are shown with zeros.
 */
final class BudgetsTable
        extends QuotaTable
{
    private static final int PAGE_ROWS = 1000;

    BudgetsTable(QuotaView view)
    {
        super(view,
                "budgets",
                column("workgroup", VARCHAR),
                column("budget", VARCHAR),
                column("per", VARCHAR),
                column("subject", VARCHAR),
                column("period", VARCHAR),
                column("starts_at", TIMESTAMP_TZ_MILLIS),
                column("resets_at", TIMESTAMP_TZ_MILLIS),
                column("bytes_limit", BIGINT),
                column("bytes_used", BIGINT),
                column("bytes_reserved", BIGINT),
                column("bytes_left", BIGINT),
                column("price_limit", PRICE),
                column("price_used", PRICE),
                column("price_reserved", PRICE),
                column("price_left", PRICE),
                column("currency", VARCHAR),
                column("changed_by", VARCHAR));
    }

    @Override
    protected Iterator<Page> pages(Viewer viewer, Instant now, ColumnDomains domains)
    {
        List<Row> rows = rows(viewer, now, domains);
        EffectivePolicy quotas = new EffectivePolicy(ask(() -> view.ledger().changes()));
        Rows writer = new Rows(types());
        Iterator<Row> remaining = rows.iterator();
        return new AbstractIterator<>()
        {
            @Override
            protected Page computeNext()
            {
                while (remaining.hasNext() && writer.count() < PAGE_ROWS) {
                    write(remaining.next(), quotas, writer);
                }
                return writer.count() == 0 ? endOfData() : writer.take();
            }
        };
    }

    private List<Row> rows(Viewer viewer, Instant now, ColumnDomains domains)
    {
        Map<AccountKey, Row> own = new HashMap<>();
        Map<AccountKey, Row> present = new HashMap<>();
        List<Row> rows = new ArrayList<>();
        for (Workgroup workgroup : viewer.workgroups()) {
            if (!domains.allows("workgroup", workgroup.name())) {
                continue;
            }
            for (Budget budget : workgroup.budgets()) {
                Window window = budget.window(now);
                present.put(key(workgroup, budget, window, ""), new Row(workgroup, budget, key(workgroup, budget, window, ""), Balance.ZERO));
                for (String subject : viewer.ownSubjects(budget)) {
                    AccountKey key = key(workgroup, budget, window, subject);
                    own.put(key, new Row(workgroup, budget, key, Balance.ZERO));
                }
            }
        }
        Map<AccountKey, Balance> balances = viewer.isAdministrator()
                ? ask(() -> view.ledger().currentAccounts(now))
                : ask(() -> view.ledger().balances(own.keySet()));
        balances.forEach((key, balance) -> {
            // an account of a budget that the policy no longer has, or has with another period, is not in force
            Row row = present.get(new AccountKey(key.workgroup(), key.budget(), "", key.start(), key.end()));
            if (row != null && (row.budget().per() != Per.WORKGROUP || key.subject().isEmpty())) {
                own.remove(key);
                rows.add(new Row(row.workgroup(), row.budget(), key, balance));
            }
        });
        rows.addAll(own.values());
        rows.sort(Comparator.comparing((Row row) -> row.key().workgroup()).thenComparing(row -> row.key().budget()).thenComparing(row -> row.key().subject()));
        return rows;
    }

    private static AccountKey key(Workgroup workgroup, Budget budget, Window window, String subject)
    {
        return new AccountKey(workgroup.name(), budget.name(), subject, window.start(), window.end());
    }

    private static void write(Row row, EffectivePolicy quotas, Rows rows)
    {
        Budget budget = row.budget();
        Balance balance = row.balance();
        OptionalLong bytes = quotas.bytes(row.workgroup(), budget);
        OptionalLong price = quotas.price(row.workgroup(), budget);
        rows.row()
                .text(row.workgroup().name())
                .text(budget.name())
                .text(budget.per().name().toLowerCase(ENGLISH))
                .text(row.key().subject())
                .text(budget.period().name().toLowerCase(ENGLISH))
                .time(row.key().start(), budget.zone())
                .time(row.key().end(), budget.zone())
                .number(bytes)
                .number(balance.used().bytes())
                .number(balance.reserved().bytes())
                .number(left(bytes, balance.used().bytes(), balance.reserved().bytes()))
                .price(price)
                .price(balance.used().price())
                .price(balance.reserved().price())
                .price(left(price, balance.used().price(), balance.reserved().price()))
                .text(row.workgroup().pricing().currency())
                .text(quotas.changedBy(row.workgroup(), budget));
    }

    private static OptionalLong left(OptionalLong limit, long used, long reserved)
    {
        // neither is negative, so that the differences stay in range
        return limit.isPresent() ? OptionalLong.of(Math.max(0, Math.max(0, limit.getAsLong() - used) - reserved)) : OptionalLong.empty();
    }

    private record Row(Workgroup workgroup, Budget budget, AccountKey key, Balance balance) {}
}
