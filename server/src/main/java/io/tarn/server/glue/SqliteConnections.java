package io.tarn.server.glue;

import org.jdbi.v3.core.ConnectionFactory;
import org.sqlite.SQLiteConfig;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

import static java.util.Objects.requireNonNull;
import static org.sqlite.SQLiteConfig.JournalMode.WAL;
import static org.sqlite.SQLiteConfig.SynchronousMode.FULL;

/**
 * Connections to one SQLite file; closed ones are kept for the next who asks.
 */
final class SqliteConnections
        implements ConnectionFactory, AutoCloseable
{
    private static final int MAX_IDLE = 8;
    private static final int BUSY_TIMEOUT_MILLIS = 10_000;

    private final SQLiteConfig config;
    private final String url;
    private final ConcurrentLinkedQueue<Connection> idle = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    SqliteConnections(Path file, SQLiteConfig config)
    {
        this.url = "jdbc:sqlite:" + requireNonNull(file, "file is null").toAbsolutePath();
        this.config = requireNonNull(config, "config is null");
    }

    static SQLiteConfig durableConfig()
    {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(WAL);
        // with WAL, NORMAL may lose what was acknowledged last when the power fails; a catalogue is written too seldom for that to pay
        config.setSynchronous(FULL);
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        config.enforceForeignKeys(true);
        return config;
    }

    @Override
    public Connection openConnection()
            throws SQLException
    {
        if (closed.get()) {
            throw new SQLException("The store is closed");
        }
        Connection connection = idle.poll();
        return connection != null ? connection : config.createConnection(url);
    }

    @Override
    public void closeConnection(Connection connection)
            throws SQLException
    {
        if (connection.isClosed()) {
            return;
        }
        if (closed.get() || idle.size() >= MAX_IDLE) {
            connection.close();
            return;
        }
        idle.add(connection);
        if (closed.get()) {
            close();
        }
    }

    @Override
    public void close()
            throws SQLException
    {
        closed.set(true);
        for (Connection connection = idle.poll(); connection != null; connection = idle.poll()) {
            connection.close();
        }
    }
}
