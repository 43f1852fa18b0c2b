package io.tarn.quota;

import io.airlift.units.DataSize;
import io.tarn.quota.ledger.Account;
import io.tarn.quota.ledger.Balance;
import io.tarn.quota.policy.Budget;
import io.tarn.quota.policy.Workgroup;

import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

import static io.tarn.quota.policy.Action.WARN;
import static java.lang.Math.max;
import static java.util.stream.Collectors.joining;

/**
 * What a query that is too expensive is told: what it would take, which limit that passes, and what would be cheaper.
 */
final class RefusalText
{
    /**
     * Athena's words for it, which clients look for.
     */
    private static final String ATHENA = "Bytes scanned limit was exceeded";
    private static final int MAX_TABLES = 5;
    private static final Comparator<ScanQuota> LARGEST_FIRST = Comparator.<ScanQuota>comparingLong(scan -> scan.totals().bytes()).reversed();
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm VV", Locale.ROOT);

    private RefusalText() {}

    static String bytesLimit(Workgroup workgroup, long limit)
    {
        return "workgroup '%s' allows %s a query".formatted(workgroup.name(), size(limit));
    }

    static String priceLimit(Workgroup workgroup, long limit)
    {
        return "workgroup '%s' allows %s a query".formatted(workgroup.name(), workgroup.pricing().format(limit));
    }

    static String rowsLimit(Workgroup workgroup, long limit)
    {
        return "workgroup '%s' allows %,d rows a query".formatted(workgroup.name(), limit);
    }

    static String budget(Workgroup workgroup, Account account, Balance others)
    {
        Budget budget = workgroup.budgets().stream()
                .filter(candidate -> candidate.name().equals(account.key().budget()))
                .findFirst()
                .orElseThrow();
        List<String> left = new ArrayList<>();
        account.bytes().ifPresent(limit -> left.add("%s of %s left".formatted(
                size(max(0, limit - others.used().bytes() - others.reserved().bytes())),
                size(limit))));
        account.price().ifPresent(limit -> left.add("%s of %s left".formatted(
                workgroup.pricing().format(max(0, limit - others.used().price() - others.reserved().price())),
                workgroup.pricing().format(limit))));
        String whose = switch (budget.per()) {
            case USER -> " for user '%s'".formatted(account.key().subject());
            case GROUP -> account.key().subject().isEmpty() ? " for users without a group" : " for group '%s'".formatted(account.key().subject());
            case WORKGROUP -> "";
        };
        String reserved = others.reserved().bytes() == 0 ? "" : ", %s of the rest being reserved by running queries".formatted(size(others.reserved().bytes()));
        return "budget '%s' of workgroup '%s'%s has %s%s and starts anew at %s".formatted(
                budget.name(),
                workgroup.name(),
                whose,
                String.join(" and ", left),
                reserved,
                MOMENT.format(account.key().end().atZone(budget.zone())));
    }

    static String refused(Workgroup workgroup, List<ScanQuota> scans, boolean whole, Refusal refusal)
    {
        ScanTotals totals = totals(scans);
        return "%s: the query would scan %s%s, but %s. Nothing was read. %s".formatted(
                ATHENA,
                whole ? "" : "at least ",
                amount(workgroup, totals),
                refusal.limit(),
                advice(scans));
    }

    static String leaseEnded(Workgroup workgroup, List<ScanQuota> scans, long taken, Refusal refusal)
    {
        return "%s: the query was let run because it might have ended early, was given %s (%s) to scan, and needs more, but %s. What it read counts. %s".formatted(
                ATHENA,
                size(taken),
                workgroup.pricing().format(workgroup.pricing().price(taken)),
                refusal.limit(),
                advice(scans));
    }

    static String spent(String limit)
    {
        return "%s: %s. Queries that read nothing still run; system.budgets shows what is left.".formatted(ATHENA, limit);
    }

    static String dryRun(Workgroup workgroup, List<ScanQuota> scans, Optional<Refusal> refusal)
    {
        ScanTotals totals = totals(scans);
        return "Dry run: the query would scan %s; %s. %s. Nothing was read.".formatted(
                amount(workgroup, totals),
                refusal.map(it -> (workgroup.action() == WARN ? "workgroup '%s' would only warn of it, although " : "workgroup '%s' would lend it what is left, because ").formatted(workgroup.name()) + it.limit())
                        .orElse("workgroup '%s' lets it run".formatted(workgroup.name())),
                tables(scans));
    }

    static ScanTotals totals(List<ScanQuota> scans)
    {
        return scans.stream()
                .map(ScanQuota::totals)
                .reduce(ScanTotals.NONE, ScanTotals::plus);
    }

    private static String amount(Workgroup workgroup, ScanTotals totals)
    {
        OptionalLong rows = totals.rows();
        return "%s%s in %s and cost %s".formatted(
                size(totals.bytes()),
                rows.isPresent() ? " (%s)".formatted(count(rows.getAsLong(), "row")) : "",
                count(totals.files(), "file"),
                workgroup.pricing().format(workgroup.pricing().price(totals.bytes())));
    }

    private static String tables(List<ScanQuota> scans)
    {
        String tables = scans.stream()
                .sorted(LARGEST_FIRST)
                .limit(MAX_TABLES)
                .map(scan -> "%s: %s in %s%s, %s of %s read".formatted(
                        scan.description().name(),
                        size(scan.totals().bytes()),
                        count(scan.totals().files(), "file"),
                        scan.description().partitionKeys().isEmpty() ? "" : " of " + count(scan.totals().partitions(), "partition"),
                        scan.description().columnsRead(),
                        count(scan.description().columns(), "column")))
                .collect(joining("; "));
        return scans.size() <= MAX_TABLES ? tables : "%s; and %s more".formatted(tables, count(scans.size() - MAX_TABLES, "scan"));
    }

    private static String advice(List<ScanQuota> scans)
    {
        List<ScanDescription> costly = scans.stream()
                .filter(scan -> scan.totals().bytes() > 0)
                .sorted(LARGEST_FIRST)
                .map(ScanQuota::description)
                .distinct()
                .limit(MAX_TABLES)
                .toList();
        List<String> advice = new ArrayList<>();
        for (ScanDescription scan : costly) {
            if (!scan.partitionKeys().isEmpty() && !scan.partitionFiltered()) {
                advice.add("filter %s on a partition key (%s)".formatted(scan.name(), String.join(", ", scan.partitionKeys())));
            }
            if (scan.columnar() && scan.columnsRead() > 1) {
                advice.add("ask for fewer columns of %s (%s of %s are read)".formatted(scan.name(), scan.columnsRead(), scan.columns()));
            }
        }
        String lines = costly.stream()
                .filter(scan -> !scan.columnar())
                .map(ScanDescription::name)
                .distinct()
                .collect(joining(", "));
        if (!lines.isEmpty()) {
            advice.add("keep a Parquet copy of %s, of which only the columns asked for are read".formatted(lines));
        }
        return "%s.%s".formatted(tables(scans), advice.isEmpty() ? "" : " To make it cheaper: %s.".formatted(String.join(", or ", advice)));
    }

    private static String count(long number, String noun)
    {
        return "%,d %s%s".formatted(number, noun, number == 1 ? "" : "s");
    }

    private static String size(long bytes)
    {
        return DataSize.succinctBytes(bytes).toString();
    }
}
