package io.tarn.metastore;

import io.airlift.log.Logger;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.connector.TableNotFoundException;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.Table;

import java.util.List;
import java.util.stream.Stream;

import static io.tarn.metastore.GluePartitions.toPartitionInput;
import static io.tarn.metastore.GlueTables.toTableInput;
import static java.util.Objects.requireNonNull;

/**
 * Renames a table. Glue has no such call, so a table of the new name is made, with all partitions and the statistics
 * of its columns, before the old one is dropped; the data stays where it is. Statistics of the columns of single
 * partitions are not carried over, for there is a call to make for each.
 */
final class TableRenamer
{
    private static final Logger log = Logger.get(TableRenamer.class);

    private final TableStore tables;
    private final PartitionStore partitions;
    private final PartitionWriter partitionWriter;
    private final ColumnStatisticsCalls columnStatistics;

    TableRenamer(TableStore tables, PartitionStore partitions, PartitionWriter partitionWriter, ColumnStatisticsCalls columnStatistics)
    {
        this.tables = requireNonNull(tables, "tables is null");
        this.partitions = requireNonNull(partitions, "partitions is null");
        this.partitionWriter = requireNonNull(partitionWriter, "partitionWriter is null");
        this.columnStatistics = requireNonNull(columnStatistics, "columnStatistics is null");
    }

    /**
     * Where any step fails, the new table is dropped, and the old one is as it was.
     */
    void rename(SchemaTableName from, SchemaTableName to)
    {
        Table table = tables.glueTable(from.getSchemaName(), from.getTableName())
                .orElseThrow(() -> new TableNotFoundException(from));
        tables.create(to, toTableInput(table).toBuilder().name(to.getTableName()).build());
        try {
            copyPartitions(table, from, to);
            copyStatistics(table, from, to);
            tables.drop(from.getSchemaName(), from.getTableName(), false);
        }
        catch (RuntimeException e) {
            try {
                tables.drop(to.getSchemaName(), to.getTableName(), false);
            }
            catch (RuntimeException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    private void copyPartitions(Table table, SchemaTableName from, SchemaTableName to)
    {
        if (table.partitionKeys().isEmpty()) {
            return;
        }
        partitions.forEachPage(from.getSchemaName(), from.getTableName(), page -> partitionWriter.create(
                to.getSchemaName(),
                to.getTableName(),
                page.stream()
                        .map(partition -> toPartitionInput(partition, GlueMaps.withoutNulls(partition.parameters())))
                        .toList()));
    }

    private void copyStatistics(Table table, SchemaTableName from, SchemaTableName to)
    {
        List<String> columnNames = Stream.concat(
                        table.storageDescriptor() == null ? Stream.empty() : table.storageDescriptor().columns().stream(),
                        table.partitionKeys().stream())
                .map(Column::name)
                .distinct()
                .toList();
        try {
            columnStatistics.ofTable(to.getSchemaName(), to.getTableName())
                    .writeGlue(columnStatistics.ofTable(from.getSchemaName(), from.getTableName()).readGlue(columnNames));
        }
        catch (RuntimeException e) {
            // they can be computed again, and not every service with Glue's API keeps them
            log.warn("Table %s is renamed to %s without the statistics of its columns: %s", from, to, e.getMessage());
        }
    }
}
