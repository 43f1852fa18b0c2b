package io.tarn.quota.ledger;

import java.sql.SQLException;

final class TestPostgresSharedLedger
        extends BaseSharedLedgerTest
{
    @Override
    LedgerDatabase createDatabase()
            throws SQLException
    {
        return PostgresDatabase.create();
    }
}
