package io.tarn.server.demo;

import com.google.common.collect.ImmutableList;
import com.google.common.io.Resources;
import io.tarn.athena.grammar.StatementSplitter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

/**
 * A file of Athena's statements, as they are kept in source control and sent.
 */
record AthenaScript(String name, String text, List<Statement> statements)
{
    private static final String TITLE = "-- ? ";

    AthenaScript
    {
        requireNonNull(name, "name is null");
        requireNonNull(text, "text is null");
        statements = ImmutableList.copyOf(statements);
    }

    static AthenaScript read(String name)
    {
        try {
            return of(name, Resources.toString(Resources.getResource(AthenaScript.class, "athena/" + name), UTF_8));
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static AthenaScript of(String name, String text)
    {
        return new AthenaScript(name, text, StatementSplitter.split(text).stream().map(statement -> Statement.of(statement.text())).collect(toImmutableList()));
    }

    /**
     * @param title what it asks, where it is a question, or a write whose rows are counted; that is a first line as
     *         {@code -- ? How many are there?}. Without one it defines something and gives nothing back
     * @param sql without the title and the semicolon
     */
    record Statement(Optional<String> title, String sql)
    {
        Statement
        {
            requireNonNull(title, "title is null");
            requireNonNull(sql, "sql is null");
        }

        private static Statement of(String text)
        {
            if (!text.startsWith(TITLE)) {
                return new Statement(Optional.empty(), text);
            }
            int end = text.indexOf('\n');
            return new Statement(Optional.of(text.substring(TITLE.length(), end)), text.substring(end + 1));
        }

        /**
         * For an error: what it asks, or how it begins.
         */
        String summary()
        {
            return title.orElseGet(() -> sql.lines().filter(line -> !line.startsWith("--")).findFirst().orElse(""));
        }
    }
}
