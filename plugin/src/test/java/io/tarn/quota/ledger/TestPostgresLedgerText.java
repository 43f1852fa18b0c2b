package io.tarn.quota.ledger;

import java.sql.SQLException;

final class TestPostgresLedgerText
        extends BaseLedgerTextTest
{
    @Override
    LedgerDatabase createDatabase()
            throws SQLException
    {
        return PostgresDatabase.create();
    }
}
