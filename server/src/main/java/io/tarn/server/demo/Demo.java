package io.tarn.server.demo;

import com.google.common.base.Ticker;
import com.google.common.collect.ImmutableList;
import io.tarn.server.cli.TrinoCli;
import io.tarn.server.engine.Endpoints;
import io.tarn.testdata.Facts;
import io.tarn.testdata.SampleLake;
import io.tarn.testdata.SampleObject;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.s3.S3Client;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import static java.lang.String.format;
import static java.util.Locale.ENGLISH;

/**
 * The story in one go: a lake is made, landed and declared, and asked what its generator already knows.
 */
public final class Demo
{
    public static final long DEFAULT_ROWS = 500_000;

    static final String DATABASE = "workshop";
    static final List<String> RAW_FOLDERS = ImmutableList.of(AthenaSteps.LOG, "raw/userprofile/", "raw/zipcodes/");

    private static final String BUCKET = "lake";
    private static final List<String> LIVE_FOLDERS = ImmutableList.of(AthenaSteps.LIVE);
    // dropping a table leaves what it does not own, and the statements that fill these want them empty
    private static final List<String> TABLE_FOLDERS = ImmutableList.of(AthenaSteps.ACTIVITY, AthenaSteps.ZIP_CODES_BY_STATE);
    private static final int MAXIMUM_THREADS = 8;

    private Demo() {}

    /**
     * Runs the story against an engine and prints it. It can be run again: objects and tables of its own are replaced.
     *
     * @param cli sends the statements that are Athena's
     * @param rows requests in the web log, at least 1; {@link #DEFAULT_ROWS} takes seconds
     * @throws DemoException when a step fails, or an answer is not what the generator counted; then the rest of the
     *         step's questions have been asked and printed all the same
     * @throws IllegalArgumentException when {@code rows} is out of range
     */
    public static void run(Endpoints endpoints, TrinoCli cli, long rows, PrintWriter out)
    {
        SampleLake lake = SampleLake.ofRows(rows);
        DemoReport report = new DemoReport(out);
        long bytes = land(endpoints, lake, report, out);
        Facts facts = lake.facts();
        try (Connection connection = DemoClients.trino(endpoints); S3Client s3 = DemoClients.s3(endpoints)) {
            AthenaStory story = new AthenaStory(cli, endpoints, new QueryCosts(connection), new LakeSizes(s3, BUCKET), report);
            int next = story.tell(1, AthenaSteps.catalogue(lake));
            declareView(endpoints, report);
            for (StoryStep step : List.of(AthenaSteps.ask(facts), AthenaSteps.makeCheap(facts), AthenaSteps.join(facts), AthenaSteps.protect(facts))) {
                next = story.tell(next, step);
            }
            next = new ProtectionStory(endpoints, connection, report).tell(next);
            next = story.tell(next, AthenaSteps.createTableAs(facts));
            payAttention(endpoints, connection, next, bytes, report);
        }
        catch (SQLException e) {
            throw new DemoException("Cannot connect to Trino at %s: %s".formatted(endpoints.trino(), e.getMessage()), e);
        }
        report.whatNext();
    }

    private static long land(Endpoints endpoints, SampleLake lake, DemoReport report, PrintWriter out)
    {
        report.line(format(
                ENGLISH,
                "Making a shop's lake up (generated data, seed %d): %,d requests, %,d customers, %,d zip codes",
                lake.seed(),
                lake.rows(),
                lake.profiles(),
                lake.zips()));
        long start = System.nanoTime();
        int threads = Math.clamp(Runtime.getRuntime().availableProcessors(), 2, MAXIMUM_THREADS);
        try (S3Client s3 = DemoClients.s3(endpoints)) {
            LakeLander lander = new LakeLander(s3, new Progress(out, Ticker.systemTicker()), threads);
            long bytes = lander.land(BUCKET, lake.objects(), RAW_FOLDERS);
            List<SampleObject> live = lake.liveWebLog();
            lander.land(BUCKET, live, LIVE_FOLDERS);
            report.line(format(
                    ENGLISH,
                    "Landed %d objects, %s, in s3://%s/raw/, and %d of the live feed in s3://%s/%s, in %.1f s",
                    lake.objects().size(),
                    Sizes.text(bytes),
                    BUCKET,
                    live.size(),
                    BUCKET,
                    AthenaSteps.LIVE,
                    (System.nanoTime() - start) / 1e9));
            int removed = lander.clear(BUCKET, TABLE_FOLDERS);
            if (removed > 0) {
                report.line(format(ENGLISH, "Removed %d objects of a former run, which DROP TABLE leaves to an external table: s3://%s/{%s}", removed, BUCKET, String.join(",", TABLE_FOLDERS)));
            }
            return bytes;
        }
        catch (SdkException e) {
            throw new DemoException("Cannot land the sample lake at %s: %s".formatted(endpoints.s3(), e.getMessage()), e);
        }
    }

    private static void declareView(Endpoints endpoints, DemoReport report)
    {
        try (GlueClient glue = DemoClients.glue(endpoints)) {
            LakeView.declare(glue);
        }
        catch (SdkException e) {
            throw new DemoException("Cannot declare the view %s in the Glue catalogue at %s: %s".formatted(LakeView.NAME, endpoints.aws(), e.getMessage()), e);
        }
        report.line("");
        report.line("Over the Glue API: the view %s, as Athena would have written it".formatted(LakeView.NAME));
    }

    private static void payAttention(Endpoints endpoints, Connection analyst, int number, long lakeBytes, DemoReport report)
            throws SQLException
    {
        try (Connection administrator = DemoClients.trino(endpoints, "admin")) {
            new QuotaStory(administrator, analyst, report).tell(number, lakeBytes);
        }
    }
}
