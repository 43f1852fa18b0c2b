package io.tarn.quota.ledger;

import org.sqlite.SQLiteDataSource;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

record SqliteDatabase(Path file)
        implements LedgerDatabase
{
    @Override
    public LedgerConfig config()
    {
        return new LedgerConfig().setUrl("jdbc:sqlite:" + file);
    }

    @Override
    public Connection connect()
            throws SQLException
    {
        SQLiteDataSource dataSource = new SQLiteDataSource();
        dataSource.setUrl("jdbc:sqlite:" + file);
        return dataSource.getConnection();
    }
}
