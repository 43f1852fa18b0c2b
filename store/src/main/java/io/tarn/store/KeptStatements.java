package io.tarn.store;

import org.jdbi.v3.core.statement.DefaultStatementBuilder;
import org.jdbi.v3.core.statement.StatementContext;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The statements of one SQLite connection, prepared once for all its transactions: to prepare costs more than most
 * of them. As the connection, used by one thread at a time.
 */
final class KeptStatements
        extends DefaultStatementBuilder
{
    private static final int MAX_STATEMENTS = 100;

    // those not in use; the longest unused first
    private final Map<String, PreparedStatement> idle = new LinkedHashMap<>();

    @Override
    public PreparedStatement create(Connection connection, String sql, StatementContext context)
            throws SQLException
    {
        PreparedStatement kept = context.isReturningGeneratedKeys() ? null : idle.remove(sql);
        return kept != null ? kept : super.create(connection, sql, context);
    }

    @Override
    public void close(Connection connection, String sql, Statement statement)
            throws SQLException
    {
        // one that was made otherwise is not known by its text alone
        if (!(statement instanceof PreparedStatement prepared) || statement.isClosed() || idle.containsKey(sql)) {
            super.close(connection, sql, statement);
            return;
        }
        prepared.clearBatch();
        prepared.clearParameters();
        idle.put(sql, prepared);
        if (idle.size() > MAX_STATEMENTS) {
            Iterator<PreparedStatement> oldest = idle.values().iterator();
            PreparedStatement dropped = oldest.next();
            oldest.remove();
            dropped.close();
        }
    }
}
