package io.tarn.quota.ledger;

import com.google.common.collect.ImmutableList;
import org.junit.jupiter.api.Test;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.tarn.quota.ledger.Queries.account;
import static io.tarn.quota.ledger.Queries.bytes;
import static io.tarn.quota.ledger.Queries.finished;
import static io.tarn.quota.ledger.Queries.key;
import static io.tarn.quota.ledger.Queries.query;
import static io.tarn.quota.ledger.QueryState.FINISHED;
import static io.tarn.quota.ledger.QueryState.LOST;
import static java.lang.ProcessBuilder.Redirect.INHERIT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.HOURS;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What several ledgers on one database promise together.
 */
abstract class BaseSharedLedgerTest
{
    private static final int THREADS = 8;

    abstract LedgerDatabase createDatabase()
            throws Exception;

    /**
     * @param granted what the query holds
     * @param refused what it asked for in vain at last
     * @param others what the others had then
     */
    private record Outcome(String queryId, long granted, long refused, Balance others) {}

    @Test
    void testNeverMoreThanTheLimit()
            throws Exception
    {
        LedgerDatabase database = createDatabase();
        long limit = 100_000;
        Account daily = account("daily", "ann", limit);
        // in another order: what is locked must be so in one
        Account team = account("a-team", "", 2 * limit);
        try (Ledger first = database.open("first");
                Ledger second = database.open("second")) {
            List<Outcome> outcomes = inParallel(first, second, (ledger, thread) -> {
                Random random = new Random(thread);
                ImmutableList.Builder<Outcome> done = ImmutableList.builder();
                List<Account> accounts = thread % 2 == 0 ? ImmutableList.of(daily, team) : ImmutableList.of(team, daily);
                for (int number = 0; ; number++) {
                    String queryId = "q-%s-%s".formatted(thread, number);
                    long asked = 1 + random.nextInt(2000);
                    switch (ledger.reserve(query(queryId), accounts, bytes(asked), true)) {
                        case Reservation.Granted _ -> {
                            long granted = asked;
                            if (number % 3 == 1) {
                                granted = asked / 2;
                                ledger.reserve(query(queryId), accounts, bytes(granted), true);
                            }
                            if (number % 3 == 2) {
                                granted = asked - asked / 4;
                                ledger.settle(finished(queryId, bytes(granted), daily, team));
                            }
                            done.add(new Outcome(queryId, granted, 0, Balance.ZERO));
                        }
                        case Reservation.Refused(Account account, Balance others) -> {
                            assertThat(account).isEqualTo(daily);
                            return done.add(new Outcome(queryId, 0, asked, others)).build();
                        }
                    }
                }
            });
            long granted = outcomes.stream().mapToLong(Outcome::granted).sum();
            Balance balance = first.balances(ImmutableList.of(daily.key())).get(daily.key());
            assertThat(balance.used().plus(balance.reserved())).isEqualTo(bytes(granted));
            assertThat(granted).isLessThanOrEqualTo(limit);
            assertThat(second.balances(ImmutableList.of(team.key())).get(team.key())).isEqualTo(balance);

            List<Outcome> refused = outcomes.stream().filter(outcome -> outcome.refused() > 0).toList();
            assertThat(refused).hasSize(2 * THREADS);
            for (Outcome outcome : refused) {
                // it did not fit, by exactly what stood there
                assertThat(outcome.others().used().bytes() + outcome.others().reserved().bytes() + outcome.refused()).isGreaterThan(limit);
                assertThat(outcome.others().used().bytes() + outcome.others().reserved().bytes()).isLessThanOrEqualTo(limit);
            }
            // and what is left is had to the byte
            long left = limit - granted;
            assertThat(first.reserve(query("more"), ImmutableList.of(daily), bytes(left + 1), true)).isInstanceOf(Reservation.Refused.class);
            assertThat(second.reserve(query("rest"), ImmutableList.of(daily), bytes(left), true)).isInstanceOf(Reservation.Granted.class);
            assertThat(database.number("SELECT count(*) FROM ledger_queries")).isEqualTo(outcomes.size() - refused.size() + 1);
        }
        assertThat(database.accountsThatDisagree()).isZero();
    }

