package io.tarn.quota;

import com.google.common.collect.ImmutableList;
import io.tarn.quota.ledger.Account;
import io.tarn.quota.ledger.Balance;
import io.tarn.quota.ledger.Cost;
import io.tarn.quota.ledger.QueryStart;
import io.tarn.quota.policy.Workgroup;
import io.trino.spi.TrinoException;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

import static io.tarn.error.TarnErrorCode.QUOTA_DRY_RUN;
import static io.tarn.error.TarnErrorCode.QUOTA_EXCEEDED;
import static io.tarn.quota.policy.Action.WARN;
import static io.tarn.quota.policy.UpperBound.LEASE;
import static java.lang.Math.addExact;
import static java.util.Objects.requireNonNull;

/**
 * A query from its creation to its end: what its scans count, and what is reserved for them.
 */
final class RunningQuery
{
    /**
     * A query with no more groups than this is counted to the end, so that it can be told what it would cost; a larger
     * one is refused as soon as it does not fit.
     */
    private static final int COUNTED_TO_THE_END = 1000;

    private final QueryStart start;
    private final Workgroup workgroup;
    private final List<Account> accounts;
    private final List<Balance> balances;
    private final Reservations reservations;

    private final ReentrantLock reservationLock = new ReentrantLock();
    private final List<ScanQuota> scans = new ArrayList<>();
    private boolean dryRun;
    private int groups;
    private long reserved;
    private Optional<String> remark = Optional.empty();
    private boolean ended;

    /**
     * @param balances of the accounts when the query began, in their order; empty where nobody could tell
     */
    RunningQuery(QueryStart start, Workgroup workgroup, List<Account> accounts, List<Balance> balances, Reservations reservations)
    {
        this.start = requireNonNull(start, "start is null");
        this.workgroup = requireNonNull(workgroup, "workgroup is null");
        this.accounts = ImmutableList.copyOf(accounts);
        this.balances = ImmutableList.copyOf(balances);
        this.reservations = requireNonNull(reservations, "reservations is null");
    }

    QueryStart start()
    {
        return start;
    }

    Workgroup workgroup()
    {
        return workgroup;
    }

    List<Account> accounts()
    {
        return accounts;
    }

    /**
     * Whether anything of this query is limited, so that its scans are to be counted.
     */
    boolean isLimited()
    {
        return !accounts.isEmpty() || workgroup.limits().bytes().isPresent() || workgroup.limits().rows().isPresent() || workgroup.limits().price().isPresent();
    }

    synchronized ScanQuota scan(ScanDescription description, boolean dryRun)
    {
        ScanQuota scan = new ScanQuota(this, description);
        scans.add(scan);
        this.dryRun |= dryRun;
        return scan;
    }

    synchronized List<ScanQuota> scans()
    {
        return ImmutableList.copyOf(scans);
    }

    synchronized boolean isDryRun()
    {
        return dryRun;
    }

    synchronized long reserved()
    {
        return reserved;
    }

    /**
     * What there is to say of the query besides how it ended.
     */
    synchronized Optional<String> remark()
    {
        return remark;
    }

    synchronized boolean isEnded()
    {
        return ended;
    }

    synchronized void end()
    {
        ended = true;
    }

    synchronized boolean mayStillFit()
    {
        groups++;
        if (dryRun || workgroup.action() == WARN || groups <= COUNTED_TO_THE_END) {
            return true;
        }
        ScanTotals totals = RefusalText.totals(scans);
        if (Limits.refusal(workgroup, totals).isPresent()) {
            return false;
        }
        long price = workgroup.pricing().price(totals.bytes());
        for (int i = 0; i < balances.size(); i++) {
            Cost used = balances.get(i).used();
            if (Limits.passes(accounts.get(i), used.plus(new Cost(totals.bytes(), price)))) {
                return false;
            }
        }
        return true;
    }

