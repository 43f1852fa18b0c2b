package io.tarn.store;

import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.statement.StatementBuilder;
import org.jdbi.v3.core.statement.StatementBuilderFactory;
import org.sqlite.SQLiteConfig;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

/**
 * Connections to one SQLite file; closed ones are kept for the next who asks.
 */
final class SqliteConnections
        implements AutoCloseable,
                   ConnectionFactory,
                   StatementBuilderFactory
{
    // more than that at once only take the processors from each other, and opening one costs more than most questions
    private static final int MAX_CONNECTIONS = 8;
    private static final long PATIENCE_MILLIS = 10_000;

    private final SQLiteConfig config;
    private final String url;
    // the one used last knows the most: its pages and statements are those that the next asks for
    private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();
    private final Map<Connection, KeptStatements> statements = new ConcurrentHashMap<>();
    private final Semaphore free = new Semaphore(MAX_CONNECTIONS);
    private final AtomicBoolean closed = new AtomicBoolean();

    SqliteConnections(Path file, SQLiteConfig config)
    {
        this.url = "jdbc:sqlite:" + requireNonNull(file, "file is null").toAbsolutePath();
        this.config = requireNonNull(config, "config is null");
    }

    @Override
    public Connection openConnection()
            throws SQLException
    {
        awaitFree();
        try {
            if (closed.get()) {
                throw new SQLException("The store is closed");
            }
            Connection connection = idle.pollFirst();
            return connection != null ? connection : config.createConnection(url);
        }
        catch (Throwable t) {
            free.release();
            throw t;
        }
    }

    private void awaitFree()
            throws SQLException
    {
        try {
            if (!free.tryAcquire(PATIENCE_MILLIS, MILLISECONDS)) {
                throw new SQLException("All %s connections were in use for %s ms".formatted(MAX_CONNECTIONS, PATIENCE_MILLIS));
            }
        }
        catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("Interrupted while all connections were in use", e);
        }
    }

    @Override
    public void closeConnection(Connection connection)
            throws SQLException
    {
        try {
            if (connection.isClosed()) {
                statements.remove(connection);
                return;
            }
            idle.addFirst(connection);
            if (closed.get()) {
                close();
            }
        }
        finally {
            free.release();
        }
    }

    @Override
    public StatementBuilder createStatementBuilder(Connection connection)
    {
        return statements.computeIfAbsent(connection, _ -> new KeptStatements());
    }

    @Override
    public void close()
            throws SQLException
    {
        closed.set(true);
        for (Connection connection = idle.pollFirst(); connection != null; connection = idle.pollFirst()) {
            statements.remove(connection);
            connection.close();
        }
    }
}
