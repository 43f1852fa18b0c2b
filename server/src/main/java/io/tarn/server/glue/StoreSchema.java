package io.tarn.server.glue;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteException;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.logging.Level;
import java.util.logging.Logger;

import static com.google.common.base.Throwables.getCausalChain;

/**
 * Makes a file Tarn's, and brings its tables to this version's.
 */
final class StoreSchema
{
    /**
     * "Tarn" in ASCII; what SQLite's header keeps to tell whose file it is.
     */
    private static final int APPLICATION_ID = 0x5461726E;

    // held here because the log manager forgets the level of a logger that nobody holds
    private static final Logger FLYWAY_LOGGER = Logger.getLogger("org.flywaydb");

    private StoreSchema() {}

    /**
     * @throws GlueStoreException where the file is another program's, of a newer Tarn, or damaged
     */
    static void prepare(Path file, SQLiteDataSource dataSource)
    {
        FLYWAY_LOGGER.setLevel(Level.WARNING);
        try {
            claim(file, dataSource);
            Flyway.configure(StoreSchema.class.getClassLoader())
                    .dataSource(dataSource)
                    .locations("classpath:db/glue")
                    .table("glue_schema_history")
                    // a migration that this version does not know is a newer Tarn's: an error, not something to work beside
                    .ignoreMigrationPatterns(new String[0])
                    .loggers("slf4j")
                    .load()
                    .migrate();
        }
        catch (FlywayValidateException e) {
            throw new GlueStoreException("The catalogue file %s was written by another version of Tarn than this: use that version, or another data folder".formatted(file), e);
        }
        catch (SQLException | FlywayException e) {
            throw failure(file, e);
        }
    }

    private static void claim(Path file, SQLiteDataSource dataSource)
            throws SQLException
    {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            if (number(statement, "PRAGMA application_id") == APPLICATION_ID) {
                return;
            }
            if (number(statement, "SELECT count(*) FROM sqlite_master") > 0) {
                throw new GlueStoreException("The file %s is a SQLite database, but not a catalogue of Tarn's: choose another data folder, or move the file away".formatted(file));
            }
            statement.executeUpdate("PRAGMA application_id = " + APPLICATION_ID);
        }
    }

    private static long number(Statement statement, String sql)
            throws SQLException
    {
        try (ResultSet result = statement.executeQuery(sql)) {
            return result.next() ? result.getLong(1) : 0;
        }
    }

    private static GlueStoreException failure(Path file, Exception exception)
    {
        String cause = getCausalChain(exception).stream()
                .filter(SQLiteException.class::isInstance)
                .map(SQLiteException.class::cast)
                .findFirst()
                .map(sqlite -> StoreFailures.describe(file, sqlite))
                .orElse("The catalogue file %s cannot be opened: %s".formatted(file, exception.getMessage()));
        return new GlueStoreException(cause, exception);
    }
}
