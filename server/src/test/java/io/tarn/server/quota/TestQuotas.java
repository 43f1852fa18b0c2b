package io.tarn.server.quota;

import io.airlift.log.Logger;
import io.tarn.server.demo.AthenaSteps;
import io.tarn.server.demo.Question;
import io.tarn.testdata.SampleLake;
import io.trino.Session;
import io.trino.plugin.memory.MemoryPlugin;
import io.trino.testing.MaterializedResult;
import io.trino.testing.QueryFailedException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static io.trino.spi.security.Identity.ofUser;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;
import static org.junit.jupiter.api.parallel.ExecutionMode.SAME_THREAD;

/**
 * What the gate refuses, what it lets through, and what it writes down; bytes are counted where S3 hands them out.
 */
@TestInstance(PER_CLASS)
@Execution(SAME_THREAD)
final class TestQuotas
{
    private static final Logger log = Logger.get(TestQuotas.class);
    private static final int ROWS = 40_000;

    private QuotaLake lake;
    private QuotaEngine engine;
    private Path policy;
    private long activityBytes;
    private long profileBytes;

    @BeforeAll
    void start(@TempDir Path folder)
            throws Exception
    {
        lake = new QuotaLake(ROWS);
        activityBytes = lake.bytes("useractivity");
        profileBytes = lake.bytes("userprofile");
        policy = folder.resolve("quotas.json");
        Files.writeString(policy,
                """
                {
                  "administrators": {"users": ["admin"]},
                  "timeZone": "Europe/Berlin",
                  "workgroups": [
                    {"name": "each", "selectors": [{"user": "ann"}], "limits": {"bytes": "%1$dB"}},
                    {"name": "join", "selectors": [{"user": "joan"}], "limits": {"bytes": "%2$dB"}},
                    {"name": "spent", "selectors": [{"user": "sam|tina"}], "budgets": [{"name": "daily", "per": "user", "period": "day", "bytes": "%2$dB"}]},
                    {"name": "warned", "selectors": [{"user": "will"}], "action": "warn", "limits": {"bytes": "1kB"}, "budgets": [{"name": "hourly", "per": "workgroup", "period": "hour", "bytes": "1kB"}]},
                    {"name": "cheap", "selectors": [{"user": "pete"}], "limits": {"price": 0.00001}},
                    {"name": "story", "selectors": [{"user": "sara"}], "limits": {"bytes": "1GB"}},
                    {"name": "off", "selectors": [{"user": "otto"}], "enabled": false},
                    {"name": "named", "selectors": [{"named": true, "user": "a.*"}], "limits": {"bytes": "1kB"}},
                    {"name": "tagged", "selectors": [{"source": "dashboard"}], "limits": {"bytes": "1kB"}}
                  ]
                }
                """.formatted(activityBytes - 1, Math.max(activityBytes, profileBytes) + 1));
        engine = new QuotaEngine(QuotaEngine.quota(policy, "jdbc:sqlite:" + folder.resolve("quota.db")), lake.catalog());
        engine.queryRunner().installPlugin(new MemoryPlugin());
        engine.queryRunner().createCatalog("memory", "memory", Map.of());
    }

    @AfterAll
    void stop()
            throws Exception
    {
        engine.close();
        lake.close();
    }

    @BeforeEach
    void countAnew()
    {
        lake.meter().reset();
    }

    @Test
    void everythingIsRefusedBeforeAByteIsRead()
    {
        assertThatThrownBy(() -> query("ann", "SELECT * FROM useractivity"))
                .isInstanceOf(QueryFailedException.class)
                .hasMessageStartingWith("Bytes scanned limit was exceeded: the query would scan ")
                .hasMessageContaining("in 4 files and cost USD 0.0000")
                .hasMessageContaining("but workgroup 'each' allows ")
                .hasMessageContaining("Nothing was read.")
                .hasMessageContaining("6 of 6 columns read")
                .hasMessageContaining("keep a Parquet copy of lake.useractivity");
        assertThat(lake.meter().objectBytes()).isZero();
        // a table that fits is read
        assertThat(query("ann", "SELECT count(*) FROM zipcodes").getOnlyValue()).isNotNull();
        assertThat(lake.meter().objectBytes()).isEqualTo(lake.bytes("zipcodes"));
    }

