package io.tarn.quota;

import io.airlift.log.Logger;
import io.tarn.quota.ledger.Crossing;
import io.tarn.quota.ledger.LedgerException;
import io.tarn.quota.ledger.Settlement;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import static java.util.Objects.requireNonNull;

/**
 * Writes how queries ended, one after the other; the engine's threads do not wait for it. What cannot be written is
 * tried again until it can; what this process leaves behind is settled when its lease ends.
 */
final class Settlements
        implements AutoCloseable
{
    private static final Logger log = Logger.get(Settlements.class);
    private static final int CAPACITY = 100_000;
    private static final long RETRY_MILLIS = 1000;
    private static final long CLOSE_MILLIS = TimeUnit.SECONDS.toMillis(5);

    private final LedgerAccess ledger;
    private final Reservations reservations;
    private final QuotaStats stats;
    private final BlockingQueue<Settlement> queue = new LinkedBlockingQueue<>(CAPACITY);
    private final Thread writer;
    private volatile boolean closing;

    Settlements(LedgerAccess ledger, Reservations reservations, QuotaStats stats)
    {
        this.ledger = requireNonNull(ledger, "ledger is null");
        this.reservations = requireNonNull(reservations, "reservations is null");
        this.stats = requireNonNull(stats, "stats is null");
        this.writer = Thread.ofPlatform().daemon().name("tarn-quota-settlements").unstarted(this::write);
    }

    void start()
    {
        writer.start();
    }

    void add(Settlement settlement)
    {
        if (!queue.offer(settlement)) {
            log.error(
                    "The end of query %s (%s bytes) is not written: %s others wait already for the quota ledger. Its reservation stands until the coordinator's lease ends.",
                    settlement.query().queryId(),
                    settlement.actual().bytes(),
                    CAPACITY);
        }
    }

    private void write()
    {
        while (true) {
            try {
                Settlement settlement = closing ? queue.poll() : queue.take();
                if (settlement == null) {
                    return;
                }
                settle(settlement);
            }
            catch (InterruptedException _) {
                // closing: what is queued is still written
            }
            catch (RuntimeException e) {
                log.error(e, "Writing how a query ended failed");
            }
        }
    }

    private void settle(Settlement settlement)
    {
        while (true) {
            try {
                Optional<List<Crossing>> crossings = ledger.call(it -> it.settle(settlement));
                crossings.ifPresent(told -> {
                    stats.getSettled().update(1);
                    stats.getSettledBytes().update(settlement.actual().bytes());
                    reservations.announce(told);
                });
                reservations.settled();
                return;
            }
            catch (LedgerException _) {
                // said by the access; here it only has to be tried again
                if (closing) {
                    return;
                }
                try {
                    Thread.sleep(RETRY_MILLIS);
                }
                catch (InterruptedException _) {
                    // closing: one more attempt
                }
            }
        }
    }

    @Override
    public void close()
    {
        closing = true;
        writer.interrupt();
        try {
            writer.join(CLOSE_MILLIS);
        }
        catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
