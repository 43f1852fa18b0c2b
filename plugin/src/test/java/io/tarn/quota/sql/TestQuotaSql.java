package io.tarn.quota.sql;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tarn.quota.QuotaView;
import io.tarn.quota.ledger.Account;
import io.tarn.quota.ledger.AccountKey;
import io.tarn.quota.ledger.Cost;
import io.tarn.quota.ledger.Ledger;
import io.tarn.quota.ledger.LedgerConfig;
import io.tarn.quota.ledger.QueryStart;
import io.tarn.quota.ledger.QueryState;
import io.tarn.quota.ledger.Settlement;
import io.tarn.quota.ledger.TableScan;
import io.tarn.quota.policy.Budget;
import io.tarn.quota.policy.PolicyFile;
import io.tarn.quota.policy.QueryAttributes;
import io.tarn.quota.policy.QuotaPolicy;
import io.tarn.quota.policy.Window;
import io.tarn.quota.policy.Workgroup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

/**
 * The tables and procedures through SQL, over a ledger in a file. The log has 3 queries of known content, which are the
 * newest, and 300 of user bulk before them.
 */
@TestInstance(PER_CLASS)
class TestQuotaSql
{
    private static final Map<String, Set<String>> GROUPS = ImmutableMap.of(
            "ann", Set.of("analysts", "finance"),
            "bob", Set.of("analysts"),
            "olga", Set.of("operators"));
    private static final int BULK = 300;
    private static final long GIGABYTE = 1 << 30;

    private static final String POLICY =
            """
            {
              "administrators": {"users": ["admin"], "groups": ["operators"]},
              "pricing": {"currency": "EUR"},
              "workgroups": [
                {
                  "name": "analysts",
                  "selectors": [{"group": "analysts"}],
                  "action": "warn",
                  "limits": {"bytes": "1GB", "rows": 1000, "price": 0.01},
                  "budgets": [
                    {"name": "daily", "per": "user", "period": "day", "timeZone": "Asia/Kolkata", "bytes": "10GB", "price": 1.5},
                    {"name": "monthly", "per": "group", "period": "month", "bytes": "100GB"},
                    {"name": "all", "per": "workgroup", "period": "month", "price": 20}],
                  "upperBound": "refuse",
                  "partitionFilterRequired": ["weblogs.*"]
                },
                {"name": "big", "enabled": false, "selectors": [{"user": "ann", "source": "s.*", "clientTags": ["b", "a"], "named": true}]},
                {"name": "tools", "selectors": [{"user": "tool.*"}], "budgets": [{"name": "hourly", "per": "user", "period": "hour", "bytes": "1MB"}]}
              ]
            }
            """;

    private Ledger ledger;
    private QuotaPolicy policy;
    private QuotaQueryRunner runner;

    @BeforeAll
    void start(@TempDir Path directory)
            throws Exception
    {
        Path file = directory.resolve("quotas.json");
        Files.writeString(file, POLICY);
        policy = new PolicyFile(file).policy();
        ledger = Ledger.open(new LedgerConfig().setUrl("jdbc:sqlite:" + directory.resolve("ledger.db")), "test");
        // taken once, so that a test at the end of an hour, day or month still sees one run
        Instant now = Instant.now();
        for (int i = 0; i < BULK; i++) {
            QueryStart query = start("bulk_%05d".formatted(i), "bulk", "primary", now.minusSeconds(1_000_000 - i));
            ledger.settle(new Settlement(query, QueryState.FINISHED, now, Cost.ZERO, new Cost(i, 0), i, Optional.empty(), ImmutableList.of(), ImmutableList.of()));
        }
        finish(start("q_bob", "bob", "analysts", now.minusSeconds(30)), now);
        refuse(start("q_eve", "eve", "primary", now.minusSeconds(20)), now);
        ledger.reserve(start("q_ann", "ann", "analysts", now.minusMillis(10_123)), accounts("ann", now), new Cost(6 * GIGABYTE, 30_000_000), true);

        runner = new QuotaQueryRunner(
                new QuotaView()
                {
                    @Override
                    public QuotaPolicy policy()
                    {
                        return policy;
                    }

                    @Override
                    public Ledger ledger()
                    {
                        return ledger;
                    }
                },
                GROUPS);
    }

