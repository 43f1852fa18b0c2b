package io.tarn.server.quota;

import io.airlift.log.Logger;
import io.tarn.server.lake.EngineProcess;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

import static java.util.concurrent.CompletableFuture.anyOf;
import static java.util.concurrent.Executors.newCachedThreadPool;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;
import static org.junit.jupiter.api.parallel.ExecutionMode.SAME_THREAD;

/**
 * A budget under sixteen clients: what S3 hands out never exceeds it, and nothing that would fit is refused.
 */
@TestInstance(PER_CLASS)
@Execution(SAME_THREAD)
final class TestQuotaUnderLoad
{
    private static final Logger log = Logger.get(TestQuotaUnderLoad.class);
    private static final long BUDGET = 20_000_000;

    private QuotaLake lake;
    private long smallest;

    @BeforeAll
    void start()
            throws Exception
    {
        lake = new QuotaLake(20_000);
        smallest = lake.bytes("zipcodes");
    }

    @AfterAll
    void stop()
            throws Exception
    {
        lake.close();
    }

    @BeforeEach
    void countAnew()
    {
        lake.meter().reset();
    }

    @Test
    void aCoordinatorIsKilledInTheMiddle(@TempDir Path folder)
            throws Exception
    {
        Map<String, String> quota = quota(folder, "jdbc:sqlite:" + folder.resolve("quota.db"));
        try (EngineProcess first = QuotaCoordinator.start(Files.createDirectory(folder.resolve("first")), quota, lake.catalog());
                ExecutorService executor = newCachedThreadPool()) {
            SuccessiveCoordinators coordinators = new SuccessiveCoordinators(first.uri());
            QuotaLoad load = new QuotaLoad(coordinators);
            CompletableFuture<Void> middle = lake.meter().reached(BUDGET / 3);
            CompletableFuture<Void> clients = load.start(executor);
            // it comes up while the other is at work, for that takes as long
            Path folderOfSecond = Files.createDirectory(folder.resolve("second"));
            Future<EngineProcess> starting = executor.submit(() -> QuotaCoordinator.start(folderOfSecond, quota, lake.catalog()));
            anyOf(middle, clients).join();
            first.kill();
            try (EngineProcess second = starting.get()) {
                coordinators.replace(second.uri());
                clients.join();
                assertBudget(List.of(second.uri()), load);
                assertThat(load.cutOff()).isPositive();
            }
        }
    }

    @Test
    void twoCoordinatorsShareAPostgresLedger(@TempDir Path folder)
            throws Exception
    {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            Map<String, String> quota = quota(folder, postgres.getJdbcUrl("postgres", "postgres"));
            try (QuotaEngine one = new QuotaEngine(quota, lake.catalog());
                    QuotaEngine other = new QuotaEngine(quota, lake.catalog());
                    ExecutorService executor = newCachedThreadPool()) {
                QuotaLoad load = new QuotaLoad(client -> client % 2 == 0 ? one.uri() : other.uri());
                load.start(executor).join();
                assertBudget(List.of(one.uri(), other.uri()), load);
                assertThat(load.cutOff()).isZero();
            }
        }
    }

    private Map<String, String> quota(Path folder, String ledger)
            throws Exception
    {
        Path policy = Files.writeString(folder.resolve("quotas.json"),
                """
                {
                  "administrators": {"users": ["admin"]},
                  "workgroups": [{"name": "load", "selectors": [{"user": "client.*"}], "budgets": [{"name": "monthly", "per": "workgroup", "period": "month", "bytes": "%sB"}]}]
                }
                """.formatted(BUDGET));
        Map<String, String> quota = new HashMap<>(QuotaEngine.quota(policy, ledger));
        quota.put("quota.ledger.lease", "2s");
        return quota;
    }

    private void assertBudget(List<URI> coordinators, QuotaLoad load)
            throws Exception
    {
        load.assertRefusalsWereRight();
        for (URI coordinator : coordinators) {
            long used = used(coordinator);
            long read = lake.meter().objectBytes();
            log.info("%s queries finished, %s were refused, %s connections were cut off; budget %s, used %s, read %s", load.finished(), load.refused(), load.cutOff(), BUDGET, used, read);
            assertThat(used).isLessThanOrEqualTo(BUDGET);
            assertThat(read).isLessThanOrEqualTo(used);
            // until nothing fits any more
            assertThat(BUDGET - used).isLessThan(smallest);
        }
    }

    /**
     * What is used when nothing is reserved any more. The ledger tells nobody of it, so it is asked again and again.
     */
    private static long used(URI coordinator)
            throws SQLException, InterruptedException
    {
        try (Connection connection = QuotaEngine.connect(coordinator, "admin");
                Statement statement = connection.createStatement()) {
            for (int attempt = 0; attempt < 1500; attempt++) {
                try (ResultSet budget = statement.executeQuery("SELECT bytes_used, bytes_reserved FROM system.budgets WHERE workgroup = 'load'")) {
                    assertThat(budget.next()).isTrue();
                    if (budget.getLong(2) == 0) {
                        return budget.getLong(1);
                    }
                }
                MILLISECONDS.sleep(20);
            }
        }
        throw new AssertionError("Something stays reserved");
    }
}
