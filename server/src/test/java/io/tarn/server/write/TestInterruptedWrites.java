package io.tarn.server.write;

import io.tarn.server.relay.Relay;
import io.tarn.server.relay.Witness.Verdict;
import io.trino.Session;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;
import java.util.Set;

import static io.tarn.server.relay.Witness.Verdict.LOST;
import static io.tarn.server.relay.Witness.Verdict.UNANSWERED;
import static io.tarn.server.write.WriteStatement.CREATE;
import static io.tarn.server.write.WriteStatement.INSERT;
import static io.trino.testing.TestingSession.testSessionBuilder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

/**
 * Cuts an engine off from Glue and S3 at each single request with which a statement changes something, so that not even
 * its own cleaning up succeeds. Another engine then sees the old rows or the new ones. {@link TestKilledWrites} kills
 * the process.
 */
@TestInstance(PER_CLASS)
class TestInterruptedWrites
{
    private static final String CATALOG = "mortal";
    private static final int MOST_REQUESTS = 60;

    private final Life life = new Life();
    private WrittenLake lake;
    private Relay glue;
    private Relay s3;

    @BeforeAll
    void start()
            throws Exception
    {
        lake = new WrittenLake();
        glue = Relay.start(lake.services().awsEndpoint(), life);
        s3 = Relay.start(lake.services().s3Endpoint(), life);
        lake.healthy().createCatalog(CATALOG, "tarn", lake.catalog(glue.uri(), s3.uri()));
    }

    @AfterAll
    void stop()
            throws Exception
    {
        s3.close();
        glue.close();
        lake.close();
    }

    @ParameterizedTest
    @EnumSource
    void atEveryStep(WriteStatement statement)
    {
        // an answer that is lost makes a difference where a statement publishes, and these two publish in both ways that there are
        List<Verdict> ends = Set.of(INSERT, CREATE).contains(statement) ? List.of(LOST, UNANSWERED) : List.of(LOST);
        for (Verdict last : ends) {
            boolean finished = false;
            for (int changes = 0; !finished; changes++) {
                assertThat(changes).as("requests of %s", statement).isLessThan(MOST_REQUESTS);
                finished = interrupt(statement, changes, last);
            }
        }
    }

    /**
     * @return whether the statement needed fewer requests than it was granted
     */
    private boolean interrupt(WriteStatement statement, int changes, Verdict last)
    {
        lake.prepare();
        String before = lake.state(statement.table());
        life.endAt(LifeEnd.afterChanges(changes), last);
        boolean succeeded;
        try {
            lake.healthy().execute(session(statement), statement.sql(CATALOG));
            succeeded = true;
        }
        catch (RuntimeException _) {
            succeeded = false;
        }
        boolean cut = life.ended();
        String description = "%s, change %s: %s".formatted(statement, changes, life);
        life.liveOn();

        String after = lake.state(statement.table());
        if (succeeded) {
            assertThat(after).as(description).isEqualTo(statement.rows());
        }
        else {
            assertThat(cut).as(description).isTrue();
            assertThat(after).as(description).isIn(before, statement.rows());
        }
        lake.requireWritable(description);
        lake.requireCleanable(statement, description);
        return !cut;
    }

    private static Session session(WriteStatement statement)
    {
        Session.SessionBuilder session = testSessionBuilder().setCatalog(CATALOG).setSchema("writes");
        statement.sessionProperties().forEach((name, value) -> session.setCatalogSessionProperty(CATALOG, name, value));
        return session.build();
    }
}