    @AfterAll
    void stop()
    {
        runner.close();
        ledger.close();
    }

    @Test
    void everybodySeesTheirOwnQueries()
    {
        assertThat(column("bob", "SELECT query_id FROM query_log")).containsExactly("q_bob");
        assertThat(column("eve", "SELECT query_id FROM query_log")).containsExactly("q_eve");
        assertThat(column("joe", "SELECT query_id FROM query_log")).isEmpty();
        assertThat(column("bob", "SELECT query_id FROM query_log WHERE user = 'eve'")).isEmpty();
        assertThat(column("bob", "SELECT query_id FROM query_log WHERE query_id = 'q_eve'")).isEmpty();
        for (String administrator : List.of("admin", "olga")) {
            assertThat(column(administrator, "SELECT count(*) FROM query_log")).containsExactly(BULK + 3L);
        }
        assertThat(column("bob", "SELECT query_id FROM query_scans")).containsExactly("q_bob", "q_bob");
        assertThat(column("eve", "SELECT query_id FROM query_scans")).isEmpty();
    }

    @Test
    void showsAllOfAQuery()
    {
        assertThat(rows("bob",
                """
                SELECT query_id, user, groups, source, workgroup, state, text, estimated_bytes, read_bytes, rows,
                    CAST(estimated_price AS varchar), CAST(price AS varchar), currency, reason, ended > created
                FROM query_log
                """)).containsExactly("[q_bob, bob, [analysts], cli, analysts, FINISHED, SELECT 'q_bob', 2147483648, 1073741824, 42, 0.010000000, 0.005000001, EUR, null, true]");
        assertThat(rows("eve", "SELECT state, estimated_bytes, read_bytes, reason FROM query_log")).containsExactly("[REFUSED, 5, 0, too much]");
        assertThat(rows("ann", "SELECT state, ended, estimated_bytes FROM query_log")).containsExactly("[RUNNING, null, 6442450944]");
        assertThat(rows("bob", "SELECT user, workgroup, table_catalog, table_schema, table_name, files, partitions, estimated_bytes, estimated_rows, read_bytes, read_rows FROM query_scans ORDER BY table_name")).containsExactly(
                "[bob, analysts, tpch, tiny, nation, null, null, null, null, 824, 2]",
                "[bob, analysts, lake, sales, orders, 3, 1, 2147483648, null, 1073741000, 40]");
    }

    @Test
    void theNewestQueriesComeFirstAndAllComeOnce()
    {
        assertThat(column("admin", "SELECT query_id FROM query_log LIMIT 3")).containsExactly("q_ann", "q_eve", "q_bob");
        List<Object> ids = column("admin", "SELECT query_id FROM query_log");
        assertThat(ids).hasSize(BULK + 3).doesNotHaveDuplicates();
        assertThat(column("admin", "SELECT sum(read_bytes) FROM query_log WHERE user = 'bulk'")).containsExactly((BULK - 1L) * BULK / 2);
    }

    @Test
    void constraintsSelectWhatTheySay()
    {
        assertThat(column("admin", "SELECT count(*) FROM query_log WHERE query_id = 'bulk_00077'")).containsExactly(1L);
        assertThat(column("admin", "SELECT count(*) FROM query_log WHERE query_id IN ('bulk_00077', 'q_bob', 'none')")).containsExactly(2L);
        assertThat(column("admin", "SELECT count(*) FROM query_log WHERE query_id > 'bulk_00077'")).containsExactly(BULK - 78 + 3L);
        assertThat(column("admin", "SELECT query_id FROM query_log WHERE workgroup = 'primary' AND user = 'eve'")).containsExactly("q_eve");
        assertThat(column("admin", "SELECT count(*) FROM query_log WHERE user IS NULL")).containsExactly(0L);
        assertThat(column("admin", "SELECT count(*) FROM query_log WHERE user <> 'bulk'")).containsExactly(3L);
        assertThat(column("admin", "SELECT query_id FROM query_log WHERE created > current_timestamp - INTERVAL '1' HOUR ORDER BY query_id")).containsExactly("q_ann", "q_bob", "q_eve");
        assertThat(column("admin", "SELECT count(*) FROM query_log WHERE created < current_timestamp - INTERVAL '1' HOUR")).containsExactly((long) BULK);
        assertThat(column("admin", "SELECT count(*) FROM query_log WHERE created = (SELECT created FROM query_log WHERE query_id = 'q_ann')")).containsExactly(1L);
        String created = (String) column("admin", "SELECT to_iso8601(created) FROM query_log WHERE query_id = 'q_ann'").getFirst();
        assertThat(column("admin", "SELECT query_id FROM query_log WHERE created = from_iso8601_timestamp('%s')".formatted(created))).containsExactly("q_ann");
        assertThat(column("admin", "SELECT query_id FROM query_log WHERE created BETWEEN from_iso8601_timestamp('%1$s') AND from_iso8601_timestamp('%1$s')".formatted(created))).containsExactly("q_ann");
        assertThat(column("admin", "SELECT count(*) FROM query_log WHERE created > from_iso8601_timestamp('%s')".formatted(created))).containsExactly(0L);
    }

