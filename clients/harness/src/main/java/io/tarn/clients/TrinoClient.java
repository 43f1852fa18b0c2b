package io.tarn.clients;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * Trino over JDBC: what a client wrote is read here, and the other way round.
 */
public final class TrinoClient
        implements AutoCloseable
{
    private final Connection connection;

    private TrinoClient(Connection connection)
    {
        this.connection = requireNonNull(connection, "connection is null");
    }

    static TrinoClient connect(URI server, String catalog, String schema)
    {
        try {
            return new TrinoClient(DriverManager.getConnection("jdbc:trino://%s/%s/%s?user=tarn".formatted(server.getAuthority(), catalog, schema)));
        }
        catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Runs a statement to its end, whether it gives rows or not.
     *
     * @throws IllegalStateException with the statement and Trino's message
     */
    public void execute(String sql)
    {
        rows(sql);
    }

    /**
     * The rows that a statement gives, each value as text and {@code null} as null.
     *
     * @throws IllegalStateException with the statement and Trino's message
     */
    public List<List<String>> rows(String sql)
    {
        try (Statement statement = connection.createStatement()) {
            List<List<String>> rows = new ArrayList<>();
            if (statement.execute(sql)) {
                try (ResultSet result = statement.getResultSet()) {
                    int columns = result.getMetaData().getColumnCount();
                    while (result.next()) {
                        List<String> row = new ArrayList<>();
                        for (int column = 1; column <= columns; column++) {
                            Object value = result.getObject(column);
                            row.add(value == null ? null : value.toString());
                        }
                        rows.add(row);
                    }
                }
            }
            return rows;
        }
        catch (SQLException e) {
            throw new IllegalStateException("%s: %s".formatted(sql, e.getMessage()), e);
        }
    }

    /**
     * The first column of {@link #rows}.
     */
    public List<String> column(String sql)
    {
        return rows(sql).stream()
                .map(List::getFirst)
                .toList();
    }

    @Override
    public void close()
    {
        try {
            connection.close();
        }
        catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
