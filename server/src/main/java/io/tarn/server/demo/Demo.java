package io.tarn.server.demo;

import com.google.common.base.Ticker;
import com.google.common.collect.ImmutableList;
import io.tarn.server.engine.Endpoints;
import io.tarn.testdata.Facts;
import io.tarn.testdata.SampleLake;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.s3.S3Client;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import static java.lang.String.format;
import static java.util.Locale.ENGLISH;

/**
 * The story in one go: a lake is made, landed and declared, and asked what its generator already knows.
 */
public final class Demo
{
    public static final long DEFAULT_ROWS = 500_000;

    private static final String BUCKET = "lake";
    static final List<String> FOLDERS = ImmutableList.of("raw/useractivity/", "raw/userprofile/", "raw/zipcodes/", "tables/zipcodes_by_state/");
    private static final int MAXIMUM_THREADS = 8;

    private Demo() {}

    /**
     * Runs the story against an engine and prints it. It can be run again: objects and tables of its own are replaced.
     *
     * @param rows requests in the web log, at least 1; {@link #DEFAULT_ROWS} takes seconds
     * @throws DemoException when a step fails, or an answer is not what the generator counted; then the rest of the
     *         questions have been asked and printed all the same
     * @throws IllegalArgumentException when {@code rows} is out of range
     */
    public static void run(Endpoints endpoints, long rows, PrintWriter out)
    {
        SampleLake lake = SampleLake.ofRows(rows);
        DemoReport report = new DemoReport(out);
        long bytes = land(endpoints, lake, report, out);
        declare(endpoints, report);
        List<Question> questions = Questions.about(lake.facts());
        ask(endpoints, questions, report);
        int next = makeCheap(endpoints, questions.size() + 1, lake.facts(), report);
        next = protect(endpoints, next, report);
        payAttention(endpoints, next, bytes, report);
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
            long bytes = new LakeLander(s3, new Progress(out, Ticker.systemTicker()), threads).land(BUCKET, lake.objects(), FOLDERS);
            report.line(format(
                    ENGLISH,
                    "Landed %d objects, %s, in s3://%s/raw/ in %.1f s",
                    lake.objects().size(),
                    Sizes.text(bytes),
                    BUCKET,
                    (System.nanoTime() - start) / 1e9));
            return bytes;
        }
        catch (SdkException e) {
            throw new DemoException("Cannot land the sample lake at %s: %s".formatted(endpoints.s3(), e.getMessage()), e);
        }
    }

    private static void declare(Endpoints endpoints, DemoReport report)
    {
        LakeTables tables = new LakeTables(BUCKET);
        try (GlueClient glue = DemoClients.glue(endpoints)) {
            TableDeclarer declarer = new TableDeclarer(glue);
            declarer.declareDatabase(LakeTables.DATABASE, "s3://%s/tables/%s".formatted(BUCKET, LakeTables.DATABASE));
            tables.all().forEach(table -> declarer.declare(LakeTables.DATABASE, table));
        }
        catch (SdkException e) {
            throw new DemoException("Cannot declare the tables in the Glue catalogue at %s: %s".formatted(endpoints.aws(), e.getMessage()), e);
        }
        report.line("Declared the tables useractivity, userprofile and zipcodes and the view activity_by_page in database " + LakeTables.DATABASE);
    }

    private static void ask(Endpoints endpoints, List<Question> questions, DemoReport report)
    {
        try (Connection connection = DemoClients.trino(endpoints)) {
            ask(connection, questions, report);
        }
        catch (SQLException e) {
            throw new DemoException("Cannot connect to Trino at %s: %s".formatted(endpoints.trino(), e.getMessage()), e);
        }
    }

    private static int makeCheap(Endpoints endpoints, int number, Facts facts, DemoReport report)
    {
        try (Connection connection = DemoClients.trino(endpoints)) {
            return new EtlStory(connection, report, facts).tell(number);
        }
        catch (SQLException e) {
            throw new DemoException("Cannot connect to Trino at %s: %s".formatted(endpoints.trino(), e.getMessage()), e);
        }
    }

    private static int protect(Endpoints endpoints, int number, DemoReport report)
    {
        try (Connection unrestricted = DemoClients.trino(endpoints)) {
            return new ProtectionStory(endpoints, unrestricted, report).tell(number);
        }
        catch (SQLException e) {
            throw new DemoException("Cannot connect to Trino at %s: %s".formatted(endpoints.trino(), e.getMessage()), e);
        }
    }

    private static void payAttention(Endpoints endpoints, int number, long lakeBytes, DemoReport report)
    {
        try (Connection administrator = DemoClients.trino(endpoints, "admin"); Connection analyst = DemoClients.trino(endpoints)) {
            new QuotaStory(administrator, analyst, report).tell(number, lakeBytes);
        }
        catch (SQLException e) {
            throw new DemoException("Cannot connect to Trino at %s: %s".formatted(endpoints.trino(), e.getMessage()), e);
        }
    }

    static void ask(Connection connection, List<Question> questions, DemoReport report)
    {
        QuestionRunner runner = new QuestionRunner(connection);
        List<String> wrong = new ArrayList<>();
        int number = 0;
        for (Question question : questions) {
            number++;
            report.question(number, question);
            Answer answer = runner.ask(question);
            report.answer(question, answer);
            if (!question.isAnsweredBy(answer)) {
                report.difference(question, answer);
                wrong.add(question.title());
            }
        }
        if (!wrong.isEmpty()) {
            throw new DemoException("%s of %s answers are not what the generator counted: %s".formatted(wrong.size(), number, String.join(" ", wrong)));
        }
    }
}
