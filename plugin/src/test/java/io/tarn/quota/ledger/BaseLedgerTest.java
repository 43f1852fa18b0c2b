package io.tarn.quota.ledger;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import static io.tarn.quota.ledger.Queries.CREATED;
import static io.tarn.quota.ledger.Queries.DAY;
import static io.tarn.quota.ledger.Queries.account;
import static io.tarn.quota.ledger.Queries.bytes;
import static io.tarn.quota.ledger.Queries.ended;
import static io.tarn.quota.ledger.Queries.finished;
import static io.tarn.quota.ledger.Queries.key;
import static io.tarn.quota.ledger.Queries.query;
import static io.tarn.quota.ledger.QueryState.DRY_RUN;
import static io.tarn.quota.ledger.QueryState.FAILED;
import static io.tarn.quota.ledger.QueryState.FINISHED;
import static io.tarn.quota.ledger.QueryState.REFUSED;
import static io.tarn.quota.ledger.QueryState.RUNNING;
import static java.time.temporal.ChronoUnit.DAYS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What one ledger promises, whatever its database.
 */
abstract class BaseLedgerTest
{
    protected LedgerDatabase database;
    // a day before the queries of tests begin, however late it is
    private final AtomicLong shift = new AtomicLong();
    private Ledger ledger;

    abstract LedgerDatabase createDatabase()
            throws Exception;

    @BeforeEach
    final void open()
            throws Exception
    {
        database = createDatabase();
        shift.set(CREATED.toEpochMilli() - System.currentTimeMillis());
        ledger = database.open("coordinator", shift);
    }

    @AfterEach
    final void close()
    {
        ledger.close();
        assertThat(database.accountsThatDisagree()).isZero();
    }

