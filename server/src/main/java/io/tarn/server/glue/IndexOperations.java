package io.tarn.server.glue;

import com.google.common.collect.ImmutableList;
import io.tarn.server.aws.AwsException;
import io.tarn.server.aws.AwsOperation;
import io.tarn.server.glue.PartitionIndexRows.PartitionIndexRow;
import io.tarn.server.glue.PartitionIndexRows.Status;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.CreatePartitionIndexRequest;
import software.amazon.awssdk.services.glue.model.CreatePartitionIndexResponse;
import software.amazon.awssdk.services.glue.model.DeletePartitionIndexRequest;
import software.amazon.awssdk.services.glue.model.DeletePartitionIndexResponse;
import software.amazon.awssdk.services.glue.model.GetPartitionIndexesRequest;
import software.amazon.awssdk.services.glue.model.GetPartitionIndexesResponse;
import software.amazon.awssdk.services.glue.model.KeySchemaElement;
import software.amazon.awssdk.services.glue.model.PartitionIndex;
import software.amazon.awssdk.services.glue.model.PartitionIndexDescriptor;
import software.amazon.awssdk.services.glue.model.Table;

import java.util.HashSet;
import java.util.List;

import static io.tarn.server.aws.AwsOperation.operation;
import static io.tarn.server.glue.GlueErrors.alreadyExists;
import static io.tarn.server.glue.GlueErrors.entityNotFound;
import static io.tarn.server.glue.GlueErrors.invalidInput;
import static io.tarn.server.glue.GlueService.CATALOG_ID;
import static io.tarn.server.glue.Names.folded;
import static io.tarn.server.glue.Names.required;
import static java.util.Objects.requireNonNull;

/**
 * Partition indexes: at most three a table, made and removed in the background, as with AWS.
 */
final class IndexOperations
{
    /**
     * The quota of AWS.
     */
    private static final int MAX_INDEXES = 3;

    private final GlueStore store;
    private final IndexBuilder builder;

    IndexOperations(GlueStore store, IndexBuilder builder)
    {
        this.store = requireNonNull(store, "store is null");
        this.builder = requireNonNull(builder, "builder is null");
    }

    List<AwsOperation<?>> operations()
    {
        return List.of(
                operation("CreatePartitionIndex", CreatePartitionIndexRequest::builder, this::create),
                operation("GetPartitionIndexes", GetPartitionIndexesRequest::builder, this::list),
                operation("DeletePartitionIndex", DeletePartitionIndexRequest::builder, this::delete));
    }

    private CreatePartitionIndexResponse create(CreatePartitionIndexRequest request)
    {
        String database = folded(request.databaseName(), "databaseName");
        String name = folded(request.tableName(), "tableName");
        PartitionIndex index = required(request.partitionIndex(), "partitionIndex");
        store.write(transaction -> {
            Table table = Tables.table(transaction.tables().require(database, name));
            boolean empty = !transaction.partitions().any(database, name);
            create(transaction, table, index, empty ? Status.ACTIVE : Status.CREATING);
            return null;
        });
        builder.wake();
        return CreatePartitionIndexResponse.builder().build();
    }

    /**
     * @throws AwsException where the index is wrong, or there is one of its name or of its keys
     */
    static void create(GlueTransaction transaction, Table table, PartitionIndex index, Status status)
    {
        String name = required(index.indexName(), "partitionIndex.indexName");
        List<String> keys = keys(table, name, required(index.hasKeys() ? index.keys() : null, "partitionIndex.keys"));
        List<PartitionIndexRow> others = transaction.partitionIndexes().list(table.databaseName(), table.name());
        for (PartitionIndexRow other : others) {
            if (other.name().equals(name)) {
                throw alreadyExists("Partition index %s of table %s.%s already exists.".formatted(name, table.databaseName(), table.name()));
            }
            if (other.keys().equals(keys)) {
                throw alreadyExists("Partition index %s of table %s.%s is over %s already".formatted(other.name(), table.databaseName(), table.name(), keys));
            }
        }
        if (others.size() >= MAX_INDEXES) {
            throw new AwsException("ResourceNumberLimitExceededException", 400, "Table %s.%s has %s partition indexes, which is the most it can have: delete one first".formatted(
                    table.databaseName(), table.name(), others.size()));
        }
        transaction.partitionIndexes().insert(new PartitionIndexRow(table.databaseName(), table.name(), name, keys, status, ""));
    }

