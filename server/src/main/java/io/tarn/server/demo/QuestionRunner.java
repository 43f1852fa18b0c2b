package io.tarn.server.demo;

import io.trino.jdbc.TrinoStatement;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import static java.util.Objects.requireNonNull;

/**
 * Asks over JDBC.
 */
final class QuestionRunner
{
    private final Connection connection;

    QuestionRunner(Connection connection)
    {
        this.connection = requireNonNull(connection, "connection is null");
    }

    /**
     * @throws DemoException when the engine refuses or fails; the message has the question and what the engine said
     */
    Answer ask(Question question)
    {
        long start = System.nanoTime();
        AtomicLong scannedBytes = new AtomicLong();
        try (Statement statement = connection.createStatement()) {
            // processedBytes would count what nodes send to each other as well
            statement.unwrap(TrinoStatement.class).setProgressMonitor(stats -> scannedBytes.accumulateAndGet(stats.getPhysicalInputBytes(), Math::max));
            List<String> columns = new ArrayList<>();
            List<List<Object>> rows = new ArrayList<>();
            try (ResultSet results = statement.executeQuery(question.sql())) {
                int width = results.getMetaData().getColumnCount();
                for (int column = 1; column <= width; column++) {
                    columns.add(results.getMetaData().getColumnLabel(column));
                }
                while (results.next()) {
                    Object[] row = new Object[width];
                    for (int column = 1; column <= width; column++) {
                        row[column - 1] = results.getObject(column);
                    }
                    rows.add(Collections.unmodifiableList(Arrays.asList(row)));
                }
            }
            return new Answer(columns, rows, Duration.ofNanos(System.nanoTime() - start), scannedBytes.get());
        }
        catch (SQLException e) {
            throw new DemoException("Cannot answer '%s': %s".formatted(question.title(), e.getMessage()), e);
        }
    }
}
