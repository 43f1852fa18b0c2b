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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import static java.util.concurrent.CompletableFuture.allOf;
import static java.util.concurrent.CompletableFuture.runAsync;
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

    private final Coordinators coordinators;
    private final AtomicInteger finished = new AtomicInteger();
    private final AtomicInteger cutOff = new AtomicInteger();
    private final List<String> refusals = Collections.synchronizedList(new ArrayList<>());

    QuotaLoad(Coordinators coordinators)
    {
        this.coordinators = coordinators;
    }

    /**
     * Complete when all clients have been refused.
     */
    CompletableFuture<Void> start(Executor executor)
    {
        return allOf(IntStream.range(0, CONNECTIONS)
                .mapToObj(client -> runAsync(() -> askUntilRefused(client), executor))
                .toArray(CompletableFuture[]::new));
    }

    private void askUntilRefused(int client)
    {
        try {
            ask(client);
        }
        catch (SQLException | InterruptedException e) {
            throw new CompletionException(e);
        }
    }

    private void ask(int client)
            throws SQLException, InterruptedException
    {
        Random random = new Random(client);
        URI coordinator = coordinators.of(client);
        while (true) {
            try (Connection connection = QuotaEngine.connect(coordinator, "client" + client);
                    Statement statement = connection.createStatement()) {
                while (true) {
                    String sql = QUERIES.get(random.nextInt(QUERIES.size()));
                    if (!ask(statement, sql) && !ask(statement, SMALLEST)) {
                        return;
                    }
                }
            }
            catch (SQLException e) {
                cutOff.incrementAndGet();
                coordinator = coordinators.after(coordinator, e);
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
