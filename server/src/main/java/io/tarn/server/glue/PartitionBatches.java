package io.tarn.server.glue;

import io.tarn.server.aws.AwsException;
import io.tarn.server.aws.AwsOperation;
import io.tarn.server.glue.PartitionRows.PartitionRow;
import software.amazon.awssdk.services.glue.model.BatchCreatePartitionRequest;
import software.amazon.awssdk.services.glue.model.BatchCreatePartitionResponse;
import software.amazon.awssdk.services.glue.model.BatchDeletePartitionRequest;
import software.amazon.awssdk.services.glue.model.BatchDeletePartitionResponse;
import software.amazon.awssdk.services.glue.model.BatchGetPartitionRequest;
import software.amazon.awssdk.services.glue.model.BatchGetPartitionResponse;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionFailureEntry;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionRequest;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionRequestEntry;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionResponse;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.PartitionError;
import software.amazon.awssdk.services.glue.model.PartitionInput;
import software.amazon.awssdk.services.glue.model.PartitionValueList;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;

import static io.tarn.server.aws.AwsOperation.operation;
import static io.tarn.server.glue.Names.folded;
import static io.tarn.server.glue.Names.required;
import static io.tarn.server.glue.TableOperations.errorDetail;
import static java.util.Objects.requireNonNull;

/**
 * Many partitions in one request: one transaction, in which the entries that fail are told and the others done.
 */
final class PartitionBatches
{
    private final GlueStore store;
    private final InstantSource clock;

    PartitionBatches(GlueStore store, InstantSource clock)
    {
        this.store = requireNonNull(store, "store is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    List<AwsOperation<?>> operations()
    {
        return List.of(
                operation("BatchCreatePartition", BatchCreatePartitionRequest::builder, this::create),
                operation("BatchGetPartition", BatchGetPartitionRequest::builder, this::find),
                operation("BatchUpdatePartition", BatchUpdatePartitionRequest::builder, this::update),
                operation("BatchDeletePartition", BatchDeletePartitionRequest::builder, this::delete));
    }

    private BatchCreatePartitionResponse create(BatchCreatePartitionRequest request)
    {
        String database = folded(request.databaseName(), "databaseName");
        String table = folded(request.tableName(), "tableName");
        List<PartitionInput> inputs = required(request.hasPartitionInputList() ? request.partitionInputList() : null, "partitionInputList");
        return store.write(transaction -> {
            Partitions partitions = new Partitions(transaction, database, table);
            return BatchCreatePartitionResponse.builder()
                    .errors(each(inputs, input -> partitions.create(input, clock.millis()), (input, error) -> partitionError(input.values(), error)))
                    .build();
        });
    }

    /**
     * What is missing is left out; what would make the answer too large is handed back as unprocessed.
     */
    private BatchGetPartitionResponse find(BatchGetPartitionRequest request)
    {
        String database = folded(request.databaseName(), "databaseName");
        String table = folded(request.tableName(), "tableName");
        List<PartitionValueList> keys = required(request.hasPartitionsToGet() ? request.partitionsToGet() : null, "partitionsToGet");
        return store.read(transaction -> {
            Partitions partitions = new Partitions(transaction, database, table);
            List<Partition> found = new ArrayList<>();
            long characters = 0;
            int next = 0;
            for (; next < keys.size() && characters < Page.MAX_CHARACTERS; next++) {
                Optional<PartitionRow> row = transaction.partitions().find(database, table, partitions.key(keys.get(next).values()));
                if (row.isPresent()) {
                    characters += row.get().definition().length();
                    found.add(Partitions.partition(row.get()));
                }
            }
            return BatchGetPartitionResponse.builder()
                    .partitions(found)
                    .unprocessedKeys(keys.subList(next, keys.size()))
                    .build();
        });
    }

    private BatchUpdatePartitionResponse update(BatchUpdatePartitionRequest request)
    {
        String database = folded(request.databaseName(), "databaseName");
        String table = folded(request.tableName(), "tableName");
        List<BatchUpdatePartitionRequestEntry> entries = required(request.hasEntries() ? request.entries() : null, "entries");
        return store.write(transaction -> {
            Partitions partitions = new Partitions(transaction, database, table);
            return BatchUpdatePartitionResponse.builder()
                    .errors(each(
                            entries,
                            entry -> partitions.update(entry.partitionValueList(), required(entry.partitionInput(), "entries.partitionInput")),
                            (entry, error) -> BatchUpdatePartitionFailureEntry.builder()
                                    .partitionValueList(entry.partitionValueList())
                                    .errorDetail(errorDetail(error))
                                    .build()))
                    .build();
        });
    }

    private BatchDeletePartitionResponse delete(BatchDeletePartitionRequest request)
    {
        String database = folded(request.databaseName(), "databaseName");
        String table = folded(request.tableName(), "tableName");
        List<PartitionValueList> keys = required(request.hasPartitionsToDelete() ? request.partitionsToDelete() : null, "partitionsToDelete");
        return store.write(transaction -> {
            Partitions partitions = new Partitions(transaction, database, table);
            return BatchDeletePartitionResponse.builder()
                    .errors(each(keys, key -> partitions.delete(key.values()), (key, error) -> partitionError(key.values(), error)))
                    .build();
        });
    }

    private static <T, E> List<E> each(List<T> entries, Consumer<T> action, BiFunction<T, AwsException, E> error)
    {
        List<E> errors = new ArrayList<>();
        for (T entry : entries) {
            try {
                action.accept(entry);
            }
            catch (AwsException e) {
                errors.add(error.apply(entry, e));
            }
        }
        return errors;
    }

    private static PartitionError partitionError(List<String> values, AwsException exception)
    {
        return PartitionError.builder()
                .partitionValues(values)
                .errorDetail(errorDetail(exception))
                .build();
    }
}
