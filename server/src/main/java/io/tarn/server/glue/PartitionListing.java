package io.tarn.server.glue;

import io.tarn.server.aws.AwsException;
import io.tarn.server.aws.AwsOperation;
import io.tarn.server.glue.PartitionIndexes.Choice;
import io.tarn.server.glue.PartitionRows.IndexPosition;
import io.tarn.server.glue.PartitionRows.PartitionRow;
import io.tarn.server.glue.PartitionRows.PartitionSegment;
import io.tarn.server.glue.expression.ExpressionException;
import io.tarn.server.glue.expression.PartitionExpression;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.GetPartitionsRequest;
import software.amazon.awssdk.services.glue.model.GetPartitionsResponse;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.Segment;
import software.amazon.awssdk.services.glue.model.Table;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import static io.tarn.server.aws.AwsException.validation;
import static io.tarn.server.aws.AwsOperation.operation;
import static io.tarn.server.glue.GlueErrors.invalidInput;
import static io.tarn.server.glue.Listings.limit;
import static io.tarn.server.glue.Names.folded;
import static io.tarn.server.glue.Names.required;
import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

/**
 * The partitions of a table that an expression selects.
 */
final class PartitionListing
{
    private static final int MAX_RESULTS = 1000;
    private static final int MAX_SEGMENTS = 10;

    private final GlueStore store;

    PartitionListing(GlueStore store)
    {
        this.store = requireNonNull(store, "store is null");
    }

    List<AwsOperation<?>> operations()
    {
        return List.of(operation("GetPartitions", GetPartitionsRequest::builder, this::list));
    }

    private GetPartitionsResponse list(GetPartitionsRequest request)
    {
        String database = folded(request.databaseName(), "databaseName");
        String name = folded(request.tableName(), "tableName");
        int limit = limit(request.maxResults(), MAX_RESULTS);
        String expression = requireNonNullElse(request.expression(), "").strip();
        Optional<PartitionSegment> segment = Optional.ofNullable(request.segment()).map(PartitionListing::segment);
        List<String> listing = List.of("GetPartitions", database, name, expression, segment.toString());
        Optional<String> after = store.pageTokens().resume(listing, request.nextToken());

        Page<PartitionRow> page = store.read(transaction -> {
            Table table = Tables.table(transaction.tables().require(database, name));
            try {
                return page(transaction, table, parse(expression, table), segment, after, limit);
            }
            catch (ExpressionException e) {
                throw invalidInput("Table %s.%s: %s".formatted(database, name, e.getMessage()));
            }
        });
        boolean withColumns = !Boolean.TRUE.equals(request.excludeColumnSchema());
        return GetPartitionsResponse.builder()
                .partitions(page.map(row -> withColumns ? Partitions.partition(row) : withoutColumns(Partitions.partition(row))))
                .nextToken(page.lastKey().map(key -> store.pageTokens().issue(listing, key)).orElse(null))
                .build();
    }

    private static Optional<PartitionExpression> parse(String expression, Table table)
    {
        return expression.isEmpty() ? Optional.empty() : Optional.of(PartitionExpression.parse(expression, PartitionIndexes.keys(table)));
    }

    private static Page<PartitionRow> page(
            GlueTransaction transaction,
            Table table,
            Optional<PartitionExpression> expression,
            Optional<PartitionSegment> segment,
            Optional<String> after,
            int limit)
    {
        PartitionRows partitions = transaction.partitions();
        Predicate<String> wanted = key -> expression.isEmpty() || expression.get().matches(PartitionValues.values(key));
        Optional<IndexPosition> position = after.flatMap(IndexPosition::of);
        if (expression.isEmpty() || (after.isPresent() && position.isEmpty())) {
            return partitions.page(table.databaseName(), table.name(), segment, after, limit, wanted);
        }
        PartitionIndexes indexes = new PartitionIndexes(transaction.partitionIndexes(), table);
        // what began in the order of one index goes on in it
        Optional<Choice> choice = position.isPresent() ? Optional.of(indexes.choose(position.get().index(), expression.get())) : indexes.choose(expression.get());
        if (choice.isEmpty()) {
            return partitions.page(table.databaseName(), table.name(), segment, after, limit, wanted);
        }
        return partitions.page(table.databaseName(), table.name(), choice.get().index().row().name(), choice.get().selection().ranges(), segment, position, limit, wanted);
    }

    private static PartitionSegment segment(Segment segment)
    {
        int number = required(segment.segmentNumber(), "segment.segmentNumber");
        int total = required(segment.totalSegments(), "segment.totalSegments");
        if (total < 1 || total > MAX_SEGMENTS) {
            throw between("segment.totalSegments", 1, MAX_SEGMENTS);
        }
        if (number < 0 || number >= total) {
            throw between("segment.segmentNumber", 0, total - 1);
        }
        return new PartitionSegment(number, total);
    }

    private static AwsException between(String path, int minimum, int maximum)
    {
        return validation(path, "Member must have value from %s to %s".formatted(minimum, maximum));
    }

    private static Partition withoutColumns(Partition partition)
    {
        if (partition.storageDescriptor() == null) {
            return partition;
        }
        return partition.toBuilder()
                .storageDescriptor(partition.storageDescriptor().toBuilder().columns((Collection<Column>) null).build())
                .build();
    }
}
