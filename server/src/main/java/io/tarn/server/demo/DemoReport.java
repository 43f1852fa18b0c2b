package io.tarn.server.demo;

import java.io.PrintWriter;
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

    void question(int number, Question question)
    {
        out.println();
        out.println(number + ". " + question.title());
        out.println();
        question.sql().lines().forEach(line -> out.println(INDENT + line));
        out.println();
        out.flush();
    }

    void answer(Question question, Answer answer)
    {
        table.lines(answer).forEach(line -> out.println(INDENT + line));
        out.println();
        out.println(format(
                ENGLISH,
                "%s%.2f s, %s read, $%s at Athena's price%s",
                INDENT,
                answer.elapsed().toMillis() / 1000.0,
                Sizes.text(answer.scannedBytes()),
                AthenaPrice.dollars(answer.scannedBytes()).toPlainString(),
                question.isAnsweredBy(answer) ? ", ✓ as generated" : ", ✗ NOT as generated"));
        out.flush();
    }

    /**
     * An answer that is held against nothing.
     */
    void unchecked(Answer answer)
    {
        table.lines(answer).forEach(line -> out.println(INDENT + line));
        out.println();
        out.println(format(ENGLISH, "%s%.2f s, %s read", INDENT, answer.elapsed().toMillis() / 1000.0, Sizes.text(answer.scannedBytes())));
        out.flush();
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
        table.lines(new Answer(answer.columns(), expected, answer.elapsed(), 0)).forEach(line -> out.println(INDENT + line));
        out.flush();
    }

    void whatNext()
    {
        out.println();
        out.println("What to type next:");
        out.println("    ./tarn up                                                        start the engine and see how to connect");
        out.println("    ./tarn sql                                                       ask questions of your own");
        out.println("    ./tarn sql -e 'SELECT * FROM workshop.activity_by_page'          ask one");
        out.println("README.md says more: awscli, JDBC, the plugin in a cluster of yours.");
        out.flush();
    }
}
