package io.tarn.quota.ledger;

import io.tarn.store.SqliteStore;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An empty database for ledgers, which tests look into beside them.
 */
interface LedgerDatabase
{
    LedgerConfig config();

    /**
     * Sees the ledger's tables without a prefix.
     */
    Connection connect()
            throws SQLException;

    default Ledger open(String coordinator)
    {
        return Ledger.open(config(), coordinator);
    }

    /**
     * @param shiftMillis how far its clock is ahead of the database's
     */
    default Ledger open(String coordinator, AtomicLong shiftMillis)
    {
        return Ledger.open(config(), coordinator, clock -> handle -> clock.now(handle) + shiftMillis.get(), SqliteStore.durableConfig());
    }

    default long number(String sql)
    {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return result.next() ? result.getLong(1) : 0;
        }
        catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    default void execute(String sql)
    {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
        catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /**
     * How many accounts do not hold exactly what queries that run have reserved on them, and those that ended have used.
     */
    default long accountsThatDisagree()
    {
        return number(
                """
                SELECT count(*)
                FROM ledger_accounts
                WHERE reserved_bytes <> (
                        SELECT coalesce(sum(ledger_queries.reserved_bytes), 0)
                        FROM ledger_reservations JOIN ledger_queries ON ledger_queries.query_id = ledger_reservations.query_id
                        WHERE account_id = ledger_accounts.id AND state = 'RUNNING')
                    OR reserved_price <> (
                        SELECT coalesce(sum(ledger_queries.reserved_price), 0)
                        FROM ledger_reservations JOIN ledger_queries ON ledger_queries.query_id = ledger_reservations.query_id
                        WHERE account_id = ledger_accounts.id AND state = 'RUNNING')
                    OR used_bytes < 0 OR used_price < 0
                """);
    }
}