    @Test
    void testReserveAndSettle()
    {
        List<Account> accounts = ImmutableList.of(account("daily", "ann", 1000), account("team", "", 5000));
        assertThat(ledger.balances(ImmutableList.of(key("daily", "ann")))).isEqualTo(ImmutableMap.of(key("daily", "ann"), Balance.ZERO));

        assertThat(ledger.reserve(query("q1"), accounts, bytes(100), true)).isEqualTo(new Reservation.Granted(ImmutableList.of()));
        assertThat(ledger.balances(ImmutableList.of(key("daily", "ann"), key("team", ""), key("daily", "bob")))).isEqualTo(ImmutableMap.of(
                key("daily", "ann"), new Balance(Cost.ZERO, bytes(100)),
                key("team", ""), new Balance(Cost.ZERO, bytes(100)),
                key("daily", "bob"), Balance.ZERO));

        // the total takes the place of what was reserved
        ledger.reserve(query("q1"), accounts, bytes(300), true);
        ledger.reserve(query("q1"), accounts, bytes(250), true);
        assertThat(balance("daily", "ann")).isEqualTo(new Balance(Cost.ZERO, bytes(250)));

        TableScan scan = new TableScan("awsdatacatalog", "sales", "orders", OptionalLong.of(3), OptionalLong.of(2), OptionalLong.of(300), OptionalLong.empty(), 120, 9);
        TableScan foreign = new TableScan("tpch", "tiny", "nation", OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), 0, 25);
        assertThat(ledger.settle(ended(query("q1"), FINISHED, bytes(120), ImmutableList.of(scan, foreign), account("daily", "ann", 1000))))
                .contains(ImmutableList.of());
        assertThat(balance("daily", "ann")).isEqualTo(new Balance(bytes(120), Cost.ZERO));
        assertThat(balance("team", "")).isEqualTo(new Balance(bytes(120), Cost.ZERO));
        assertThat(ledger.queries(QueryFilter.ALL, Optional.empty(), 10)).containsExactly(new LoggedQuery(
                query("q1"), FINISHED, Optional.of(CREATED.plusSeconds(7)), bytes(300), bytes(120), 42, Optional.empty(), ImmutableList.of(scan, foreign)));
        assertThat(database.number("SELECT count(*) FROM ledger_reservations")).isZero();
    }

    @Test
    void testRefused()
    {
        Account daily = account("daily", "ann", 1000);
        Account team = new Account(key("team", ""), OptionalLong.empty(), OptionalLong.of(4000), ImmutableList.of());
        List<Account> accounts = ImmutableList.of(daily, team);
        // exactly the limit fits
        ledger.reserve(query("q1"), ImmutableList.of(daily), bytes(700), true);
        ledger.reserve(query("q2"), ImmutableList.of(daily), bytes(200), true);
        ledger.settle(finished("q2", bytes(200)));
        assertThat(ledger.reserve(query("q3"), accounts, bytes(101), true))
                .isEqualTo(new Reservation.Refused(daily, new Balance(bytes(200), bytes(700))));
        assertThat(ledger.queries(QueryFilter.ALL, Optional.empty(), 10)).extracting(logged -> logged.query().queryId()).containsExactly("q2", "q1");
        assertThat(database.number("SELECT count(*) FROM ledger_accounts")).isEqualTo(1);
        assertThat(ledger.reserve(query("q3"), accounts, bytes(100), true)).isInstanceOf(Reservation.Granted.class);

        // a price is a limit, too, and what the query has already is not counted against it
        ledger.settle(finished("q1", Cost.ZERO));
        assertThat(ledger.reserve(query("q3"), accounts, bytes(800), true)).isInstanceOf(Reservation.Granted.class);
        assertThat(ledger.reserve(query("q3"), accounts, new Cost(800, 4001), true))
                .isEqualTo(new Reservation.Refused(team, Balance.ZERO));
        assertThat(balance("team", "")).isEqualTo(new Balance(Cost.ZERO, bytes(800)));
        // tracked only
        assertThat(ledger.reserve(query("q3"), accounts, bytes(9000), false)).isInstanceOf(Reservation.Granted.class);
        assertThat(balance("team", "")).isEqualTo(new Balance(Cost.ZERO, bytes(9000)));
        // what gives back is let through where others would not be
        assertThat(ledger.reserve(query("q3"), accounts, bytes(8999), true)).isInstanceOf(Reservation.Granted.class);
        assertThat(ledger.reserve(query("q4"), accounts, bytes(1), true)).isInstanceOf(Reservation.Refused.class);
        assertThat(ledger.reserve(query("q4"), accounts, Cost.ZERO, true)).isInstanceOf(Reservation.Granted.class);
    }

    @Test
    void testHugeCosts()
    {
        Account daily = account("daily", "ann", Long.MAX_VALUE);
        Cost huge = new Cost(Long.MAX_VALUE, 0);
        ledger.reserve(query("q1"), ImmutableList.of(daily), huge, true);
        assertThat(ledger.reserve(query("q2"), ImmutableList.of(daily), huge, true)).isInstanceOf(Reservation.Refused.class);
        assertThatThrownBy(() -> ledger.reserve(query("q2"), ImmutableList.of(daily), huge, false))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("more than 2^63");
        assertThatThrownBy(() -> ledger.reserve(query("q2"), ImmutableList.of(daily), new Cost(-1, 0), true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cost is negative: Cost[bytes=-1, price=0]");
        assertThat(balance("daily", "ann")).isEqualTo(new Balance(Cost.ZERO, huge));
        assertThat(ledger.queries(QueryFilter.ALL, Optional.empty(), 10)).hasSize(1);
    }

    @Test
    void testAccountsOfTheFirstReservation()
    {
        ledger.reserve(query("q1"), ImmutableList.of(account("daily", "ann", 1000)), bytes(100), true);
        // midnight has passed, say
        Account other = account("daily", "bob", 1);
        ledger.reserve(query("q1"), ImmutableList.of(other), bytes(200), true);
        ledger.settle(finished("q1", bytes(150), other));
        assertThat(balance("daily", "ann")).isEqualTo(new Balance(bytes(150), Cost.ZERO));
        assertThat(balance("daily", "bob")).isEqualTo(Balance.ZERO);
    }

    @Test
    void testSettledTwice()
    {
        Account daily = account("daily", "ann", 1000);
        ledger.reserve(query("q1"), ImmutableList.of(daily), bytes(100), true);
        assertThat(ledger.settle(finished("q1", bytes(60)))).isPresent();
        assertThat(ledger.settle(ended(query("q1"), FAILED, bytes(600), ImmutableList.of(), daily))).isEmpty();
        assertThat(balance("daily", "ann")).isEqualTo(new Balance(bytes(60), Cost.ZERO));
        assertThat(ledger.queries(QueryFilter.ALL, Optional.empty(), 10)).extracting(LoggedQuery::state).containsExactly(FINISHED);
        assertThatThrownBy(() -> ledger.settle(ended(query("q1"), RUNNING, Cost.ZERO, ImmutableList.of())))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void testSettledWithoutReservation()
    {
        Account daily = account("daily", "ann", 100);
        // of another connector, say; what was read is charged, though it is too much
        List<Crossing> crossings = ledger.settle(finished("q1", bytes(120), daily)).orElseThrow();
        assertThat(crossings).extracting(Crossing::percent).containsExactly(50, 80, 100);
        assertThat(crossings).extracting(Crossing::taken).containsOnly(bytes(120));
        assertThat(balance("daily", "ann")).isEqualTo(new Balance(bytes(120), Cost.ZERO));

        ledger.settle(new Settlement(query("q2"), REFUSED, CREATED, bytes(500), Cost.ZERO, 0, Optional.of("too much"), ImmutableList.of(), ImmutableList.of(account("daily", "bob", 1))));
        ledger.settle(ended(query("q3"), DRY_RUN, Cost.ZERO, ImmutableList.of(), daily));
        assertThat(database.number("SELECT count(*) FROM ledger_accounts")).isEqualTo(1);
        LoggedQuery refused = ledger.queries(filter(Optional.empty(), Optional.of("q2")), Optional.empty(), 10).getFirst();
        assertThat(refused.state()).isEqualTo(REFUSED);
        assertThat(refused.estimated()).isEqualTo(bytes(500));
        assertThat(refused.reason()).contains("too much");
    }

    @Test
    void testReserveAfterSettle()
    {
        Account daily = account("daily", "ann", 1000);
        ledger.settle(finished("q1", bytes(60), daily));
        assertThatThrownBy(() -> ledger.reserve(query("q1"), ImmutableList.of(daily), bytes(100), true))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The query q1 has ended (FINISHED): nothing can be reserved for it");
        assertThat(balance("daily", "ann")).isEqualTo(new Balance(bytes(60), Cost.ZERO));
        assertThat(ledger.queries(QueryFilter.ALL, Optional.empty(), 10)).extracting(LoggedQuery::state).containsExactly(FINISHED);
    }

    @Test
    void testThresholdsAreToldOnce()
    {
        Account daily = account("daily", "ann", 1000);
        List<Account> accounts = ImmutableList.of(daily);
        assertThat(crossed(ledger.reserve(query("q1"), accounts, bytes(499), true))).isEmpty();
        List<Crossing> crossings = crossed(ledger.reserve(query("q1"), accounts, bytes(500), true));
        assertThat(crossings).hasSize(1);
        assertThat(crossings.getFirst().account()).isEqualTo(daily.key());
        assertThat(crossings.getFirst().percent()).isEqualTo(50);
        assertThat(crossings.getFirst().taken()).isEqualTo(bytes(500));
        assertThat(crossings.getFirst().queryId()).isEqualTo("q1");
        // given back and taken again
        ledger.reserve(query("q1"), accounts, bytes(10), true);
        assertThat(crossed(ledger.reserve(query("q1"), accounts, bytes(600), true))).isEmpty();
        assertThat(ledger.settle(finished("q1", bytes(700), daily))).contains(ImmutableList.of());
        // one step over two
        assertThat(crossed(ledger.reserve(query("q2"), accounts, bytes(300), true))).extracting(Crossing::percent).containsExactly(80, 100);
        assertThat(ledger.crossings(10)).extracting(Crossing::percent).containsExactlyInAnyOrder(50, 80, 100);
        assertThat(ledger.crossings(1)).hasSize(1);
        // nothing of nothing is no percentage
        assertThat(crossed(ledger.reserve(query("q3"), ImmutableList.of(account("daily", "bob", 0)), Cost.ZERO, true))).isEmpty();
    }

    @Test
    void testCurrentAccounts()
    {
        Account yesterday = new Account(new AccountKey("analysts", "daily", "ann", DAY.minus(1, DAYS), DAY), OptionalLong.empty(), OptionalLong.empty(), ImmutableList.of());
        ledger.settle(finished("q1", bytes(1), yesterday));
        ledger.settle(finished("q2", bytes(2), account("daily", "ann", 100), account("team", "", 100)));
        assertThat(ledger.currentAccounts(DAY)).isEqualTo(ImmutableMap.of(
                key("daily", "ann"), new Balance(bytes(2), Cost.ZERO),
                key("team", ""), new Balance(bytes(2), Cost.ZERO)));
        assertThat(ledger.currentAccounts(DAY.minusMillis(1))).containsOnlyKeys(yesterday.key());
        assertThat(ledger.currentAccounts(DAY.plus(1, DAYS))).isEmpty();
    }

    @Test
    void testManyBalances()
    {
        List<AccountKey> keys = IntStream.range(0, 500).mapToObj(number -> key("daily", "user" + number)).toList();
        ledger.settle(finished("q1", bytes(3), account("daily", "user0", 100), account("daily", "user499", 100)));
        assertThat(ledger.balances(keys)).hasSize(500)
                .containsEntry(keys.getFirst(), new Balance(bytes(3), Cost.ZERO))
                .containsEntry(keys.getLast(), new Balance(bytes(3), Cost.ZERO))
                .containsEntry(keys.get(250), Balance.ZERO);
        assertThat(ledger.balances(ImmutableList.of())).isEmpty();
    }

    @Test
    void testChanges()
    {
        assertThat(ledger.changes()).isEqualTo(Changes.NONE);
        BudgetChange daily = new BudgetChange("analysts", "daily", OptionalLong.of(5), OptionalLong.empty(), "admin", CREATED);
        BudgetChange monthly = new BudgetChange("analysts", "monthly", OptionalLong.empty(), OptionalLong.of(9), "admin", CREATED);
        WorkgroupChange disabled = new WorkgroupChange("analysts", false, "admin", CREATED);
        ledger.change(daily);
        ledger.change(monthly);
        ledger.change(new WorkgroupChange("analysts", true, "other", CREATED.minusSeconds(1)));
        ledger.change(disabled);
        try (Ledger reopened = database.open("later", shift)) {
            assertThat(reopened.changes()).isEqualTo(new Changes(ImmutableList.of(daily, monthly), ImmutableList.of(disabled)));
        }
        BudgetChange again = new BudgetChange("analysts", "daily", OptionalLong.of(6), OptionalLong.of(7), "other", CREATED.plusSeconds(1));
        ledger.change(again);
        ledger.change(new BudgetChange("analysts", "monthly", OptionalLong.empty(), OptionalLong.empty(), "admin", CREATED));
        assertThat(ledger.changes().budgets()).containsExactly(again);
    }

    @Test
    void testLogPages()
    {
        for (int i = 0; i < 25; i++) {
            // pairs that were created at the same moment
            Instant created = CREATED.plusMillis(i / 2);
            ledger.settle(ended(query("q%02d".formatted(i), created, i % 5 == 0 ? "bob" : "ann"), FINISHED, Cost.ZERO, ImmutableList.of(
                    new TableScan("c", "s", "t" + i, OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), i, i))));
        }
        assertThat(pages(QueryFilter.ALL, 7)).isEqualTo(IntStream.range(0, 25).mapToObj(i -> "q%02d".formatted(24 - i)).toList());
        assertThat(pages(filter(Optional.of("bob"), Optional.empty()), 2)).containsExactly("q20", "q15", "q10", "q05", "q00");
        assertThat(pages(filter(Optional.of("bob"), Optional.of("q01")), 2)).isEmpty();
        assertThat(pages(new QueryFilter(Optional.empty(), Optional.empty(), Optional.of("analysts"), Optional.of(CREATED.plusMillis(3)), Optional.of(CREATED.plusMillis(5))), 1))
                .containsExactly("q09", "q08", "q07", "q06");
        assertThat(pages(new QueryFilter(Optional.empty(), Optional.empty(), Optional.of("others"), Optional.empty(), Optional.empty()), 1)).isEmpty();
        assertThat(ledger.queries(filter(Optional.empty(), Optional.of("q07")), Optional.empty(), 5).getFirst().scans()).extracting(TableScan::table).containsExactly("t7");
    }

    private List<String> pages(QueryFilter filter, int limit)
    {
        List<String> queryIds = new ArrayList<>();
        Optional<LoggedQuery> after = Optional.empty();
        while (true) {
            List<LoggedQuery> page = ledger.queries(filter, after, limit);
            if (page.isEmpty()) {
                return queryIds;
            }
            assertThat(page).hasSizeLessThanOrEqualTo(limit);
            page.forEach(logged -> queryIds.add(logged.query().queryId()));
            after = Optional.of(page.getLast());
        }
    }

    @Test
    void testHostileText()
    {
        String text = "SELECT '\0\uD800' || '😀; DROP TABLE ledger_queries --";
        QueryStart query = new QueryStart("q'1\"<x>:y?", CREATED, "analysts", "o'hara:?", query("q").groups(), Optional.of("a\0b"), text, "USD");
        Account account = account("daily", "o'hara:?", 100);
        ledger.reserve(query, ImmutableList.of(account), bytes(1), true);
        ledger.settle(new Settlement(query, FAILED, CREATED, bytes(1), bytes(1), 0, Optional.of("line 1:\0"), ImmutableList.of(), ImmutableList.of(account)));
        LoggedQuery logged = ledger.queries(filter(Optional.of("o'hara:?"), Optional.empty()), Optional.empty(), 10).getFirst();
        assertThat(logged.query().text()).isEqualTo("SELECT '\uFFFD?' || '😀; DROP TABLE ledger_queries --");
        assertThat(logged.query().source()).contains("a\uFFFDb");
        assertThat(logged.reason()).contains("line 1:\uFFFD");
        assertThat(balance("daily", "o'hara:?")).isEqualTo(new Balance(bytes(1), Cost.ZERO));
    }

    @Test
    void testRetention()
    {
        Account daily = account("daily", "ann", 100);
        Account held = account("daily", "bob", 100);
        for (int i = 0; i < 600; i++) {
            ledger.settle(ended(query("old" + i), FINISHED, Cost.ZERO, ImmutableList.of(
                    new TableScan("c", "s", "t", OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), 0, 0))));
        }
        ledger.settle(finished("charged", bytes(60), daily));
        ledger.reserve(query("running"), ImmutableList.of(held), bytes(60), true);
        long retention = database.config().getRetention().toMillis();
        assertThat(ledger.prune()).isZero();

        shift.addAndGet(retention + DAY.plus(1, DAYS).toEpochMilli() - CREATED.toEpochMilli() + 60_000);
        ledger.settle(ended(query("new", CREATED.plusMillis(retention), "ann"), FINISHED, Cost.ZERO, ImmutableList.of()));
        assertThat(ledger.prune()).isEqualTo(601);
        assertThat(ledger.queries(QueryFilter.ALL, Optional.empty(), 10)).extracting(logged -> logged.query().queryId()).containsExactly("new", "running");
        assertThat(ledger.currentAccounts(DAY)).containsOnlyKeys(held.key());
        assertThat(ledger.crossings(10)).extracting(Crossing::account).containsOnly(held.key());
        assertThat(database.number("SELECT count(*) FROM ledger_scans")).isZero();
        ledger.settle(finished("running", bytes(50)));
        assertThat(balance("daily", "bob")).isEqualTo(new Balance(bytes(50), Cost.ZERO));
        assertThat(ledger.prune()).isEqualTo(1);
        assertThat(ledger.currentAccounts(DAY)).isEmpty();
    }

    private Balance balance(String budget, String subject)
    {
        return ledger.balances(ImmutableList.of(key(budget, subject))).get(key(budget, subject));
    }

    private static List<Crossing> crossed(Reservation reservation)
    {
        return switch (reservation) {
            case Reservation.Granted(List<Crossing> crossings) -> crossings;
            case Reservation.Refused refused -> throw new AssertionError(refused);
        };
    }

    private static QueryFilter filter(Optional<String> user, Optional<String> queryId)
    {
        return new QueryFilter(user, queryId, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
