package io.tarn.quota.ledger;

import java.sql.SQLException;

final class TestPostgresLedgerLeases
        extends BaseLedgerLeasesTest
{
    @Override
    LedgerDatabase createDatabase()
            throws SQLException
    {
        return PostgresDatabase.create();
    }
}
