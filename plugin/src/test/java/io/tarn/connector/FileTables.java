package io.tarn.connector;

import io.tarn.metastore.LiveTables;
import io.trino.metastore.HiveMetastore;
import io.trino.metastore.Table;
import io.trino.metastore.TableInfo;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.connector.TableNotFoundException;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

import static io.trino.metastore.PrincipalPrivileges.NO_PRIVILEGES;
import static java.util.Objects.requireNonNull;

/**
 * The tables of a metastore that nobody else changes.
 */
final class FileTables
        implements LiveTables
{
    private final HiveMetastore metastore;

    FileTables(HiveMetastore metastore)
    {
        this.metastore = requireNonNull(metastore, "metastore is null");
    }

    @Override
    public List<TableInfo> tables(String schemaName)
    {
        return metastore.getTables(schemaName);
    }

    @Override
    public Optional<Table> table(SchemaTableName name)
    {
        return metastore.getTable(name.getSchemaName(), name.getTableName());
    }

    @Override
    public synchronized void changeParameters(SchemaTableName name, UnaryOperator<Map<String, String>> change)
    {
        Table table = table(name).orElseThrow(() -> new TableNotFoundException(name));
        Table changed = Table.builder(table).setParameters(change.apply(table.getParameters())).build();
        metastore.replaceTable(name.getSchemaName(), name.getTableName(), changed, NO_PRIVILEGES, Map.of());
    }

    @Override
    public synchronized void dropPartitions(SchemaTableName name, List<List<String>> values)
    {
        values.forEach(one -> metastore.dropPartition(name.getSchemaName(), name.getTableName(), one, false));
    }
}
