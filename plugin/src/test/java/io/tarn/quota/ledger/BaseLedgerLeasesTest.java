package io.tarn.quota.ledger;

import com.google.common.collect.ImmutableList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

import static io.tarn.quota.ledger.Queries.CREATED;
import static io.tarn.quota.ledger.Queries.account;
import static io.tarn.quota.ledger.Queries.bytes;
import static io.tarn.quota.ledger.Queries.ended;
import static io.tarn.quota.ledger.Queries.finished;
import static io.tarn.quota.ledger.Queries.key;
import static io.tarn.quota.ledger.Queries.query;
import static io.tarn.quota.ledger.QueryState.FINISHED;
import static io.tarn.quota.ledger.QueryState.LOST;
import static io.tarn.quota.ledger.QueryState.RUNNING;
import static java.util.concurrent.TimeUnit.HOURS;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of queries whose coordinator is not heard of, whatever the ledger's database.
 */
abstract class BaseLedgerLeasesTest
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
    void testLostQueriesOfADeadCoordinator()
    {
        Account daily = account("daily", "ann", 1000);
        try (Ledger dead = database.open("dead", shift)) {
            dead.reserve(query("q1"), ImmutableList.of(daily), bytes(100), true);
            dead.reserve(query("q2"), ImmutableList.of(), bytes(10), true);
            dead.reserve(query("q3"), ImmutableList.of(daily), bytes(400), true);
            dead.settle(finished("q3", bytes(300)));
            ledger.reserve(query("q4"), ImmutableList.of(daily), bytes(50), true);

            shift.addAndGet(database.config().getLease().toMillis() - 1000);
            assertThat(ledger.renewLease()).isEmpty();
            shift.addAndGet(2000);
            assertThat(ledger.renewLease()).containsExactlyInAnyOrder("q1", "q2");
            assertThat(ledger.renewLease()).isEmpty();
            assertThat(balance("daily", "ann")).isEqualTo(new Balance(bytes(400), bytes(50)));
            LoggedQuery lost = ledger.queries(filter(Optional.empty(), Optional.of("q1")), Optional.empty(), 1).getFirst();
            assertThat(lost.state()).isEqualTo(LOST);
            assertThat(lost.actual()).isEqualTo(bytes(100));
            assertThat(lost.reason().orElseThrow()).contains("coordinator stopped");
            assertThat(database.number("SELECT count(*) FROM ledger_coordinators")).isEqualTo(1);

            // it was only slow: one end is told after all, once, and another query goes on
            assertThat(dead.settle(finished("q1", bytes(20)))).isPresent();
            assertThat(dead.settle(finished("q1", bytes(30)))).isEmpty();
            assertThat(balance("daily", "ann")).isEqualTo(new Balance(bytes(320), bytes(50)));
            dead.renewLease();
            assertThat(dead.reserve(query("q2"), ImmutableList.of(), bytes(20), true)).isInstanceOf(Reservation.Granted.class);
            assertThat(ledger.renewLease()).isEmpty();
            assertThat(ledger.queries(filter(Optional.empty(), Optional.of("q2")), Optional.empty(), 1)).extracting(LoggedQuery::state).containsExactly(RUNNING);
        }
    }

    @Test
    void testLostQueryThatGoesOn()
    {
        Account daily = account("daily", "ann", 1000);
        try (Ledger slow = database.open("slow", shift)) {
            slow.reserve(query("q1"), ImmutableList.of(daily), bytes(600), true);
            shift.addAndGet(HOURS.toMillis(1));
            assertThat(ledger.renewLease()).containsExactly("q1");
            assertThat(balance("daily", "ann")).isEqualTo(new Balance(bytes(600), Cost.ZERO));
            // what it was charged with is its own
            assertThat(slow.reserve(query("q1"), ImmutableList.of(daily), bytes(1001), true)).isEqualTo(new Reservation.Refused(daily, Balance.ZERO));
            assertThat(slow.reserve(query("q1"), ImmutableList.of(daily), bytes(900), true)).isInstanceOf(Reservation.Granted.class);
            assertThat(balance("daily", "ann")).isEqualTo(new Balance(Cost.ZERO, bytes(900)));
            slow.renewLease();
            assertThat(ledger.renewLease()).isEmpty();
            LoggedQuery running = ledger.queries(QueryFilter.ALL, Optional.empty(), 1).getFirst();
            assertThat(running.state()).isEqualTo(RUNNING);
            assertThat(running.ended()).isEmpty();
            assertThat(running.actual()).isEqualTo(Cost.ZERO);
        }
    }

    @Test
    void testManyLostQueries()
    {
        Account daily = account("daily", "ann", 1_000_000);
        try (Ledger dead = database.open("dead", shift)) {
            dead.reserve(query("q"), ImmutableList.of(daily), bytes(1), true);
        }
        execute("INSERT INTO ledger_queries SELECT query_id || n, coordinator, state, created, ended, workgroup, user_name, user_groups, source, currency, 2, 10, 2, 10, 0, 0, 0, reason, query_text FROM ledger_queries, numbers");
        execute("INSERT INTO ledger_reservations SELECT q.query_id, account_id FROM ledger_queries q, ledger_reservations r WHERE q.query_id <> r.query_id");
        execute("UPDATE ledger_accounts SET reserved_bytes = reserved_bytes + 2 * 1200, reserved_price = reserved_price + 10 * 1200");
        shift.addAndGet(HOURS.toMillis(1));
        assertThat(ledger.renewLease()).hasSize(1201).doesNotHaveDuplicates();
        assertThat(balance("daily", "ann")).isEqualTo(new Balance(bytes(2401), Cost.ZERO));
    }

    private void execute(String sql)
    {
        String numbers = "(WITH RECURSIVE counted(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < 1200) SELECT n FROM counted) AS numbers";
        database.execute(sql.replace("numbers", numbers));
    }

    @Test
    void testClockGoingBackwards()
    {
        Account daily = account("daily", "ann", 1000);
        try (Ledger dead = database.open("dead", shift)) {
            dead.reserve(query("q1"), ImmutableList.of(daily), bytes(100), true);
        }
        shift.addAndGet(-HOURS.toMillis(5));
        // whose lease has begun in the future may live for one more lease
        assertThat(ledger.renewLease()).isEmpty();
        shift.addAndGet(database.config().getLease().toMillis() + 1000);
        assertThat(ledger.renewLease()).containsExactly("q1");
        assertThat(balance("daily", "ann")).isEqualTo(new Balance(bytes(100), Cost.ZERO));

        // a query does not end before it began
        ledger.settle(new Settlement(query("q2"), FINISHED, CREATED.minusSeconds(60), bytes(1), bytes(1), 0, Optional.empty(), ImmutableList.of(), ImmutableList.of()));
        assertThat(ledger.queries(filter(Optional.empty(), Optional.of("q2")), Optional.empty(), 1).getFirst().ended()).contains(CREATED);
    }

    private Balance balance(String budget, String subject)
    {
        return ledger.balances(ImmutableList.of(key(budget, subject))).get(key(budget, subject));
    }

    private static QueryFilter filter(Optional<String> user, Optional<String> queryId)
    {
        return new QueryFilter(user, queryId, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
