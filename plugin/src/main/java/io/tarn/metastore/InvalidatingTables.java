package io.tarn.metastore;

import io.trino.metastore.Table;
import io.trino.metastore.TableInfo;
import io.trino.metastore.cache.CachingHiveMetastore;
import io.trino.spi.connector.SchemaTableName;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

import static java.util.Objects.requireNonNull;

/**
 * Makes a cache forget what was changed past it.
 */
final class InvalidatingTables
        implements LiveTables
{
    private final LiveTables tables;
    private final CachingHiveMetastore cache;

    InvalidatingTables(LiveTables tables, CachingHiveMetastore cache)
    {
        this.tables = requireNonNull(tables, "tables is null");
        this.cache = requireNonNull(cache, "cache is null");
    }

    @Override
    public List<TableInfo> tables(String schemaName)
    {
        return tables.tables(schemaName);
    }

    @Override
    public Optional<Table> table(SchemaTableName name)
    {
        return tables.table(name);
    }

    @Override
    public void changeParameters(SchemaTableName name, UnaryOperator<Map<String, String>> change)
    {
        try {
            tables.changeParameters(name, change);
        }
        finally {
            cache.invalidateTable(name.getSchemaName(), name.getTableName());
        }
    }

    @Override
    public void changeTable(SchemaTableName name, UnaryOperator<Table> change)
    {
        try {
            tables.changeTable(name, change);
        }
        finally {
            cache.invalidateTable(name.getSchemaName(), name.getTableName());
        }
    }

    @Override
    public Iterator<List<String>> partitionValues(SchemaTableName name)
    {
        return tables.partitionValues(name);
    }

    @Override
    public void dropPartitions(SchemaTableName name, List<List<String>> values)
    {
        try {
            tables.dropPartitions(name, values);
        }
        finally {
            cache.invalidateTable(name.getSchemaName(), name.getTableName());
        }
    }
}
