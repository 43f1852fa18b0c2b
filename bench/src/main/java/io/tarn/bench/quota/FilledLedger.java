package io.tarn.bench.quota;

import com.google.common.collect.ImmutableList;
import io.tarn.quota.ledger.Ledger;
import io.tarn.quota.ledger.LedgerConfig;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;

import static java.time.ZoneOffset.UTC;
import static java.util.Objects.requireNonNull;

/**
 * A ledger in its fourth hundred of days: ended queries, what they scanned, and the accounts they were counted for.
 */
final class FilledLedger
{
    static final int DAYS = 390;

    private final int users;
    private final int queries;
    private final List<String> tidying;

    /**
     * @param tidying what makes the database forget that it was filled just now
     */
    FilledLedger(int users, int queries, List<String> tidying)
    {
        this.users = users;
        this.queries = queries;
        this.tidying = ImmutableList.copyOf(tidying);
    }

    /**
     * @param config of a ledger that does not exist yet
     * @param connection to the same database; is in no transaction before and after
     */
    void fill(LedgerConfig config, Connection connection)
            throws SQLException
    {
        requireNonNull(connection, "connection is null");
        // makes the tables
        Ledger.open(config, "of-the-past").close();
        connection.setAutoCommit(false);
        long first = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(DAYS - 1, ChronoUnit.DAYS).toEpochMilli();
        long step = ChronoUnit.DAYS.getDuration().multipliedBy(DAYS - 1).toMillis() / queries;
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(numbered(
                    """
                    INSERT INTO ledger_queries (query_id, coordinator, state, created, ended, workgroup, user_name, user_groups, source, currency, reserved_bytes, reserved_price, estimated_bytes, estimated_price, actual_bytes, actual_price, row_count, query_text)
                    SELECT 'past_' || i, 'of-the-past', 'FINISHED', %1$d + CAST(i AS BIGINT) * %2$d, %1$d + CAST(i AS BIGINT) * %2$d + 2000, 'team-' || (i %% %3$d %% %4$d), 'user-' || (i %% %3$d), '["analysts"]', 'bench', 'USD',
                        0, 0, 10485760, 50000, 10485760, 50000, 100000, 'SELECT count(*) FROM workshop.useractivity WHERE request LIKE ''%%/petstore/%%'' AND bytes > ' || i
                    FROM numbers""".formatted(first, step, users, BenchPolicy.TEAMS)));
            statement.executeUpdate(numbered(
                    """
                    INSERT INTO ledger_scans
                    SELECT 'past_' || i, 0, 'awsdatacatalog', 'workshop', 'useractivity', 16, 1, 10485760, NULL, 10485760, 100000
                    FROM numbers"""));
        }
        accounts(connection);
        connection.commit();
        connection.setAutoCommit(true);
        try (Statement statement = connection.createStatement()) {
            // so that none of it is left to be done while others ask
            for (String command : tidying) {
                statement.execute(command);
            }
        }
    }

    private String numbered(String insert)
    {
        return "WITH RECURSIVE numbers(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < %s) %s".formatted(queries, insert);
    }

    private void accounts(Connection connection)
            throws SQLException
    {
        LocalDate today = LocalDate.now(UTC);
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO ledger_accounts (workgroup, budget, subject, run_start, run_end, used_bytes, used_price, reserved_bytes, reserved_price) VALUES (?, ?, ?, ?, ?, 1048576, 5000, 0, 0)")) {
            for (int user = 0; user < users; user++) {
                for (LocalDate day = today.minusDays(DAYS - 1); !day.isAfter(today); day = day.plusDays(1)) {
                    add(insert, BenchPolicy.team(user), "daily", BenchPolicy.user(user), day, day.plusDays(1));
                }
            }
            for (int team = 0; team < BenchPolicy.TEAMS; team++) {
                for (LocalDate month = today.minusDays(DAYS - 1).withDayOfMonth(1); !month.isAfter(today); month = month.plusMonths(1)) {
                    add(insert, BenchPolicy.team(team), "monthly", "", month, month.plusMonths(1));
                }
            }
            insert.executeBatch();
        }
    }

    private static void add(PreparedStatement insert, String workgroup, String budget, String subject, LocalDate start, LocalDate end)
            throws SQLException
    {
        insert.setString(1, workgroup);
        insert.setString(2, budget);
        insert.setString(3, subject);
        insert.setLong(4, start.atStartOfDay(UTC).toInstant().toEpochMilli());
        insert.setLong(5, end.atStartOfDay(UTC).toInstant().toEpochMilli());
        insert.addBatch();
    }
}
