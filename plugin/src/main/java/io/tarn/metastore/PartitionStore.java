package io.tarn.metastore;

import com.google.common.collect.AbstractIterator;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Lists;
import io.trino.metastore.Partition;
import io.trino.metastore.Partitions;
import io.trino.metastore.Table;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.connector.TableNotFoundException;
import io.trino.spi.predicate.TupleDomain;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.BatchGetPartitionResponse;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.GetPartitionsRequest;
import software.amazon.awssdk.services.glue.model.GetPartitionsResponse;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.InvalidStateException;
import software.amazon.awssdk.services.glue.model.PartitionValueList;
import software.amazon.awssdk.services.glue.model.Segment;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.tarn.error.TarnErrorCode.TARN_INVALID_METADATA;
import static io.tarn.error.TarnErrorCode.TARN_METASTORE_UNAVAILABLE;
import static io.tarn.metastore.GlueOperation.BATCH_GET_PARTITION;
import static io.tarn.metastore.GlueOperation.GET_PARTITION;
import static io.tarn.metastore.GlueOperation.GET_PARTITIONS;
import static io.trino.metastore.Partitions.makePartName;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toCollection;

/**
 * The partitions in Glue, for reading.
 */
final class PartitionStore
{
    /**
     * The most that one GetPartitions or BatchGetPartition gives.
     */
    private static final int PAGE_SIZE = 1000;

    private final GlueClient client;
    private final GlueCalls calls;
    private final ParallelCalls parallel;
    private final int segments;

    PartitionStore(GlueClient client, GlueCalls calls, ParallelCalls parallel, int segments)
    {
        this.client = requireNonNull(client, "client is null");
        this.calls = requireNonNull(calls, "calls is null");
        this.parallel = requireNonNull(parallel, "parallel is null");
        this.segments = segments;
    }

    Optional<Partition> partition(String databaseName, String tableName, List<String> values)
    {
        try {
            return Optional.of(new GluePartitions(databaseName, tableName).toPartition(calls.call(
                    GET_PARTITION,
                    resource(databaseName, tableName, values),
                    () -> client.getPartition(request -> request.databaseName(databaseName).tableName(tableName).partitionValues(values)).partition(),
                    EntityNotFoundException.class)));
        }
        catch (EntityNotFoundException _) {
            return Optional.empty();
        }
    }

    /**
     * Sorted, exactly those that the filter selects; empty where there is no such table.
     */
    Optional<List<String>> names(String databaseName, String tableName, List<String> columnNames, TupleDomain<String> filter)
    {
        if (filter.isNone()) {
            return Optional.of(ImmutableList.of());
        }
        PartitionFilter exact = new PartitionFilter(columnNames, filter);
        String expression = PartitionExpression.of(columnNames, filter);
        try {
            return Optional.of(values(databaseName, tableName, expression).stream()
                    .map(values -> checkedValues(databaseName, tableName, columnNames, values))
                    .filter(exact::test)
                    .map(values -> makePartName(columnNames, values))
                    .sorted()
                    .distinct()
                    .collect(toImmutableList()));
        }
        catch (EntityNotFoundException _) {
            return Optional.empty();
        }
    }

    /**
     * In Glue's order, a page at a time; none where there is no such table.
     */
    Iterator<List<String>> values(String databaseName, String tableName)
    {
        return new AbstractIterator<>()
        {
            private Iterator<software.amazon.awssdk.services.glue.model.Partition> partitions = Collections.emptyIterator();
            private String token;
            private boolean last;

            @Override
            protected List<String> computeNext()
            {
                while (!partitions.hasNext()) {
                    if (last) {
                        return endOfData();
                    }
                    nextPage();
                }
                return partitions.next().values();
            }

            private void nextPage()
            {
                try {
                    GetPartitionsResponse page = page(databaseName, tableName, "", true, Optional.empty(), token);
                    last = isLast(page);
                    if (!last && token != null) {
                        GlueCalls.checkAdvances(GET_PARTITIONS, TableStore.resource(databaseName, tableName), token, page.nextToken());
                    }
                    token = page.nextToken();
                    partitions = page.partitions().iterator();
                }
                catch (EntityNotFoundException _) {
                    last = true;
                }
            }
        };
    }