    @Test
    void aJoinOfTablesThatFitSinglyButNotTogether()
    {
        assertThat(query("joan", "SELECT count(username) FROM useractivity").getOnlyValue()).isEqualTo(40_000L);
        query("joan", "SELECT count(username) FROM userprofile");
        lake.meter().reset();
        assertThatThrownBy(() -> query("joan", "SELECT count(*) FROM useractivity a JOIN userprofile p ON a.username = p.username"))
                .hasMessageStartingWith("Bytes scanned limit was exceeded")
                .hasMessageContaining("lake.useractivity:")
                .hasMessageContaining("lake.userprofile:");
        assertThat(lake.meter().objectBytes()).isZero();
    }

    @Test
    void aLimitGoesThrough()
    {
        assertThat(query("ann", "SELECT * FROM useractivity LIMIT 10").getRowCount()).isEqualTo(10);
        assertThat(lake.meter().objectBytes()).isBetween(1L, activityBytes - 1);
        // sorting reads everything
        assertThatThrownBy(() -> query("ann", "SELECT * FROM useractivity ORDER BY bytes LIMIT 10")).hasMessageStartingWith("Bytes scanned limit was exceeded");
    }

    @Test
    void aBudgetIsTakenAndThenSpent()
            throws Exception
    {
        String used = "SELECT bytes_used FROM system.budgets WHERE workgroup = 'spent' AND subject = 'sam'";
        query("sam", "SELECT max(username) FROM useractivity");
        await(used, "sam", activityBytes);
        assertThatThrownBy(() -> query("sam", "SELECT max(username) FROM useractivity"))
                .hasMessageContaining("budget 'daily' of workgroup 'spent' for user 'sam' has ")
                .hasMessageContaining(" left")
                .hasMessageContaining("starts anew at ")
                .hasMessageContaining("00:00 Europe/Berlin");
        // the other user has a budget of her own
        query("tina", "SELECT max(username) FROM useractivity");

        // an administrator takes it away, and gives more
        query("admin", "CALL awsdatacatalog.system.set_budget(workgroup => 'spent', budget => 'daily', bytes => '1B')");
        assertThatThrownBy(() -> query("sam", "SELECT max(zipcode) FROM zipcodes"))
                .hasMessageStartingWith("Bytes scanned limit was exceeded: budget 'daily' of workgroup 'spent' for user 'sam' has 0B of 1B left")
                .hasMessageContaining("Queries that read nothing still run");
        assertThat(query("sam", "SHOW TABLES").getRowCount()).isEqualTo(3);
        assertThatThrownBy(() -> query("sam", "CALL awsdatacatalog.system.set_budget(workgroup => 'spent', budget => 'daily', bytes => '1TB')"))
                .hasMessageContaining("Access Denied");
        query("admin", "CALL awsdatacatalog.system.set_budget(workgroup => 'spent', budget => 'daily', bytes => '1TB')");
        query("sam", "SELECT max(username) FROM useractivity");
        query("admin", "CALL awsdatacatalog.system.reset_budget(workgroup => 'spent', budget => 'daily')");
    }

    @Test
    void aWarningCountsAndLetsRun()
            throws Exception
    {
        String queryId = engine.queryRunner().executeWithPlan(session("will"), "SELECT max(username) FROM useractivity").queryId().toString();
        assertThat(lake.meter().objectBytes()).isEqualTo(activityBytes);
        await("SELECT read_bytes FROM system.query_log WHERE query_id = '" + queryId + "' AND state = 'FINISHED'", "will", activityBytes);
        assertThat((String) query("will", "SELECT reason FROM system.query_log WHERE query_id = '" + queryId + "'").getOnlyValue())
                .startsWith("Would have been refused. Bytes scanned limit was exceeded");
        await("SELECT bytes_used FROM system.budgets WHERE workgroup = 'warned'", "will", activityBytes);
    }