    private static List<String> keys(Table table, String index, List<String> given)
    {
        List<String> known = table.partitionKeys().stream().map(Column::name).toList();
        ImmutableList.Builder<String> keys = ImmutableList.builder();
        for (String key : given) {
            keys.add(known.stream()
                    .filter(name -> name.equalsIgnoreCase(key))
                    .findFirst()
                    .orElseThrow(() -> invalidInput("Partition index %s is over %s, which is not one of the partition keys %s of table %s.%s".formatted(
                            index, key, known, table.databaseName(), table.name()))));
        }
        List<String> found = keys.build();
        if (found.isEmpty() || new HashSet<>(found).size() < found.size()) {
            throw invalidInput("Partition index %s is over %s: it needs at least one key, and each only once".formatted(index, given));
        }
        return found;
    }

    private GetPartitionIndexesResponse list(GetPartitionIndexesRequest request)
    {
        String database = folded(request.databaseName(), "databaseName");
        String name = folded(request.tableName(), "tableName");
        // there are never more than fit on one page, so that no token is ever given
        store.pageTokens().resume(List.of("GetPartitionIndexes", database, name), request.nextToken());
        return store.read(transaction -> {
            Table table = Tables.table(transaction.tables().require(database, name));
            return GetPartitionIndexesResponse.builder()
                    .partitionIndexDescriptorList(transaction.partitionIndexes().list(database, name).stream()
                            .map(row -> descriptor(table, row))
                            .toList())
                    .build();
        });
    }

    private static PartitionIndexDescriptor descriptor(Table table, PartitionIndexRow index)
    {
        return PartitionIndexDescriptor.builder()
                .indexName(index.name())
                .keys(index.keys().stream()
                        .map(key -> KeySchemaElement.builder().name(key).type(type(table, key)).build())
                        .toList())
                .indexStatus(index.status().name())
                .build();
    }

    private static String type(Table table, String key)
    {
        return table.partitionKeys().stream()
                .filter(column -> column.name().equals(key))
                .findFirst()
                .map(Column::type)
                .orElse("string");
    }

    private DeletePartitionIndexResponse delete(DeletePartitionIndexRequest request)
    {
        String database = folded(request.databaseName(), "databaseName");
        String table = folded(request.tableName(), "tableName");
        String name = required(request.indexName(), "indexName");
        store.write(transaction -> {
            transaction.tables().require(database, table);
            PartitionIndexRow index = transaction.partitionIndexes().list(database, table).stream()
                    .filter(row -> row.name().equals(name) && row.status() != Status.DELETING)
                    .findFirst()
                    .orElseThrow(() -> entityNotFound("Partition index %s of table %s.%s of catalogue %s not found.".formatted(name, database, table, CATALOG_ID)));
            transaction.partitionIndexes().update(new PartitionIndexRow(database, table, name, index.keys(), Status.DELETING, index.filledTo()));
            return null;
        });
        builder.wake();
        return DeletePartitionIndexResponse.builder().build();
    }

    /**
     * @throws AwsException where partition keys change that an index is over: its entries would be of other values
     */
    static void verifyUnchanged(GlueTransaction transaction, Table before, Table after)
    {
        if (PartitionIndexes.keys(before).equals(PartitionIndexes.keys(after))) {
            return;
        }
        List<PartitionIndexRow> indexes = transaction.partitionIndexes().list(before.databaseName(), before.name());
        if (indexes.isEmpty()) {
            return;
        }
        throw invalidInput("The partition keys of table %s.%s cannot change their names, types or order while it has partition indexes (%s): delete those first".formatted(
                before.databaseName(), before.name(), indexes.stream().map(PartitionIndexRow::name).toList()));
    }
}
