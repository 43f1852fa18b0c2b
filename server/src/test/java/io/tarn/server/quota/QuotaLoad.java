package io.tarn.server.quota;

import io.airlift.units.DataSize;

import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that ask mixed queries over JDBC until even the smallest is refused.
 */
final class QuotaLoad
{
    private static final List<String> QUERIES = List.of(
            "SELECT max(zipcode) FROM zipcodes",
            "SELECT max(username) FROM userprofile",
            "SELECT count(username) FROM useractivity",
            "SELECT count(*) FROM useractivity a JOIN userprofile p ON a.username = p.username",
            "SELECT count(*) FROM userprofile p JOIN zipcodes z ON p.zip = z.zipcode");
    static final String SMALLEST = QUERIES.getFirst();
    private static final Pattern REFUSAL = Pattern.compile("the query would scan (\\S+) in .* has (\\S+) of (\\S+) left", Pattern.DOTALL);
    private static final int CONNECTIONS = 16;

    private final IntFunction<URI> coordinator;
    private final AtomicInteger finished = new AtomicInteger();
    private final AtomicInteger cutOff = new AtomicInteger();
    private final List<String> refusals = Collections.synchronizedList(new ArrayList<>());

    /**
     * @param coordinator where a client finds its coordinator now
     */
    QuotaLoad(IntFunction<URI> coordinator)
    {
        this.coordinator = coordinator;
    }

    void run()
            throws Exception
    {
        try (ExecutorService executor = Executors.newFixedThreadPool(CONNECTIONS)) {
            List<Future<?>> clients = new ArrayList<>();
            for (int client = 0; client < CONNECTIONS; client++) {
                int number = client;
                clients.add(executor.submit(() -> {
                    ask(number);
                    return null;
                }));
            }
            for (Future<?> client : clients) {
                client.get();
            }
        }
    }

    private void ask(int client)
            throws InterruptedException
    {
        Random random = new Random(client);
        while (true) {
            try (Connection connection = QuotaEngine.connect(coordinator.apply(client), "client" + client);
                    Statement statement = connection.createStatement()) {
                while (true) {
                    String sql = QUERIES.get(random.nextInt(QUERIES.size()));
                    if (!ask(statement, sql) && !ask(statement, SMALLEST)) {
                        return;
                    }
                }
            }
            catch (SQLException e) {
                // the coordinator was killed; another one comes
                cutOff.incrementAndGet();
                Thread.sleep(100);
            }
        }
    }

    /**
     * @return false where it is refused
     */
    private boolean ask(Statement statement, String sql)
            throws SQLException
    {
        try (ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                result.getObject(1);
            }
            finished.incrementAndGet();
            return true;
        }
        catch (SQLException e) {
            if (e.getMessage().contains("Bytes scanned limit was exceeded")) {
                refusals.add(e.getMessage());
                return false;
            }
            throw e;
        }
    }

    int finished()
    {
        return finished.get();
    }

    int cutOff()
    {
        return cutOff.get();
    }

    int refused()
    {
        return refusals.size();
    }

    /**
     * Nothing that would fit was refused: what was left is less than what each refused query would scan.
     */
    void assertRefusalsWereRight()
    {
        assertThat(refusals).isNotEmpty();
        for (String refusal : refusals) {
            Matcher figures = REFUSAL.matcher(refusal);
            if (!figures.find()) {
                assertThat(refusal).contains(" has 0B of ");
                continue;
            }
            // both are rounded to two places
            assertThat(DataSize.valueOf(figures.group(2)).toBytes())
                    .describedAs(refusal)
                    .isLessThanOrEqualTo((long) (DataSize.valueOf(figures.group(1)).toBytes() * 1.01));
        }
    }
}
