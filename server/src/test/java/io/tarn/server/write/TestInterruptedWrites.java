package io.tarn.server.write;

import com.google.common.collect.ImmutableMap;
import io.tarn.relay.Relay;
import io.tarn.relay.RelayedRequest;
import io.trino.Session;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.s3.model.S3Object;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import static io.tarn.relay.Witness.Verdict.LOST;
import static io.tarn.relay.Witness.Verdict.SERVED;
import static io.tarn.server.lake.LakeServices.BUCKET;
import static io.tarn.server.lake.LakeServices.location;
import static io.trino.testing.TestingSession.testSessionBuilder;
import static java.util.Locale.ENGLISH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

/**
 * Cuts an engine off from Glue and S3 at the requests with which a statement changes something, so that not even its own
 * cleaning up succeeds, and loses single answers. Another engine then sees the old rows or the new ones.
 * {@link TestKilledWrites} kills the process.
 */
@TestInstance(PER_CLASS)
class TestInterruptedWrites
{
    private static final String CATALOG = "mortal";
    private static final int MOST_RUNS = 30;

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
    void cutOffBeforeEveryKindOfChange(WriteStatement statement)
    {
        atEveryKindOfChange(statement, "cut", end -> life.endAt(end, LOST));
    }

    /**
     * What was done is not undone where it is only not known.
     */
    @ParameterizedTest
    @EnumSource
    void everyAnswerLost(WriteStatement statement)
    {
        atEveryKindOfChange(statement, "unanswered", life::loseAnswerAt);
    }

    /**
     * Rows that are there are no reason to run a statement again.
     */
    @ParameterizedTest
    @EnumSource(names = {"CREATE", "CREATE_UNPARTITIONED", "INSERT", "OVERWRITE"})
    void statisticsThatCannotBeKept(WriteStatement statement)
    {
        String created = "%s_statistics".formatted(statement).toLowerCase(ENGLISH);
        lake.prepare();
        life.endAt(LifeEnd.statisticsAfter(LifeEnd.publishing(statement.publishing())), LOST);
        lake.healthy().execute(session(statement), statement.sql(CATALOG, created));
        assertThat(life.ended()).isTrue();
        life.liveOn();
        assertThat(lake.state(statement.table(created))).isEqualTo(statement.rows());
        lake.requireWritable(created);
    }

    /**
     * The last row of sixty megabytes fails, when several writers have sent parts of files, and some of them whole ones.
     * Uploads are counted on their way, because the endpoint may keep one whose last part came after it was aborted.
     */
    @Test
    void unloadThatFailsLeavesNothing()
            throws Exception
    {
        Uploads uploads = new Uploads();
        try (Relay counted = Relay.start(lake.services().s3Endpoint(), uploads)) {
            lake.healthy().createCatalog("counted", "tarn", ImmutableMap.<String, String>builder()
                    .putAll(lake.catalog(lake.services().awsEndpoint(), counted.uri()))
                    .put("s3.streaming.part-size", "5MB")
                    .buildOrThrow());
            Session session = testSessionBuilder()
                    .setCatalog("counted")
                    .setCatalogSessionProperty("counted", "scale_writers", "false")
                    .setCatalogSessionProperty("counted", "target_max_file_size", "17MB")
                    .setSystemProperty("task_min_writer_count", "2")
                    .build();
            String unload = "CREATE TABLE system.unload WITH (external_location = '%s', format = 'TEXTFILE', write_compression = 'NONE') AS SELECT lpad(CAST(1 / (60000 - b * 1000 - a) AS varchar), 1000, 'x') AS s FROM UNNEST(sequence(0, 59)) t(b) CROSS JOIN UNNEST(sequence(1, %s)) u(a)";
            assertThatThrownBy(() -> lake.healthy().execute(session, unload.formatted(location("unloaded"), 1000))).hasMessageContaining("Division by zero");
            assertThat(uploads.begun()).isGreaterThan(1);
            uploads.await(() -> lake.tasksEnded() && uploads.open() == 0 && objects("unloaded/").isEmpty());

            // the folder is as good as new
            assertThat(lake.healthy().execute(session, unload.formatted(location("unloaded"), 999)).getUpdateCount().orElseThrow()).isEqualTo(59_940);
            uploads.await(() -> uploads.open() == 0);
            assertThat(objects("unloaded/")).isNotEmpty();
        }
    }

