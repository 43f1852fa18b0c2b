package io.tarn.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.postgresql.ds.PGSimpleDataSource;

import javax.sql.DataSource;

import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.jdbi.v3.core.statement.StatementExceptions.MessageRendering.SHORT_STATEMENT;

/**
 * A store in a PostgreSQL database, which several processes can share.
 */
public final class PostgresStore
        implements Store
{
    private static final int CONNECT_TIMEOUT_SECONDS = 5;
    // shorter than the socket's, so that a lock that is not to be had is told from a server that is gone
    private static final int LOCK_TIMEOUT_SECONDS = 5;
    private static final int SOCKET_TIMEOUT_SECONDS = 15;
    // what a process that was cut off in the middle of a transaction has locked is free again after it
    private static final int IDLE_IN_TRANSACTION_TIMEOUT_SECONDS = 30;
    private static final int MAX_CONNECTIONS = 10;
    // they wait for disks and for each other's rows; those that only read are not to wait for a connection behind them
    private static final int MAX_WRITERS = 6;

    private final PostgresFailures failures;
    private final HikariDataSource connections;
    private final Jdbi jdbi;
    private final Semaphore writers = new Semaphore(MAX_WRITERS, true);

    private PostgresStore(PostgresFailures failures, HikariDataSource connections)
    {
        this.failures = requireNonNull(failures, "failures is null");
        this.connections = requireNonNull(connections, "connections is null");
        this.jdbi = Jdbi.create(connections);
        // what is written is long, and what is bound is nothing for a log
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(SHORT_STATEMENT);
    }

    /**
     * Opens the store, whose tables are made where there are none.
     *
     * @param url {@code jdbc:postgresql://host:port/database}, and what parameters the driver knows
     * @throws StoreException where the database cannot be reached or used, or a newer Tarn was there; it names the URL
     *         without its parameters
     */
    public static PostgresStore open(StoreKind kind, String url, Optional<String> user, Optional<String> password)
    {
        String place = withoutSecrets(url);
        PostgresFailures failures = new PostgresFailures(kind, place);
        DataSource dataSource = dataSource(kind, place, url, user, password);
        try {
            Migrations.migrate(kind, place, dataSource, Dialect.POSTGRESQL);
        }
        catch (FlywayException e) {
            throw failures.describe(e);
        }
        return new PostgresStore(failures, new HikariDataSource(poolConfig(kind, dataSource)));
    }

    static String withoutSecrets(String url)
    {
        return url.replaceFirst("\\?.*", "").replaceFirst("//[^/]*@", "//");
    }

    private static DataSource dataSource(StoreKind kind, String place, String url, Optional<String> user, Optional<String> password)
    {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setConnectTimeout(CONNECT_TIMEOUT_SECONDS);
        dataSource.setLoginTimeout(CONNECT_TIMEOUT_SECONDS);
        dataSource.setSocketTimeout(SOCKET_TIMEOUT_SECONDS);
        dataSource.setTcpKeepAlive(true);
        dataSource.setApplicationName("tarn");
        try {
            // after the others: what the URL says is meant
            dataSource.setUrl(url);
        }
        catch (IllegalArgumentException _) {
            // its message is the URL with the password
            throw new StoreException("The %s %s is not at a URL of PostgreSQL: write jdbc:postgresql://<host>:<port>/<database>".formatted(kind.name(), place));
        }
        user.ifPresent(dataSource::setUser);
        password.ifPresent(dataSource::setPassword);
        return dataSource;
    }

    private static HikariConfig poolConfig(StoreKind kind, DataSource dataSource)
    {
        HikariConfig config = new HikariConfig();
        config.setPoolName("tarn-" + kind.prefix());
        config.setDataSource(dataSource);
        config.setSchema(kind.schema());
        config.setMaximumPoolSize(MAX_CONNECTIONS);
        config.setConnectionTimeout(CONNECT_TIMEOUT_SECONDS * 1000L);
        config.setConnectionInitSql("SET lock_timeout = '%ds'; SET idle_in_transaction_session_timeout = '%ds'".formatted(LOCK_TIMEOUT_SECONDS, IDLE_IN_TRANSACTION_TIMEOUT_SECONDS));
        return config;
    }

    @Override
    public <R> R read(Function<Handle, R> work)
    {
        return twice(() -> inTransaction(
                handle -> {
                    // else each statement sees another moment
                    handle.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
                    return work.apply(handle);
                },
                _ -> true));
    }

    @Override
    public <R> R ask(Function<Handle, R> work)
    {
        return twice(() -> {
            try (Handle handle = jdbi.open()) {
                return work.apply(handle);
            }
        });
    }

    @Override
    public <R> R write(Function<Handle, R> work, Predicate<R> keep)
    {
        awaitWriter();
        try {
            return twice(() -> inTransaction(work, keep));
        }
        finally {
            writers.release();
        }
    }

    private void awaitWriter()
    {
        try {
            if (!writers.tryAcquire(SOCKET_TIMEOUT_SECONDS, SECONDS)) {
                throw failures.describe(new ConnectionException(new SQLException("All %s transactions that write have run for %s s".formatted(MAX_WRITERS, SOCKET_TIMEOUT_SECONDS))));
            }
        }
        catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failures.describe(new ConnectionException(new SQLException("Interrupted while others were writing", e)));
        }
    }

    private <R> R twice(Supplier<R> attempt)
    {
        try {
            return attempt.get();
        }
        catch (ConnectionException e) {
            // the pool has tried long enough
            throw failures.describe(e);
        }
        catch (JdbiException e) {
            if (!PostgresFailures.isBrokenConnection(e)) {
                throw failures.describe(e);
            }
            // the others are as old, and the server may have been started again
            connections.getHikariPoolMXBean().softEvictConnections();
        }
        try {
            return attempt.get();
        }
        catch (JdbiException e) {
            throw failures.describe(e);
        }
    }

    private <R> R inTransaction(Function<Handle, R> work, Predicate<R> keep)
    {
        try (Handle handle = jdbi.open()) {
            handle.begin();
            R result;
            try {
                result = work.apply(handle);
            }
            catch (RuntimeException | Error e) {
                rollback(handle, e);
                throw e;
            }
            if (keep.test(result)) {
                commit(handle);
            }
            else {
                handle.rollback();
            }
            return result;
        }
    }

    private void commit(Handle handle)
    {
        try {
            handle.commit();
        }
        catch (JdbiException e) {
            throw failures.describeCommit(e);
        }
    }

    private static void rollback(Handle handle, Throwable failure)
    {
        try {
            handle.rollback();
        }
        catch (JdbiException e) {
            failure.addSuppressed(e);
        }
    }

    @Override
    public Dialect dialect()
    {
        return Dialect.POSTGRESQL;
    }

    @Override
    public void close()
    {
        connections.close();
    }
}
