package io.tarn.store;

import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.sqlite.SQLiteConfig;

import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;

import static java.util.Objects.requireNonNull;
import static org.jdbi.v3.core.statement.StatementExceptions.MessageRendering.SHORT_STATEMENT;
import static org.sqlite.SQLiteConfig.JournalMode.WAL;
import static org.sqlite.SQLiteConfig.SynchronousMode.FULL;

/**
 * A store in a file.
 */
public final class SqliteStore
        implements Store
{
    private static final int BUSY_TIMEOUT_MILLIS = 10_000;
    private static final int MAX_READERS = 8;

    private final StoreKind kind;
    private final Path file;
    private final SqliteConnections connections;
    private final Jdbi jdbi;
    // SQLite has one writer at a time, and lets those who wait poll; a queue of our own is fair and wakes at once
    private final ReentrantLock writer = new ReentrantLock(true);
    // a read is over sooner than a connection is made
    private final Semaphore readers = new Semaphore(MAX_READERS, true);

    private SqliteStore(StoreKind kind, Path file, SqliteConnections connections)
    {
        this.kind = requireNonNull(kind, "kind is null");
        this.file = requireNonNull(file, "file is null");
        this.connections = requireNonNull(connections, "connections is null");
        this.jdbi = Jdbi.create(connections);
        jdbi.setStatementBuilderFactory(connections);
        // what is written is long, and what is bound is nothing for a log
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(SHORT_STATEMENT);
    }

    /**
     * Opens the store, which is made where the file does not exist.
     *
     * @throws StoreException where the file is damaged, another program's, of a newer Tarn, or cannot be written
     */
    public static SqliteStore open(StoreKind kind, Path file)
    {
        return open(kind, file, durableConfig());
    }

    /**
     * @param config beginning with {@link #durableConfig}
     */
    public static SqliteStore open(StoreKind kind, Path file, SQLiteConfig config)
    {
        SqliteFiles.prepare(kind, file, config);
        return new SqliteStore(kind, file, new SqliteConnections(file, config));
    }

    public static SQLiteConfig durableConfig()
    {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(WAL);
        // with WAL, NORMAL may lose what was acknowledged last when the power fails
        config.setSynchronous(FULL);
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        config.enforceForeignKeys(true);
        return config;
    }

    @Override
    public <R> R read(Function<Handle, R> work)
    {
        readers.acquireUninterruptibly();
        try {
            return inTransaction("BEGIN DEFERRED", work, _ -> true);
        }
        finally {
            readers.release();
        }
    }

    @Override
    public <R> R ask(Function<Handle, R> work)
    {
        readers.acquireUninterruptibly();
        try (Handle handle = jdbi.open()) {
            return work.apply(handle);
        }
        catch (JdbiException e) {
            throw failure(e);
        }
        finally {
            readers.release();
        }
    }

    @Override
    public <R> R write(Function<Handle, R> work, Predicate<R> keep)
    {
        writer.lock();
        try {
            // takes the lock before the first read, so that what was read still holds when it is acted upon
            return inTransaction("BEGIN IMMEDIATE", work, keep);
        }
        finally {
            writer.unlock();
        }
    }

    private <R> R inTransaction(String begin, Function<Handle, R> work, Predicate<R> keep)
    {
        // JDBC's own transactions begin the next one with every commit, which would take the lock again and might fail after the commit
        try (Handle handle = jdbi.open()) {
            execute(handle, begin);
            try {
                R result = work.apply(handle);
                execute(handle, keep.test(result) ? "COMMIT" : "ROLLBACK");
                return result;
            }
            catch (RuntimeException | Error | SQLException e) {
                rollback(handle, e);
                throw e;
            }
        }
        catch (JdbiException | SQLException e) {
            throw failure(e);
        }
    }

    // what a look-up costs is not to be doubled by what is around it
    private static void execute(Handle handle, String sql)
            throws SQLException
    {
        try (Statement statement = handle.getConnection().createStatement()) {
            statement.execute(sql);
        }
    }

    private static void rollback(Handle handle, Throwable failure)
    {
        try {
            execute(handle, "ROLLBACK");
        }
        catch (SQLException e) {
            failure.addSuppressed(e);
            try {
                // not to be used again: who knows which transaction it is in
                handle.getConnection().close();
            }
            catch (SQLException suppressed) {
                failure.addSuppressed(suppressed);
            }
        }
    }

    private StoreException failure(Exception exception)
    {
        return SqliteFailures.find(kind, file, exception)
                .orElseGet(() -> new StoreException(
                        exception instanceof ConnectionException
                                ? "The %s %s cannot be reached: %s".formatted(kind.name(), file, exception.getCause().getMessage())
                                // its message would show the whole statement
                                : "The %s %s failed; the log has the cause".formatted(kind.name(), file),
                        exception));
    }

    @Override
    public Dialect dialect()
    {
        return Dialect.SQLITE;
    }

    @Override
    public void close()
    {
        writer.lock();
        try {
            connections.close();
        }
        catch (SQLException e) {
            throw new StoreException("The %s %s did not close: %s".formatted(kind.name(), file, e.getMessage()), e);
        }
        finally {
            writer.unlock();
        }
    }
}
