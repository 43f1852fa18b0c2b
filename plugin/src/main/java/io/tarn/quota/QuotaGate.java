package io.tarn.quota;

import com.google.common.collect.ImmutableList;
import io.airlift.log.Logger;
import io.tarn.quota.ledger.Account;
import io.tarn.quota.ledger.AccountKey;
import io.tarn.quota.ledger.Balance;
import io.tarn.quota.ledger.Changes;
import io.tarn.quota.ledger.Ledger;
import io.tarn.quota.ledger.QueryStart;
import io.tarn.quota.ledger.Standing;
import io.tarn.quota.policy.PolicyFile;
import io.tarn.quota.policy.QueryAttributes;
import io.tarn.quota.policy.QuotaPolicy;
import io.tarn.quota.policy.TablePattern;
import io.tarn.quota.policy.Workgroup;
import io.trino.spi.TrinoException;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import static io.tarn.error.TarnErrorCode.QUOTA_EXCEEDED;
import static io.tarn.error.TarnErrorCode.QUOTA_PARTITION_FILTER_REQUIRED;
import static io.tarn.error.TarnErrorCode.QUOTA_WORKGROUP_UNAVAILABLE;
import static io.tarn.quota.policy.Action.REJECT;
import static java.lang.Math.min;
import static java.util.Objects.requireNonNull;

/**
 * Admits queries, reserves what they would scan, settles what they did scan. One for a coordinator; its faces are the
 * access control, the event listener, the connector's splits and the tables in SQL.
 */
