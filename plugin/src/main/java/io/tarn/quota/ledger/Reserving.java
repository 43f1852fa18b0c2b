package io.tarn.quota.ledger;

import com.google.common.collect.ImmutableList;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static java.lang.Math.max;
import static java.util.Objects.requireNonNull;

/**
 * Makes reservations: decides by the locked accounts, and writes them.
 */
final class Reserving
{
    private final LedgerTransaction transaction;

    Reserving(LedgerTransaction transaction)
    {
        this.transaction = requireNonNull(transaction, "transaction is null");
    }

    /**
     * @return what was refused has written accounts without a balance, which are to be taken back
     * @throws IllegalStateException for a query that has ended
     */
    Reservation reserve(QueryStart query, List<Account> accounts, Cost total, boolean enforced)
    {
        Optional<QueryRow> known = transaction.queries().lock(query.queryId());
        known.filter(QueryRow::ended).ifPresent(row -> {
            throw new IllegalStateException("The query %s has ended (%s): nothing can be reserved for it".formatted(row.queryId(), row.state()));
        });
        Cost before = known.map(QueryRow::reserved).orElse(Cost.ZERO);
        List<AccountRow> others = (known.isPresent() ? accounts(query.queryId()) : transaction.accounts().require(accounts.stream().map(Account::key).toList())).stream()
                .map(row -> row.withBalance(known.map(found -> found.others(row.balance())).orElse(row.balance())))
                .toList();
        if (enforced) {
            Optional<Reservation.Refused> refused = refuse(accounts, others, before, total);
            if (refused.isPresent()) {
                return refused.get();
            }
        }
        List<AccountRow> reserved = others.stream()
                .map(row -> row.withBalance(new Balance(row.balance().used(), row.balance().reserved().plus(total))))
                .toList();
        transaction.accounts().update(reserved);
        if (known.isEmpty()) {
            transaction.queries().insert(query, transaction.coordinator());
            transaction.queries().addAccounts(query.queryId(), reserved);
        }
        Cost largest = known.map(QueryRow::estimated).orElse(Cost.ZERO);
        transaction.queries().reserve(
                query.queryId(),
                transaction.coordinator(),
                total,
                new Cost(max(largest.bytes(), total.bytes()), max(largest.price(), total.price())));
        return new Reservation.Granted(new Thresholds(transaction).tell(reserved, accounts, query.queryId()));
    }

    private List<AccountRow> accounts(String queryId)
    {
        return transaction.accounts().lock(transaction.queries().accounts(ImmutableList.of(queryId)).get(queryId));
    }

    private static Optional<Reservation.Refused> refuse(List<Account> accounts, List<AccountRow> others, Cost before, Cost total)
    {
        Map<AccountKey, Balance> balances = others.stream().collect(toImmutableMap(AccountRow::key, AccountRow::balance));
        for (Account account : accounts) {
            Balance balance = balances.get(account.key());
            if (balance == null) {
                continue;
            }
            if (exceeds(account.bytes(), balance.used().bytes(), balance.reserved().bytes(), before.bytes(), total.bytes()) ||
                    exceeds(account.price(), balance.used().price(), balance.reserved().price(), before.price(), total.price())) {
                return Optional.of(new Reservation.Refused(account, balance));
            }
        }
        return Optional.empty();
    }

    private static boolean exceeds(OptionalLong limit, long used, long reserved, long before, long total)
    {
        // who gives back is never refused, however little is left
        if (limit.isEmpty() || total <= before) {
            return false;
        }
        // no sum that could overflow
        long left = limit.getAsLong() - used;
        return left < 0 || left - reserved < total;
    }
}
