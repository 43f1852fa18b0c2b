package io.tarn.metastore;

import io.trino.filesystem.TrinoFileSystemFactory;
import io.trino.metastore.Column;
import io.trino.metastore.Database;
import io.trino.metastore.HiveColumnStatistics;
import io.trino.metastore.HiveMetastore;
import io.trino.metastore.HivePrincipal;
import io.trino.metastore.HiveType;
import io.trino.metastore.Partition;
import io.trino.metastore.PartitionStatistics;
import io.trino.metastore.PartitionWithStatistics;
import io.trino.metastore.PrincipalPrivileges;
import io.trino.metastore.StatisticsUpdateMode;
import io.trino.metastore.Table;
import io.trino.metastore.TableInfo;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.function.LanguageFunction;
import io.trino.spi.predicate.TupleDomain;
import software.amazon.awssdk.services.glue.GlueClient;

import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;

import static com.google.common.base.Preconditions.checkArgument;
import static io.trino.spi.StandardErrorCode.NOT_SUPPORTED;
import static io.trino.spi.security.PrincipalType.USER;

/**
 * AWS Glue, or what speaks its API, as a Hive metastore. Every method asks Glue anew; {@link QueryMetastores} gives
 * views that remember. For any number of threads.
 * <p>
 * Besides what {@link HiveMetastore} says, methods throw {@code TARN_METASTORE_UNAVAILABLE} where Glue gives no answer
 * or keeps throttling, {@code PERMISSION_DENIED} where it denies access, {@code TARN_METASTORE_ERROR} where it answers
 * with another error, {@code TARN_INVALID_METADATA} where a definition cannot be understood, and
 * {@code TRANSACTION_CONFLICT} where a table was changed by somebody else at the same time.
 */