    @Test
    void aPriceIsALimitToo()
    {
        // the least that is billed for is 10 MB
        assertThatThrownBy(() -> query("pete", "SELECT max(username) FROM useractivity"))
                .hasMessageContaining("workgroup 'cheap' allows USD 0.00001 a query");
        assertThat(lake.meter().objectBytes()).isZero();
    }

    @Test
    void aDisabledWorkgroupRunsNothing()
    {
        assertThatThrownBy(() -> query("otto", "SELECT count(*) FROM zipcodes")).hasMessageContaining("WorkGroup off is disabled.");
        query("admin", "CALL awsdatacatalog.system.set_workgroup_enabled(workgroup => 'join', enabled => false)");
        assertThatThrownBy(() -> query("joan", "SELECT count(*) FROM zipcodes")).hasMessageContaining("WorkGroup join is disabled.");
        query("admin", "CALL awsdatacatalog.system.set_workgroup_enabled(workgroup => 'join', enabled => true)");
        query("joan", "SELECT count(*) FROM zipcodes");
    }

    @Test
    void aSessionNamesAWorkgroupThatTakesIt()
    {
        assertThatThrownBy(() -> named("anton", "named", "SELECT max(zipcode) FROM zipcodes")).hasMessageContaining("workgroup 'named' allows 1kB a query");
        assertThat(query("anton", "SELECT max(zipcode) FROM zipcodes").getRowCount()).isEqualTo(1);
        assertThatThrownBy(() -> named("bert", "named", "SELECT max(zipcode) FROM zipcodes")).hasMessageContaining("named").hasMessageContaining("bert");
        assertThatThrownBy(() -> named("bert", "nobody", "SELECT max(zipcode) FROM zipcodes")).hasMessageContaining("WorkGroup nobody is not found.");
        Session dashboard = Session.builder(session("bert")).setSource(Optional.of("dashboard")).build();
        assertThatThrownBy(() -> engine.queryRunner().execute(dashboard, "SELECT max(zipcode) FROM zipcodes")).hasMessageContaining("workgroup 'tagged'");
    }

    @Test
    void aDryRunReadsNothingAndTells()
            throws Exception
    {
        Session dry = Session.builder(session("bert")).setCatalogSessionProperty("awsdatacatalog", "dry_run", "true").build();
        assertThatThrownBy(() -> engine.queryRunner().execute(dry, "SELECT max(username) FROM useractivity"))
                .hasMessageStartingWith("Dry run: the query would scan ")
                .hasMessageContaining("workgroup 'primary' lets it run");
        assertThat(lake.meter().objectBytes()).isZero();
        await("SELECT max(estimated_bytes) FROM system.query_log WHERE state = 'DRY_RUN'", "bert", activityBytes);
    }