public final class QuotaGate
        implements QuotaView
{
    private static final Logger log = Logger.get(QuotaGate.class);
    private static final int MAX_TEXT_LENGTH = 64 * 1024;

    private final PolicyFile policyFile;
    private final LedgerAccess ledger;
    private final Reservations reservations;
    private final Settlements settlements;
    private final QuotaStats stats;
    private final Clock clock;

    private final Map<String, GatedQuery> queries = new ConcurrentHashMap<>();
    private volatile Changes changes = Changes.NONE;

    QuotaGate(PolicyFile policyFile, LedgerAccess ledger, Reservations reservations, Settlements settlements, QuotaStats stats, Clock clock)
    {
        this.policyFile = requireNonNull(policyFile, "policyFile is null");
        this.ledger = requireNonNull(ledger, "ledger is null");
        this.reservations = requireNonNull(reservations, "reservations is null");
        this.settlements = requireNonNull(settlements, "settlements is null");
        this.stats = requireNonNull(stats, "stats is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    @Override
    public QuotaPolicy policy()
    {
        return policyFile.policy();
    }

    @Override
    public Ledger ledger()
    {
        return ledger.require();
    }

    /**
     * Refuses every query of a user whose workgroup is disabled, where it takes no more than the user to tell the
     * workgroup. Does not ask the ledger.
     *
     * @throws TrinoException QUOTA_WORKGROUP_UNAVAILABLE
     */
    public void admit(String user, Set<String> groups)
    {
        QuotaPolicy policy = policy();
        policy.selectByIdentity(user, groups).ifPresent(workgroup -> requireEnabled(policy, workgroup, user, groups, changes));
    }

    /**
     * Takes note of a query; refuses nothing.
     */
    public void created(QueryOrigin origin)
    {
        queries.putIfAbsent(origin.queryId(), new GatedQuery(origin));
    }

    /**
     * Refuses a query whose budget is spent, when the first of its tables is named; later tables are not looked at.
     *
     * @param origin used where nobody took note of the query
     * @throws TrinoException QUOTA_EXCEEDED, QUOTA_WORKGROUP_UNAVAILABLE, QUOTA_LEDGER_UNAVAILABLE
     */
    public void admitTable(QueryOrigin origin)
    {
        running(origin);
    }

    /**
     * A scan of a query; empty where nothing that it could take is limited.
     *
     * @throws TrinoException as {@link #admitTable}, and QUOTA_PARTITION_FILTER_REQUIRED
     */
    public Optional<ScanQuota> scan(QueryOrigin origin, ScanDescription description, boolean dryRun)
    {
        RunningQuery query = running(origin);
        requirePartitionFilter(query.workgroup(), description);
        if (!query.isLimited() && !dryRun) {
            return Optional.empty();
        }
        return Optional.of(query.scan(description, dryRun));
    }

    /**
     * Settles a query. What others than Tarn's connector have read counts as well.
     */
    public void completed(QueryEnd end)
    {
        GatedQuery gated = queries.remove(end.origin().queryId());
        if (gated == null) {
            gated = new GatedQuery(end.origin());
        }
        settlements.add(gated.settle(end, query -> start(query, policy(), changes, false)));
        gated.running().ifPresent(running -> stats.getOvershootBytes().update(Math.max(0, running.isLimited() ? end.bytes() - running.reserved() : 0)));
        if (end.errorName().filter(QUOTA_EXCEEDED.name()::equals).isPresent()) {
            stats.getRefused().update(1);
        }
    }

    /**
     * Learns what administrators have changed at other coordinators.
     */
    void refresh(Changes changes)
    {
        this.changes = requireNonNull(changes, "changes is null");
    }

    private RunningQuery running(QueryOrigin origin)
    {
        return queries.computeIfAbsent(origin.queryId(), _ -> new GatedQuery(origin))
                .running(query -> {
                    long start = System.nanoTime();
                    RunningQuery running = start(query, policy(), changes, true);
                    stats.getAdmitted().update(1);
                    stats.getAdmissionTime().addNanos(System.nanoTime() - start);
                    return running;
                });
    }

    private RunningQuery start(QueryOrigin origin, QuotaPolicy policy, Changes changes, boolean refuse)
    {
        QueryAttributes attributes = origin.attributes();
        Workgroup workgroup;
        try {
            workgroup = policy.select(attributes);
        }
        catch (TrinoException e) {
            if (refuse) {
                throw e;
            }
            workgroup = policy.workgroups().getLast();
        }
        Instant moment = clock.instant();
        List<Account> accounts = new EffectivePolicy(changes).accounts(workgroup, attributes, moment);
        List<Balance> balances = ImmutableList.of();
        if (refuse) {
            List<AccountKey> keys = accounts.stream().map(Account::key).toList();
            // what counts for no budget only wants to know of changes
            Optional<Standing> standing = keys.isEmpty() ? ledger.look(it -> it.standing(keys)) : ledger.ask(it -> it.standing(keys));
            Changes current = standing.map(Standing::changes).orElse(changes);
            if (!current.equals(changes)) {
                refresh(current);
                accounts = new EffectivePolicy(current).accounts(workgroup, attributes, moment);
            }
            requireEnabled(policy, workgroup, attributes.user(), attributes.groups(), current);
            balances = standing.map(found -> keys.stream().map(found.balances()::get).toList()).orElse(ImmutableList.of());
            requireUnspent(workgroup, accounts, balances);
        }
        QueryStart start = new QueryStart(
                origin.queryId(),
                origin.created(),
                workgroup.name(),
                attributes.user(),
                attributes.groups(),
                attributes.source(),
                origin.text().substring(0, min(origin.text().length(), MAX_TEXT_LENGTH)),
                workgroup.pricing().currency());
        return new RunningQuery(start, workgroup, accounts, balances, reservations);
    }

    private static void requireUnspent(Workgroup workgroup, List<Account> accounts, List<Balance> balances)
    {
        if (workgroup.action() != REJECT) {
            return;
        }
        for (int i = 0; i < balances.size(); i++) {
            Account account = accounts.get(i);
            if (Limits.isSpent(account, balances.get(i).used())) {
                throw new TrinoException(QUOTA_EXCEEDED, RefusalText.spent(RefusalText.budget(workgroup, account, balances.get(i))));
            }
        }
    }

    private static void requireEnabled(QuotaPolicy policy, Workgroup workgroup, String user, Set<String> groups, Changes changes)
    {
        // somebody has to be able to enable it again
        if (!new EffectivePolicy(changes).isEnabled(workgroup) && !policy.administrators().includes(user, groups)) {
            throw new TrinoException(QUOTA_WORKGROUP_UNAVAILABLE, "WorkGroup %s is disabled.".formatted(workgroup.name()));
        }
    }

    private void requirePartitionFilter(Workgroup workgroup, ScanDescription scan)
    {
        if (scan.partitionKeys().isEmpty() || scan.partitionFiltered()) {
            return;
        }
        Optional<TablePattern> pattern = workgroup.partitionFilterRequired().stream()
                .filter(candidate -> candidate.matches(scan.schema(), scan.table()))
                .findFirst();
        if (pattern.isEmpty()) {
            return;
        }
        String message = "Table %s may only be scanned with a filter on a partition key in workgroup '%s' (partitionFilterRequired: %s). Add one on %s."
                .formatted(scan.name(), workgroup.name(), pattern.get().pattern(), String.join(" or ", scan.partitionKeys()));
        if (workgroup.action() == REJECT) {
            throw new TrinoException(QUOTA_PARTITION_FILTER_REQUIRED, message);
        }
        stats.getWarned().update(1);
        log.warn(message);
    }
}
