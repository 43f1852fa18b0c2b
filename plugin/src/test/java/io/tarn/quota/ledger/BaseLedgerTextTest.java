package io.tarn.quota.ledger;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.tarn.quota.ledger.Reservation.Granted;
import io.tarn.quota.ledger.Reservation.Refused;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import static io.tarn.quota.ledger.Queries.CREATED;
import static io.tarn.quota.ledger.Queries.account;
import static io.tarn.quota.ledger.Queries.bytes;
import static io.tarn.quota.ledger.Queries.ended;
import static io.tarn.quota.ledger.Queries.finished;
import static io.tarn.quota.ledger.Queries.query;
import static io.tarn.quota.ledger.QueryState.FINISHED;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Names that no database keeps as they are must neither fail a query nor get past a budget.
 */
abstract class BaseLedgerTextTest
{
    private Ledger ledger;

    abstract LedgerDatabase createDatabase()
            throws Exception;

    @BeforeEach
    void open()
            throws Exception
    {
        ledger = createDatabase().open("only");
    }

    @AfterEach
    void close()
    {
        ledger.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\0b", "half \uD83D", "\uDE00\0", "Ä😀", "", "o'hara\n\\"})
    void testUserIsHeldToTheBudget(String user)
    {
        Account daily = account("daily", user, 100);
        assertThat(ledger.reserve(query("q", CREATED, user), ImmutableList.of(daily), bytes(60), true)).isInstanceOf(Granted.class);
        assertThat(ledger.reserve(query("q", CREATED, user), ImmutableList.of(daily), bytes(101), true)).isEqualTo(new Refused(daily, Balance.ZERO));
        assertThat(ledger.reserve(query("r", CREATED, user), ImmutableList.of(daily), bytes(41), true)).isEqualTo(new Refused(daily, new Balance(Cost.ZERO, bytes(60))));
        assertThat(ledger.balances(ImmutableList.of(daily.key()))).containsOnlyKeys(daily.key()).containsValue(new Balance(Cost.ZERO, bytes(60)));
        assertThat(ledger.currentAccounts(CREATED)).containsOnlyKeys(daily.key());

        assertThat(ledger.settle(ended(query("q", CREATED, user), FINISHED, bytes(90), ImmutableList.of(), daily)).orElseThrow()).extracting(Crossing::account).containsOnly(daily.key());
        assertThat(ledger.balances(ImmutableList.of(daily.key()))).containsEntry(daily.key(), new Balance(bytes(90), Cost.ZERO));
        // without a reservation, too
        ledger.settle(ended(query("s", CREATED, user), FINISHED, bytes(5), ImmutableList.of(), daily));
        assertThat(ledger.balances(ImmutableList.of(daily.key()))).containsEntry(daily.key(), new Balance(bytes(95), Cost.ZERO));

        QueryFilter own = new QueryFilter(Optional.of(user), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        assertThat(ledger.queries(own, Optional.empty(), 10)).extracting(logged -> logged.query().queryId()).containsExactly("s", "q");
    }

    @Test
    void testGroups()
    {
        Set<String> groups = ImmutableSet.of("", "a\nb", "b", "a", "\n", "\\", "\\n", "\"", ",", "c\0", "c\uFFFD", "Ä😀", " ");
        QueryStart start = new QueryStart("q", CREATED, "analysts", "ann", groups, Optional.of(""), "", "USD");
        ledger.settle(ended(start, FINISHED, Cost.ZERO, ImmutableList.of()));
        LoggedQuery logged = ledger.queries(QueryFilter.ALL, Optional.empty(), 1).getFirst();
        assertThat(logged.query().groups()).containsExactlyInAnyOrder("", "a\nb", "b", "a", "\n", "\\", "\\n", "\"", ",", "c\uFFFD", "Ä😀", " ");
        assertThat(logged.query().source()).contains("");
    }

    @Test
    void testTables()
    {
        TableScan scan = new TableScan("c\0", "s\0\uD83D", "t\0😀", OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), 1, 2);
        assertThat(ledger.settle(ended(query("q"), FINISHED, bytes(1), ImmutableList.of(scan)))).isPresent();
        TableScan logged = ledger.queries(QueryFilter.ALL, Optional.empty(), 1).getFirst().scans().getFirst();
        assertThat(logged.catalog()).isEqualTo("c\uFFFD");
        assertThat(logged.schema()).isEqualTo("s\uFFFD?");
        assertThat(logged.table()).isEqualTo("t\uFFFD😀");
    }

    @Test
    void testAdministrators()
    {
        ledger.change(new BudgetChange("analysts", "daily", OptionalLong.of(1), OptionalLong.empty(), "ro\0ot", CREATED));
        ledger.change(new WorkgroupChange("analysts", false, "ro\0ot", CREATED));
        Changes changes = ledger.changes();
        assertThat(changes.budgets()).extracting(BudgetChange::changedBy).containsExactly("ro\uFFFDot");
        assertThat(changes.workgroups()).extracting(WorkgroupChange::changedBy).containsExactly("ro\uFFFDot");
    }

    @Test
    void testLongText()
    {
        String text = "SELECT '%s'".formatted("x".repeat(5_000_000));
        QueryStart start = new QueryStart("q", CREATED, "analysts", "ann", ImmutableSet.of(), Optional.empty(), text, "USD");
        ledger.settle(ended(start, FINISHED, Cost.ZERO, ImmutableList.of()));
        assertThat(ledger.queries(QueryFilter.ALL, Optional.empty(), 1).getFirst().query()).isEqualTo(start);
        assertThat(ledger.settle(finished("q", bytes(1)))).isEmpty();
    }
}