    @Test
    void othersTablesAreCountedAfterwards()
            throws Exception
    {
        query("admin", "CREATE TABLE memory.default.numbers AS SELECT * FROM UNNEST(sequence(1, 1000)) AS t(n)");
        String queryId = engine.queryRunner().executeWithPlan(session("bert"), "SELECT sum(n + c + d) FROM memory.default.numbers CROSS JOIN (SELECT count(*) c FROM zipcodes) CROSS JOIN (SELECT count(node_id) d FROM system.runtime.nodes)").queryId().toString();
        await("SELECT count(*) FROM system.query_log WHERE query_id = '" + queryId + "' AND state = 'FINISHED'", "bert", 1L);
        assertThat(query("bert", "SELECT table_name, read_bytes > 0, read_rows FROM system.query_scans WHERE query_id = '" + queryId + "' AND table_catalog = 'memory'").getMaterializedRows())
                .hasToString("[[numbers, true, 1000]]");
        assertThat(query("bert", "SELECT sum(read_bytes) - max(read_bytes) FROM system.query_scans WHERE query_id = '" + queryId + "'").getOnlyValue())
                .isEqualTo(query("bert", "SELECT read_bytes - %s FROM system.query_log WHERE query_id = '%s'".formatted(lake.bytes("zipcodes"), queryId)).getOnlyValue());
        // everybody sees their own
        assertThat(query("ann", "SELECT count(*) FROM system.query_log WHERE query_id = '" + queryId + "'").getOnlyValue()).isEqualTo(0L);
        assertThat(query("admin", "SELECT count(*) FROM system.query_log WHERE query_id = '" + queryId + "'").getOnlyValue()).isEqualTo(1L);
    }

    @Test
    void theStorysQueriesCostWhatWasEstimated()
            throws Exception
    {
        StringBuilder table = new StringBuilder("%-80s %12s %12s %7s".formatted("query", "estimated", "read", "ratio"));
        // the others ask what the story makes of these tables
        List<Question> questions = AthenaSteps.questions(SampleLake.ofRows(ROWS)).stream()
                .filter(question -> question.sql().startsWith("SELECT"))
                .filter(question -> !question.sql().matches("(?s).*workshop\\.(activity|customer_activity|customers_without_secrets|weblogs_live|zipcodes_by_state)\\b.*"))
                .toList();
        assertThat(questions).hasSize(7);
        for (Question question : questions) {
            // the last one asks a view of this name
            String sql = question.sql().replace("workshop.activity_by_page", "(SELECT split_part(request, '/petstore/', 2) AS page, count(*) AS requests FROM lake.useractivity GROUP BY 1)")
                    .replaceAll("\"?workshop\"?\\.", "lake.");
            lake.meter().reset();
            String queryId = engine.queryRunner().executeWithPlan(session("sara"), sql).queryId().toString();
            await("SELECT count(*) FROM system.query_log WHERE query_id = '" + queryId + "' AND state = 'FINISHED'", "sara", 1L);
            long estimated = (long) query("sara", "SELECT estimated_bytes FROM system.query_log WHERE query_id = '" + queryId + "'").getOnlyValue();
            long read = (long) query("sara", "SELECT read_bytes FROM system.query_log WHERE query_id = '" + queryId + "'").getOnlyValue();
            table.append("%n%-80s %,12d %,12d %7.4f".formatted(question.title().substring(0, Math.min(80, question.title().length())), estimated, read, (double) estimated / read));
            assertThat(read).isEqualTo(lake.meter().objectBytes());
            assertThat(estimated).isBetween(read, read + read / 50);
        }
        log.info("%s", table);
    }

    private Session session(String user)
    {
        return Session.builder(engine.queryRunner().getDefaultSession()).setIdentity(ofUser(user)).setOriginalIdentity(ofUser(user)).build();
    }

    private MaterializedResult query(String user, String sql)
    {
        return engine.queryRunner().execute(session(user), sql);
    }

    private MaterializedResult named(String user, String workgroup, String sql)
    {
        return engine.queryRunner().execute(Session.builder(session(user)).setCatalogSessionProperty("awsdatacatalog", "workgroup", workgroup).build(), sql);
    }

    /**
     * A query's end reaches the ledger a moment after its client, and the ledger tells nobody of it.
     */
    private void await(String sql, String user, Object expected)
            throws InterruptedException
    {
        for (int attempt = 0; attempt < 500; attempt++) {
            MaterializedResult result = query(user, sql);
            if (result.getRowCount() == 1 && expected.equals(result.getOnlyValue())) {
                return;
            }
            MILLISECONDS.sleep(20);
        }
        assertThat(query(user, sql).getMaterializedRows()).hasToString("[[%s]]".formatted(expected));
    }
}
