package io.tarn.server.demo;

import com.google.common.collect.ImmutableList;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * Pays attention: with a budget, a query over everything is refused before it reads, a cheap one goes through, and the
 * query log shows both.
 */
final class QuotaStory
{
    static final String WORKGROUP = "analysts";
    static final String BUDGET = "daily";
    static final String EVERYTHING =
            """
            SELECT *
            FROM workshop.useractivity a
            JOIN workshop.userprofile p ON a.username = p.username
            JOIN workshop.zipcodes z ON p.zip = z.zipcode
            """;

    private static final String REFUSAL = "Bytes scanned limit was exceeded";
    private static final String CHEAP =
            """
            SELECT state, count(*) AS codes
            FROM workshop.zipcodes
            GROUP BY state
            ORDER BY codes DESC, state
            LIMIT 3
            """;
    private static final String LOG =
            """
            SELECT state, estimated_bytes, read_bytes, price, currency
            FROM awsdatacatalog.system.query_log
            WHERE workgroup = '%s' AND state <> 'RUNNING'
            ORDER BY created DESC
            LIMIT 2
            """.formatted(WORKGROUP);
    private static final int LOG_ATTEMPTS = 250;
    private static final long LOG_PAUSE_MILLIS = 20;

    private final Connection administrator;
    private final Connection analyst;
    private final DemoReport report;

    /**
     * @param administrator connected as one of the policy's administrators
     */
    QuotaStory(Connection administrator, Connection analyst, DemoReport report)
    {
        this.administrator = requireNonNull(administrator, "administrator is null");
        this.analyst = requireNonNull(analyst, "analyst is null");
        this.report = requireNonNull(report, "report is null");
    }

    /**
     * @param number of the first question in the report
     * @param lakeBytes what lies in the lake; the day's budget is made smaller than that
     * @throws DemoException where something is let through that does not fit, or refused that does
     */
    void tell(int number, long lakeBytes)
    {
        try (Statement statement = analyst.createStatement()) {
            statement.execute("SET SESSION awsdatacatalog.workgroup = '" + WORKGROUP + "'");
            long used = budgetUsed();
            // everything is one byte too much for a tiny lake, and twice what is left of a larger one
            long left = Math.max(lakeBytes / 2, Math.min(lakeBytes - 1, 4L << 20));
            call("CALL awsdatacatalog.system.set_budget(workgroup => '%s', budget => '%s', bytes => '%sB')".formatted(WORKGROUP, BUDGET, used + left));
            try {
                refuse(number, left);
                allow(number + 1);
                show(number + 2);
            }
            finally {
                call("CALL awsdatacatalog.system.reset_budget(workgroup => '%s', budget => '%s')".formatted(WORKGROUP, BUDGET));
            }
        }
        catch (SQLException e) {
            throw new DemoException("The quotas do not do as they should: " + e.getMessage(), e);
        }
    }

    private void refuse(int number, long left)
    {
        Question question = new Question(String.format(ENGLISH, "What if somebody asks for everything, with %s left of the day's budget?", Sizes.text(left)), EVERYTHING, List.of());
        report.question(number, question);
        try {
            new QuestionRunner(analyst).ask(question);
        }
        catch (DemoException e) {
            String message = e.getCause().getMessage();
            int text = message.indexOf(REFUSAL);
            if (text < 0) {
                throw e;
            }
            report.paragraph(message.substring(text));
            return;
        }
        throw new DemoException("A query over everything was not refused, though it passes the budget of workgroup '%s'".formatted(WORKGROUP));
    }

    private void allow(int number)
    {
        Question question = new Question("And something cheap?", CHEAP, List.of());
        report.question(number, question);
        report.unchecked(new QuestionRunner(analyst).ask(question));
    }

    private void show(int number)
            throws SQLException
    {
        Question question = new Question("What does the ledger say?", LOG, List.of());
        report.question(number, question);
        // a query's end is written a moment after its client has it
        for (int attempt = 0; attempt < LOG_ATTEMPTS; attempt++) {
            Answer answer = new QuestionRunner(analyst).ask(question);
            List<Object> states = answer.rows().stream().map(List::getFirst).toList();
            if (states.equals(ImmutableList.of("FINISHED", "REFUSED"))) {
                report.unchecked(answer);
                return;
            }
            pause();
        }
        throw new DemoException("The query log does not have the refused and the finished query of workgroup '%s'".formatted(WORKGROUP));
    }

    private long budgetUsed()
            throws SQLException
    {
        try (Statement statement = administrator.createStatement();
                ResultSet result = statement.executeQuery("SELECT coalesce(sum(bytes_used + bytes_reserved), 0) FROM awsdatacatalog.system.budgets WHERE workgroup = '%s' AND budget = '%s'".formatted(WORKGROUP, BUDGET))) {
            result.next();
            return result.getLong(1);
        }
    }

    private void call(String procedure)
            throws SQLException
    {
        try (Statement statement = administrator.createStatement()) {
            statement.execute(procedure);
        }
    }

    private static void pause()
    {
        try {
            Thread.sleep(LOG_PAUSE_MILLIS);
        }
        catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoException("Interrupted", e);
        }
    }
}
