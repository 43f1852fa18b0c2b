package io.tarn.connector;

import io.tarn.metastore.LiveTables;
import io.trino.metastore.Column;
import io.trino.metastore.HiveMetastore;
import io.trino.metastore.Partitions;
import io.trino.metastore.Table;
import io.trino.metastore.TableInfo;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.connector.TableNotFoundException;
import io.trino.spi.predicate.TupleDomain;

import java.util.Iterator;
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
    public synchronized void changeTable(SchemaTableName name, UnaryOperator<Table> change)
    {
        Table table = table(name).orElseThrow(() -> new TableNotFoundException(name));
        metastore.replaceTable(name.getSchemaName(), name.getTableName(), change.apply(table), NO_PRIVILEGES, Map.of());
    }

    @Override
    public Iterator<List<String>> partitionValues(SchemaTableName name)
    {
        return table(name)
                .flatMap(table -> metastore.getPartitionNamesByFilter(name.getSchemaName(), name.getTableName(), table.getPartitionColumns().stream().map(Column::getName).toList(), TupleDomain.all()))
                .orElse(List.of())
                .stream()
                .map(Partitions::toPartitionValues)
                .iterator();
    }

    @Override
    public synchronized void dropPartitions(SchemaTableName name, List<List<String>> values)
    {
        values.forEach(one -> metastore.dropPartition(name.getSchemaName(), name.getTableName(), one, false));
    }
}
