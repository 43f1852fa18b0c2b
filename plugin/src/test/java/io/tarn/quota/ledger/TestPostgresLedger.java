package io.tarn.quota.ledger;

import java.sql.SQLException;

final class TestPostgresLedger
        extends BaseLedgerTest
{
    @Override
    LedgerDatabase createDatabase()
            throws SQLException
    {
        return PostgresDatabase.create();
    }
}
