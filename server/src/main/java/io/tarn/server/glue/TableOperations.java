package io.tarn.server.glue;

import io.tarn.server.aws.AwsException;
import io.tarn.server.aws.AwsOperation;
import io.tarn.server.aws.SdkJsonWriter;
import io.tarn.server.glue.PartitionIndexRows.Status;
import io.tarn.server.glue.StatisticsRows.StatisticsOwner;
import io.tarn.server.glue.TableRows.TableRow;
import software.amazon.awssdk.services.glue.model.BatchDeleteTableRequest;
import software.amazon.awssdk.services.glue.model.BatchDeleteTableResponse;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.CreateTableRequest;
import software.amazon.awssdk.services.glue.model.CreateTableResponse;
import software.amazon.awssdk.services.glue.model.DeleteTableRequest;
import software.amazon.awssdk.services.glue.model.DeleteTableResponse;
import software.amazon.awssdk.services.glue.model.ErrorDetail;
import software.amazon.awssdk.services.glue.model.GetTableRequest;
import software.amazon.awssdk.services.glue.model.GetTableResponse;
import software.amazon.awssdk.services.glue.model.PartitionIndex;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableAttributes;
import software.amazon.awssdk.services.glue.model.TableError;
import software.amazon.awssdk.services.glue.model.TableInput;
import software.amazon.awssdk.services.glue.model.UpdateTableRequest;
import software.amazon.awssdk.services.glue.model.UpdateTableResponse;
import software.amazon.awssdk.services.glue.model.ViewUpdateAction;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static io.tarn.server.aws.AwsOperation.operation;
import static io.tarn.server.glue.GlueErrors.alreadyExists;
import static io.tarn.server.glue.GlueErrors.concurrentModification;
import static io.tarn.server.glue.GlueErrors.invalidInput;
import static io.tarn.server.glue.GlueErrors.tableNotFound;
import static io.tarn.server.glue.Names.folded;
import static io.tarn.server.glue.Names.required;
import static java.util.Objects.requireNonNull;

/**
 * Tables, one by one.
 */
final class TableOperations
{
    private final GlueStore store;
    private final InstantSource clock;

