package io.tarn.server.thrift.filter;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.trino.metastore.Column;
import io.trino.metastore.HiveType;

import java.util.List;
import java.util.Map;

import static com.google.common.collect.ImmutableList.toImmutableList;

/**
 * The partition keys of a table.
 */
public final class PartitionKeys
{
    private final List<String> names;
    private final Map<String, HiveType> types;

    public PartitionKeys(List<Column> columns)
    {
        names = columns.stream().map(Column::getName).collect(toImmutableList());
        ImmutableMap.Builder<String, HiveType> types = ImmutableMap.builder();
        columns.forEach(column -> types.put(column.getName(), column.getType()));
        this.types = types.buildKeepingLast();
    }

    public List<String> names()
    {
        return ImmutableList.copyOf(names);
    }

    int index(String key)
    {
        return names.indexOf(key);
    }

    HiveType type(String key)
    {
        return types.get(key);
    }
}
