package io.tarn.athena.execute;

import io.tarn.athena.statement.PartitionValue;
import io.tarn.maintenance.PartitionKeys;
import io.tarn.partition.PartitionValues;
import io.trino.metastore.Partition;
import io.trino.metastore.Table;
import io.trino.spi.TrinoException;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.tarn.error.TarnErrorCode.TARN_PARTITION_CONFLICT;
import static io.tarn.error.TarnErrorCode.TARN_STATEMENT_REFUSED;
import static io.trino.metastore.Partitions.makePartName;

/**
 * The partitions that {@code PARTITION (key = value, ...)} names.
 */
final class PartitionSpec
{
    private PartitionSpec() {}

    /**
     * The values in the keys' order.
     *
     * @throws TrinoException {@code TARN_STATEMENT_REFUSED} where a key is missing, is none of the table's or is there
     *         twice, {@code TARN_INVALID_METADATA} where a value is none of its key's type
     */
    static List<String> values(Table table, List<PartitionValue> spec)
    {
        Map<String, String> given = given(table, spec);
        List<String> keys = PartitionKeys.names(table);
        if (given.size() < keys.size()) {
            throw new TrinoException(TARN_STATEMENT_REFUSED, "PARTITION (%s) does not name a partition of table %s: give each of its keys %s a value".formatted(text(spec), table.getSchemaTableName(), keys));
        }
        List<String> values = keys.stream().map(given::get).collect(toImmutableList());
        if (values.contains("")) {
            throw new TrinoException(TARN_STATEMENT_REFUSED, "PARTITION (%s) has an empty value: the partition of the rows where a key is NULL has the value '__HIVE_DEFAULT_PARTITION__'".formatted(text(spec)));
        }
        PartitionValues.parse(table.getSchemaTableName(), PartitionKeys.of(table), values);
        return values;
    }

    /**
     * The values of the keys that are named, which need not be all.
     *
     * @throws TrinoException {@code TARN_STATEMENT_REFUSED} where a key is none of the table's or is there twice
     */
    static Map<String, String> given(Table table, List<PartitionValue> spec)
    {
        requirePartitioned(table);
        List<String> keys = PartitionKeys.names(table);
        Map<String, String> given = new HashMap<>();
        for (PartitionValue value : spec) {
            requireKey(table, keys, value.column());
            if (given.putIfAbsent(value.column(), value.value()) != null) {
                throw new TrinoException(TARN_STATEMENT_REFUSED, "PARTITION (%s) names '%s' twice".formatted(text(spec), value.column()));
            }
        }
        return given;
    }

    static void requireKey(Table table, List<String> keys, String name)
    {
        if (!keys.contains(name)) {
            throw new TrinoException(TARN_STATEMENT_REFUSED, "'%s' is no partition key of table %s, which has %s".formatted(name, table.getSchemaTableName(), keys));
        }
    }

    static void requirePartitioned(Table table)
    {
        if (table.getPartitionColumns().isEmpty()) {
            throw new TrinoException(TARN_STATEMENT_REFUSED, "Table %s is not a partitioned table".formatted(table.getSchemaTableName()));
        }
    }

    /**
     * @throws TrinoException {@code TARN_PARTITION_CONFLICT} where the partition is not registered
     */
    static Partition require(StatementContext context, Table table, List<String> values)
    {
        return context.metastore().getPartition(table, values)
                .orElseThrow(() -> new TrinoException(TARN_PARTITION_CONFLICT, "Partition %s of table %s does not exist. SHOW PARTITIONS lists those that do.".formatted(name(table, values), table.getSchemaTableName())));
    }

    /**
     * As the catalogue and folders have it, with the values escaped.
     */
    static String name(Table table, List<String> values)
    {
        return makePartName(PartitionKeys.names(table), values);
    }

    private static String text(List<PartitionValue> spec)
    {
        return String.join(", ", spec.stream().map(value -> value.column() + "=" + value.value()).toList());
    }
}
