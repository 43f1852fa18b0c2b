package io.tarn.metastore;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import io.trino.metastore.Partition;
import io.trino.metastore.PartitionWithStatistics;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.connector.TableNotFoundException;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.BatchCreatePartitionResponse;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionRequestEntry;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.PartitionError;
import software.amazon.awssdk.services.glue.model.PartitionInput;
import software.amazon.awssdk.services.glue.model.PartitionValueList;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static io.tarn.metastore.GlueOperation.BATCH_CREATE_PARTITION;
import static io.tarn.metastore.GlueOperation.BATCH_DELETE_PARTITION;
import static io.tarn.metastore.GlueOperation.BATCH_UPDATE_PARTITION;
import static io.tarn.metastore.GlueOperation.DELETE_PARTITION;
import static io.tarn.metastore.GlueOperation.UPDATE_PARTITION;
import static io.tarn.metastore.GluePartitions.toPartitionInput;
import static io.tarn.metastore.QueryMark.isSameQuery;
import static io.trino.spi.StandardErrorCode.NOT_SUPPORTED;
import static java.util.Objects.requireNonNull;

/**
 * The partitions in Glue, for writing.
 */
final class PartitionWriter
{
    // the most that one batch call takes
    private static final int CREATE_BATCH = 100;
    private static final int UPDATE_BATCH = 100;
    private static final int DELETE_BATCH = 25;

    private final GlueClient client;
    private final GlueCalls calls;
    private final ParallelCalls parallel;
    private final PartitionStore partitions;
    private final LocationCleaner cleaner;

    PartitionWriter(GlueClient client, GlueCalls calls, ParallelCalls parallel, PartitionStore partitions, LocationCleaner cleaner)
    {
        this.client = requireNonNull(client, "client is null");
        this.calls = requireNonNull(calls, "calls is null");
        this.parallel = requireNonNull(parallel, "parallel is null");
        this.partitions = requireNonNull(partitions, "partitions is null");
        this.cleaner = requireNonNull(cleaner, "cleaner is null");
    }

    /**
     * All or none: where one cannot be created, those already created are removed again.
     */
    void add(String databaseName, String tableName, List<PartitionWithStatistics> added)
    {
        create(databaseName, tableName, added.stream()
                .map(partition -> checkedInput(databaseName, tableName, partition))
                .collect(toImmutableList()));
    }

    void create(String databaseName, String tableName, List<PartitionInput> inputs)
    {
        if (inputs.isEmpty()) {
            return;
        }
        // every batch tells what it has done, so that all of it can be undone
        AtomicBoolean failed = new AtomicBoolean();
        List<Outcome> outcomes = parallel.run(Lists.partition(inputs, CREATE_BATCH).stream()
                .map(batch -> (Callable<Outcome>) () -> {
                    if (failed.get()) {
                        return Outcome.NOTHING;
                    }
                    Outcome outcome = createBatch(databaseName, tableName, batch);
                    outcome.failure().ifPresent(_ -> failed.set(true));
                    return outcome;
                })
                .toList());
        Optional<RuntimeException> failure = outcomes.stream()
                .map(Outcome::failure)
                .flatMap(Optional::stream)
                .findFirst();
        if (failure.isEmpty()) {
            return;
        }
        try {
            delete(databaseName, tableName, outcomes.stream()
                    .map(Outcome::created)
                    .flatMap(List::stream)
                    .toList());
        }
        catch (RuntimeException e) {
            failure.get().addSuppressed(e);
        }
        throw failure.get();
    }

    private Outcome createBatch(String databaseName, String tableName, List<PartitionInput> batch)
    {
        List<PartitionError> errors;
        try {
            BatchCreatePartitionResponse answer = calls.callDespiteConflicts(
                    BATCH_CREATE_PARTITION,
                    TableStore.resource(databaseName, tableName),
                    () -> client.batchCreatePartition(request -> request.databaseName(databaseName).tableName(tableName).partitionInputList(batch)),
                    EntityNotFoundException.class);
            errors = answer.errors();
            if (!errors.isEmpty()) {
                errors = withoutOwn(databaseName, tableName, batch, errors, LostAnswers.maybeDone(answer));
            }
        }
        catch (EntityNotFoundException e) {
            return new Outcome(ImmutableList.of(), Optional.of(new TableNotFoundException(new SchemaTableName(databaseName, tableName), e)));
        }
        catch (RuntimeException e) {
            return new Outcome(ImmutableList.of(), Optional.of(e));
        }
        Set<List<String>> refused = new HashSet<>();
        errors.forEach(error -> refused.add(error.partitionValues()));
        List<List<String>> created = batch.stream()
                .map(PartitionInput::values)
                .filter(values -> !refused.contains(values))
                .toList();
        return new Outcome(created, errors.isEmpty() ? Optional.empty() : Optional.of(PartitionErrors.failure("created", databaseName, tableName, errors)));
    }

    /**
     * Without those that this very query created, in a request whose answer was lost. Of clients that leave no mark of a
     * query it is known only whether there was such a request, and whether what is there is what it was to create.
     */
    private List<PartitionError> withoutOwn(String databaseName, String tableName, List<PartitionInput> batch, List<PartitionError> errors, boolean maybeDone)
    {
        Map<List<String>, PartitionInput> wanted = batch.stream().collect(toImmutableMap(PartitionInput::values, Function.identity()));
        Map<List<String>, software.amazon.awssdk.services.glue.model.Partition> existing = partitions.gluePartitions(
                        databaseName,
                        tableName,
                        errors.stream().filter(PartitionErrors::isExisting).map(PartitionError::partitionValues).collect(toImmutableList())).stream()
                .collect(toImmutableMap(software.amazon.awssdk.services.glue.model.Partition::values, Function.identity()));
        return errors.stream()
                .filter(error -> !PartitionErrors.isExisting(error)
                        || !wanted.containsKey(error.partitionValues())
                        || !existing.containsKey(error.partitionValues())
                        || !isOwn(wanted.get(error.partitionValues()), existing.get(error.partitionValues()), maybeDone))
                .collect(toImmutableList());
    }

