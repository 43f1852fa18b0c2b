package io.tarn.quota.ledger;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.SetMultimap;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

import static java.util.Objects.requireNonNull;

/**
 * Tells once of each account that has come to a threshold of what it may hold.
 */
final class Thresholds
{
    private static final BigInteger HUNDRED = BigInteger.valueOf(100);

    private final LedgerTransaction transaction;

    Thresholds(LedgerTransaction transaction)
    {
        this.transaction = requireNonNull(transaction, "transaction is null");
    }

    /**
     * @param rows locked, with the balances that they are to have
     * @param accounts what is allowed of them
     */
    List<Crossing> tell(Collection<AccountRow> rows, List<Account> accounts, String queryId)
    {
        Map<AccountRow, Set<Integer>> reached = reached(rows, accounts);
        if (reached.isEmpty()) {
            return ImmutableList.of();
        }
        SetMultimap<Long, Integer> told = transaction.crossings().told(reached.keySet().stream().map(AccountRow::id).toList());
        ImmutableList.Builder<Crossing> crossings = ImmutableList.builder();
        Instant now = null;
        for (Map.Entry<AccountRow, Set<Integer>> entry : reached.entrySet()) {
            AccountRow row = entry.getKey();
            for (int percent : entry.getValue()) {
                if (told.containsEntry(row.id(), percent)) {
                    continue;
                }
                if (now == null) {
                    now = Instant.ofEpochMilli(transaction.now());
                }
                Crossing crossing = new Crossing(row.key(), percent, taken(row), now, queryId);
                transaction.crossings().insert(row.id(), crossing);
                crossings.add(crossing);
            }
        }
        return crossings.build();
    }

    private static Map<AccountRow, Set<Integer>> reached(Collection<AccountRow> rows, List<Account> accounts)
    {
        Map<AccountRow, Set<Integer>> reached = new LinkedHashMap<>();
        for (AccountRow row : rows) {
            Cost taken = taken(row);
            for (Account account : accounts) {
                if (!account.key().equals(row.key())) {
                    continue;
                }
                for (int percent : ImmutableSet.copyOf(account.thresholds())) {
                    if (reached(account.bytes(), taken.bytes(), percent) || reached(account.price(), taken.price(), percent)) {
                        reached.computeIfAbsent(row, _ -> new TreeSet<>()).add(percent);
                    }
                }
            }
        }
        return reached;
    }

    private static boolean reached(OptionalLong limit, long taken, int percent)
    {
        if (limit.isEmpty() || taken <= 0) {
            return false;
        }
        return BigInteger.valueOf(taken).multiply(HUNDRED).compareTo(BigInteger.valueOf(limit.getAsLong()).multiply(BigInteger.valueOf(percent))) >= 0;
    }

    private static Cost taken(AccountRow row)
    {
        return row.balance().used().plus(row.balance().reserved());
    }
}
