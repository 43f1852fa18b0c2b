package io.tarn.connector.athena;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.tarn.athena.execute.StatementContext;
import io.tarn.athena.statement.AddColumns;
import io.tarn.athena.statement.AddPartitions;
import io.tarn.athena.statement.AlterDatabaseProperties;
import io.tarn.athena.statement.AthenaStatement;
import io.tarn.athena.statement.ChangeColumn;
import io.tarn.athena.statement.CreateDatabase;
import io.tarn.athena.statement.CreateTable;
import io.tarn.athena.statement.DatabaseName;
import io.tarn.athena.statement.DatabaseStatement;
import io.tarn.athena.statement.DescribeTable;
import io.tarn.athena.statement.DescribeTable.Detail;
import io.tarn.athena.statement.DescribeView;
import io.tarn.athena.statement.DropColumn;
import io.tarn.athena.statement.DropDatabase;
import io.tarn.athena.statement.DropPartitions;
import io.tarn.athena.statement.DropTable;
import io.tarn.athena.statement.DropView;
import io.tarn.athena.statement.OptimizeTable;
import io.tarn.athena.statement.PartitionStatement;
import io.tarn.athena.statement.QueryStatement;
import io.tarn.athena.statement.RefusedStatement;
import io.tarn.athena.statement.RenamePartition;
import io.tarn.athena.statement.RenameTable;
import io.tarn.athena.statement.RepairTable;
import io.tarn.athena.statement.ReplaceColumns;
import io.tarn.athena.statement.SetLocation;
import io.tarn.athena.statement.SetTableProperties;
import io.tarn.athena.statement.ShowColumns;
import io.tarn.athena.statement.ShowCreateTable;
import io.tarn.athena.statement.ShowCreateView;
import io.tarn.athena.statement.ShowDatabases;
import io.tarn.athena.statement.ShowPartitions;
import io.tarn.athena.statement.ShowStatement;
import io.tarn.athena.statement.ShowTableProperties;
import io.tarn.athena.statement.ShowTables;
import io.tarn.athena.statement.ShowViews;
import io.tarn.athena.statement.TableName;
import io.tarn.athena.statement.TableStatement;
import io.tarn.athena.statement.UnsetTableProperties;
import io.tarn.athena.statement.VacuumTable;
import io.trino.metastore.Column;
import io.trino.metastore.HiveMetastore;
import io.trino.spi.connector.ConnectorAccessControl;
import io.trino.spi.connector.SchemaTableName;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * Asks of a statement what the engine would ask of Trino's statement with the same effect, before anything is done.
 */
final class StatementAccess
{
    private static final String LOCATION = "location";
    private static final String EXTERNAL_LOCATION = "external_location";

    private final ConnectorAccessControl accessControl;
    private final HiveMetastore metastore;
    private final String catalog;
    private final String defaultDatabase;

    /**
     * @param metastore tells the partition keys and properties of a table whose values are asked for
     */
    StatementAccess(ConnectorAccessControl accessControl, HiveMetastore metastore, String catalog, String defaultDatabase)
    {
        this.accessControl = requireNonNull(accessControl, "accessControl is null");
        this.metastore = requireNonNull(metastore, "metastore is null");
        this.catalog = requireNonNull(catalog, "catalog is null");
        this.defaultDatabase = requireNonNull(defaultDatabase, "defaultDatabase is null");
    }

    /**
     * @throws io.trino.spi.security.AccessDeniedException where the user may not run the statement
     */
    void check(AthenaStatement statement)
    {
        switch (statement) {
            case DatabaseStatement database -> check(database);
            case TableStatement table -> check(table, table(table.table()));
            case PartitionStatement partition -> check(partition, table(partition.table()));
            case ShowStatement show -> check(show);
            // they are refused without a look at anything
            case QueryStatement _, RefusedStatement _ -> {}
        }
    }

    private void check(DatabaseStatement statement)
    {
        String name = StatementContext.database(statement.database(), catalog);
        switch (statement) {
            case CreateDatabase create -> accessControl.checkCanCreateSchema(null, name, create.location().<Map<String, Object>>map(location -> ImmutableMap.of(LOCATION, location)).orElse(ImmutableMap.of()));
            // Trino cannot change a schema; who may create or drop it is its owner
            case AlterDatabaseProperties _ -> {
                accessControl.checkCanCreateSchema(null, name, ImmutableMap.of());
                accessControl.checkCanDropSchema(null, name);
            }
            case DropDatabase _ -> accessControl.checkCanDropSchema(null, name);
        }
    }

