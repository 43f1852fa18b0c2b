package io.tarn.athena.execute;

import com.google.common.collect.ImmutableList;
import com.google.inject.Inject;
import io.tarn.athena.statement.AddColumns;
import io.tarn.athena.statement.AthenaStatement;
import io.tarn.athena.statement.DropTable;
import io.tarn.athena.statement.DropView;
import io.tarn.athena.statement.PartitionValue;
import io.tarn.athena.statement.ReplaceColumns;
import io.tarn.athena.statement.SetLocation;
import io.tarn.athena.statement.SetTableProperties;
import io.tarn.athena.statement.TableName;
import io.tarn.ddl.BucketDeclaration;
import io.tarn.format.FileSchema;
import io.tarn.metastore.LiveTables;
import io.tarn.scan.FileSchemas;
import io.tarn.view.ViewDefinitions;
import io.tarn.view.ViewStatements;
import io.trino.metastore.Column;
import io.trino.metastore.Partition;
import io.trino.metastore.PartitionStatistics;
import io.trino.metastore.PartitionWithStatistics;
import io.trino.metastore.Table;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.connector.ViewNotFoundException;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

import static io.tarn.error.TarnErrorCode.TARN_STATEMENT_REFUSED;
import static io.trino.spi.StandardErrorCode.DUPLICATE_COLUMN_NAME;
import static java.util.Objects.requireNonNull;

/**
 * What statements do to tables of Hive's kind that are there, and to views. Each is one versioned change of the
 * catalogue, and files are left where they are.
 */
public class TableChanges
{
    private final HiveTables tables;
    private final LiveTables liveTables;
    private final ViewStatements views;
    private final DeclaredLocations locations;
    private final MovedColumns movedColumns;

    @Inject
    public TableChanges(HiveTables tables, LiveTables liveTables, ViewStatements views, DeclaredLocations locations, MovedColumns movedColumns)
    {
        this.tables = requireNonNull(tables, "tables is null");
        this.liveTables = requireNonNull(liveTables, "liveTables is null");
        this.views = requireNonNull(views, "views is null");
        this.locations = requireNonNull(locations, "locations is null");
        this.movedColumns = requireNonNull(movedColumns, "movedColumns is null");
    }

    /**
     * Of an external table the files stay; those of a table that Tarn owns go, as with Trino's statement.
     */
    void drop(DropTable statement, StatementContext context)
    {
        SchemaTableName name = context.table(statement.table());
        if (statement.ifExists() && tables.find(context, name).isEmpty()) {
            return;
        }
        tables.hive(context, name, statement);
        context.metastore().dropTable(name.getSchemaName(), name.getTableName(), true);
    }

    void drop(DropView statement, StatementContext context)
    {
        SchemaTableName name = context.table(statement.table());
        Optional<Table> found = tables.find(context, name);
        if (found.isEmpty()) {
            if (statement.ifExists()) {
                return;
            }
            throw new ViewNotFoundException(name);
        }
        if (!ViewDefinitions.isView(found.get())) {
            throw new TrinoException(TARN_STATEMENT_REFUSED, "%s is a table, and not a view: use DROP TABLE".formatted(name));
        }
        views.drop(context.metastore(), name);
    }

    void addColumns(AddColumns statement, StatementContext context)
    {
        List<Column> added = DeclaredColumns.columns(statement.columns());
        changeColumns(statement, statement.table(), statement.partition(), context, columns -> ImmutableList.<Column>builder().addAll(columns).addAll(added).build());
    }

    /**
     * Without a look at the files: whether the new columns fit what is in them is found out by reading.
     *
     * @return where columns are found by their position, which of them show the values of others from now on
     */
    Optional<String> replaceColumns(ReplaceColumns statement, StatementContext context)
    {
        List<Column> replacement = DeclaredColumns.columns(statement.columns());
        FileSchema before = changeColumns(statement, statement.table(), statement.partition(), context, _ -> replacement);
        return movedColumns.note(context.table(statement.table()), before, replacement);
    }

