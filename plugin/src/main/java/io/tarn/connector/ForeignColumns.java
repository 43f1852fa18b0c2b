package io.tarn.connector;

import com.google.common.collect.ImmutableList;
import io.tarn.type.HiveTypes;
import io.trino.metastore.Column;
import io.trino.metastore.Table;
import io.trino.spi.connector.ColumnMetadata;
import io.trino.spi.type.Type;
import io.trino.spi.type.TypeId;
import io.trino.spi.type.TypeManager;
import io.trino.spi.type.TypeNotFoundException;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static java.util.Locale.ENGLISH;

/**
 * What the catalogue says of the columns of another connector's table.
 */
final class ForeignColumns
{
    // Trino's Iceberg connector keeps beside Hive's type, which lacks some, what the column is in Trino
    private static final String TRINO_TYPE = "trino_type_id";
    private static final String NOT_NULL = "trino_not_null";

    private ForeignColumns() {}

    /**
     * Columns whose type Trino lacks are left out.
     */
    static List<ColumnMetadata> metadata(Table table, TypeManager typeManager)
    {
        Map<String, ColumnMetadata> columns = new LinkedHashMap<>();
        for (Column column : ImmutableList.<Column>builder().addAll(table.getDataColumns()).addAll(table.getPartitionColumns()).build()) {
            type(column, typeManager).ifPresent(type -> columns.putIfAbsent(
                    column.getName().toLowerCase(ENGLISH),
                    ColumnMetadata.builder()
                            .setName(column.getName())
                            .setType(type)
                            .setComment(column.getComment())
                            .setNullable(!Boolean.parseBoolean(column.getProperties().get(NOT_NULL)))
                            .build()));
        }
        return ImmutableList.copyOf(columns.values());
    }

    private static Optional<Type> type(Column column, TypeManager typeManager)
    {
        String exact = column.getProperties().get(TRINO_TYPE);
        if (exact != null) {
            try {
                return Optional.of(typeManager.getType(TypeId.of(exact)));
            }
            catch (TypeNotFoundException | IllegalArgumentException _) {
                // a later Trino may know more types
            }
        }
        return HiveTypes.trinoType(column.getType());
    }
}
