package io.tarn.athena.execute;

import io.tarn.athena.statement.DatabaseName;
import io.tarn.athena.statement.TableName;
import io.trino.metastore.HiveMetastore;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.SchemaTableName;

import java.util.Optional;

import static io.trino.spi.StandardErrorCode.CATALOG_NOT_FOUND;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * For whom and where a statement is executed.
 *
 * @param metastore that has not asked for anything yet
 * @param catalog the name of the catalogue that the metastore is of
 * @param defaultDatabase of tables without a database, in lower case
 */
public record StatementContext(ConnectorSession session, HiveMetastore metastore, String catalog, String defaultDatabase, Visibility visibility)
{
    // Athena's name for the Glue catalogue, whatever it is called here
    private static final String ATHENA_CATALOG = "awsdatacatalog";

    public StatementContext
    {
        requireNonNull(session, "session is null");
        requireNonNull(metastore, "metastore is null");
        requireNonNull(catalog, "catalog is null");
        defaultDatabase = requireNonNull(defaultDatabase, "defaultDatabase is null").toLowerCase(ENGLISH);
        requireNonNull(visibility, "visibility is null");
    }

    SchemaTableName table(TableName name)
    {
        return table(name, catalog, defaultDatabase);
    }

    String database(DatabaseName name)
    {
        return database(name, catalog);
    }

    String database(Optional<DatabaseName> name)
    {
        return name.map(this::database).orElse(defaultDatabase);
    }

    /**
     * The table that a name means in a catalogue.
     *
     * @throws TrinoException {@code CATALOG_NOT_FOUND} where the name has another catalogue's
     */
    public static SchemaTableName table(TableName name, String catalog, String defaultDatabase)
    {
        return new SchemaTableName(name.database().map(database -> database(database, catalog)).orElse(defaultDatabase), name.table());
    }

    /**
     * The same for a database.
     */
    public static String database(DatabaseName name, String catalog)
    {
        name.catalog().filter(written -> !written.equals(ATHENA_CATALOG) && !written.equalsIgnoreCase(catalog)).ifPresent(written -> {
            throw new TrinoException(CATALOG_NOT_FOUND, "%s.%s is of the catalog '%s', and this is '%s': leave the catalog out, or run the statement there".formatted(written, name.database(), written, catalog));
        });
        return name.database();
    }
}