    @Test
    void budgetsThatConcernTheUser()
    {
        String budgets = "SELECT workgroup, budget, per, subject, period, bytes_limit, bytes_used, bytes_reserved, bytes_left, CAST(price_limit AS varchar), CAST(price_used AS varchar), CAST(price_reserved AS varchar), CAST(price_left AS varchar), currency, changed_by FROM budgets WHERE workgroup = 'analysts' ORDER BY budget, subject";
        assertThat(rows("ann", budgets)).containsExactly(
                "[analysts, all, workgroup, , month, null, 1073741824, 6442450944, null, 20.000000000, 0.005000001, 0.030000000, 19.964999999, EUR, null]",
                "[analysts, daily, user, ann, day, 10737418240, 0, 6442450944, 4294967296, 1.500000000, 0.000000000, 0.030000000, 1.470000000, EUR, null]",
                "[analysts, monthly, group, analysts, month, 107374182400, 1073741824, 6442450944, 99857989632, null, 0.005000001, 0.030000000, null, EUR, null]",
                "[analysts, monthly, group, finance, month, 107374182400, 0, 6442450944, 100931731456, null, 0.000000000, 0.030000000, null, EUR, null]");
        assertThat(column("bob", "SELECT budget || ':' || subject FROM budgets ORDER BY 1")).containsExactly("all:", "daily:bob", "monthly:analysts");
        assertThat(column("eve", "SELECT budget FROM budgets")).isEmpty();
        // nobody has used it yet
        assertThat(rows("tool7", "SELECT budget, subject, bytes_limit, bytes_used, bytes_reserved, bytes_left FROM budgets")).containsExactly("[hourly, tool7, 1048576, 0, 0, 1048576]");
        assertThat(column("admin", "SELECT budget || ':' || subject FROM budgets ORDER BY 1")).containsExactly(
                "all:", "daily:admin", "daily:ann", "daily:bob", "hourly:admin", "monthly:", "monthly:analysts", "monthly:finance");
    }

    @Test
    void budgetsShowTheirRun()
    {
        Window window = policy.workgroup("analysts").orElseThrow().budget("daily").orElseThrow().window(Instant.now());
        assertThat(rows("ann", "SELECT to_unixtime(starts_at), to_unixtime(resets_at), format_datetime(resets_at, 'HH:mm ZZZ') FROM budgets WHERE budget = 'daily'")).containsExactly(
                "[%s, %s, 00:00 Asia/Kolkata]".formatted((double) window.start().getEpochSecond(), (double) window.end().getEpochSecond()));
    }

    @Test
    void showsWorkgroups()
    {
        assertThat(rows("admin", "SELECT position, name, enabled, action, bytes_limit, rows_limit, CAST(price_limit AS varchar), currency, pricing, upper_bound, selectors, budgets, partition_filter_required FROM workgroups")).containsExactly(
                "[1, analysts, true, warn, 1073741824, 1000, 0.010000000, EUR, EUR 5 per TB, at least 10MB, in steps of 1MB, refuse, group analysts, [daily, monthly, all], [weblogs.*]]",
                "[2, big, false, reject, null, null, null, EUR, EUR 5 per TB, at least 10MB, in steps of 1MB, lease, user ann and source s.* and client tags a+b who names it, [], []]",
                "[3, tools, true, reject, null, null, null, EUR, EUR 5 per TB, at least 10MB, in steps of 1MB, lease, user tool.*, [hourly], []]",
                "[4, primary, true, reject, null, null, null, EUR, EUR 5 per TB, at least 10MB, in steps of 1MB, lease, all others, [], []]");
        assertThat(rows("ann", "SELECT position, name FROM workgroups")).containsExactly("[1, analysts]", "[2, big]");
        assertThat(rows("eve", "SELECT position, name FROM workgroups")).containsExactly("[4, primary]");
    }