    private void check(TableStatement statement, SchemaTableName name)
    {
        switch (statement) {
            case CreateTable create -> {
                Map<String, Object> properties = new HashMap<>(create.properties());
                create.location().ifPresent(location -> properties.put(EXTERNAL_LOCATION, location));
                accessControl.checkCanCreateTable(null, name, properties);
            }
            case DropTable _ -> accessControl.checkCanDropTable(null, name);
            case DropView _ -> accessControl.checkCanDropView(null, name);
            case RenameTable rename -> accessControl.checkCanRenameTable(null, name, table(rename.newName()));
            case AddColumns _ -> accessControl.checkCanAddColumn(null, name);
            case ReplaceColumns _ -> {
                accessControl.checkCanAddColumn(null, name);
                accessControl.checkCanDropColumn(null, name);
                accessControl.checkCanAlterColumn(null, name);
                accessControl.checkCanRenameColumn(null, name);
            }
            case ChangeColumn _ -> {
                accessControl.checkCanAlterColumn(null, name);
                accessControl.checkCanRenameColumn(null, name);
            }
            case DropColumn _ -> accessControl.checkCanDropColumn(null, name);
            case SetLocation set -> checkLocation(name, set.location());
            case SetTableProperties set -> {
                Map<String, Optional<Object>> properties = new HashMap<>();
                set.properties().forEach((key, value) -> properties.put(key, Optional.of(value)));
                accessControl.checkCanSetTableProperties(null, name, properties);
            }
            case UnsetTableProperties unset -> {
                Map<String, Optional<Object>> properties = new HashMap<>();
                unset.keys().forEach(key -> properties.put(key, Optional.empty()));
                accessControl.checkCanSetTableProperties(null, name, properties);
            }
            case OptimizeTable _ -> accessControl.checkCanExecuteTableProcedure(null, name, "optimize");
            case VacuumTable _ -> {
                accessControl.checkCanExecuteTableProcedure(null, name, "expire_snapshots");
                accessControl.checkCanExecuteTableProcedure(null, name, "remove_orphan_files");
            }
        }
    }

    private void checkLocation(SchemaTableName name, String location)
    {
        accessControl.checkCanSetTableProperties(null, name, ImmutableMap.of(EXTERNAL_LOCATION, Optional.of(location)));
    }

    private void check(PartitionStatement statement, SchemaTableName name)
    {
        switch (statement) {
            case AddPartitions add -> {
                accessControl.checkCanInsertIntoTable(null, name, Optional.empty());
                // files elsewhere can be somebody else's
                add.partitions().stream().flatMap(partition -> partition.location().stream()).forEach(location -> checkLocation(name, location));
            }
            case DropPartitions _ -> accessControl.checkCanDeleteFromTable(null, name, Optional.empty());
            case RenamePartition _ -> {
                accessControl.checkCanInsertIntoTable(null, name, Optional.empty());
                accessControl.checkCanDeleteFromTable(null, name, Optional.empty());
            }
            case RepairTable _ -> accessControl.checkCanInsertIntoTable(null, name, Optional.empty());
        }
    }

    private void check(ShowStatement statement)
    {
        switch (statement) {
            case ShowDatabases _ -> accessControl.checkCanShowSchemas(null);
            case ShowTables show -> accessControl.checkCanShowTables(null, database(show.database()));
            case ShowViews show -> accessControl.checkCanShowTables(null, database(show.database()));
            case ShowColumns show -> accessControl.checkCanShowColumns(null, table(show.table()));
            case ShowPartitions show -> checkPartitions(table(show.table()));
            case ShowTableProperties show -> checkProperties(table(show.table()));
            case ShowCreateTable show -> accessControl.checkCanShowCreateTable(null, table(show.table()));
            case ShowCreateView show -> accessControl.checkCanShowCreateTable(null, table(show.view()));
            case DescribeView describe -> accessControl.checkCanShowColumns(null, table(describe.view()));
            case DescribeTable describe -> {
                SchemaTableName name = table(describe.table());
                accessControl.checkCanShowColumns(null, name);
                if (!describe.partition().isEmpty()) {
                    checkPartitions(name);
                }
                if (describe.detail() != Detail.PLAIN) {
                    checkProperties(name);
                }
            }
        }
    }

    /**
     * Values of partitions are data, and are shown to who may select them.
     */
    private void checkPartitions(SchemaTableName name)
    {
        Set<String> keys = metastore.getTable(name.getSchemaName(), name.getTableName())
                .map(table -> table.getPartitionColumns().stream().map(Column::getName).collect(toImmutableSet()))
                .orElse(ImmutableSet.of());
        accessControl.checkCanSelectFromColumns(null, name, Optional.empty(), keys);
        accessControl.checkCanSelectFromColumns(null, about(name, "$partitions"), Optional.empty(), keys);
    }

    private void checkProperties(SchemaTableName name)
    {
        Set<String> keys = metastore.getTable(name.getSchemaName(), name.getTableName())
                .map(table -> table.getParameters().keySet().stream().map(key -> key.toLowerCase(ENGLISH)).collect(toImmutableSet()))
                .orElse(ImmutableSet.of());
        accessControl.checkCanSelectFromColumns(null, about(name, "$properties"), Optional.empty(), keys);
    }

    private static SchemaTableName about(SchemaTableName name, String suffix)
    {
        return new SchemaTableName(name.getSchemaName(), name.getTableName() + suffix);
    }

    private SchemaTableName table(TableName name)
    {
        return StatementContext.table(name, catalog, defaultDatabase);
    }

    private String database(Optional<DatabaseName> name)
    {
        return name.map(database -> StatementContext.database(database, catalog)).orElse(defaultDatabase);
    }
}
