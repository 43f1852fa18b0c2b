package io.tarn.server.demo;

import com.google.common.collect.ImmutableList;
import io.tarn.server.engine.Endpoints;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * Protects: by the rules of {@code etc/rules.json}, marketing sees three columns of the customers, support all but the
 * card, the desk some rows and the card's last digits; what they ask beyond that is refused.
 */
final class ProtectionStory
{
    static final String MARKETING = "maria";
    static final String SUPPORT = "sam";
    static final String DESK = "dora";

    private static final String EVERYTHING =
            """
            SELECT *
            FROM workshop.userprofile
            ORDER BY username
            LIMIT 3
            """;
    private static final String CARDS =
            """
            SELECT username, gender, cc
            FROM workshop.userprofile
            ORDER BY username
            LIMIT 3
            """;
    private static final String CARDS_AS_THEY_ARE =
            """
            SELECT username, gender, '**** ' || substr(cc, -4)
            FROM workshop.userprofile
            WHERE gender = 'Female'
            ORDER BY username
            LIMIT 3
            """;
    private static final String CARD_OF_SOMEBODY =
            """
            SELECT username
            FROM workshop.userprofile
            WHERE cc LIKE '4%'
            """;
    private static final String LINES =
            """
            SELECT "$line"
            FROM workshop.userprofile
            """;
    private static final String ALL_COLUMNS = "SELECT * FROM workshop.userprofile ORDER BY username LIMIT 3";
    private static final String REFUSAL = "Access Denied";

    private final Endpoints endpoints;
    private final Connection unrestricted;
    private final DemoReport report;

    /**
     * @param unrestricted connected as somebody of whom no rule speaks
     */
    ProtectionStory(Endpoints endpoints, Connection unrestricted, DemoReport report)
    {
        this.endpoints = requireNonNull(endpoints, "endpoints is null");
        this.unrestricted = requireNonNull(unrestricted, "unrestricted is null");
        this.report = requireNonNull(report, "report is null");
    }

    /**
     * @param number of the first question in the report
     * @return that of the next
     * @throws DemoException where somebody sees more or less than the rules say
     */
    int tell(int number)
            throws SQLException
    {
        Answer everything = answer(unrestricted, ALL_COLUMNS);
        marketing(number, everything);
        support(number + 1, everything);
        desk(number + 2);
        refused(number + 3, SUPPORT, "And when support looks for a card all the same?", CARD_OF_SOMEBODY);
        refused(number + 4, MARKETING, "And when marketing asks for the raw lines?", LINES);
        return number + 5;
    }

    private void marketing(int number, Answer everything)
            throws SQLException
    {
        Answer answer = ask(number, MARKETING, "Marketing may see three columns of the customers: what is everything to it?", EVERYTHING);
        verify(answer, project(everything, ImmutableList.of("username", "gender", "age")), MARKETING);
    }

    private void support(int number, Answer everything)
            throws SQLException
    {
        Answer answer = ask(number, SUPPORT, "Support may see all but the card: what is everything to it?", EVERYTHING);
        List<String> allButCard = everything.columns().stream().filter(column -> !column.equals("cc")).toList();
        verify(answer, project(everything, allButCard), SUPPORT);
    }

    private void desk(int number)
            throws SQLException
    {
        Answer answer = ask(number, DESK, "The desk sees women only, and of a card the last digits: a row filter and a mask", CARDS);
        Answer expected = answer(unrestricted, CARDS_AS_THEY_ARE);
        verify(answer, new Answer(answer.columns(), expected.rows(), expected.elapsed(), 0), DESK);
    }

    private Answer ask(int number, String user, String title, String sql)
            throws SQLException
    {
        Question question = new Question("%s (as %s)".formatted(title, user), sql, List.of());
        report.question(number, question);
        try (Connection connection = DemoClients.trino(endpoints, user)) {
            Answer answer = new QuestionRunner(connection).ask(question);
            report.unchecked(answer);
            return answer;
        }
    }

    private void refused(int number, String user, String title, String sql)
            throws SQLException
    {
        Question question = new Question("%s (as %s)".formatted(title, user), sql, List.of());
        report.question(number, question);
        try (Connection connection = DemoClients.trino(endpoints, user)) {
            new QuestionRunner(connection).ask(question);
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
        throw new DemoException("User %s was not refused, though the rules keep it from: %s%s".formatted(user, sql.strip(), remedy()));
    }

    private static Answer answer(Connection connection, String sql)
    {
        return new QuestionRunner(connection).ask(new Question("What there is", sql, List.of()));
    }

    private static Answer project(Answer answer, List<String> columns)
    {
        List<List<Object>> rows = answer.rows().stream()
                .<List<Object>>map(row -> columns.stream().map(column -> row.get(answer.columns().indexOf(column))).toList())
                .toList();
        return new Answer(columns, rows, answer.elapsed(), 0);
    }

    private static void verify(Answer answer, Answer expected, String user)
    {
        if (!answer.columns().equals(expected.columns()) || !answer.rows().equals(expected.rows())) {
            throw new DemoException("User %s sees the columns %s and %s, but by the rules it should be %s and %s%s".formatted(user, answer.columns(), answer.rows(), expected.columns(), expected.rows(), remedy()));
        }
    }

    private static String remedy()
    {
        return ". The rules are those of etc/rules.json and etc/group.txt: an engine with another configuration does not have them";
    }
}
