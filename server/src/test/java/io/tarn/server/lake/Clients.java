package io.tarn.server.lake;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;

import static com.google.common.util.concurrent.MoreExecutors.directExecutor;
import static java.util.stream.Collectors.joining;

/**
 * Connects to engines over Trino's JDBC driver, as clients do to whom it soon occurs that an engine is dead.
 */
public final class Clients
{
    // how long a request is tried again; the driver's own are two minutes
    private static final int RETRY_MILLIS = 1000;

    private Clients() {}

    /**
     * @param sessionProperties each with its catalogue, a dot, and its name
     */
    public static Connection connect(URI engine, String catalog, String schema, String user, Map<String, String> sessionProperties)
            throws SQLException
    {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        if (!sessionProperties.isEmpty()) {
            properties.setProperty("sessionProperties", sessionProperties.entrySet().stream().map(entry -> entry.getKey() + ":" + entry.getValue()).collect(joining(";")));
        }
        Connection connection = DriverManager.getConnection("jdbc:trino://%s/%s/%s".formatted(engine.getAuthority(), catalog, schema), properties);
        connection.setNetworkTimeout(directExecutor(), RETRY_MILLIS);
        return connection;
    }
}