public class GlueMetastore
        extends UngrantedMetastore
        implements DatabaseChanges,
                   LiveTables,
                   TableListings
{
    /**
     * In the context of {@link #replaceTable}: the text of the view that is to be replaced. Where the view has another by
     * then, or is a table, the call fails with {@code TRANSACTION_CONFLICT}, and may be made anew to what is there.
     */
    public static final String EXPECTED_VIEW_TEXT = "expected_view_original_text";

    /**
     * In the context of {@link #replaceTable}, as Hive 4 and Iceberg name it: the parameter that must have the value under
     * {@link #EXPECTED_PARAMETER_VALUE}, or be missing where there is none. Else the call fails with
     * {@code TRANSACTION_CONFLICT}; whether it holds is decided with the change itself.
     */
    public static final String EXPECTED_PARAMETER_KEY = "expected_parameter_key";
    public static final String EXPECTED_PARAMETER_VALUE = "expected_parameter_value";

    private final DatabaseStore databases;
    private final TableStore tables;
    private final TableRenamer renamer;
    private final PartitionStore partitions;
    private final PartitionWriter partitionWriter;
    private final StatisticsStore statistics;
    private final FunctionStore functions;
    private final GlueUserFunctions userFunctions;
    private final GlueStats stats;

    /**
     * @param executor runs calls beside the calling thread; closed by who made it
     */
    public GlueMetastore(GlueClient client, GlueMetastoreConfig config, GlueStats stats, TrinoFileSystemFactory fileSystemFactory, Executor executor)
    {
        GlueCalls calls = new GlueCalls(stats, new GlueErrors(client.serviceClientConfiguration()), GlueConnection.backoff(config), config.getMaxAttempts());
        ParallelCalls parallel = new ParallelCalls(executor);
        LocationCleaner cleaner = new LocationCleaner(fileSystemFactory);
        ColumnStatisticsCalls columnStatistics = new ColumnStatisticsCalls(client, calls);
        this.databases = new DatabaseStore(client, calls, cleaner, config.getDefaultWarehouseDir());
        this.tables = new TableStore(client, calls, cleaner);
        this.partitions = new PartitionStore(client, calls, parallel, config.getPartitionsSegments());
        this.partitionWriter = new PartitionWriter(client, calls, parallel, partitions, cleaner);
        this.renamer = new TableRenamer(tables, partitions, partitionWriter, columnStatistics);
        this.statistics = new StatisticsStore(tables, partitions, partitionWriter, columnStatistics, parallel);
        this.functions = new FunctionStore(client, calls);
        this.userFunctions = new GlueUserFunctions(client, calls);
        this.stats = stats;
    }

    public GlueStats stats()
    {
        return stats;
    }

    /**
     * The functions of Hive in the same catalogue.
     */
    public UserFunctions userFunctions()
    {
        return userFunctions;
    }

    @Override
    public Optional<Database> getDatabase(String databaseName)
    {
        return databases.database(databaseName);
    }

    @Override
    public List<String> getAllDatabases()
    {
        return databases.databaseNames();
    }

    @Override
    public void createDatabase(Database database)
    {
        databases.create(database);
    }

    @Override
    public void dropDatabase(String databaseName, boolean deleteData)
    {
        databases.drop(databaseName, deleteData);
    }

    @Override
    public void changeDatabase(Database database)
    {
        databases.change(database);
    }

    @Override
    public void renameDatabase(String databaseName, String newDatabaseName)
    {
        throw new TrinoException(NOT_SUPPORTED, "Glue cannot rename a database: create %s and move the tables of %s there".formatted(newDatabaseName, databaseName));
    }

    @Override
    public void setDatabaseOwner(String databaseName, HivePrincipal principal)
    {
        throw new TrinoException(NOT_SUPPORTED, "Glue keeps no owner of a database: %s cannot be given one".formatted(databaseName));
    }

    @Override
    public Optional<Table> getTable(String databaseName, String tableName)
    {
        return tables.table(databaseName, tableName);
    }

    @Override
    public Optional<Table> table(SchemaTableName name)
    {
        return tables.liveTable(name.getSchemaName(), name.getTableName());
    }

    @Override
    public void changeParameters(SchemaTableName name, UnaryOperator<Map<String, String>> change)
    {
        tables.changeParameters(name.getSchemaName(), name.getTableName(), change);
    }

    @Override
    public void changeTable(SchemaTableName name, UnaryOperator<Table> change)
    {
        tables.changeColumns(name.getSchemaName(), name.getTableName(), change);
    }

    @Override
    public Iterator<List<String>> partitionValues(SchemaTableName name)
    {
        return partitions.values(name.getSchemaName(), name.getTableName());
    }

    @Override
    public void dropPartitions(SchemaTableName name, List<List<String>> values)
    {
        dropPartitions(name.getSchemaName(), name.getTableName(), values);
    }

    @Override
    public List<TableInfo> getTables(String databaseName)
    {
        return tables.tableInfos(databaseName);
    }

    @Override
    public List<ListedTable> listedTables(String databaseName)
    {
        return tables.listedTables(databaseName);
    }

    @Override
    public List<TableInfo> tables(String schemaName)
    {
        return tables.allTables(schemaName);
    }

    @Override
    public List<String> getTableNamesWithParameters(String databaseName, String parameterKey, Set<String> parameterValues)
    {
        return tables.tableNamesWithParameters(databaseName, parameterKey, parameterValues);
    }

    @Override
    public void createTable(Table table, PrincipalPrivileges principalPrivileges)
    {
        tables.create(table);
    }

    @Override
    public void dropTable(String databaseName, String tableName, boolean deleteData)
    {
        tables.drop(databaseName, tableName, deleteData);
    }

    @Override
    public void replaceTable(String databaseName, String tableName, Table newTable, PrincipalPrivileges principalPrivileges, Map<String, String> environmentContext)
    {
        tables.replace(databaseName, tableName, newTable, TableExpectation.of(environmentContext));
    }

    @Override
    public void renameTable(String databaseName, String tableName, String newDatabaseName, String newTableName)
    {
        renamer.rename(new SchemaTableName(databaseName, tableName), new SchemaTableName(newDatabaseName, newTableName));
    }

    @Override
    public void commentTable(String databaseName, String tableName, Optional<String> comment)
    {
        tables.changeComment(databaseName, tableName, comment);
    }

    @Override
    public void setTableOwner(String databaseName, String tableName, HivePrincipal principal)
    {
        if (principal.getType() != USER) {
            throw new TrinoException(NOT_SUPPORTED, "The owner of table %s.%s must be a user, not a role".formatted(databaseName, tableName));
        }
        tables.changeOwner(databaseName, tableName, principal.getName());
    }

    @Override
    public void commentColumn(String databaseName, String tableName, String columnName, Optional<String> comment)
    {
        tables.changeColumns(databaseName, tableName, table -> table.withColumnComment(columnName, comment));
    }

    @Override
    public void addColumn(String databaseName, String tableName, String columnName, HiveType columnType, String columnComment)
    {
        Column column = new Column(columnName, columnType, Optional.ofNullable(columnComment), Map.of());
        tables.changeColumns(databaseName, tableName, table -> table.withAddColumn(column));
    }

    @Override
    public void renameColumn(String databaseName, String tableName, String oldColumnName, String newColumnName)
    {
        tables.changeColumns(databaseName, tableName, table -> table.withRenameColumn(oldColumnName, newColumnName));
    }

    @Override
    public void dropColumn(String databaseName, String tableName, String columnName)
    {
        tables.changeColumns(databaseName, tableName, table -> table.withDropColumn(columnName));
    }

    @Override
    public Optional<Partition> getPartition(Table table, List<String> partitionValues)
    {
        return partitions.partition(table.getDatabaseName(), table.getTableName(), partitionValues);
    }

    /**
     * The names are sorted, and exactly those that the filter selects; empty where there is no such table.
     */
    @Override
    public Optional<List<String>> getPartitionNamesByFilter(String databaseName, String tableName, List<String> columnNames, TupleDomain<String> partitionKeysFilter)
    {
        return partitions.names(databaseName, tableName, columnNames, partitionKeysFilter);
    }

    @Override
    public Map<String, Optional<Partition>> getPartitionsByNames(Table table, List<String> partitionNames)
    {
        return partitions.partitions(table, partitionNames);
    }

    @Override
    public void addPartitions(String databaseName, String tableName, List<PartitionWithStatistics> partitions)
    {
        partitionWriter.add(databaseName, tableName, partitions);
        statistics.writeAdded(databaseName, tableName, partitions);
    }

    @Override
    public void dropPartition(String databaseName, String tableName, List<String> parts, boolean deleteData)
    {
        partitionWriter.drop(databaseName, tableName, parts, deleteData);
    }

    /**
     * Drops many partitions in few calls, and leaves their data; one that is not there is none to drop.
     */
    public void dropPartitions(String databaseName, String tableName, List<List<String>> partitionValues)
    {
        partitionWriter.delete(databaseName, tableName, partitionValues);
    }

    @Override
    public void alterPartition(String databaseName, String tableName, PartitionWithStatistics partition)
    {
        partitionWriter.alter(databaseName, tableName, partition);
        statistics.writeAltered(databaseName, tableName, partition);
    }

    @Override
    public Map<String, HiveColumnStatistics> getTableColumnStatistics(String databaseName, String tableName, Set<String> columnNames)
    {
        checkArgument(!columnNames.isEmpty(), "columnNames is empty");
        return statistics.ofTable(databaseName, tableName, columnNames);
    }

    @Override
    public Map<String, Map<String, HiveColumnStatistics>> getPartitionColumnStatistics(String databaseName, String tableName, Set<String> partitionNames, Set<String> columnNames)
    {
        checkArgument(!columnNames.isEmpty(), "columnNames is empty");
        return statistics.ofPartitions(databaseName, tableName, partitionNames, columnNames);
    }

    @Override
    public void updateTableStatistics(String databaseName, String tableName, OptionalLong acidWriteId, StatisticsUpdateMode mode, PartitionStatistics statisticsUpdate)
    {
        if (acidWriteId.isPresent()) {
            checkSupportsTransactions();
        }
        statistics.updateTable(databaseName, tableName, mode, statisticsUpdate);
    }

    @Override
    public void updatePartitionStatistics(Table table, StatisticsUpdateMode mode, Map<String, PartitionStatistics> partitionUpdates)
    {
        statistics.updatePartitions(table, mode, partitionUpdates);
    }

    @Override
    public boolean functionExists(String databaseName, String functionName, String signatureToken)
    {
        return functions.exists(databaseName, functionName, signatureToken);
    }

    @Override
    public Collection<LanguageFunction> getAllFunctions(String databaseName)
    {
        return functions.functions(databaseName);
    }

    @Override
    public Collection<LanguageFunction> getFunctions(String databaseName, String functionName)
    {
        return functions.functions(databaseName, functionName);
    }

    @Override
    public void createFunction(String databaseName, String functionName, LanguageFunction function)
    {
        functions.create(databaseName, functionName, function);
    }

    @Override
    public void replaceFunction(String databaseName, String functionName, LanguageFunction function)
    {
        functions.replace(databaseName, functionName, function);
    }

    @Override
    public void dropFunction(String databaseName, String functionName, String signatureToken)
    {
        functions.drop(databaseName, functionName, signatureToken);
    }

    @Override
    public void checkSupportsTransactions()
    {
        throw new TrinoException(NOT_SUPPORTED, "Glue does not support ACID tables");
    }
}