    @Test
    void testNewAccountsFromAllSides()
            throws Exception
    {
        LedgerDatabase database = createDatabase();
        try (Ledger first = database.open("first");
                Ledger second = database.open("second")) {
            CyclicBarrier barrier = new CyclicBarrier(2 * THREADS);
            int rounds = 10;
            inParallel(first, second, (ledger, thread) -> {
                for (int round = 0; round < rounds; round++) {
                    barrier.await();
                    List<Account> accounts = new ArrayList<>(List.of(account("a" + round, "", 1000), account("b" + round, "", 1000), account("c" + round, "", 1000)));
                    if (thread % 2 == 1) {
                        accounts = accounts.reversed();
                    }
                    assertThat(ledger.reserve(query("q-%s-%s".formatted(thread, round)), accounts, bytes(1), true)).isInstanceOf(Reservation.Granted.class);
                }
                return ImmutableList.of();
            });
            assertThat(database.number("SELECT count(*) FROM ledger_accounts")).isEqualTo(3 * rounds);
            assertThat(database.number("SELECT count(*) FROM ledger_accounts WHERE reserved_bytes = 16 AND used_bytes = 0")).isEqualTo(3 * rounds);
        }
    }

    @Test
    void testOneQueryFromManyThreads()
            throws Exception
    {
        LedgerDatabase database = createDatabase();
        Account daily = account("daily", "ann", 1000);
        try (Ledger ledger = database.open("only")) {
            inParallel(ledger, ledger, (_, _) -> {
                ledger.reserve(query("q"), ImmutableList.of(daily), bytes(600), true);
                return ImmutableList.of();
            });
            List<Optional<List<Crossing>>> settled = inParallel(ledger, ledger, (_, thread) -> ImmutableList.of(ledger.settle(finished("q", bytes(thread + 1), daily))));
            assertThat(settled).hasSize(2 * THREADS);
            assertThat(settled.stream().filter(Optional::isPresent)).hasSize(1);
            Balance balance = ledger.balances(ImmutableList.of(daily.key())).get(daily.key());
            assertThat(balance.reserved()).isEqualTo(Cost.ZERO);
            assertThat(ledger.queries(QueryFilter.ALL, Optional.empty(), 10)).extracting(LoggedQuery::actual).containsExactly(balance.used());
        }
    }

    @Test
    void testThresholdsAreToldOnceAmongAll()
            throws Exception
    {
        LedgerDatabase database = createDatabase();
        Account daily = account("daily", "ann", 1600);
        try (Ledger first = database.open("first");
                Ledger second = database.open("second")) {
            List<Crossing> told = inParallel(first, second, (ledger, thread) -> {
                ImmutableList.Builder<Crossing> crossings = ImmutableList.builder();
                for (int number = 0; number < 10; number++) {
                    switch (ledger.reserve(query("q-%s-%s".formatted(thread, number)), ImmutableList.of(daily), bytes(10), true)) {
                        case Reservation.Granted(List<Crossing> crossed) -> crossings.addAll(crossed);
                        case Reservation.Refused refused -> throw new AssertionError(refused);
                    }
                }
                return crossings.build();
            });
            assertThat(told).extracting(Crossing::percent).containsExactlyInAnyOrder(50, 80, 100);
            assertThat(told).extracting(crossing -> crossing.taken().bytes()).containsExactlyInAnyOrder(800L, 1280L, 1600L);
            assertThat(first.crossings(10)).containsExactlyInAnyOrderElementsOf(told);
        }
    }

    @Test
    void testLostQueriesAreSettledOnceAmongAll()
            throws Exception
    {
        LedgerDatabase database = createDatabase();
        Account daily = account("daily", "ann", 1_000_000);
        AtomicLong shift = new AtomicLong();
        try (Ledger dead = database.open("dead", shift);
                Ledger first = database.open("first", shift);
                Ledger second = database.open("second", shift)) {
            for (int i = 0; i < 40; i++) {
                dead.reserve(query("q" + i), ImmutableList.of(daily), bytes(i), true);
            }
            shift.set(HOURS.toMillis(1));
            // those that take them for dead live themselves
            first.renewLease();
            List<String> lost = inParallel(first, second, (ledger, thread) -> thread % THREADS == 0 ? ImmutableList.copyOf(ledger.renewLease()) : endLate(dead, thread));
            lost = Stream.concat(lost.stream(), second.renewLease().stream()).collect(toImmutableList());
            assertThat(lost).doesNotHaveDuplicates();
            Balance balance = first.balances(ImmutableList.of(daily.key())).get(daily.key());
            // fourteen have told their end in between
            assertThat(balance.reserved()).isEqualTo(Cost.ZERO);
            assertThat(database.number("SELECT count(*) FROM ledger_queries WHERE state = 'FINISHED'")).isEqualTo(2 * THREADS - 2);
            assertThat(database.number("SELECT count(*) FROM ledger_queries WHERE state = 'LOST'")).isEqualTo(40 - (2 * THREADS - 2));
            assertThat(balance.used().bytes()).isEqualTo(database.number("SELECT sum(actual_bytes) FROM ledger_queries"));
        }
        assertThat(database.accountsThatDisagree()).isZero();
    }

