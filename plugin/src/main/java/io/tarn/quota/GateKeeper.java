package io.tarn.quota;

import com.google.common.base.Ticker;
import com.google.inject.Inject;
import io.airlift.concurrent.Threads;
import io.airlift.log.Logger;
import io.tarn.quota.ledger.Ledger;
import io.tarn.quota.ledger.LedgerConfig;
import io.tarn.quota.ledger.LedgerException;
import io.tarn.quota.policy.PolicyFile;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;

import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.HOURS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

/**
 * Opens the gate and keeps it in order: renews the coordinator's lease, settles what dead coordinators left, learns of
 * changes, removes what is older than the retention.
 */
public final class GateKeeper
{
    private static final Logger log = Logger.get(GateKeeper.class);
    private static final int RENEWALS_A_LEASE = 3;

    private final LedgerAccess ledger;
    private final Settlements settlements;
    private final QuotaGate gate;
    private final CurrentGate currentGate;
    private final long renewMillis;
    private final ExecutorService executor = Executors.newCachedThreadPool(Threads.daemonThreadsNamed("tarn-quota-%s"));
    private final ScheduledExecutorService housekeeping = Executors.newSingleThreadScheduledExecutor(Threads.daemonThreadsNamed("tarn-quota-housekeeping"));

    @Inject
    public GateKeeper(QuotaConfig config, LedgerConfig ledgerConfig, QuotaStats stats, CurrentGate currentGate)
    {
        this.currentGate = requireNonNull(currentGate, "currentGate is null");
        // of one start, so that nobody takes what an earlier start left behind for its own
        String coordinator = UUID.randomUUID().toString();
        PolicyFile policy = new PolicyFile(config.getPolicyFile());
        ledger = new LedgerAccess(() -> Ledger.open(ledgerConfig, coordinator), config.getWhenLedgerUnavailable(), stats, Ticker.systemTicker());
        Reservations reservations = new Reservations(ledger, stats, executor, config.getReservationWait());
        settlements = new Settlements(ledger, reservations, stats);
        gate = new QuotaGate(policy, ledger, reservations, settlements, stats, Clock.systemUTC());
        renewMillis = ledgerConfig.getLease().toMillis() / RENEWALS_A_LEASE;
    }

    @PostConstruct
    public void start()
    {
        ledger.start();
        settlements.start();
        currentGate.set(gate);
        housekeeping.scheduleWithFixedDelay(guarded(this::renewLease), 0, renewMillis, MILLISECONDS);
        housekeeping.scheduleWithFixedDelay(guarded(() -> gate.refresh(ledger.call(Ledger::changes))), 0, 1, SECONDS);
        housekeeping.scheduleWithFixedDelay(guarded(() -> ledger.call(Ledger::prune)), 1, 1, HOURS);
    }

    public QuotaGate gate()
    {
        return gate;
    }

    private void renewLease()
    {
        List<String> lost = ledger.call(Ledger::renewLease);
        if (!lost.isEmpty()) {
            log.warn("%s queries of a coordinator that stopped were charged with what they had reserved: %s", lost.size(), lost);
        }
    }

    private static Runnable guarded(Runnable work)
    {
        return () -> {
            try {
                work.run();
            }
            catch (LedgerException _) {
                // said by the access; the next round tries again
            }
            catch (RuntimeException e) {
                log.error(e, "The housekeeping of the quotas failed");
            }
        };
    }

    @PreDestroy
    public void stop()
    {
        currentGate.clear(gate);
        housekeeping.shutdownNow();
        settlements.close();
        executor.shutdownNow();
        ledger.close();
    }
}
