package io.tarn.quota.ledger;

import com.google.common.collect.ImmutableList;
import com.google.common.util.concurrent.Striped;
import io.tarn.store.SqliteStore;
import org.sqlite.SQLiteConfig;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.function.UnaryOperator;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static io.tarn.quota.ledger.AccountRows.KEYS_AT_ONCE;
import static io.tarn.quota.ledger.QueryState.RUNNING;
import static java.util.Objects.requireNonNull;

/**
 * What was reserved and used of the budgets, and by which queries. Safe to call from many threads; every method does
 * its work in one transaction, which is on the disk when the method returns; {@link #renewLease} and {@link #prune} do
 * theirs in several short ones, so that no reservation has to wait for long.
 * <p>
 * Times are kept to the millisecond. All methods throw {@link LedgerException}, and may be called again after it;
 * nothing of a call that failed was written, but for one whose connection broke while it committed, which the message
 * says. To reserve or to settle the same once more does no harm.
 */
public final class Ledger
        implements AutoCloseable
{
    private static final int QUERIES_AT_ONCE = 500;

    private final LedgerStore store;
    private final String coordinator;
    private final long leaseMillis;
    private final long retentionMillis;
    // the first two calls for a query would both find it new
    private final Striped<Lock> queryLocks = Striped.lock(256);

    private Ledger(LedgerStore store, String coordinator, LedgerConfig config)
    {
        this.store = requireNonNull(store, "store is null");
        this.coordinator = requireNonNull(coordinator, "coordinator is null");
        this.leaseMillis = config.getLease().toMillis();
        this.retentionMillis = config.getRetention().toMillis();
    }

    /**
     * Opens the ledger, which is made where there is none, and begins the lease of this coordinator.
     *
     * @param coordinator names this process among all that share the ledger; never used again
     */
    public static Ledger open(LedgerConfig config, String coordinator)
    {
        return open(config, coordinator, UnaryOperator.identity(), SqliteStore.durableConfig());
    }

    static Ledger open(LedgerConfig config, String coordinator, UnaryOperator<LedgerClock> clock, SQLiteConfig sqliteConfig)
    {
        Ledger ledger = new Ledger(LedgerStore.open(config, coordinator, clock, sqliteConfig), coordinator, config);
        try {
            ledger.renewOwnLease();
        }
        catch (LedgerException e) {
            ledger.close();
            throw e;
        }
        return ledger;
    }

    /**
     * What stands on these accounts; accounts that nothing was counted for are {@link Balance#ZERO}.
     */
    public Map<AccountKey, Balance> balances(Collection<AccountKey> accounts)
    {
        return store.read(transaction -> transaction.accounts().balances(accounts));
    }

    /**
     * What administrators have changed, and what stands on these accounts, in one question.
     */
    public Standing standing(Collection<AccountKey> accounts)
    {
        if (accounts.size() <= KEYS_AT_ONCE) {
            return store.ask(transaction -> transaction.standing().find(accounts));
        }
        return store.read(transaction -> new Standing(
                transaction.changes().all(),
                transaction.accounts().balances(accounts)));
    }

    /**
     * All accounts whose run includes the moment.
     */
    public Map<AccountKey, Balance> currentAccounts(Instant moment)
    {
        return store.read(transaction -> transaction.accounts().current(moment)).stream()
                .collect(toImmutableMap(AccountRow::key, AccountRow::balance));
    }

    /**
     * Makes {@code total} the reservation of a query, on all its accounts or on none; what it had reserved before is
     * part of the total, which may be smaller. The first reservation puts the query into the log. The accounts of
     * the first reservation stay those of the query; of later calls the limits of the same accounts count.
     * <p>
     * Only what grows is held against the limits: who gives back is never refused. A query that was
     * {@link QueryState#LOST} runs again, under this coordinator.
     *
     * @param enforced false counts the reservation also where it passes a limit
     * @throws IllegalStateException for a query that was settled: it needs nothing any more, and nothing is reserved
     */
    public Reservation reserve(QueryStart query, List<Account> accounts, Cost total, boolean enforced)
    {
        requireNonNegative(total);
        Lock lock = queryLocks.get(query.queryId());
        lock.lock();
        try {
            return store.write(
                    transaction -> new Reserving(transaction).reserve(query, accounts, total, enforced),
                    Reservation.Granted.class::isInstance);
        }
        finally {
            lock.unlock();
        }
    }

    /**
     * Turns what a query has reserved into what it has used. The first settlement of a query counts, and so does the
     * first after it was {@link QueryState#LOST}, which corrects the charge; others change nothing. The accounts
     * charged are those of its reservation; of the settlement's, the limits and thresholds of the same accounts tell
     * what is crossed.
     *
     * @return what was crossed; empty where the settlement changed nothing
     */
    public Optional<List<Crossing>> settle(Settlement settlement)
    {
        checkArgument(settlement.state() != RUNNING, "A query that runs cannot be settled: %s", settlement.query().queryId());
        requireNonNegative(settlement.actual());
        requireNonNegative(settlement.estimated());
        Lock lock = queryLocks.get(settlement.query().queryId());
        lock.lock();
        try {
            return store.write(transaction -> new Settling(transaction).settle(settlement), Optional::isPresent);
        }
        finally {
            lock.unlock();
        }
    }

    /**
     * Says that this coordinator lives, and settles as {@link QueryState#LOST} what those have left behind that have
     * not said so for the lease's time. To be called several times in that time.
     *
     * @return the queries settled so
     */
    public List<String> renewLease()
    {
        renewOwnLease();
        List<String> lost = new ArrayList<>();
        List<String> some;
        do {
            some = store.write(transaction -> {
                long now = transaction.now();
                transaction.coordinators().lock(now);
                List<String> settled = new Settling(transaction).settleAbandoned(now, QUERIES_AT_ONCE);
                transaction.coordinators().deleteExpired(now);
                return settled;
            });
            lost.addAll(some);
        }
        while (some.size() == QUERIES_AT_ONCE);
        return ImmutableList.copyOf(lost);
    }

    private void renewOwnLease()
    {
        // a transaction of its own: it locks no other coordinator's row
        store.write(transaction -> {
            transaction.coordinators().renew(coordinator, transaction.now(), leaseMillis);
            return true;
        });
    }

    public Changes changes()
    {
        return store.read(transaction -> transaction.changes().all());
    }

    /**
     * Puts a change in place of an earlier one of the same budget; one that sets nothing takes it away.
     */
    public void change(BudgetChange change)
    {
        store.write(transaction -> {
            if (change.bytes().isEmpty() && change.price().isEmpty()) {
                transaction.changes().delete(change.workgroup(), change.budget());
            }
            else {
                transaction.changes().put(change);
            }
            return true;
        });
    }

    public void change(WorkgroupChange change)
    {
        store.write(transaction -> {
            transaction.changes().put(change);
            return true;
        });
    }

    /**
     * Logged queries, the newest first.
     *
     * @param after the last one of the page before; empty for the first page
     */
    public List<LoggedQuery> queries(QueryFilter filter, Optional<LoggedQuery> after, int limit)
    {
        checkArgument(limit > 0, "limit is not positive: %s", limit);
        return store.read(transaction -> new QueryLog(transaction.handle()).page(filter, after, limit));
    }

    /**
     * Crossings that were told, the newest first.
     */
    public List<Crossing> crossings(int limit)
    {
        checkArgument(limit > 0, "limit is not positive: %s", limit);
        return store.read(transaction -> transaction.crossings().newest(limit));
    }

    /**
     * Removes queries that ended, and accounts whose run ended, longer ago than the configured retention. An account
     * stays while a query that runs has a reservation on it.
     *
     * @return how many queries were removed
     */
    public int prune()
    {
        int removed = 0;
        int some;
        do {
            some = store.write(transaction -> transaction.queries().delete(transaction.now() - retentionMillis, QUERIES_AT_ONCE));
            removed += some;
        }
        while (some > 0);
        do {
            some = store.write(transaction -> transaction.accounts().delete(transaction.now() - retentionMillis, QUERIES_AT_ONCE));
        }
        while (some > 0);
        return removed;
    }

    private static void requireNonNegative(Cost cost)
    {
        checkArgument(cost.bytes() >= 0 && cost.price() >= 0, "cost is negative: %s", cost);
    }

    @Override
    public void close()
    {
        store.close();
    }
}
