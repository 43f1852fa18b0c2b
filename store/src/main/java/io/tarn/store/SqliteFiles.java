package io.tarn.store;

import org.flywaydb.core.api.FlywayException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Makes a file a store's.
 */
final class SqliteFiles
{
    private SqliteFiles() {}

    /**
     * @throws StoreException where the file is another program's, of a newer Tarn, or damaged
     */
    static void prepare(StoreKind kind, Path file, SQLiteConfig config)
    {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
        }
        catch (IOException e) {
            throw new StoreException("The folder of the %s %s cannot be made: %s".formatted(kind.name(), file, e), e);
        }
        SQLiteDataSource dataSource = new SQLiteDataSource(config);
        dataSource.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
        try {
            claim(kind, file, dataSource);
            Migrations.migrate(kind, file.toString(), dataSource, Dialect.SQLITE);
        }
        catch (SQLException | FlywayException e) {
            throw SqliteFailures.find(kind, file, e)
                    .orElseGet(() -> new StoreException("The %s %s cannot be opened: %s".formatted(kind.name(), file, e.getMessage()), e));
        }
    }

    private static void claim(StoreKind kind, Path file, SQLiteDataSource dataSource)
            throws SQLException
    {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            if (number(statement, "PRAGMA application_id") == kind.applicationId()) {
                return;
            }
            if (number(statement, "SELECT count(*) FROM sqlite_master") > 0) {
                throw new StoreException("The file %s is a SQLite database, but not a %s of Tarn's: %s, or move the file away".formatted(file, kind.content(), kind.elsewhere()));
            }
            statement.executeUpdate("PRAGMA application_id = " + kind.applicationId());
        }
    }

    private static long number(Statement statement, String sql)
            throws SQLException
    {
        try (ResultSet result = statement.executeQuery(sql)) {
            return result.next() ? result.getLong(1) : 0;
        }
    }
}