    /**
     * A statement may be given up while a writer is publishing a file, too late for the coordinator to find it. Here it
     * finds nothing at all, because its listing is lost.
     */
    @Test
    void fileOfAnUnloadThatIsGivenUpMeanwhile()
            throws Exception
    {
        PermitTaken taken = new PermitTaken();
        try (Relay relay = Relay.start(lake.services().s3Endpoint(), taken)) {
            lake.healthy().createCatalog("given_up", "tarn", lake.catalog(lake.services().awsEndpoint(), relay.uri()));
            String unload = "CREATE TABLE %s.system.unload WITH (external_location = '%s', format = 'JSON') AS SELECT 1 AS x";
            assertThatThrownBy(() -> lake.healthy().execute(unload.formatted("given_up", location("late"))))
                    .hasMessageContaining("The statement that writes to s3://" + BUCKET + "/late was given up");
            taken.await(() -> lake.tasksEnded() && objects("late/").isEmpty());
            assertThat(taken.published).hasSize(1);

            lake.healthy().execute(unload.formatted(CATALOG, location("late")));
            assertThat(objects("late/")).hasSize(1);
        }
    }

    private final class PermitTaken
            extends Uploads
    {
        private final List<String> published = new CopyOnWriteArrayList<>();

        @Override
        public Verdict judge(RelayedRequest request)
        {
            return !published.isEmpty() && request.path().contains("list-type=") ? LOST : SERVED;
        }

        @Override
        public void answered(RelayedRequest request, int status)
        {
            if (request.method().equals("PUT") && !request.path().contains("_tarn-permit-")) {
                List<String> objects = objects("late/");
                published.addAll(objects.stream().filter(key -> !key.contains("_tarn-permit-")).toList());
                objects.stream().filter(key -> key.contains("_tarn-permit-")).forEach(permit -> lake.services().s3().deleteObject(delete -> delete.bucket(BUCKET).key(permit)));
            }
            super.answered(request, status);
        }
    }

    private List<String> objects(String folder)
    {
        return lake.services().s3().listObjectsV2(request -> request.bucket(BUCKET).prefix(folder)).contents().stream().map(S3Object::key).toList();
    }

    private void atEveryKindOfChange(WriteStatement statement, String manner, Consumer<LifeEnd> interruption)
    {
        boolean finished = false;
        for (int runs = 0; !finished; runs++) {
            assertThat(runs).as("kinds of requests of %s", statement).isLessThan(MOST_RUNS);
            finished = interrupt(statement, interruption, runs, "%s_%s_%s".formatted(statement, manner, runs).toLowerCase(ENGLISH));
        }
    }

    /**
     * @param created a table that was half created keeps its name until remove_orphan_files, so each is called otherwise
     * @return whether the statement came to its end without it
     */
    private boolean interrupt(WriteStatement statement, Consumer<LifeEnd> interruption, int runs, String created)
    {
        lake.prepare();
        String table = statement.table(created);
        String before = lake.state(table);
        interruption.accept(LifeEnd.afterRuns(runs));
        boolean succeeded;
        try {
            lake.healthy().execute(session(statement), statement.sql(CATALOG, created));
            succeeded = true;
        }
        catch (RuntimeException _) {
            succeeded = false;
        }
        boolean interrupted = life.ended();
        String description = "%s: %s".formatted(created, life);
        life.liveOn();

        String after = lake.state(table);
        if (succeeded) {
            assertThat(after).as(description).isEqualTo(statement.rows());
        }
        else {
            assertThat(interrupted).as(description).isTrue();
            assertThat(after).as(description).isIn(before, statement.rows());
        }
        lake.requireWritable(description);
        assertThat(lake.state(table).equals(WrittenLake.NO_TABLE)).as(description).isEqualTo(after.equals(WrittenLake.NO_TABLE));
        return !interrupted;
    }

    private static Session session(WriteStatement statement)
    {
        Session.SessionBuilder session = testSessionBuilder().setCatalog(CATALOG).setSchema("writes");
        statement.sessionProperties().forEach((name, value) -> session.setCatalogSessionProperty(CATALOG, name, value));
        return session.build();
    }
}