    private static List<String> endLate(Ledger dead, int thread)
    {
        assertThat(dead.settle(finished("q" + thread, bytes(1000)))).isPresent();
        return ImmutableList.of();
    }

    @Test
    void testKilledInTheMiddle()
            throws Exception
    {
        LedgerDatabase database = createDatabase();
        LedgerConfig config = database.config();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                LedgerWriter.class.getName(),
                config.getUrl()));
        config.getUser().ifPresent(command::add);
        Process process = new ProcessBuilder(command).redirectError(INHERIT).start();
        Set<String> reserved = new HashSet<>();
        Set<String> settled = new HashSet<>();
        try (BufferedReader output = process.inputReader(UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                List<String> words = List.of(line.split(" "));
                (words.getFirst().equals("reserved") ? reserved : settled).add(words.getLast());
                if (reserved.size() + settled.size() == 200) {
                    // Process's own method would close its output, too, with acknowledgements in it
                    process.toHandle().destroyForcibly();
                }
            }
        }
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(reserved.size() + settled.size()).isGreaterThanOrEqualTo(200);

        AtomicLong shift = new AtomicLong();
        AccountKey daily = key("daily", "ann");
        AccountKey team = key("team", "");
        try (Ledger ledger = database.open("next", shift)) {
            assertThat(database.accountsThatDisagree()).isZero();
            long finished = database.number("SELECT count(*) FROM ledger_queries WHERE state = 'FINISHED'");
            long running = database.number("SELECT count(*) FROM ledger_queries WHERE state = 'RUNNING'");
            // of each thread one call may have been done but not acknowledged
            assertThat(finished).isBetween((long) settled.size(), (long) settled.size() + LedgerWriter.THREADS);
            assertThat(finished + running).isBetween((long) reserved.size(), (long) reserved.size() + LedgerWriter.THREADS);
            // it counts until somebody knows better
            Balance before = new Balance(bytes(finished * LedgerWriter.USED), bytes(running * LedgerWriter.RESERVED));
            assertThat(ledger.balances(ImmutableList.of(daily, team)).values()).containsOnly(before);
            assertThat(ledger.renewLease()).isEmpty();

            shift.set(HOURS.toMillis(1));
            List<String> lost = ledger.renewLease();
            assertThat(lost).hasSize((int) running).doesNotHaveDuplicates();
            assertThat(ledger.renewLease()).isEmpty();
            assertThat(ledger.balances(ImmutableList.of(daily, team)).values()).containsOnly(new Balance(before.used().plus(before.reserved()), Cost.ZERO));
            assertThat(ledger.queries(QueryFilter.ALL, Optional.empty(), 10_000)).allSatisfy(logged -> {
                String queryId = logged.query().queryId();
                assertThat(logged.state()).isEqualTo(lost.contains(queryId) ? LOST : FINISHED);
                if (settled.contains(queryId)) {
                    assertThat(logged.state()).isEqualTo(FINISHED);
                }
            });
            assertThat(database.accountsThatDisagree()).isZero();
        }
    }

    private interface Work<R>
    {
        List<R> run(Ledger ledger, int thread)
                throws Exception;
    }

    private static <R> List<R> inParallel(Ledger first, Ledger second, Work<R> work)
            throws Exception
    {
        try (ExecutorService executor = Executors.newFixedThreadPool(2 * THREADS)) {
            List<Callable<List<R>>> calls = new ArrayList<>();
            for (int i = 0; i < 2 * THREADS; i++) {
                int thread = i;
                calls.add(() -> work.run(thread < THREADS ? first : second, thread));
            }
            ImmutableList.Builder<R> results = ImmutableList.builder();
            for (Future<List<R>> future : executor.invokeAll(calls)) {
                results.addAll(future.get());
            }
            return results.build();
        }
    }
}