    private static boolean isOwn(PartitionInput wanted, software.amazon.awssdk.services.glue.model.Partition existing, boolean maybeDone)
    {
        Map<String, String> parameters = GlueMaps.withoutNulls(existing.parameters());
        return isSameQuery(wanted.parameters(), () -> Optional.of(parameters))
                || (maybeDone && parameters.equals(GlueMaps.withoutNulls(wanted.parameters())) && GlueStorages.isSame(wanted.storageDescriptor(), existing.storageDescriptor()));
    }

    void alter(String databaseName, String tableName, PartitionWithStatistics altered)
    {
        PartitionInput input = checkedInput(databaseName, tableName, altered);
        List<String> values = altered.getPartition().getValues();
        try {
            calls.callDespiteConflicts(
                    UPDATE_PARTITION,
                    PartitionStore.resource(databaseName, tableName, values),
                    () -> client.updatePartition(request -> request
                            .databaseName(databaseName)
                            .tableName(tableName)
                            .partitionValueList(values)
                            .partitionInput(input)),
                    EntityNotFoundException.class);
        }
        catch (EntityNotFoundException _) {
            throw new PartitionNotFoundException(new SchemaTableName(databaseName, tableName), values);
        }
    }

    private static PartitionInput checkedInput(String databaseName, String tableName, PartitionWithStatistics added)
    {
        Partition partition = added.getPartition();
        if (!partition.getDatabaseName().equals(databaseName) || !partition.getTableName().equals(tableName)) {
            throw new TrinoException(NOT_SUPPORTED, "Partition %s is of table %s, not of %s.%s".formatted(added.getPartitionName(), partition.getSchemaTableName(), databaseName, tableName));
        }
        return toPartitionInput(partition, BasicStatistics.inParameters(partition.getParameters(), added.getStatistics().basicStatistics()));
    }

    /**
     * In parallel, as many in a call as Glue takes.
     */
    void update(String databaseName, String tableName, List<PartitionInput> inputs)
    {
        parallel.run(Lists.partition(inputs, UPDATE_BATCH).stream()
                .map(batch -> (Callable<Void>) () -> {
                    var errors = calls.callDespiteConflicts(
                            BATCH_UPDATE_PARTITION,
                            TableStore.resource(databaseName, tableName),
                            () -> client.batchUpdatePartition(request -> request
                                    .databaseName(databaseName)
                                    .tableName(tableName)
                                    .entries(batch.stream()
                                            .map(input -> BatchUpdatePartitionRequestEntry.builder().partitionValueList(input.values()).partitionInput(input).build())
                                            .toList()))).errors();
                    if (!errors.isEmpty()) {
                        throw PartitionErrors.failure("changed", databaseName, tableName, errors.stream()
                                .map(error -> PartitionError.builder().partitionValues(error.partitionValueList()).errorDetail(error.errorDetail()).build())
                                .toList());
                    }
                    return null;
                })
                .toList());
    }

    void drop(String databaseName, String tableName, List<String> values, boolean deleteData)
    {
        Optional<String> location = Optional.empty();
        if (deleteData) {
            location = partitions.partition(databaseName, tableName, values)
                    .orElseThrow(() -> new PartitionNotFoundException(new SchemaTableName(databaseName, tableName), values))
                    .getStorage().getOptionalLocation();
        }
        try {
            calls.callDespiteConflicts(
                    DELETE_PARTITION,
                    PartitionStore.resource(databaseName, tableName, values),
                    () -> client.deletePartition(request -> request.databaseName(databaseName).tableName(tableName).partitionValues(values)),
                    EntityNotFoundException.class);
        }
        catch (EntityNotFoundException e) {
            if (!LostAnswers.maybeDone(e)) {
                throw new PartitionNotFoundException(new SchemaTableName(databaseName, tableName), values);
            }
        }
        location.ifPresent(cleaner::delete);
    }

    /**
     * In parallel, as many in a call as Glue takes; those that are not there are none to drop.
     */
    void delete(String databaseName, String tableName, List<List<String>> partitionValues)
    {
        List<PartitionError> errors = new ArrayList<>();
        parallel.run(Lists.partition(partitionValues, DELETE_BATCH).stream()
                        .map(batch -> (Callable<List<PartitionError>>) () -> calls.callDespiteConflicts(
                                BATCH_DELETE_PARTITION,
                                TableStore.resource(databaseName, tableName),
                                () -> client.batchDeletePartition(request -> request
                                        .databaseName(databaseName)
                                        .tableName(tableName)
                                        .partitionsToDelete(batch.stream().map(values -> PartitionValueList.builder().values(values).build()).toList()))).errors())
                        .toList())
                .forEach(errors::addAll);
        errors.removeIf(error -> "EntityNotFoundException".equals(PartitionErrors.code(error)));
        if (!errors.isEmpty()) {
            throw PartitionErrors.failure("dropped", databaseName, tableName, errors);
        }
    }

    private record Outcome(List<List<String>> created, Optional<RuntimeException> failure)
    {
        static final Outcome NOTHING = new Outcome(ImmutableList.of(), Optional.empty());
    }
}
