package io.tarn.server.thrift.convert;

import com.google.common.collect.ImmutableList;
import io.trino.metastore.Column;
import io.trino.metastore.HiveType;
import org.apache.hadoop.hive.metastore.api.FieldSchema;
import org.apache.hadoop.hive.metastore.api.InvalidObjectException;
import org.apache.hadoop.hive.metastore.api.MetaException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static java.util.Locale.ENGLISH;

/**
 * Columns between Hive's form and the metastore's.
 */
public final class HiveColumns
{
    private HiveColumns() {}

    public static List<FieldSchema> toHive(List<Column> columns)
    {
        List<FieldSchema> result = new ArrayList<>(columns.size());
        for (Column column : columns) {
            result.add(new FieldSchema(column.getName(), column.getType().getHiveTypeName().toString(), column.getComment().orElse(null)));
        }
        return result;
    }

    /**
     * @param owner the table or partition that has the columns
     */
    static List<Column> toColumns(String owner, List<FieldSchema> columns)
            throws InvalidObjectException, MetaException
    {
        ImmutableList.Builder<Column> result = ImmutableList.builder();
        for (FieldSchema column : columns == null ? ImmutableList.<FieldSchema>of() : columns) {
            result.add(new Column(HiveNames.object(column.getName()), toType(owner, column), Optional.ofNullable(column.getComment()), Map.of()));
        }
        return result.build();
    }

    private static HiveType toType(String owner, FieldSchema column)
            throws InvalidObjectException
    {
        if (column.getType() == null || column.getType().isBlank()) {
            throw new InvalidObjectException("Column %s of %s has no type".formatted(column.getName(), owner));
        }
        try {
            return HiveType.valueOf(column.getType().toLowerCase(ENGLISH));
        }
        catch (RuntimeException e) {
            throw new InvalidObjectException("Column %s of %s has the type '%s', which is none of Hive's: %s".formatted(column.getName(), owner, column.getType(), e.getMessage()));
        }
    }
}
