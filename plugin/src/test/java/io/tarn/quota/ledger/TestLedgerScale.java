package io.tarn.quota.ledger;

import com.google.common.collect.ImmutableList;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static io.tarn.quota.ledger.Queries.CREATED;
import static io.tarn.quota.ledger.Queries.account;
import static io.tarn.quota.ledger.Queries.bytes;
import static io.tarn.quota.ledger.Queries.finished;
import static io.tarn.quota.ledger.Queries.key;
import static io.tarn.quota.ledger.Queries.query;
import static io.tarn.store.Dialect.SQLITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

/**
 * A log of a million queries: every statement goes by an index.
 */
@TestInstance(PER_CLASS)
final class TestLedgerScale
{
    private static final int QUERIES = 1_000_000;
    private static final int ACCOUNTS = 100_000;

    private SqliteDatabase database;
    private Ledger ledger;

    @BeforeAll
    void fill(@TempDir Path folder)
            throws SQLException
    {
        database = new SqliteDatabase(folder.resolve("ledger.db"));
        ledger = database.open("c");
        ledger.settle(finished("seed", bytes(1), account("daily", "ann", 1)));
        String numbers = "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < %s) ";
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            // what is lost in a crash now is no loss
            statement.execute("PRAGMA synchronous = OFF");
            statement.execute("PRAGMA cache_size = -400000");
            statement.execute("INSERT INTO ledger_queries " + numbers.formatted(QUERIES) +
                    """
                    SELECT printf('q%07d', n), coordinator, state, created + n, ended + n, workgroup, 'user' || (n % 1000), user_groups, source, currency,
                        0, 0, 10, 50, 10, 50, 42, reason, query_text
                    FROM ledger_queries, numbers
                    """);
            statement.execute("INSERT INTO ledger_accounts (workgroup, budget, subject, run_start, run_end, used_bytes, used_price, reserved_bytes, reserved_price) " + numbers.formatted(ACCOUNTS) +
                    """
                    SELECT workgroup, budget, 'user' || (n % 1000), run_start - 86400000 * (n / 1000), run_end - 86400000 * (n / 1000), 10, 50, 0, 0
                    FROM ledger_accounts, numbers
                    """);
        }
    }

    @AfterAll
    void close()
    {
        ledger.close();
    }

    @Test
    void testStatementsGoByIndexes()
            throws Exception
    {
        assertThat(database.number("SELECT count(*) FROM ledger_queries")).isGreaterThan(QUERIES);
        LoggedQuery last = ledger.queries(QueryFilter.ALL, Optional.empty(), 1).getFirst();
        Instant middle = CREATED.plusMillis(QUERIES / 2);
        Optional<String> any = Optional.empty();
        Optional<Instant> ever = Optional.empty();
        assertThat(plan(QueryFilter.ALL, Optional.empty())).containsExactly("SCAN ledger_queries USING INDEX ledger_queries_by_time");
        assertThat(plan(QueryFilter.ALL, Optional.of(last))).containsExactly("SEARCH ledger_queries USING INDEX ledger_queries_by_time ((created,query_id)<(?,?))");
        assertThat(plan(new QueryFilter(any, any, any, Optional.of(middle), Optional.of(middle)), Optional.empty()))
                .containsExactly("SEARCH ledger_queries USING INDEX ledger_queries_by_time (created>? AND created<?)");
        assertThat(plan(new QueryFilter(Optional.of("user7"), any, any, ever, ever), Optional.empty()))
                .containsExactly("SEARCH ledger_queries USING INDEX ledger_queries_by_user (user_name=?)");
        assertThat(plan(new QueryFilter(Optional.of("user7"), any, any, Optional.of(middle), ever), Optional.empty()))
                .containsExactly("SEARCH ledger_queries USING INDEX ledger_queries_by_user (user_name=? AND created>?)");
        assertThat(plan(new QueryFilter(Optional.of("user7"), any, any, ever, ever), Optional.of(last)))
                .containsExactly("SEARCH ledger_queries USING INDEX ledger_queries_by_user (user_name=? AND (created,query_id)<(?,?))");
        assertThat(plan(new QueryFilter(any, any, Optional.of("analysts"), ever, ever), Optional.of(last)))
                .containsExactly("SEARCH ledger_queries USING INDEX ledger_queries_by_workgroup (workgroup=? AND (created,query_id)<(?,?))");
        assertThat(plan(new QueryFilter(any, Optional.of("q1"), any, ever, ever), Optional.empty()).getFirst())
                .startsWith("SEARCH ledger_queries USING INDEX sqlite_autoindex_ledger_queries_1 (query_id=?)");
    }

    @Test
    void testWhatCallsSendGoesByIndexes()
            throws Exception
    {
        Set<String> statements = new LinkedHashSet<>();
        Jdbi jdbi = Jdbi.create(database::connect);
        jdbi.setSqlLogger(new SqlLogger()
        {
            @Override
            public void logAfterExecution(StatementContext context)
            {
                statements.add(context.getParsedSql().getSql());
            }
        });
        List<Account> accounts = ImmutableList.of(account("daily", "user7", 1L << 40), account("new", "", 10));
        try (Handle handle = jdbi.open()) {
            LedgerTransaction transaction = new LedgerTransaction(handle, SQLITE, LedgerClock.of(SQLITE), "c");
            transaction.coordinators().renew("c", 1, 1);
            transaction.coordinators().lock(1);
            transaction.coordinators().deleteExpired(2);
            new Reserving(transaction).reserve(query("explained"), accounts, bytes(10), true);
            new Settling(transaction).settleAbandoned(2, 500);
            new Settling(transaction).settle(finished("explained", bytes(5)));
            new QueryLog(handle).page(QueryFilter.ALL, Optional.empty(), 100);
            transaction.accounts().find(accounts.stream().map(Account::key).toList());
            transaction.accounts().current(CREATED);
            transaction.crossings().newest(10);
            transaction.queries().delete(0, 500);
            transaction.accounts().delete(0, 500);
        }
        assertThat(statements).hasSizeGreaterThan(20);
        List<String> plans = new ArrayList<>();
        for (String statement : statements) {
            plans.addAll(explain(statement));
        }
        assertThat(plans).filteredOn(line -> line.startsWith("SEARCH"))
                .contains(
                        "SEARCH ledger_accounts USING INDEX sqlite_autoindex_ledger_accounts_1 (workgroup=? AND budget=? AND subject=? AND run_start=? AND run_end=?)",
                        "SEARCH ledger_accounts USING INTEGER PRIMARY KEY (rowid=?)",
                        "SEARCH ledger_queries USING INDEX sqlite_autoindex_ledger_queries_1 (query_id=?)")
                .allSatisfy(line -> assertThat(line).contains(" USING "));
        // whole tables are read only where an index has few rows or the limit ends it, and of coordinators
        assertThat(plans).filteredOn(line -> line.startsWith("SCAN ledger_"))
                .allSatisfy(line -> assertThat(line).matches("SCAN (ledger_coordinators.*|ledger_queries USING (COVERING )?INDEX ledger_queries_(running|by_time)|ledger_crossings USING INDEX ledger_crossings_by_time)"));
    }

    private List<String> plan(QueryFilter filter, Optional<LoggedQuery> after)
            throws SQLException
    {
        Map<String, Object> bindings = new LinkedHashMap<>();
        String sql = QueryLog.pageSql(filter, after, bindings);
        bindings.put("limit", 10);
        for (String name : bindings.keySet()) {
            sql = sql.replaceAll(":" + name + "\\b", "?");
        }
        return explain(sql);
    }

    private List<String> explain(String sql)
            throws SQLException
    {
        List<String> details = new ArrayList<>();
        try (Connection connection = database.connect();
                PreparedStatement statement = connection.prepareStatement("EXPLAIN QUERY PLAN " + sql);
                ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                details.add(result.getString("detail"));
            }
        }
        return details;
    }

    @Test
    void testCalls()
            throws Exception
    {
        List<Account> accounts = ImmutableList.of(account("daily", "user7", 1L << 40), account("daily", "ann", 1L << 40), account("team", "", 1L << 40));
        List<AccountKey> keys = accounts.stream().map(Account::key).toList();
        for (int i = 0; i < 2000; i++) {
            ledger.balances(keys);
        }
        print("balances(3 accounts), 1 session", measure(1, 5000, (_, _) -> assertThat(ledger.balances(keys)).hasSize(3)));
        print("balances(3 accounts), 100 sessions", measure(100, 100, (_, _) -> assertThat(ledger.balances(keys)).hasSize(3)));
        print("queries(first page of 100)", measure(1, 100, (_, _) -> assertThat(ledger.queries(QueryFilter.ALL, Optional.empty(), 100)).hasSize(100)));
        Call charge = (thread, call) -> {
            String queryId = "new-%s-%s".formatted(thread, call);
            ledger.reserve(query(queryId), accounts, bytes(10), true);
            ledger.settle(finished(queryId, bytes(5)));
        };
        print("reserve() + settle(), 1 session", measure(1, 200, charge));
        print("reserve() + settle(), 16 sessions", measure(16, 20, (thread, call) -> charge.run(thread + 1, call)));
        assertThat(ledger.balances(keys)).containsEntry(key("team", ""), new Balance(bytes(5 * 520), Cost.ZERO));
        assertThat(database.accountsThatDisagree()).isZero();
    }

    private interface Call
    {
        void run(int thread, int call);
    }

    private static long[] measure(int threads, int calls, Call call)
            throws Exception
    {
        long[] nanos = new long[threads * calls];
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int thread = i;
                futures.add(executor.submit(() -> {
                    for (int number = 0; number < calls; number++) {
                        long start = System.nanoTime();
                        call.run(thread, number);
                        nanos[thread * calls + number] = System.nanoTime() - start;
                    }
                }));
            }
            for (Future<?> future : futures) {
                future.get();
            }
        }
        Arrays.sort(nanos);
        return nanos;
    }

    private static void print(String what, long[] nanos)
    {
        System.out.printf("%-40s p50 %8.3f ms   p99 %8.3f ms%n", what, nanos[nanos.length / 2] / 1e6, nanos[nanos.length * 99 / 100] / 1e6);
    }
}
