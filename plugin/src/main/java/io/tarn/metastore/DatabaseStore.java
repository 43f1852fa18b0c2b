package io.tarn.metastore;

import io.trino.filesystem.Location;
import io.trino.metastore.Database;
import io.trino.metastore.SchemaAlreadyExistsException;
import io.trino.spi.connector.SchemaNotFoundException;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.GetDatabasesResponse;

import java.util.List;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.tarn.metastore.GlueDatabases.toDatabaseInput;
import static io.tarn.metastore.GlueOperation.CREATE_DATABASE;
import static io.tarn.metastore.GlueOperation.DELETE_DATABASE;
import static io.tarn.metastore.GlueOperation.GET_DATABASE;
import static io.tarn.metastore.GlueOperation.GET_DATABASES;
import static io.tarn.metastore.GlueOperation.UPDATE_DATABASE;
import static io.tarn.metastore.QueryMark.isSameQuery;
import static io.trino.metastore.Partitions.escapePathName;
import static java.util.Objects.requireNonNull;

/**
 * The databases in Glue.
 */
final class DatabaseStore
{
    private final GlueClient client;
    private final GlueCalls calls;
    private final LocationCleaner cleaner;
    private final Optional<String> defaultWarehouseDirectory;

    DatabaseStore(GlueClient client, GlueCalls calls, LocationCleaner cleaner, Optional<String> defaultWarehouseDirectory)
    {
        this.client = requireNonNull(client, "client is null");
        this.calls = requireNonNull(calls, "calls is null");
        this.cleaner = requireNonNull(cleaner, "cleaner is null");
        this.defaultWarehouseDirectory = requireNonNull(defaultWarehouseDirectory, "defaultWarehouseDirectory is null");
    }

    Optional<Database> database(String databaseName)
    {
        if (!GlueNames.canExist(databaseName)) {
            return Optional.empty();
        }
        try {
            return Optional.of(GlueDatabases.toDatabase(calls.call(
                    GET_DATABASE,
                    resource(databaseName),
                    () -> client.getDatabase(request -> request.name(databaseName)).database(),
                    EntityNotFoundException.class)));
        }
        catch (EntityNotFoundException _) {
            return Optional.empty();
        }
    }

    List<String> databaseNames()
    {
        return calls.pages(
                        GET_DATABASES,
                        "the catalogue",
                        token -> client.getDatabases(request -> request.nextToken(token)),
                        GetDatabasesResponse::databaseList,
                        GetDatabasesResponse::nextToken)
                .stream()
                .map(software.amazon.awssdk.services.glue.model.Database::name)
                .collect(toImmutableList());
    }

    void create(Database database)
    {
        String name = database.getDatabaseName();
        Database located = database;
        if (database.getLocation().isEmpty() && defaultWarehouseDirectory.isPresent()) {
            located = Database.builder(database)
                    .setLocation(Optional.of(Location.of(defaultWarehouseDirectory.get()).appendPath(escapePathName(name)).toString()))
                    .build();
        }
        Database created = located;
        try {
            calls.call(
                    CREATE_DATABASE,
                    resource(name),
                    () -> client.createDatabase(request -> request.databaseInput(toDatabaseInput(created))),
                    AlreadyExistsException.class);
        }
        catch (AlreadyExistsException e) {
            if (isSameQuery(database.getParameters(), () -> database(name).map(Database::getParameters))) {
                return;
            }
            if (LostAnswers.maybeDone(e) && isWritten(created)) {
                return;
            }
            throw new SchemaAlreadyExistsException(name, e);
        }
    }

    private boolean isWritten(Database database)
    {
        return database(database.getDatabaseName())
                .filter(written -> written.getLocation().equals(database.getLocation())
                        && written.getComment().equals(database.getComment())
                        && written.getParameters().equals(database.getParameters()))
                .isPresent();
    }

    void change(Database database)
    {
        String name = database.getDatabaseName();
        try {
            calls.callDespiteConflicts(
                    UPDATE_DATABASE,
                    resource(name),
                    () -> client.updateDatabase(request -> request.name(name).databaseInput(toDatabaseInput(database))),
                    EntityNotFoundException.class);
        }
        catch (EntityNotFoundException e) {
            throw new SchemaNotFoundException(name, e);
        }
    }

    void drop(String databaseName, boolean deleteData)
    {
        Optional<String> location = Optional.empty();
        if (deleteData) {
            location = database(databaseName)
                    .orElseThrow(() -> new SchemaNotFoundException(databaseName))
                    .getLocation();
        }
        try {
            calls.callDespiteConflicts(
                    DELETE_DATABASE,
                    resource(databaseName),
                    () -> client.deleteDatabase(request -> request.name(databaseName)),
                    EntityNotFoundException.class);
        }
        catch (EntityNotFoundException e) {
            if (!LostAnswers.maybeDone(e)) {
                throw new SchemaNotFoundException(databaseName, e);
            }
        }
        location.ifPresent(cleaner::delete);
    }

    static String resource(String databaseName)
    {
        return "database " + databaseName;
    }
}
