package io.tarn.quota.ledger;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import static java.time.temporal.ChronoUnit.DAYS;

/**
 * Queries, accounts and ends of queries as tests need them.
 */
final class Queries
{
    static final Instant DAY = Instant.parse("2026-03-01T00:00:00Z");
    static final Instant CREATED = Instant.parse("2026-03-01T10:00:00.123Z");

    private Queries() {}

    static QueryStart query(String queryId)
    {
        return query(queryId, CREATED, "ann");
    }

    static QueryStart query(String queryId, Instant created, String user)
    {
        return new QueryStart(queryId, created, "analysts", user, ImmutableSet.of("readers", "writers"), Optional.of("trino-cli"), "SELECT * FROM sales.orders -- " + queryId, "USD");
    }

    static AccountKey key(String budget, String subject)
    {
        return new AccountKey("analysts", budget, subject, DAY, DAY.plus(1, DAYS));
    }

    static Account account(String budget, String subject, long bytes)
    {
        return new Account(key(budget, subject), OptionalLong.of(bytes), OptionalLong.empty(), ImmutableList.of(50, 80, 100));
    }

    static Cost bytes(long bytes)
    {
        return new Cost(bytes, bytes * 5);
    }

    static Settlement finished(String queryId, Cost actual, Account... accounts)
    {
        return ended(query(queryId), QueryState.FINISHED, actual, ImmutableList.of(), accounts);
    }

    static Settlement ended(QueryStart query, QueryState state, Cost actual, List<TableScan> scans, Account... accounts)
    {
        return new Settlement(query, state, query.created().plusSeconds(7), actual, actual, 42, Optional.empty(), scans, ImmutableList.copyOf(accounts));
    }
}
