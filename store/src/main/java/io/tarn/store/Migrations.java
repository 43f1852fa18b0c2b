package io.tarn.store;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.exception.FlywayValidateException;

import javax.sql.DataSource;

import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Brings a store's tables to this version's.
 */
final class Migrations
{
    // held here because the log manager forgets the level of a logger that nobody holds
    private static final Logger FLYWAY_LOGGER = Logger.getLogger("org.flywaydb");

    private Migrations() {}

    /**
     * @param place as messages name it
     * @throws StoreException where a newer version of Tarn was here
     * @throws FlywayException where the database fails
     */
    static void migrate(StoreKind kind, String place, DataSource dataSource, Dialect dialect)
    {
        FLYWAY_LOGGER.setLevel(Level.WARNING);
        FluentConfiguration configuration = Flyway.configure(kind.classLoader())
                .dataSource(dataSource)
                .locations("classpath:db/" + kind.prefix())
                .table(kind.historyTable())
                .placeholders(Map.of("identity", dialect.identity(), "binary", dialect.binaryOrder()))
                // a migration that this version does not know is a newer Tarn's: an error, not something to work beside
                .ignoreMigrationPatterns(new String[0])
                .loggers("slf4j");
        if (dialect == Dialect.POSTGRESQL) {
            configuration.schemas(kind.schema()).createSchemas(true);
        }
        try {
            configuration.load().migrate();
        }
        catch (FlywayValidateException e) {
            throw new StoreException("The %s %s was written by another version of Tarn than this: use that version, or %s".formatted(kind.name(), place, kind.elsewhere()), e);
        }
    }
}
