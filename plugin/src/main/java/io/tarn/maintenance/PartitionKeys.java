package io.tarn.maintenance;

import io.tarn.partition.PartitionKey;
import io.tarn.type.HiveTypes;
import io.trino.metastore.Column;
import io.trino.metastore.Table;
import io.trino.spi.TrinoException;

import java.util.List;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.tarn.error.TarnErrorCode.TARN_INVALID_METADATA;

/**
 * The keys that a table is partitioned by.
 */
public final class PartitionKeys
{
    private PartitionKeys() {}

    /**
     * @throws TrinoException {@code TARN_INVALID_METADATA} where a key's type is none of Trino's
     */
    public static List<PartitionKey> of(Table table)
    {
        return table.getPartitionColumns().stream()
                .map(column -> key(table, column))
                .collect(toImmutableList());
    }

    /**
     * In the table's order.
     */
    public static List<String> names(Table table)
    {
        return table.getPartitionColumns().stream().map(Column::getName).collect(toImmutableList());
    }

    private static PartitionKey key(Table table, Column column)
    {
        return HiveTypes.trinoType(column.getType())
                .map(type -> new PartitionKey(column.getName(), type))
                .orElseThrow(() -> new TrinoException(TARN_INVALID_METADATA, "Partition key '%s' of table %s has the type %s, whose values no folder's name can hold. Correct it in the catalogue."
                        .formatted(column.getName(), table.getSchemaTableName(), column.getType())));
    }
}