    private List<List<String>> values(String databaseName, String tableName, String expression)
    {
        if (!expression.isEmpty()) {
            try {
                return listValues(databaseName, tableName, expression);
            }
            catch (InvalidInputException | InvalidStateException _) {
                // one value that cannot be read as its key's type makes Glue refuse any expression on that key
                calls.stats().getRefusedExpressions().update(1);
            }
        }
        return listValues(databaseName, tableName, "");
    }

    private List<List<String>> listValues(String databaseName, String tableName, String expression)
    {
        List<List<String>> values = new ArrayList<>();
        // most tables fit one page, and then segments would be calls for nothing
        GetPartitionsResponse first = page(databaseName, tableName, expression, true, Optional.empty(), null);
        if (segments == 1 || isLast(first)) {
            forEachPage(databaseName, tableName, expression, true, Optional.empty(), Optional.of(first), page -> page.partitions().forEach(partition -> values.add(partition.values())));
            return values;
        }
        parallel.run(IntStream.range(0, segments)
                        .mapToObj(number -> Segment.builder().segmentNumber(number).totalSegments(segments).build())
                        .map(segment -> (Callable<List<List<String>>>) () -> {
                            List<List<String>> ofSegment = new ArrayList<>();
                            forEachPage(databaseName, tableName, expression, true, Optional.of(segment), Optional.empty(), page -> page.partitions().forEach(partition -> ofSegment.add(partition.values())));
                            return ofSegment;
                        })
                        .toList())
                .forEach(values::addAll);
        return values;
    }

    /**
     * Every partition of a table as Glue has it, a page at a time.
     */
    void forEachPage(String databaseName, String tableName, Consumer<List<software.amazon.awssdk.services.glue.model.Partition>> consumer)
    {
        forEachPage(databaseName, tableName, "", false, Optional.empty(), Optional.empty(), page -> consumer.accept(page.partitions()));
    }

    private void forEachPage(
            String databaseName,
            String tableName,
            String expression,
            boolean onlyNames,
            Optional<Segment> segment,
            Optional<GetPartitionsResponse> first,
            Consumer<GetPartitionsResponse> consumer)
    {
        GetPartitionsResponse page = first.orElseGet(() -> page(databaseName, tableName, expression, onlyNames, segment, null));
        consumer.accept(page);
        while (!isLast(page)) {
            String token = page.nextToken();
            page = page(databaseName, tableName, expression, onlyNames, segment, token);
            consumer.accept(page);
            GlueCalls.checkAdvances(GET_PARTITIONS, TableStore.resource(databaseName, tableName), token, page.nextToken());
        }
    }

    private static boolean isLast(GetPartitionsResponse page)
    {
        return page.nextToken() == null || page.nextToken().isEmpty();
    }

    private GetPartitionsResponse page(String databaseName, String tableName, String expression, boolean onlyNames, Optional<Segment> segment, String token)
    {
        String resource = TableStore.resource(databaseName, tableName);
        GetPartitionsRequest request = GetPartitionsRequest.builder()
                .databaseName(databaseName)
                .tableName(tableName)
                .expression(expression.isEmpty() ? null : expression)
                .segment(segment.orElse(null))
                .excludeColumnSchema(onlyNames)
                .maxResults(PAGE_SIZE)
                .nextToken(token)
                .build();
        if (expression.isEmpty()) {
            return calls.call(GET_PARTITIONS, resource, () -> client.getPartitions(request), EntityNotFoundException.class);
        }
        return calls.call(GET_PARTITIONS, resource + " where " + expression, () -> client.getPartitions(request), EntityNotFoundException.class, InvalidInputException.class, InvalidStateException.class);
    }