    /**
     * @return what the files of the table, or of the partition, were declared as
     */
    private FileSchema changeColumns(AthenaStatement statement, TableName tableName, List<PartitionValue> partition, StatementContext context, UnaryOperator<List<Column>> change)
    {
        SchemaTableName name = context.table(tableName);
        Table table = tables.hive(context, name, statement);
        if (!partition.isEmpty()) {
            Partition before = changePartition(context, table, partition, found -> {
                List<Column> columns = change.apply(found.getColumns());
                requireDistinct(table, columns);
                return Partition.builder(found).setColumns(columns).build();
            });
            return FileSchemas.of(Table.builder(table)
                    .withStorage(storage -> storage.setStorageFormat(before.getStorage().getStorageFormat()).setSerdeParameters(before.getStorage().getSerdeParameters()))
                    .setDataColumns(before.getColumns().isEmpty() ? table.getDataColumns() : before.getColumns())
                    .build());
        }
        liveTables.changeTable(name, current -> {
            List<Column> columns = change.apply(current.getDataColumns());
            requireDistinct(current, columns);
            requireBuckets(current, columns);
            return Table.builder(current).setDataColumns(columns).build();
        });
        return FileSchemas.of(table);
    }

    private static void requireDistinct(Table table, List<Column> columns)
    {
        Set<String> names = new HashSet<>();
        table.getPartitionColumns().forEach(key -> names.add(key.getName()));
        for (Column column : columns) {
            if (!names.add(column.getName())) {
                throw new TrinoException(DUPLICATE_COLUMN_NAME, "Duplicate column name: table %s would have the column '%s' twice, or as a partition key too".formatted(table.getSchemaTableName(), column.getName()));
            }
        }
    }

    private static void requireBuckets(Table table, List<Column> columns)
    {
        Set<String> names = new HashSet<>();
        columns.forEach(column -> names.add(column.getName()));
        for (Column column : table.getDataColumns()) {
            if (!names.contains(column.getName())) {
                BucketDeclaration.requireFree(table, column.getName(), "replaced");
            }
        }
    }

    void setLocation(SetLocation statement, StatementContext context)
    {
        SchemaTableName name = context.table(statement.table());
        Table table = tables.hive(context, name, statement);
        String location = locations.requireFolder(context, statement.location());
        if (!statement.partition().isEmpty()) {
            changePartition(context, table, statement.partition(), found -> Partition.builder(found).withStorage(storage -> storage.setLocation(location)).build());
            return;
        }
        liveTables.changeTable(name, current -> Table.builder(current).withStorage(storage -> storage.setLocation(location)).build());
    }

    void setProperties(SetTableProperties statement, StatementContext context)
    {
        SchemaTableName name = context.table(statement.table());
        tables.hive(context, name, statement);
        DeclaredProperties.requireSettable(statement.properties());
        if ("ICEBERG".equalsIgnoreCase(statement.properties().get(DeclaredProperties.TABLE_TYPE))) {
            throw new TrinoException(TARN_STATEMENT_REFUSED, "Table %s does not become an Iceberg table by a property: create one with CREATE TABLE AS".formatted(name));
        }
        liveTables.changeTable(name, current -> {
            Map<String, String> parameters = new HashMap<>(current.getParameters());
            parameters.putAll(statement.properties());
            return Table.builder(current).setParameters(parameters).build();
        });
    }

    /**
     * @return the partition as it was
     */
    private static Partition changePartition(StatementContext context, Table table, List<PartitionValue> spec, UnaryOperator<Partition> change)
    {
        List<String> values = PartitionSpec.values(table, spec);
        Partition partition = PartitionSpec.require(context, table, values);
        context.metastore().alterPartition(
                table.getDatabaseName(),
                table.getTableName(),
                new PartitionWithStatistics(change.apply(partition), PartitionSpec.name(table, values), PartitionStatistics.empty()));
        return partition;
    }
}
