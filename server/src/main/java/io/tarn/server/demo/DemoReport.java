package io.tarn.server.demo;

import com.google.common.collect.Range;

import java.io.PrintWriter;
import java.util.Collections;
import java.util.List;

import static java.lang.String.format;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * Prints what the demonstration found, in plain lines.
 */
final class DemoReport
{
    private static final int ROW_LIMIT = 12;
    private static final String INDENT = "    ";
    private static final int LINE_LENGTH = 96;

    private final PrintWriter out;
    private final AnswerTable table = new AnswerTable(ROW_LIMIT);

    DemoReport(PrintWriter out)
    {
        this.out = requireNonNull(out, "out is null");
    }

    void line(String text)
    {
        out.println(text);
        out.flush();
    }

    void step(StoryStep step)
    {
        out.println();
        out.println("== %s (the Trino CLI sends %s, in Athena's words)".formatted(step.title(), step.script().name()));
        out.flush();
    }

    void definition(String sql)
    {
        out.println();
        statement(sql);
    }

    void question(int number, Question question)
    {
        out.println();
        out.println(number + ". " + question.title());
        out.println();
        statement(question.sql());
        out.println();
        out.flush();
    }

    private void statement(String sql)
    {
        sql.lines().forEach(line -> out.println(INDENT + line));
        out.flush();
    }

    /**
     * @param scanned what the bytes are that were read; may be empty
     * @param right whether the rows are those that the generator counted
     */
    void answer(Answer answer, String scanned, boolean right)
    {
        rows(answer);
        out.println(format(
                ENGLISH,
                "%s%.2f s, %s read%s, $%s at Athena's price, %s",
                INDENT,
                seconds(answer),
                Sizes.text(answer.scannedBytes()),
                scanned.isEmpty() ? "" : " (" + scanned + ")",
                AthenaPrice.dollars(answer.scannedBytes()).toPlainString(),
                verdict(right)));
        out.flush();
    }

    /**
     * An answer that Athena asks no money for.
     */
    void shown(Answer answer, boolean right)
    {
        rows(answer);
        out.println(format(ENGLISH, "%s%.2f s, %s", INDENT, seconds(answer), verdict(right)));
        out.flush();
    }

    /**
     * An answer that is held against nothing.
     */
    void unchecked(Answer answer)
    {
        rows(answer);
        out.println(format(ENGLISH, "%s%.2f s, %s read", INDENT, seconds(answer), Sizes.text(answer.scannedBytes())));
        out.flush();
    }

    private void rows(Answer answer)
    {
        table.lines(answer).forEach(line -> out.println(INDENT + line));
        out.println();
    }

    private static double seconds(Answer answer)
    {
        return answer.elapsed().toMillis() / 1000.0;
    }

    private static String verdict(boolean right)
    {
        return right ? "✓ as generated" : "✗ NOT as generated";
    }

    /**
     * A text, in lines that a terminal takes.
     */
    void paragraph(String text)
    {
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (!line.isEmpty() && line.length() + word.length() >= LINE_LENGTH) {
                out.println(INDENT + line);
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        out.println(INDENT + line);
        out.flush();
    }

    void difference(Question question, Answer answer)
    {
        out.println(INDENT + "the generator counted:");
        List<List<Object>> expected = question.expectation();
        // an answer without rows does not tell its columns
        List<String> columns = answer.columns().isEmpty() ? Collections.nCopies(expected.isEmpty() ? 0 : expected.getFirst().size(), "") : answer.columns();
        table.lines(new Answer(columns, expected, answer.elapsed(), 0)).forEach(line -> out.println(INDENT + line));
        out.flush();
    }

    void scanDifference(long scannedBytes, Range<Long> allowed)
    {
        long least = allowed.lowerEndpoint();
        long most = allowed.upperEndpoint();
        out.println(format(ENGLISH, "%s✗ it read %,d bytes, and %s by what lies in S3", INDENT, scannedBytes, least == most ? format(ENGLISH, "should have read %,d", most) : format(ENGLISH, "may read %,d", most)));
        out.flush();
    }

    void whatNext()
    {
        out.println();
        out.println("What to type next:");
        out.println("    ./tarn up                                                        start the engine and see how to connect");
        out.println("    ./tarn sql                                                       ask questions of your own");
        out.println("    ./tarn sql -e 'SELECT * FROM workshop.activity_by_page'          ask one");
        out.println("    ./tarn sql -e 'DESCRIBE FORMATTED workshop.activity'             or say it in Athena's words");
        out.println("README.md says more: awscli, JDBC, the plugin in a cluster of yours.");
        out.flush();
    }
}