    @Test
    void crossingsAreToldToThoseWhomTheyConcern()
    {
        assertThat(rows("ann", "SELECT workgroup, budget, subject, percent, bytes_taken, CAST(price_taken AS varchar), currency, query_id FROM quota_events")).containsExactly(
                "[analysts, daily, ann, 50, 6442450944, 0.030000000, EUR, q_ann]");
        assertThat(column("bob", "SELECT percent FROM quota_events")).isEmpty();
        assertThat(column("admin", "SELECT percent FROM quota_events")).containsExactly(50L);
    }

    @Test
    void administratorsSetBudgets()
    {
        String figures = "SELECT bytes_limit, bytes_left, CAST(price_limit AS varchar), CAST(price_left AS varchar), changed_by FROM budgets WHERE workgroup = 'tools' AND subject = 'tool1'";
        assertThat(rows("tool1", figures)).containsExactly("[1048576, 1048576, null, null, null]");
        runner.execute("admin", "CALL system.set_budget('tools', 'hourly', '20GB', 2.5)");
        assertThat(rows("tool1", figures)).containsExactly("[21474836480, 21474836480, 2.500000000, 2.500000000, admin]");
        runner.execute("olga", "CALL system.set_budget(workgroup => 'tools', budget => 'hourly', price => 3)");
        assertThat(rows("tool1", figures)).containsExactly("[1048576, 1048576, 3.000000000, 3.000000000, olga]");
        runner.execute("admin", "CALL system.set_budget('tools', 'hourly', '4096')");
        assertThat(rows("tool1", figures)).containsExactly("[4096, 4096, null, null, admin]");
        runner.execute("admin", "CALL system.set_budget('tools', 'hourly', NULL, DECIMAL '0.000000001')");
        assertThat(rows("tool1", figures)).containsExactly("[1048576, 1048576, 0.000000001, 0.000000001, admin]");
        runner.execute("admin", "CALL system.reset_budget('tools', 'hourly')");
        assertThat(rows("tool1", figures)).containsExactly("[1048576, 1048576, null, null, null]");
    }

    @Test
    void administratorsEnableWorkgroups()
    {
        runner.execute("admin", "CALL system.set_workgroup_enabled('tools', false)");
        assertThat(column("tool1", "SELECT enabled FROM workgroups")).containsExactly(false);
        runner.execute("admin", "CALL system.set_workgroup_enabled(workgroup => 'tools', enabled => true)");
        assertThat(column("tool1", "SELECT enabled FROM workgroups")).containsExactly(true);
    }

    @Test
    void nobodyElseChangesAnything()
    {
        for (String call : List.of("set_budget('tools', 'hourly', '20GB')", "reset_budget('tools', 'hourly')", "set_workgroup_enabled('tools', false)", "set_budget('none', 'none')")) {
            assertThatThrownBy(() -> runner.execute("ann", "CALL system." + call))
                    .hasMessage("Access Denied: User ann cannot change quotas; administrators are users admin, and members of operators");
        }
    }

