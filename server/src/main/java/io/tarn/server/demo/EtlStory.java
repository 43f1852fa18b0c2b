package io.tarn.server.demo;

import com.google.common.collect.ImmutableList;
import com.google.common.io.Resources;
import io.tarn.testdata.Facts;
import io.trino.jdbc.TrinoStatement;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicLong;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

/**
 * Makes the raw log cheap to ask: it is written as Parquet in partitions, joined, stripped of secrets, and written with
 * Athena's own properties, by statements that are kept in files.
 */
final class EtlStory
{
    private final Connection connection;
    private final DemoReport report;
    private final Facts facts;

    EtlStory(Connection connection, DemoReport report, Facts facts)
    {
        this.connection = requireNonNull(connection, "connection is null");
        this.report = requireNonNull(report, "report is null");
        this.facts = requireNonNull(facts, "facts is null");
    }

    /**
     * @param number of the first question in the report
     * @return the number after the last
     * @throws DemoException where a statement fails, or an answer is not what the generator counted
     */
    int tell(int number)
    {
        for (String table : List.of("activity", "customer_activity", "customers_without_secrets", "zipcodes_by_state")) {
            execute("DROP TABLE IF EXISTS workshop." + table, new AtomicLong());
        }
        int next = number;
        List<String> wrong = new ArrayList<>();
        for (Step step : steps()) {
            Question question = step.question();
            report.question(next++, question);
            Answer answer = step.writes() ? write(question) : new QuestionRunner(connection).ask(question);
            report.answer(question, answer);
            if (!question.isAnsweredBy(answer)) {
                report.difference(question, answer);
                wrong.add(question.title());
            }
        }
        if (!wrong.isEmpty()) {
            throw new DemoException("%s answers are not what the generator counted: %s".formatted(wrong.size(), String.join(" ", wrong)));
        }
        return next;
    }

    private List<Step> steps()
    {
        return ImmutableList.of(
                write("What if the log were Parquet, in a partition for each kind of page?", "activity", facts.requests()),
                ask(
                        "How many requests were there for dog pages? (as above, now from the partition)",
                        """
                        SELECT count(*) AS requests
                        FROM workshop.activity
                        WHERE toppage = 'Dogs'
                        """,
                        List.of(List.of(facts.requestsForPages("Dogs/")))),
                ask(
                        "How many requests were there of each type, and how many bytes did they take? (two columns of the log)",
                        """
                        SELECT requesttype, count(*) AS requests, sum(bytes) > 0 AS any_bytes
                        FROM workshop.activity
                        GROUP BY requesttype
                        ORDER BY requesttype
                        """,
                        facts.requestsByMethod().entrySet().stream().map(entry -> List.<Object>of(entry.getKey(), entry.getValue(), true)).collect(toImmutableList())),
                ask(
                        "How many requests failed, and how many did not? (as above, from Parquet)",
                        """
                        SELECT http, count(*) AS requests
                        FROM workshop.activity
                        GROUP BY http
                        ORDER BY http
                        """,
                        rows(facts.requestsByStatus())),
                write("Who asked, and from where? (the customers joined to their requests)", "customer_activity", facts.requests()),
                ask(
                        "How many requests came from women, and how many from men? (as above, from the joined table)",
                        """
                        SELECT gender, count(*) AS requests
                        FROM workshop.customer_activity
                        GROUP BY gender
                        ORDER BY gender
                        """,
                        rows(facts.requestsByGender())),
                write("Can customers be looked at without their secrets? (hashes in place of card and social security numbers)", "customers_without_secrets", facts.profiles()),
                write("And with the properties of Athena's CREATE TABLE AS, and a name in mixed case?", "zip_codes_by_state", zipCodes()),
                ask(
                        "How many zip codes has each of these states?",
                        """
                        SELECT state, count(*) AS codes
                        FROM workshop.zipcodes_by_state
                        GROUP BY state
                        ORDER BY state
                        """,
                        rows(statesBeforeN())));
    }

    private SortedMap<String, Long> statesBeforeN()
    {
        // a statement of Athena's writes a hundred partitions at most, and half of the states make the point
        return facts.zipCodesByState().headMap("N");
    }

    private long zipCodes()
    {
        return statesBeforeN().values().stream().mapToLong(count -> count).sum();
    }

    private static Step write(String title, String file, long rows)
    {
        try {
            String sql = Resources.toString(Resources.getResource(EtlStory.class, "etl/" + file + ".sql"), UTF_8);
            return new Step(new Question(title, sql, List.of(List.of(rows))), true);
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Step ask(String title, String sql, List<List<Object>> expectation)
    {
        return new Step(new Question(title, sql, expectation), false);
    }

    private static List<List<Object>> rows(SortedMap<?, Long> counts)
    {
        return counts.entrySet().stream()
                .map((Map.Entry<?, Long> entry) -> List.<Object>of(entry.getKey(), entry.getValue()))
                .collect(toImmutableList());
    }

    private Answer write(Question question)
    {
        long start = System.nanoTime();
        AtomicLong scannedBytes = new AtomicLong();
        long rows = execute(question.sql(), scannedBytes);
        return new Answer(List.of("rows written"), List.of(List.of(rows)), Duration.ofNanos(System.nanoTime() - start), scannedBytes.get());
    }

    private long execute(String sql, AtomicLong scannedBytes)
    {
        try (Statement statement = connection.createStatement()) {
            statement.unwrap(TrinoStatement.class).setProgressMonitor(stats -> scannedBytes.accumulateAndGet(stats.getPhysicalInputBytes(), Math::max));
            statement.execute(sql);
            return statement.getLargeUpdateCount();
        }
        catch (SQLException e) {
            throw new DemoException("Cannot run '%s': %s".formatted(sql.lines().findFirst().orElse(""), e.getMessage()), e);
        }
    }

    /**
     * @param writes whether the answer is the number of rows that were written
     */
    private record Step(Question question, boolean writes) {}
}
