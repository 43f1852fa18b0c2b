package io.tarn.quota.ledger;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.SetMultimap;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

import static io.tarn.quota.ledger.QueryState.LOST;
import static java.lang.Math.max;
import static java.util.Objects.requireNonNull;

/**
 * Ends queries: turns what they have reserved into what they have used.
 */
final class Settling
{
    private static final String LOST_REASON = "The coordinator stopped, or was not heard of for its lease, before the query ended; it is charged with what it had reserved";

    private final LedgerTransaction transaction;

    Settling(LedgerTransaction transaction)
    {
        this.transaction = requireNonNull(transaction, "transaction is null");
    }

    Optional<List<Crossing>> settle(Settlement settlement)
    {
        String queryId = settlement.query().queryId();
        Optional<QueryRow> known = transaction.queries().lock(queryId);
        if (known.isPresent() && (known.get().ended() || known.get().state() == settlement.state())) {
            return Optional.empty();
        }
        List<AccountRow> accounts = accounts(settlement, known).stream()
                .map(row -> charge(row, known, settlement.actual()))
                .toList();
        transaction.accounts().update(accounts);
        if (known.isEmpty()) {
            transaction.queries().insert(settlement.query(), transaction.coordinator());
        }
        Cost largest = known.map(QueryRow::estimated).orElse(Cost.ZERO);
        boolean lost = settlement.state() == LOST;
        transaction.queries().end(
                queryId,
                settlement.state(),
                settlement.ended().toEpochMilli(),
                lost ? settlement.actual() : Cost.ZERO,
                new Cost(max(largest.bytes(), settlement.estimated().bytes()), max(largest.price(), settlement.estimated().price())),
                settlement.actual(),
                settlement.rows(),
                settlement.reason());
        if (lost && known.isEmpty()) {
            transaction.queries().addAccounts(queryId, accounts);
        }
        if (!lost) {
            transaction.queries().removeAccounts(queryId);
        }
        transaction.scans().replace(queryId, settlement.scans());
        return Optional.of(new Thresholds(transaction).tell(accounts, settlement.accounts(), queryId));
    }

    private List<AccountRow> accounts(Settlement settlement, Optional<QueryRow> known)
    {
        if (known.isPresent()) {
            String queryId = known.get().queryId();
            return transaction.accounts().lock(transaction.queries().accounts(ImmutableList.of(queryId)).get(queryId));
        }
        if (settlement.actual().equals(Cost.ZERO)) {
            return ImmutableList.of();
        }
        return transaction.accounts().require(settlement.accounts().stream().map(Account::key).toList());
    }

    private static AccountRow charge(AccountRow row, Optional<QueryRow> query, Cost actual)
    {
        Balance others = query.map(found -> found.others(row.balance())).orElse(row.balance());
        return row.withBalance(new Balance(others.used().plus(actual), others.reserved()));
    }

    /**
     * Charges running queries whose coordinator has no lease with what they have reserved.
     *
     * @return their ids, at most as many as the limit
     */
    List<String> settleAbandoned(long now, int limit)
    {
        List<QueryRow> queries = transaction.queries().lockAbandoned(now, limit);
        if (queries.isEmpty()) {
            return ImmutableList.of();
        }
        SetMultimap<String, Long> accounts = transaction.queries().accounts(queries.stream().map(QueryRow::queryId).toList());
        Map<Long, AccountRow> rows = new HashMap<>();
        transaction.accounts().lock(new TreeSet<>(accounts.values())).forEach(row -> rows.put(row.id(), row));
        for (QueryRow query : queries) {
            for (long account : accounts.get(query.queryId())) {
                rows.computeIfPresent(account, (_, row) -> charge(row, Optional.of(query), query.reserved()));
            }
            transaction.queries().end(query.queryId(), LOST, now, query.reserved(), query.estimated(), query.reserved(), 0, Optional.of(LOST_REASON));
        }
        transaction.accounts().update(rows.values());
        return queries.stream().map(QueryRow::queryId).toList();
    }
}
