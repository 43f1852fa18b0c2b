package io.tarn.quota;

import io.airlift.log.Logger;
import io.airlift.units.Duration;
import io.tarn.quota.ledger.Cost;
import io.tarn.quota.ledger.Crossing;
import io.tarn.quota.ledger.Reservation;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

import static io.tarn.quota.policy.Action.WARN;
import static java.lang.Math.addExact;
import static java.lang.Math.max;
import static java.lang.Math.min;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

/**
 * What queries have reserved, in the ledger and in memory.
 */
final class Reservations
{
    private static final Logger log = Logger.get(Reservations.class);
    /**
     * Other coordinators do not say when they settle.
     */
    private static final long POLL_MILLIS = 250;

    private final LedgerAccess ledger;
    private final QuotaStats stats;
    private final Executor executor;
    private final long waitNanos;
    private final Object settlement = new Object();
    // guarded by settlement
    private long settlements;

    Reservations(LedgerAccess ledger, QuotaStats stats, Executor executor, Duration wait)
    {
        this.ledger = requireNonNull(ledger, "ledger is null");
        this.stats = requireNonNull(stats, "stats is null");
        this.executor = requireNonNull(executor, "executor is null");
        this.waitNanos = wait.roundTo(NANOSECONDS);
    }

    Executor executor()
    {
        return executor;
    }

    /**
     * Reserves more for a query. Where it only does not fit because of what running queries hold, waits for them to
     * give back; the caller's thread is one that may.
     *
     * @return why not; a workgroup that only warns has it reserved all the same
     */
    Optional<Refusal> reserve(RunningQuery query, long bytes)
    {
        long start = System.nanoTime();
        while (true) {
            long seen = settlements();
            Optional<Refusal> refusal = attempt(query, bytes);
            long left = waitNanos - (System.nanoTime() - start);
            if (refusal.isEmpty() || refusal.get().lasting() || query.workgroup().action() == WARN || query.isEnded() || left <= 0) {
                return refusal;
            }
            awaitSettlement(seen, min(POLL_MILLIS, max(1, NANOSECONDS.toMillis(left))));
        }
    }

    private Optional<Refusal> attempt(RunningQuery query, long bytes)
    {
        query.reservationLock().lock();
        try {
            long total = addExact(query.reserved(), bytes);
            if (query.accounts().isEmpty()) {
                query.reserved(total);
                return Optional.empty();
            }
            Optional<Refusal> refusal = write(query, total, true);
            if (refusal.isPresent() && query.workgroup().action() != WARN) {
                return refusal;
            }
            if (refusal.isPresent()) {
                write(query, total, false);
            }
            query.reserved(total);
            stats.getReservedBytes().update(bytes);
            return refusal;
        }
        finally {
            query.reservationLock().unlock();
        }
    }

    private Optional<Refusal> write(RunningQuery query, long total, boolean enforced)
    {
        Cost cost = new Cost(total, query.workgroup().pricing().price(total));
        Optional<Reservation> reservation = ledger.ask(it -> it.reserve(query.start(), query.accounts(), cost, enforced));
        if (reservation.isEmpty()) {
            return Optional.empty();
        }
        return switch (reservation.get()) {
            case Reservation.Granted(List<Crossing> crossings) -> {
                announce(crossings);
                yield Optional.empty();
            }
            case Reservation.Refused(var account, var others) -> Optional.of(new Refusal(
                    RefusalText.budget(query.workgroup(), account, others),
                    Limits.passes(account, others.used().plus(cost))));
        };
    }

    /**
     * Why a reservation would be refused now, without making it.
     */
    Optional<Refusal> probe(RunningQuery query, long bytes)
    {
        Cost cost = new Cost(bytes, query.workgroup().pricing().price(bytes));
        return ledger.ask(it -> it.balances(query.accounts().stream().map(account -> account.key()).toList()))
                .flatMap(balances -> query.accounts().stream()
                        .filter(account -> Limits.passes(account, balances.get(account.key()).used().plus(balances.get(account.key()).reserved()).plus(cost)))
                        .findFirst()
                        .map(account -> new Refusal(RefusalText.budget(query.workgroup(), account, balances.get(account.key())), true)));
    }

    void giveBack(RunningQuery query, long bytes)
    {
        query.reservationLock().lock();
        try {
            long total = max(0, query.reserved() - bytes);
            if (!query.accounts().isEmpty()) {
                write(query, total, false);
            }
            query.reserved(total);
        }
        finally {
            query.reservationLock().unlock();
        }
        settled();
    }

    void announce(List<Crossing> crossings)
    {
        for (Crossing crossing : crossings) {
            log.warn("Budget '%s' of workgroup '%s'%s has come to %s %%: %s bytes are used or reserved; it starts anew at %s",
                    crossing.account().budget(),
                    crossing.account().workgroup(),
                    crossing.account().subject().isEmpty() ? "" : " for '%s'".formatted(crossing.account().subject()),
                    crossing.percent(),
                    crossing.taken().bytes(),
                    crossing.account().end());
        }
    }

    void warned(RunningQuery query, String text)
    {
        stats.getWarned().update(1);
        log.warn("Query %s of %s would have been refused: %s", query.start().queryId(), query.start().user(), text);
    }

    /**
     * Wakes those who wait for something to be given back.
     */
    void settled()
    {
        synchronized (settlement) {
            settlements++;
            settlement.notifyAll();
        }
    }

    private long settlements()
    {
        synchronized (settlement) {
            return settlements;
        }
    }

    private void awaitSettlement(long seen, long millis)
    {
        synchronized (settlement) {
            try {
                if (settlements == seen) {
                    MILLISECONDS.timedWait(settlement, millis);
                }
            }
            catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
