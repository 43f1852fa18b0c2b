package io.tarn.server.glue;

import io.tarn.server.aws.AwsException;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import static com.google.common.base.Throwables.getCausalChain;
import static io.tarn.server.glue.GlueErrors.internalService;
import static java.util.Objects.requireNonNull;
import static org.jdbi.v3.core.statement.StatementExceptions.MessageRendering.SHORT_STATEMENT;

/**
 * The catalogue's file: what a transaction wrote is on the disk when {@link #write} returns, and nothing of one that
 * failed is. Readers see the state of one moment and never wait for a writer.
 */
public final class GlueStore
        implements AutoCloseable
{
    private final Path file;
    private final SqliteConnections connections;
    private final Jdbi jdbi;
    private final PageTokens pageTokens;
    // SQLite has one writer at a time, and lets those who wait poll; a queue of our own is fair and wakes at once
    private final ReentrantLock writer = new ReentrantLock(true);

    private GlueStore(Path file, SqliteConnections connections)
    {
        this.file = requireNonNull(file, "file is null");
        this.connections = requireNonNull(connections, "connections is null");
        this.jdbi = Jdbi.create(connections);
        // definitions are long, and what is bound is nothing for a log
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(SHORT_STATEMENT);
        this.pageTokens = new PageTokens(write(transaction -> transaction.settings().secret("page_token_secret")));
    }

    /**
     * Opens the store, which is made where the file does not exist.
     *
     * @throws GlueStoreException where the file is damaged, another program's, or cannot be written; the message names
     *         the file and the remedy
     */
    public static GlueStore open(Path databaseFile)
    {
        return open(databaseFile, SqliteConnections.durableConfig());
    }

    static GlueStore open(Path file, SQLiteConfig config)
    {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
        }
        catch (IOException e) {
            throw new GlueStoreException("The folder of the catalogue file %s cannot be made: %s".formatted(file, e), e);
        }
        SQLiteDataSource dataSource = new SQLiteDataSource(config);
        dataSource.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
        StoreSchema.prepare(file, dataSource);
        try {
            return new GlueStore(file, new SqliteConnections(file, config));
        }
        catch (AwsException e) {
            throw new GlueStoreException(e.getMessage(), e);
        }
    }

    PageTokens pageTokens()
    {
        return pageTokens;
    }

    <R> R read(Function<GlueTransaction, R> work)
    {
        return inTransaction("BEGIN DEFERRED", work);
    }

    <R> R write(Function<GlueTransaction, R> work)
    {
        writer.lock();
        try {
            // takes the lock before the first read, so that what was read still holds when it is acted upon
            return inTransaction("BEGIN IMMEDIATE", work);
        }
        finally {
            writer.unlock();
        }
    }

    private <R> R inTransaction(String begin, Function<GlueTransaction, R> work)
    {
        // JDBC's own transactions begin the next one with every commit, which would take the lock again and might fail after the commit
        try (Handle handle = jdbi.open()) {
            handle.execute(begin);
            try {
                R result = work.apply(new GlueTransaction(handle));
                handle.execute("COMMIT");
                return result;
            }
            catch (RuntimeException | Error e) {
                rollback(handle, e);
                throw e;
            }
        }
        catch (JdbiException e) {
            throw failure(e);
        }
    }

    private static void rollback(Handle handle, Throwable failure)
    {
        try {
            handle.execute("ROLLBACK");
        }
        catch (JdbiException e) {
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

    private AwsException failure(JdbiException exception)
    {
        return getCausalChain(exception).stream()
                .filter(SQLiteException.class::isInstance)
                .map(SQLiteException.class::cast)
                .findFirst()
                .map(sqlite -> internalService(StoreFailures.describe(file, sqlite), exception))
                .orElseGet(() -> internalService(
                        exception instanceof ConnectionException
                                ? "The catalogue file %s cannot be reached: %s".formatted(file, exception.getCause().getMessage())
                                // its message would show the client the whole statement
                                : "The catalogue file %s failed; the endpoint's log has the cause".formatted(file),
                        exception));
    }

    @Override
    public void close()
    {
        writer.lock();
        try {
            connections.close();
        }
        catch (SQLException e) {
            throw new GlueStoreException("The catalogue file %s did not close: %s".formatted(file, e.getMessage()), e);
        }
        finally {
            writer.unlock();
        }
    }
}
