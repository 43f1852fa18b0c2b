package io.tarn.quota.ledger;

import com.google.common.collect.ImmutableSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a query that comes in is told in one question is what the ledger tells one by one.
 */
class TestStanding
{
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("2026-01-02T00:00:00Z");
    private static final AccountKey ANN = new AccountKey("analysts", "daily", "ann", START, END);
    private static final AccountKey BOB = new AccountKey("analysts", "daily", "bob", START, END);
    private static final AccountKey ALL = new AccountKey("analysts", "monthly", "", START, END);

    @Test
    void testStanding(@TempDir Path folder)
    {
        try (Ledger ledger = Ledger.open(new LedgerConfig().setUrl("jdbc:sqlite:" + folder.resolve("ledger.db")), "one")) {
            assertThat(ledger.standing(List.of())).isEqualTo(new Standing(Changes.NONE, Map.of()));

            QueryStart query = new QueryStart("query", START, "analysts", "ann", ImmutableSet.of(), Optional.empty(), "SELECT 1", "USD");
            ledger.reserve(query, List.of(account(ANN), account(ALL)), new Cost(10, 20), true);
            ledger.change(new BudgetChange("analysts", "daily", OptionalLong.of(100), OptionalLong.empty(), "admin", START));
            ledger.change(new BudgetChange("analysts", "monthly", OptionalLong.empty(), OptionalLong.of(7), "admin", END));
            ledger.change(new WorkgroupChange("analysts", false, "admin", START));

            Balance reserved = new Balance(Cost.ZERO, new Cost(10, 20));
            Standing standing = ledger.standing(List.of(ANN, BOB, ALL, ANN));
            assertThat(standing.balances()).isEqualTo(Map.of(ANN, reserved, BOB, Balance.ZERO, ALL, reserved));
            assertThat(standing.balances()).isEqualTo(ledger.balances(List.of(ANN, BOB, ALL)));
            assertThat(standing.changes().budgets()).containsExactlyInAnyOrderElementsOf(ledger.changes().budgets()).hasSize(2);
            assertThat(standing.changes().workgroups()).isEqualTo(ledger.changes().workgroups()).hasSize(1);
        }
    }

    private static Account account(AccountKey key)
    {
        return new Account(key, OptionalLong.of(1000), OptionalLong.empty(), List.of());
    }
}