    TableOperations(GlueStore store, InstantSource clock)
    {
        this.store = requireNonNull(store, "store is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    List<AwsOperation<?>> operations()
    {
        return List.of(
                operation("CreateTable", CreateTableRequest::builder, this::create),
                operation("GetTable", GetTableRequest::builder, this::find),
                operation("UpdateTable", UpdateTableRequest::builder, this::update),
                operation("DeleteTable", DeleteTableRequest::builder, this::delete),
                operation("BatchDeleteTable", BatchDeleteTableRequest::builder, this::deleteAll));
    }

    private CreateTableResponse create(CreateTableRequest request)
    {
        if (request.openTableFormatInput() != null) {
            throw invalidInput("OpenTableFormatInput is not served here: create the table with the engine, which writes its metadata");
        }
        String database = folded(request.databaseName(), "databaseName");
        TableInput input = required(request.tableInput(), "tableInput");
        String name = folded(input.name(), "tableInput.name");
        checkColumns(input);
        long now = clock.millis();
        TableRow table = new TableRow(database, name, 0, SdkJsonWriter.writeText(input), now, now);
        store.write(transaction -> {
            transaction.databases().require(database);
            if (!transaction.tables().insert(table)) {
                throw alreadyExists("Table %s.%s already exists.".formatted(database, name));
            }
            for (PartitionIndex index : request.partitionIndexes()) {
                IndexOperations.create(transaction, Tables.table(table), index, Status.ACTIVE);
            }
            return null;
        });
        return CreateTableResponse.builder().build();
    }

    private GetTableResponse find(GetTableRequest request)
    {
        String database = folded(request.databaseName(), "databaseName");
        String name = folded(request.name(), "name");
        Optional<List<TableAttributes>> attributes = TableListing.attributes(request.hasAttributesToGet(), request.attributesToGet());
        return GetTableResponse.builder()
                .table(TableListing.only(attributes, Tables.table(store.read(transaction -> transaction.tables().require(database, name)))))
                .build();
    }

    private UpdateTableResponse update(UpdateTableRequest request)
    {
        if (request.updateOpenTableFormatInput() != null) {
            throw invalidInput("UpdateOpenTableFormatInput is not served here: change the table with the engine, which writes its metadata");
        }
        if (request.viewUpdateAction() != null && request.viewUpdateAction() != ViewUpdateAction.REPLACE) {
            throw invalidInput("ViewUpdateAction is %s: this endpoint replaces a view's definition whole, send all its dialects".formatted(request.viewUpdateActionAsString()));
        }
        String database = folded(request.databaseName(), "databaseName");
        TableInput input = required(request.tableInput(), "tableInput");
        String name = folded(input.name(), "tableInput.name");
        if (request.name() != null && !folded(request.name(), "name").equals(name)) {
            throw invalidInput("Table cannot be renamed: %s to %s".formatted(request.name(), name));
        }
        checkColumns(input);
        String definition = SdkJsonWriter.writeText(input);
        store.write(transaction -> {
            TableRow current = transaction.tables().require(database, name);
            if (request.versionId() != null && !request.versionId().equals(Long.toString(current.version()))) {
                throw concurrentModification("Table %s.%s is at version %s, not at %s: somebody else updated it; read it again and repeat the update".formatted(
                        database, name, current.version(), request.versionId()));
            }
            TableRow updated = new TableRow(database, name, current.version() + 1, definition, current.created(), clock.millis());
            Table before = Tables.table(current);
            Table after = Tables.table(updated);
            if (before.partitionKeys().size() != after.partitionKeys().size() && transaction.partitions().any(database, name)) {
                throw invalidInput("Table %s.%s has partitions, with values for %s partition keys: delete them before the table has %s".formatted(
                        database, name, before.partitionKeys().size(), after.partitionKeys().size()));
            }
            IndexOperations.verifyUnchanged(transaction, before, after);
            if (!Boolean.TRUE.equals(request.skipArchive())) {
                transaction.tableVersions().archive(current);
            }
            transaction.tables().update(updated);
            deleteOrphans(transaction.statistics(), new StatisticsOwner(database, name, Optional.empty()), after);
            return null;
        });
        return UpdateTableResponse.builder().build();
    }

    private DeleteTableResponse delete(DeleteTableRequest request)
    {
        String database = folded(request.databaseName(), "databaseName");
        String name = folded(request.name(), "name");
        store.write(transaction -> {
            transaction.tables().require(database, name);
            return transaction.tables().delete(database, name);
        });
        return DeleteTableResponse.builder().build();
    }

    private BatchDeleteTableResponse deleteAll(BatchDeleteTableRequest request)
    {
        String database = folded(request.databaseName(), "databaseName");
        List<String> names = required(request.hasTablesToDelete() ? request.tablesToDelete() : null, "tablesToDelete");
        return store.write(transaction -> {
            transaction.databases().require(database);
            return BatchDeleteTableResponse.builder()
                    .errors(names.stream()
                            .filter(name -> !transaction.tables().delete(database, folded(name, "tablesToDelete")))
                            .map(name -> TableError.builder()
                                    .tableName(name)
                                    .errorDetail(errorDetail(tableNotFound(database, name)))
                                    .build())
                            .toList())
                    .build();
        });
    }

    static ErrorDetail errorDetail(AwsException exception)
    {
        return ErrorDetail.builder()
                .errorCode(exception.type())
                .errorMessage(exception.getMessage())
                .build();
    }

    private static void deleteOrphans(StatisticsRows statistics, StatisticsOwner owner, Table table)
    {
        Set<String> columns = Tables.columns(table).stream()
                .map(Column::name)
                .collect(toImmutableSet());
        for (String column : statistics.columns(owner)) {
            if (!columns.contains(column)) {
                statistics.delete(owner, column);
            }
        }
    }

    private static void checkColumns(TableInput input)
    {
        if (input.storageDescriptor() != null) {
            checkNames(input.storageDescriptor().columns(), "tableInput.storageDescriptor.columns");
        }
        checkNames(input.partitionKeys(), "tableInput.partitionKeys");
    }

    private static void checkNames(List<Column> columns, String path)
    {
        for (int i = 0; i < columns.size(); i++) {
            required(columns.get(i).name(), "%s.%s.member.name".formatted(path, i + 1));
        }
    }
}
