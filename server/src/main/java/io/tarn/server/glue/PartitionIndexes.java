package io.tarn.server.glue;

import com.google.common.collect.ImmutableMap;
import io.tarn.server.aws.AwsException;
import io.tarn.server.glue.PartitionIndexRows.PartitionIndexRow;
import io.tarn.server.glue.PartitionIndexRows.Status;
import io.tarn.server.glue.expression.KeyOrder;
import io.tarn.server.glue.expression.PartitionExpression;
import io.tarn.server.glue.expression.PartitionExpression.Key;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.Table;

import java.util.List;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.tarn.server.glue.GlueErrors.invalidInput;
import static java.util.Comparator.comparingInt;
import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

/**
 * The partition indexes of one table, in one transaction, kept up with its partitions.
 */
final class PartitionIndexes
{
    private final PartitionIndexRows rows;
    private final List<Index> indexes;

    /**
     * @param order of the partitions in the index
     */
    record Index(PartitionIndexRow row, KeyOrder order) {}

    /**
     * An index in which partitions that an expression may select stand together.
     */
    record Choice(Index index, KeyOrder.Selection selection) {}

    PartitionIndexes(PartitionIndexRows rows, Table table)
    {
        this.rows = requireNonNull(rows, "rows is null");
        List<Key> keys = keys(table);
        this.indexes = rows.list(table.databaseName(), table.name()).stream()
                .filter(row -> row.status() != Status.DELETING)
                .map(row -> new Index(row, KeyOrder.of(keys, row.keys())))
                .collect(toImmutableList());
    }

    static List<Key> keys(Table table)
    {
        return table.partitionKeys().stream()
                .map(PartitionIndexes::key)
                .toList();
    }

    private static Key key(Column column)
    {
        return new Key(column.name(), requireNonNullElse(column.type(), "string"));
    }

    /**
     * @param key of the partition's values
     */
    void add(String key)
    {
        for (Index index : indexes) {
            rows.addEntries(index.row(), ImmutableMap.of(key, index.order().position(PartitionValues.values(key))));
        }
    }

    void remove(String key)
    {
        for (Index index : indexes) {
            rows.deleteEntry(index.row(), index.order().position(PartitionValues.values(key)), key);
        }
    }

    /**
     * @param name of the index that a listing began with
     * @throws AwsException {@code InvalidInputException} where it is gone
     */
    Choice choose(String name, PartitionExpression expression)
    {
        return indexes.stream()
                .filter(index -> index.row().status() == Status.ACTIVE && index.row().name().equals(name))
                .map(index -> new Choice(index, index.order().select(expression)))
                .findFirst()
                .orElseThrow(() -> invalidInput("The listing was in the order of the partition index %s, which was deleted meanwhile: begin again without NextToken".formatted(name)));
    }

    /**
     * The index of which most keys say where the partitions are.
     */
    Optional<Choice> choose(PartitionExpression expression)
    {
        return indexes.stream()
                .filter(index -> index.row().status() == Status.ACTIVE)
                .map(index -> new Choice(index, index.order().select(expression)))
                .filter(choice -> choice.selection().keys() > 0)
                .max(comparingInt(choice -> choice.selection().keys()));
    }
}