    synchronized CompletableFuture<Void> grant(ScanQuota scan)
    {
        if (scan.round() == null) {
            List<ScanQuota> members = scans.stream()
                    .filter(member -> member.round() == null)
                    .toList();
            CompletableFuture<Void> round = CompletableFuture.allOf(members.stream().map(ScanQuota::whenCounted).toArray(CompletableFuture[]::new))
                    .thenRunAsync(() -> reserve(members), reservations.executor());
            members.forEach(member -> member.join(round));
        }
        return scan.round();
    }

    private void reserve(List<ScanQuota> members)
    {
        List<ScanQuota> all = scans();
        long bytes = RefusalText.totals(members).bytes();
        Optional<Refusal> limit = Limits.refusal(workgroup, RefusalText.totals(all));
        boolean whole = members.stream().allMatch(ScanQuota::isWhole);
        if (isDryRun()) {
            Optional<Refusal> refusal = limit.or(() -> reservations.probe(this, bytes));
            boolean runs = refusal.isEmpty() || workgroup.action() == WARN || (workgroup.upperBound() == LEASE && members.stream().anyMatch(member -> member.description().mayReadLess()));
            throw runs
                    ? new TrinoException(QUOTA_DRY_RUN, RefusalText.dryRun(workgroup, all, refusal))
                    : new TrinoException(QUOTA_EXCEEDED, RefusalText.refused(workgroup, all, whole, refusal.get()));
        }
        if (workgroup.action() == WARN) {
            Optional<Refusal> budget = reservations.reserve(this, bytes);
            limit.or(() -> budget).ifPresent(refusal -> warn(RefusalText.refused(workgroup, all, whole, refusal)));
            members.forEach(ScanQuota::prepaid);
            return;
        }
        Optional<Refusal> refusal = limit.or(() -> reservations.reserve(this, bytes));
        if (refusal.isEmpty()) {
            members.forEach(ScanQuota::prepaid);
            return;
        }
        List<ScanQuota> fixed = members.stream()
                .filter(member -> !member.description().mayReadLess())
                .toList();
        if (workgroup.upperBound() == LEASE && fixed.size() < members.size()) {
            // what cannot end early has to fit
            ScanTotals least = RefusalText.totals(fixed);
            refusal = Limits.refusal(workgroup, least).or(() -> reservations.reserve(this, least.bytes()));
            if (refusal.isEmpty()) {
                fixed.forEach(ScanQuota::prepaid);
                return;
            }
        }
        throw new TrinoException(QUOTA_EXCEEDED, RefusalText.refused(workgroup, all, whole, refusal.get()));
    }

    /**
     * @throws TrinoException QUOTA_EXCEEDED
     */
    void take(long bytes)
    {
        long total = addExact(reserved(), bytes);
        Optional<Refusal> limit = Limits.refusal(workgroup, new ScanTotals(0, 0, total, OptionalLong.empty()));
        if (workgroup.action() == WARN) {
            Optional<Refusal> budget = reservations.reserve(this, bytes);
            limit.or(() -> budget).ifPresent(refusal -> warn(RefusalText.leaseEnded(workgroup, scans(), total, refusal)));
            return;
        }
        limit.or(() -> reservations.reserve(this, bytes)).ifPresent(refusal -> {
            throw new TrinoException(QUOTA_EXCEEDED, RefusalText.leaseEnded(workgroup, scans(), reserved(), refusal));
        });
    }

    void giveBack(long bytes)
    {
        if (bytes > 0 && !isEnded()) {
            reservations.giveBack(this, bytes);
        }
    }

    /**
     * Held while a reservation is changed, in the ledger and here.
     */
    ReentrantLock reservationLock()
    {
        return reservationLock;
    }

    synchronized void reserved(long bytes)
    {
        reserved = bytes;
    }

    private synchronized void warn(String text)
    {
        if (remark.isEmpty()) {
            remark = Optional.of("Would have been refused. " + text);
            reservations.warned(this, text);
        }
    }
}
