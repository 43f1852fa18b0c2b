package io.tarn.server.glue;

import io.tarn.server.aws.AwsOperation;
import io.tarn.server.aws.SdkJsonReader;
import io.tarn.server.aws.SdkJsonWriter;
import io.tarn.server.glue.DatabaseRows.DatabaseRow;
import software.amazon.awssdk.services.glue.model.CreateDatabaseRequest;
import software.amazon.awssdk.services.glue.model.CreateDatabaseResponse;
import software.amazon.awssdk.services.glue.model.Database;
import software.amazon.awssdk.services.glue.model.DatabaseAttributes;
import software.amazon.awssdk.services.glue.model.DatabaseInput;
import software.amazon.awssdk.services.glue.model.DeleteDatabaseRequest;
import software.amazon.awssdk.services.glue.model.DeleteDatabaseResponse;
import software.amazon.awssdk.services.glue.model.GetDatabaseRequest;
import software.amazon.awssdk.services.glue.model.GetDatabaseResponse;
import software.amazon.awssdk.services.glue.model.GetDatabasesRequest;
import software.amazon.awssdk.services.glue.model.GetDatabasesResponse;
import software.amazon.awssdk.services.glue.model.UpdateDatabaseRequest;
import software.amazon.awssdk.services.glue.model.UpdateDatabaseResponse;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

import static io.tarn.server.aws.AwsOperation.operation;
import static io.tarn.server.glue.GlueErrors.alreadyExists;
import static io.tarn.server.glue.GlueErrors.databaseNotFound;
import static io.tarn.server.glue.GlueErrors.invalidInput;
import static io.tarn.server.glue.GlueService.CATALOG_ID;
import static io.tarn.server.glue.Listings.foreignOnly;
import static io.tarn.server.glue.Listings.limit;
import static io.tarn.server.glue.Names.folded;
import static io.tarn.server.glue.Names.required;
import static java.util.Objects.requireNonNull;

/**
 * Databases.
 */
final class DatabaseOperations
{
    private static final int MAX_RESULTS = 100;

    private final GlueStore store;
    private final InstantSource clock;

    DatabaseOperations(GlueStore store, InstantSource clock)
    {
        this.store = requireNonNull(store, "store is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    List<AwsOperation<?>> operations()
    {
        return List.of(
                operation("CreateDatabase", CreateDatabaseRequest::builder, this::create),
                operation("GetDatabase", GetDatabaseRequest::builder, this::find),
                operation("GetDatabases", GetDatabasesRequest::builder, this::list),
                operation("UpdateDatabase", UpdateDatabaseRequest::builder, this::update),
                operation("DeleteDatabase", DeleteDatabaseRequest::builder, this::delete));
    }

    private CreateDatabaseResponse create(CreateDatabaseRequest request)
    {
        DatabaseInput input = required(request.databaseInput(), "databaseInput");
        String name = folded(input.name(), "databaseInput.name");
        DatabaseRow database = new DatabaseRow(name, SdkJsonWriter.writeText(input), clock.millis());
        store.write(transaction -> {
            if (!transaction.databases().insert(database)) {
                throw alreadyExists("Database %s already exists.".formatted(name));
            }
            TagOperations.put(transaction, name, request.tags());
            return null;
        });
        return CreateDatabaseResponse.builder().build();
    }

    private GetDatabaseResponse find(GetDatabaseRequest request)
    {
        String name = folded(request.name(), "name");
        return GetDatabaseResponse.builder()
                .database(store.read(transaction -> transaction.databases().find(name))
                        .map(DatabaseOperations::database)
                        .orElseThrow(() -> databaseNotFound(name)))
                .build();
    }

    private GetDatabasesResponse list(GetDatabasesRequest request)
    {
        int limit = limit(request.maxResults(), MAX_RESULTS);
        if (foreignOnly(request.resourceShareType())) {
            return GetDatabasesResponse.builder().databaseList(List.of()).build();
        }
        List<String> listing = List.of("GetDatabases");
        Optional<String> after = store.pageTokens().resume(listing, request.nextToken());
        Page<DatabaseRow> page = store.read(transaction -> transaction.databases().page(after, limit));
        boolean namesOnly = request.hasAttributesToGet() && !request.attributesToGet().contains(DatabaseAttributes.TARGET_DATABASE);
        return GetDatabasesResponse.builder()
                .databaseList(page.map(row -> {
                    Database database = database(row);
                    if (!request.hasAttributesToGet()) {
                        return database;
                    }
                    return Database.builder()
                            .name(database.name())
                            .targetDatabase(namesOnly ? null : database.targetDatabase())
                            .build();
                }))
                .nextToken(page.lastKey().map(key -> store.pageTokens().issue(listing, key)).orElse(null))
                .build();
    }

    private UpdateDatabaseResponse update(UpdateDatabaseRequest request)
    {
        String name = folded(request.name(), "name");
        DatabaseInput input = required(request.databaseInput(), "databaseInput");
        if (!folded(input.name(), "databaseInput.name").equals(name)) {
            throw invalidInput("Database cannot be renamed: %s to %s".formatted(name, input.name()));
        }
        if (!store.write(transaction -> transaction.databases().update(name, SdkJsonWriter.writeText(input)))) {
            throw databaseNotFound(name);
        }
        return UpdateDatabaseResponse.builder().build();
    }

    /**
     * Deletes what is in the database as well, as AWS does.
     */
    private DeleteDatabaseResponse delete(DeleteDatabaseRequest request)
    {
        String name = folded(request.name(), "name");
        if (!store.write(transaction -> transaction.databases().delete(name))) {
            throw databaseNotFound(name);
        }
        return DeleteDatabaseResponse.builder().build();
    }

    private static Database database(DatabaseRow row)
    {
        // a DatabaseInput's members are all a Database's
        return SdkJsonReader.read(row.definition(), Database.builder())
                .name(row.name())
                .catalogId(CATALOG_ID)
                .createTime(Instant.ofEpochMilli(row.created()))
                .build();
    }
}
