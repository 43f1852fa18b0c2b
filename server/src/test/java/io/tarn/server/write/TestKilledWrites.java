package io.tarn.server.write;

import io.airlift.log.Logger;
import io.tarn.relay.Witness.Verdict;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;

import static io.tarn.relay.Witness.Verdict.LOST;
import static io.tarn.relay.Witness.Verdict.UNANSWERED;
import static io.tarn.server.write.MortalEngine.CREATED;
import static java.util.concurrent.Executors.newCachedThreadPool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

/**
 * Kills the process of an engine while it writes. Another engine then sees the old rows or the new ones, writes to the
 * same table, and finds nothing beside the tables' files when orphans are removed.
 * <p>
 * At the telling requests always; at every single one where {@code TARN_TEST_KILLS} is {@code all}, which takes an hour.
 */
@TestInstance(PER_CLASS)
class TestKilledWrites
{
    private static final Logger log = Logger.get(TestKilledWrites.class);
    private static final int MOST_REQUESTS = 60;

    private WrittenLake lake;
    private ExecutorService executor;
    private MortalEngines engines;

    @BeforeAll
    void start(@TempDir Path folder)
            throws Exception
    {
        lake = new WrittenLake();
        executor = newCachedThreadPool();
        engines = new MortalEngines(lake, folder, executor);
    }

    @AfterAll
    void stop()
            throws IOException
    {
        engines.close();
        executor.close();
        lake.close();
    }

    @ParameterizedTest
    @CsvSource({
            "CREATE, UNANSWERED, false",
            "CREATE, UNANSWERED, true",
            "INSERT, LOST, true",
            "INSERT, UNANSWERED, true",
            "OVERWRITE, LOST, true",
            "OVERWRITE, UNANSWERED, true",
            "OPTIMIZE, UNANSWERED, true",
    })
    void atTheTellingRequests(WriteStatement statement, Verdict last, boolean publishing)
    {
        LifeEnd end = publishing ? LifeEnd.publishing(statement.publishing()) : LifeEnd.firstFile();
        Outcome outcome = interrupt(statement, end, last);
        assertThat(outcome.killed()).as(outcome.description()).isTrue();
        assertThat(outcome.state()).as(outcome.description()).isEqualTo(publishing && last == UNANSWERED ? statement.rows() : outcome.before());
    }

    @ParameterizedTest
    @EnumSource
    @EnabledIfEnvironmentVariable(named = "TARN_TEST_KILLS", matches = "all")
    void atEveryRequest(WriteStatement statement)
    {
        for (Verdict last : List.of(LOST, UNANSWERED)) {
            boolean killed = true;
            boolean published = false;
            for (int changes = 0; killed; changes++) {
                assertThat(changes).as("requests of %s", statement).isLessThan(MOST_REQUESTS);
                Outcome outcome = interrupt(statement, LifeEnd.afterChanges(changes), last);
                killed = outcome.killed();
                assertThat(outcome.state()).as(outcome.description()).isIn(outcome.before(), statement.rows());
                if (published || !killed) {
                    // who dies later has not done less
                    assertThat(outcome.state()).as(outcome.description()).isEqualTo(statement.rows());
                }
                published = !outcome.state().equals(outcome.before());
            }
        }
    }

    private record Outcome(boolean killed, String description, String before, String state) {}

    private Outcome interrupt(WriteStatement statement, LifeEnd end, Verdict last)
    {
        lake.prepare();
        String table = statement.table(CREATED);
        String before = lake.state(table);
        MortalEngine engine = engines.current();
        boolean killed = engine.executeUntil(end, last, statement, executor);
        String description = "%s, %s".formatted(statement, engine);
        if (killed) {
            engines.replace();
        }
        String state = lake.state(table);
        log.info("%s: %s", description, state);
        lake.requireWritable(description);
        lake.requireCleanable(table, description);
        lake.requireCreatable(CREATED, description);
        return new Outcome(killed, description, before, state);
    }
}