    @Test
    void argumentsAreCheckedAgainstThePolicy()
    {
        assertCallFails("set_budget('tool', 'hourly', '1GB')", "WorkGroup tool is not found. The policy has: analysts, big, tools, primary");
        assertCallFails("set_budget(NULL, 'hourly', '1GB')", "WorkGroup null is not found. The policy has: analysts, big, tools, primary");
        assertCallFails("reset_budget('analysts', 'hourly')", "WorkGroup analysts has no budget hourly; it has: daily, monthly, all");
        assertCallFails("reset_budget('primary', 'hourly')", "WorkGroup primary has no budget hourly; it has none");
        assertCallFails("set_budget('tools', 'hourly')", "Neither bytes nor price is given; to put back what the policy says, call system.reset_budget('tools', 'hourly')");
        assertCallFails("set_budget('tools', 'hourly', 'much')", "bytes is much, but must be a size of less than 8EB with its unit (B, kB, MB, GB, TB, PB), such as \"10GB\"");
        assertCallFails("set_budget('tools', 'hourly', '0')", "bytes is 0, but must be at least 1B");
        assertCallFails("set_budget('tools', 'hourly', '')", "bytes is , but must be a size of less than 8EB with its unit (B, kB, MB, GB, TB, PB), such as \"10GB\"");
        assertCallFails("set_budget(workgroup => 'tools', budget => 'hourly', price => 0)", "price is 0.0, but must be a price of more than 0 and at most 1000000000 with at most 9 decimals");
        assertCallFails("set_budget(workgroup => 'tools', budget => 'hourly', price => -1.5)", "price is -1.5, but must be a price of more than 0 and at most 1000000000 with at most 9 decimals");
        assertCallFails("set_budget(workgroup => 'tools', budget => 'hourly', price => infinity())", "price is Infinity, but must be a price of more than 0 and at most 1000000000 with at most 9 decimals");
        assertCallFails("set_budget(workgroup => 'tools', budget => 'hourly', price => 0.1e0 + 0.2e0)", "price is 0.30000000000000004, but must be a price of more than 0 and at most 1000000000 with at most 9 decimals");
        assertCallFails("set_workgroup_enabled('x', false)", "WorkGroup x is not found. The policy has: analysts, big, tools, primary");
        assertCallFails("set_workgroup_enabled('tools', NULL)", "enabled is null, but must be true or false");
    }

    private void assertCallFails(String call, String message)
    {
        assertThatThrownBy(() -> runner.execute("admin", "CALL system." + call)).hasMessage(message);
    }

    private List<String> rows(String user, String sql)
    {
        return runner.execute(user, sql).getMaterializedRows().stream().map(row -> row.getFields().toString()).toList();
    }

    private List<Object> column(String user, String sql)
    {
        return runner.execute(user, sql).getMaterializedRows().stream().map(row -> row.getField(0)).toList();
    }

    private void finish(QueryStart query, Instant now)
    {
        ledger.settle(new Settlement(
                query,
                QueryState.FINISHED,
                now,
                new Cost(2 * GIGABYTE, 10_000_000),
                new Cost(GIGABYTE, 5_000_001),
                42,
                Optional.empty(),
                ImmutableList.of(
                        new TableScan("lake", "sales", "orders", OptionalLong.of(3), OptionalLong.of(1), OptionalLong.of(2 * GIGABYTE), OptionalLong.empty(), GIGABYTE - 824, 40),
                        new TableScan("tpch", "tiny", "nation", OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), 824, 2)),
                accounts(query.user(), now)));
    }

    private void refuse(QueryStart query, Instant now)
    {
        ledger.settle(new Settlement(query, QueryState.REFUSED, now, new Cost(5, 1), Cost.ZERO, 0, Optional.of("too much"), ImmutableList.of(), ImmutableList.of()));
    }

    private static QueryStart start(String id, String user, String workgroup, Instant created)
    {
        return new QueryStart(id, created, workgroup, user, GROUPS.getOrDefault(user, Set.of()), Optional.of("cli"), "SELECT '%s'".formatted(id), "EUR");
    }

    private List<Account> accounts(String user, Instant now)
    {
        QueryAttributes query = new QueryAttributes(user, GROUPS.getOrDefault(user, Set.of()), Optional.empty(), Set.of(), Optional.empty(), Optional.empty());
        Workgroup workgroup = policy.select(query);
        ImmutableList.Builder<Account> accounts = ImmutableList.builder();
        for (Budget budget : workgroup.budgets()) {
            Window window = budget.window(now);
            for (String subject : budget.subjects(query)) {
                accounts.add(new Account(new AccountKey(workgroup.name(), budget.name(), subject, window.start(), window.end()), budget.bytes(), budget.price(), budget.thresholds()));
            }
        }
        return accounts.build();
    }
}