    /**
     * @return one entry for each name, under that name; empty where there is no such partition
     */
    Map<String, Optional<Partition>> partitions(Table table, Collection<String> names)
    {
        Map<List<String>, Partition> found = new HashMap<>();
        List<List<String>> values = names.stream()
                .map(Partitions::toPartitionValues)
                .distinct()
                .collect(toImmutableList());
        glueBatches(table.getDatabaseName(), table.getTableName(), values, batch -> {
            GluePartitions converter = new GluePartitions(table.getDatabaseName(), table.getTableName());
            return batch.stream().map(converter::toPartition).toList();
        }).forEach(partition -> found.put(partition.getValues(), partition));
        ImmutableMap.Builder<String, Optional<Partition>> result = ImmutableMap.builder();
        for (String name : names) {
            result.put(name, Optional.ofNullable(found.get(Partitions.toPartitionValues(name))));
        }
        return result.buildKeepingLast();
    }

    /**
     * Those of the partitions that there are, as Glue has them.
     */
    List<software.amazon.awssdk.services.glue.model.Partition> gluePartitions(String databaseName, String tableName, List<List<String>> values)
    {
        return glueBatches(databaseName, tableName, values, batch -> batch);
    }

    private <T> List<T> glueBatches(
            String databaseName,
            String tableName,
            List<List<String>> values,
            Function<List<software.amazon.awssdk.services.glue.model.Partition>, List<T>> conversion)
    {
        if (values.isEmpty()) {
            return ImmutableList.of();
        }
        try {
            return parallel.run(Lists.partition(values, PAGE_SIZE).stream()
                            .map(batch -> (Callable<List<T>>) () -> conversion.apply(batch(databaseName, tableName, batch)))
                            .toList())
                    .stream()
                    .flatMap(List::stream)
                    .collect(toImmutableList());
        }
        catch (EntityNotFoundException e) {
            throw new TableNotFoundException(new SchemaTableName(databaseName, tableName), e);
        }
    }

    private List<software.amazon.awssdk.services.glue.model.Partition> batch(String databaseName, String tableName, List<List<String>> values)
    {
        List<software.amazon.awssdk.services.glue.model.Partition> partitions = new ArrayList<>(values.size());
        List<PartitionValueList> pending = values.stream()
                .map(key -> PartitionValueList.builder().values(key).build())
                .collect(toCollection(ArrayList::new));
        int idle = 0;
        while (!pending.isEmpty()) {
            List<PartitionValueList> asked = pending;
            BatchGetPartitionResponse answer = calls.call(
                    BATCH_GET_PARTITION,
                    TableStore.resource(databaseName, tableName),
                    () -> client.batchGetPartition(request -> request.databaseName(databaseName).tableName(tableName).partitionsToGet(asked)),
                    EntityNotFoundException.class);
            partitions.addAll(answer.partitions());
            pending = answer.unprocessedKeys();
            if (!pending.isEmpty()) {
                idle = pending.size() < asked.size() ? 0 : idle + 1;
                if (idle >= calls.maxAttempts()) {
                    throw new TrinoException(TARN_METASTORE_UNAVAILABLE, "Glue leaves %s of %s partitions of %s.%s unread after %s attempts, the first of them %s. Try again later".formatted(
                            pending.size(), values.size(), databaseName, tableName, idle, pending.getFirst().values()));
                }
                calls.pause(idle + 1);
            }
        }
        return partitions;
    }

    private static List<String> checkedValues(String databaseName, String tableName, List<String> columnNames, List<String> values)
    {
        if (values.size() != columnNames.size()) {
            throw new TrinoException(TARN_INVALID_METADATA, "Partition %s of table %s.%s has %s values for the %s partition keys %s. Drop it from the catalogue and add it again".formatted(
                    values, databaseName, tableName, values.size(), columnNames.size(), columnNames));
        }
        return values;
    }

    static String resource(String databaseName, String tableName, List<String> values)
    {
        return "partition %s of table %s.%s".formatted(values, databaseName, tableName);
    }
}
