package io.tarn.server.glue;

import com.google.common.base.Suppliers;
import io.tarn.server.aws.AwsException;
import io.tarn.server.aws.SdkJsonReader;
import io.tarn.server.aws.SdkJsonWriter;
import io.tarn.server.glue.PartitionRows.PartitionRow;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.PartitionInput;
import software.amazon.awssdk.services.glue.model.Table;

import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

import static io.tarn.server.glue.GlueErrors.alreadyExists;
import static io.tarn.server.glue.GlueErrors.entityNotFound;
import static io.tarn.server.glue.GlueErrors.invalidInput;
import static io.tarn.server.glue.GlueService.CATALOG_ID;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

/**
 * The partitions of one table, in one transaction.
 */
final class Partitions
{
    private final PartitionRows rows;
    private final Table table;
    // asked only by those who write
    private final Supplier<PartitionIndexes> indexes;

    /**
     * @throws AwsException {@code EntityNotFoundException} where there is no such table
     */
    Partitions(GlueTransaction transaction, String database, String name)
    {
        requireNonNull(transaction, "transaction is null");
        this.rows = transaction.partitions();
        this.table = Tables.table(transaction.tables().require(database, name));
        this.indexes = Suppliers.memoize(() -> new PartitionIndexes(transaction.partitionIndexes(), table));
    }

    Table table()
    {
        return table;
    }

    void create(PartitionInput input, long now)
    {
        String key = key(input.hasValues() ? input.values() : null);
        if (!rows.insert(new PartitionRow(table.databaseName(), table.name(), key, SdkJsonWriter.writeText(input), now))) {
            throw alreadyExists("Partition %s already exists.".formatted(describe(input.values())));
        }
        indexes.get().add(key);
    }

    PartitionRow require(List<String> values)
    {
        return rows.find(table.databaseName(), table.name(), key(values))
                .orElseThrow(() -> notFound(values));
    }

    /**
     * @param values of the partition; the input's may be others, which it then has
     */
    void update(List<String> values, PartitionInput input)
    {
        PartitionRow current = require(values);
        String newKey = key(input.hasValues() ? input.values() : null);
        if (!newKey.equals(current.key()) && rows.find(table.databaseName(), table.name(), newKey).isPresent()) {
            throw alreadyExists("Partition %s already exists.".formatted(describe(input.values())));
        }
        rows.update(current.key(), new PartitionRow(table.databaseName(), table.name(), newKey, SdkJsonWriter.writeText(input), current.created()));
        if (!newKey.equals(current.key())) {
            indexes.get().remove(current.key());
            indexes.get().add(newKey);
        }
    }

    void delete(List<String> values)
    {
        String key = key(values);
        if (!rows.delete(table.databaseName(), table.name(), key)) {
            throw notFound(values);
        }
        indexes.get().remove(key);
    }

    static Partition partition(PartitionRow row)
    {
        // a PartitionInput's members are all a Partition's
        return SdkJsonReader.read(row.definition(), Partition.builder())
                .databaseName(row.database())
                .tableName(row.table())
                .catalogId(CATALOG_ID)
                .creationTime(Instant.ofEpochMilli(row.created()))
                .build();
    }

    /**
     * @throws AwsException {@code InvalidInputException} where there is not one value for each partition key
     */
    String key(List<String> values)
    {
        List<Column> keys = table.partitionKeys();
        if (values == null || values.isEmpty() || values.size() != keys.size()) {
            throw invalidInput("The number of partition keys do not match the number of partition values: table %s.%s has the keys %s, the values are %s".formatted(
                    table.databaseName(),
                    table.name(),
                    keys.stream().map(Column::name).collect(joining(", ", "[", "]")),
                    values == null ? List.of() : values));
        }
        return PartitionValues.key(values);
    }

    private AwsException notFound(List<String> values)
    {
        return entityNotFound("Cannot find partition %s.".formatted(describe(values)));
    }

    private String describe(List<String> values)
    {
        return "%s of %s.%s".formatted(values, table.databaseName(), table.name());
    }
}
