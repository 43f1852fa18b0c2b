package io.tarn.quota;

import com.google.common.base.Ticker;
import io.airlift.log.Logger;
import io.tarn.quota.QuotaConfig.WhenUnavailable;
import io.tarn.quota.ledger.Ledger;
import io.tarn.quota.ledger.LedgerException;
import io.trino.spi.TrinoException;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

import static io.tarn.error.TarnErrorCode.QUOTA_LEDGER_UNAVAILABLE;
import static io.tarn.quota.QuotaConfig.WhenUnavailable.FAIL_OPEN;
import static java.util.Objects.requireNonNull;

/**
 * The ledger, or what happens without it.
 */
final class LedgerAccess
        implements AutoCloseable
{
    private static final Logger log = Logger.get(LedgerAccess.class);
    /**
     * How long nobody tries again after a failure: a query that finds the ledger gone should not wait for it as well.
     */
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Supplier<Ledger> opener;
    private final WhenUnavailable whenUnavailable;
    private final QuotaStats stats;
    private final Ticker ticker;

    private volatile Failure lastFailure;
    private volatile Ledger ledger;
    private boolean closed;

    private record Failure(LedgerException exception, long nanos) {}

    LedgerAccess(Supplier<Ledger> opener, WhenUnavailable whenUnavailable, QuotaStats stats, Ticker ticker)
    {
        this.opener = requireNonNull(opener, "opener is null");
        this.whenUnavailable = requireNonNull(whenUnavailable, "whenUnavailable is null");
        this.stats = requireNonNull(stats, "stats is null");
        this.ticker = requireNonNull(ticker, "ticker is null");
    }

    /**
     * Opens the ledger, so that a cluster whose ledger is wrong says so when it starts.
     *
     * @throws LedgerException where queries would be refused for it
     */
    void start()
    {
        try {
            open();
        }
        catch (LedgerException e) {
            if (whenUnavailable != FAIL_OPEN) {
                throw e;
            }
            log.warn(e, "Queries run uncounted: %s", e.getMessage());
        }
    }

    /**
     * Asks on behalf of a query.
     *
     * @return empty where the ledger cannot be reached and queries run all the same
     * @throws TrinoException QUOTA_LEDGER_UNAVAILABLE where they do not
     */
    <T> Optional<T> ask(Function<Ledger, T> question)
    {
        try {
            return Optional.of(call(question));
        }
        catch (LedgerException e) {
            if (whenUnavailable == FAIL_OPEN) {
                return Optional.empty();
            }
            throw unavailable(e);
        }
    }

    /**
     * Asks for what a query can do without.
     *
     * @return empty where the ledger cannot be reached
     */
    <T> Optional<T> look(Function<Ledger, T> question)
    {
        try {
            return Optional.of(call(question));
        }
        catch (LedgerException _) {
            return Optional.empty();
        }
    }

    /**
     * @throws LedgerException where the ledger cannot be reached
     */
    <T> T call(Function<Ledger, T> question)
    {
        Failure failure = lastFailure;
        if (failure != null && ticker.read() - failure.nanos() < PAUSE_NANOS) {
            throw failure.exception();
        }
        try {
            T answer = requireNonNull(question.apply(open()), "answer is null");
            if (failure != null) {
                lastFailure = null;
                log.info("The quota ledger can be reached again");
            }
            return answer;
        }
        catch (LedgerException e) {
            stats.getLedgerFailures().update(1);
            if (failure == null) {
                log.error(e, "%s: %s", whenUnavailable == FAIL_OPEN ? "Queries run uncounted" : "Queries are refused", e.getMessage());
            }
            lastFailure = new Failure(e, ticker.read());
            throw e;
        }
    }

    Ledger require()
    {
        try {
            return open();
        }
        catch (LedgerException e) {
            throw unavailable(e);
        }
    }

    private Ledger open()
    {
        Ledger current = ledger;
        if (current != null) {
            return current;
        }
        synchronized (this) {
            if (closed) {
                throw new LedgerException("The quota ledger is closed: the coordinator is stopping", null);
            }
            if (ledger == null) {
                ledger = opener.get();
            }
            return ledger;
        }
    }

    private static TrinoException unavailable(LedgerException cause)
    {
        return new TrinoException(QUOTA_LEDGER_UNAVAILABLE, "The query is refused because its budget cannot be told: %s. Ask the cluster's operators; quota.when-ledger-unavailable=FAIL_OPEN would let queries run uncounted."
                .formatted(cause.getMessage()), cause);
    }

    @Override
    public synchronized void close()
    {
        closed = true;
        if (ledger != null) {
            ledger.close();
        }
    }
}
