package io.tarn.server.glue;

import io.tarn.server.aws.AwsException;
import io.tarn.server.aws.AwsOperation;
import io.tarn.server.glue.TableRows.TableRow;
import software.amazon.awssdk.services.glue.model.BatchDeleteTableVersionRequest;
import software.amazon.awssdk.services.glue.model.BatchDeleteTableVersionResponse;
import software.amazon.awssdk.services.glue.model.DeleteTableVersionRequest;
import software.amazon.awssdk.services.glue.model.DeleteTableVersionResponse;
import software.amazon.awssdk.services.glue.model.GetTableVersionRequest;
import software.amazon.awssdk.services.glue.model.GetTableVersionResponse;
import software.amazon.awssdk.services.glue.model.GetTableVersionsRequest;
import software.amazon.awssdk.services.glue.model.GetTableVersionsResponse;
import software.amazon.awssdk.services.glue.model.TableVersion;
import software.amazon.awssdk.services.glue.model.TableVersionError;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static io.tarn.server.aws.AwsOperation.operation;
import static io.tarn.server.glue.GlueErrors.entityNotFound;
import static io.tarn.server.glue.GlueErrors.invalidInput;
import static io.tarn.server.glue.Listings.limit;
import static io.tarn.server.glue.Names.folded;
import static io.tarn.server.glue.Names.required;
import static java.util.Objects.requireNonNull;

/**
 * What tables were before they were updated.
 */
final class TableVersionOperations
{
    private static final int MAX_RESULTS = 100;

    private final GlueStore store;

    TableVersionOperations(GlueStore store)
    {
        this.store = requireNonNull(store, "store is null");
    }

    List<AwsOperation<?>> operations()
    {
        return List.of(
                operation("GetTableVersion", GetTableVersionRequest::builder, this::find),
                operation("GetTableVersions", GetTableVersionsRequest::builder, this::list),
                operation("DeleteTableVersion", DeleteTableVersionRequest::builder, this::delete),
                operation("BatchDeleteTableVersion", BatchDeleteTableVersionRequest::builder, this::deleteAll));
    }

    private GetTableVersionResponse find(GetTableVersionRequest request)
    {
        String database = folded(request.databaseName(), "databaseName");
        String name = folded(request.tableName(), "tableName");
        TableRow version = store.read(transaction -> {
            TableRow current = transaction.tables().require(database, name);
            if (request.versionId() == null) {
                return current;
            }
            return transaction.tableVersions().find(current, number(request.versionId()))
                    .orElseThrow(() -> versionNotFound(current, request.versionId()));
        });
        return GetTableVersionResponse.builder()
                .tableVersion(tableVersion(version))
                .build();
    }

    private GetTableVersionsResponse list(GetTableVersionsRequest request)
    {
        String database = folded(request.databaseName(), "databaseName");
        String name = folded(request.tableName(), "tableName");
        int limit = limit(request.maxResults(), MAX_RESULTS);
        List<String> listing = List.of("GetTableVersions", database, name);
        Optional<String> after = store.pageTokens().resume(listing, request.nextToken());
        Page<TableRow> page = store.read(transaction ->
                transaction.tableVersions().page(transaction.tables().require(database, name), after, limit));
        return GetTableVersionsResponse.builder()
                .tableVersions(page.map(TableVersionOperations::tableVersion))
                .nextToken(page.lastKey().map(key -> store.pageTokens().issue(listing, key)).orElse(null))
                .build();
    }

    private DeleteTableVersionResponse delete(DeleteTableVersionRequest request)
    {
        String database = folded(request.databaseName(), "databaseName");
        String name = folded(request.tableName(), "tableName");
        String version = required(request.versionId(), "versionId");
        store.write(transaction -> {
            delete(transaction, transaction.tables().require(database, name), version);
            return null;
        });
        return DeleteTableVersionResponse.builder().build();
    }

    private BatchDeleteTableVersionResponse deleteAll(BatchDeleteTableVersionRequest request)
    {
        String database = folded(request.databaseName(), "databaseName");
        String name = folded(request.tableName(), "tableName");
        List<String> versions = required(request.hasVersionIds() ? request.versionIds() : null, "versionIds");
        return store.write(transaction -> {
            TableRow current = transaction.tables().require(database, name);
            List<TableVersionError> errors = new ArrayList<>();
            for (String version : versions) {
                try {
                    delete(transaction, current, version);
                }
                catch (AwsException e) {
                    errors.add(TableVersionError.builder()
                            .tableName(name)
                            .versionId(version)
                            .errorDetail(TableOperations.errorDetail(e))
                            .build());
                }
            }
            return BatchDeleteTableVersionResponse.builder().errors(errors).build();
        });
    }

    private static void delete(GlueTransaction transaction, TableRow current, String version)
    {
        long number = number(version);
        if (number == current.version()) {
            throw invalidInput("Version %s of table %s.%s is its current one, which goes only with the table".formatted(version, current.database(), current.name()));
        }
        if (!transaction.tableVersions().delete(current, number)) {
            throw versionNotFound(current, version);
        }
    }

    private static long number(String version)
    {
        try {
            return Long.parseLong(version);
        }
        catch (NumberFormatException e) {
            throw invalidInput("VersionId is '%s', not a number".formatted(version));
        }
    }

    private static AwsException versionNotFound(TableRow table, String version)
    {
        return entityNotFound("Version %s of table %s.%s not found.".formatted(version, table.database(), table.name()));
    }

    private static TableVersion tableVersion(TableRow row)
    {
        return TableVersion.builder()
                .table(Tables.table(row))
                .versionId(Long.toString(row.version()))
                .build();
    }
}
