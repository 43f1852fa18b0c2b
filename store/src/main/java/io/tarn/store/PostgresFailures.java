package io.tarn.store;

import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

import static com.google.common.base.Throwables.getCausalChain;
import static java.util.Objects.requireNonNull;

/**
 * What a failure of PostgreSQL means to the person who runs Tarn, by its SQLSTATE.
 */
final class PostgresFailures
{
    // the server stops, was stopped, or does not accept connections yet
    private static final Set<String> SHUTDOWN = Set.of("57P01", "57P02", "57P03");

    private final StoreKind kind;
    private final String place;

    /**
     * @param place the URL without its secrets
     */
    PostgresFailures(StoreKind kind, String place)
    {
        this.kind = requireNonNull(kind, "kind is null");
        this.place = requireNonNull(place, "place is null");
    }

    /**
     * Whether the connection is gone, while the next one may well work.
     */
    static boolean isBrokenConnection(Exception exception)
    {
        // a server that does not answer in time will not the next time either
        return getCausalChain(exception).stream().noneMatch(SocketTimeoutException.class::isInstance) &&
                state(exception).map(PostgresFailures::isUnreachable).orElse(false);
    }

    StoreException describe(Exception exception)
    {
        return new StoreException(
                state(exception)
                        .map(state -> "The %s %s %s".formatted(kind.name(), place, describe(state, message(exception))))
                        .orElseGet(() -> "The %s %s failed; the log has the cause".formatted(kind.name(), place)),
                exception);
    }

    StoreException describeCommit(Exception exception)
    {
        return new StoreException("The %s %s failed while it committed, which may or may not have been done: %s".formatted(kind.name(), place, message(exception)), exception);
    }

    private static boolean isUnreachable(String state)
    {
        return state.startsWith("08") || SHUTDOWN.contains(state);
    }

    private String describe(String state, String message)
    {
        if (isUnreachable(state)) {
            return "cannot be reached: %s. Check that PostgreSQL runs there and accepts connections, or %s".formatted(message, kind.elsewhere());
        }
        if (state.startsWith("28")) {
            return "refuses the user: %s. Check the configured user and password, and the server's pg_hba.conf".formatted(message);
        }
        return switch (state) {
            case "3D000" -> "does not exist: create the database, or " + kind.elsewhere();
            case "42501" -> "may not be used by the configured user: %s. Grant it CREATE on the database, or all on the schema %s".formatted(message, kind.schema());
            case "53100" -> "cannot grow, its disk is full: free some space; nothing of this request was written";
            case "53300" -> "has no connection left: raise max_connections of the server, or stop other clients";
            case "25006" -> "is read-only: connect to the primary server, or " + kind.elsewhere();
            case "55P03", "40P01", "57014" -> "is locked by another session for too long: end that session, or try again";
            default -> "failed: " + message;
        };
    }

    /**
     * That of the deepest failure, which is the one that a pool waited for in vain.
     */
    private static Optional<String> state(Exception exception)
    {
        return deepest(exception).map(SQLException::getSQLState);
    }

    private static String message(Exception exception)
    {
        return deepest(exception).map(Exception::getMessage).orElseGet(exception::getMessage);
    }

    private static Optional<SQLException> deepest(Exception exception)
    {
        return getCausalChain(exception).stream()
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .filter(failure -> failure.getSQLState() != null)
                .reduce((_, last) -> last);
    }
}
