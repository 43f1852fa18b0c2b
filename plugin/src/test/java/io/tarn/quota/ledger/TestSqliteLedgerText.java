package io.tarn.quota.ledger;

import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

final class TestSqliteLedgerText
        extends BaseLedgerTextTest
{
    @TempDir
    private Path folder;

    @Override
    LedgerDatabase createDatabase()
    {
        return new SqliteDatabase(folder.resolve("ledger.db"));
    }
}
