package io.tarn.connector;

import com.google.common.collect.ImmutableList;
import io.tarn.bucket.Bucketing;
import io.tarn.connector.TarnColumnHandle.Kind;
import io.tarn.partition.PartitionKey;
import io.tarn.type.HiveTypes;
import io.trino.metastore.Column;
import io.trino.metastore.Table;
import io.trino.spi.connector.ColumnMetadata;
import io.trino.spi.type.Type;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The columns of a table as the engine sees them. A column whose type Trino lacks (a union, an interval) is left out,
 * so that the others can be read.
 */
final class TableColumns
{
    private TableColumns() {}

    static List<TarnColumnHandle> partitionKeys(Table table)
    {
        return handles(table.getPartitionColumns(), Kind.PARTITION_KEY);
    }

    static List<PartitionKey> keys(List<TarnColumnHandle> partitionKeys)
    {
        return partitionKeys.stream().map(key -> new PartitionKey(key.name(), key.type())).toList();
    }

    /**
     * Data columns, partition keys, then hidden ones.
     */
    static List<TarnColumnHandle> all(Table table)
    {
        ImmutableList.Builder<TarnColumnHandle> columns = ImmutableList.builder();
        Set<String> names = new HashSet<>();
        for (TarnColumnHandle key : partitionKeys(table)) {
            names.add(key.name());
        }
        for (TarnColumnHandle column : handles(table.getDataColumns(), Kind.DATA)) {
            // a crawler may have found the key in the files too: the partition's value is the one that counts
            if (names.add(column.name())) {
                columns.add(column);
            }
        }
        columns.addAll(partitionKeys(table));
        boolean bucketed = Bucketing.of(table).isPresent();
        for (HiddenColumn hidden : HiddenColumn.values()) {
            if (bucketed || hidden != HiddenColumn.BUCKET) {
                columns.add(hidden.handle());
            }
        }
        return columns.build();
    }

    static List<ColumnMetadata> metadata(Table table)
    {
        ImmutableList.Builder<ColumnMetadata> columns = ImmutableList.builder();
        for (TarnColumnHandle column : all(table)) {
            columns.add(switch (column.kind()) {
                case DATA -> metadata(column, table.getDataColumns(), Optional.empty());
                case PARTITION_KEY -> metadata(column, table.getPartitionColumns(), Optional.of("partition key"));
                case HIDDEN -> HiddenColumn.of(column).metadata();
            });
        }
        return columns.build();
    }

    private static ColumnMetadata metadata(TarnColumnHandle handle, List<Column> declared, Optional<String> extraInfo)
    {
        Optional<String> comment = declared.stream()
                .filter(column -> column.getName().equalsIgnoreCase(handle.name()))
                .findFirst()
                .flatMap(Column::getComment);
        return ColumnMetadata.builder()
                .setName(handle.name())
                .setType(handle.type())
                .setComment(comment)
                .setExtraInfo(extraInfo)
                .build();
    }

    private static List<TarnColumnHandle> handles(List<Column> columns, Kind kind)
    {
        ImmutableList.Builder<TarnColumnHandle> handles = ImmutableList.builder();
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            int ordinal = kind == Kind.DATA ? i : -1;
            Optional<Type> type = HiveTypes.trinoType(column.getType());
            type.ifPresent(value -> handles.add(new TarnColumnHandle(kind, column.getName().toLowerCase(Locale.ENGLISH), ordinal, ImmutableList.of(), column.getType(), value)));
        }
        return handles.build();
    }
}
