package io.tarn.server.demo;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

import static java.util.Objects.requireNonNull;

/**
 * What queries of other clients took, as the engine keeps it of those that have ended.
 */
final class QueryCosts
{
    private static final String COST =
            """
            SELECT
              date_diff('millisecond', q.created, coalesce(q."end", current_timestamp)) AS milliseconds,
              (SELECT coalesce(sum(t.physical_input_bytes), 0) FROM system.runtime.tasks t WHERE t.query_id = q.query_id) AS bytes
            FROM system.runtime.queries q
            WHERE q.query_id = ?
            """;

    private final Connection connection;

    QueryCosts(Connection connection)
    {
        this.connection = requireNonNull(connection, "connection is null");
    }

    /**
     * @throws DemoException when the engine does not know the query
     */
    QueryCost of(String queryId)
    {
        try (PreparedStatement statement = connection.prepareStatement(COST)) {
            statement.setString(1, queryId);
            try (ResultSet result = statement.executeQuery()) {
                if (!result.next()) {
                    throw new DemoException("The engine has forgotten query %s: see query.max-history in etc/config.properties".formatted(queryId));
                }
                return new QueryCost(Duration.ofMillis(result.getLong(1)), result.getLong(2));
            }
        }
        catch (SQLException e) {
            throw new DemoException("Cannot ask what query %s has read: %s".formatted(queryId, e.getMessage()), e);
        }
    }

    /**
     * @param scannedBytes what was read from storage, before decompression
     */
    record QueryCost(Duration elapsed, long scannedBytes) {}
}
