package io.tarn.connector;

import com.google.common.collect.ImmutableSet;
import com.google.inject.Inject;
import io.airlift.bootstrap.LifeCycleManager;
import io.tarn.connector.athena.AthenaProcedure;
import io.tarn.connector.function.TarnFunctionProvider;
import io.tarn.connector.procedure.MaintenanceProcedures;
import io.tarn.ddl.TableProperties;
import io.tarn.quota.CurrentGate;
import io.tarn.quota.sql.QuotaProcedures;
import io.tarn.quota.sql.QuotaTables;
import io.tarn.statistics.TableStatisticsSource;
import io.tarn.view.ViewDefinitions;
import io.tarn.view.ViewProperties;
import io.tarn.view.ViewStatements;
import io.trino.metastore.HiveMetastore;
import io.trino.plugin.base.classloader.ClassLoaderSafeConnectorMetadata;
import io.trino.plugin.base.classloader.ClassLoaderSafeConnectorPageSinkProvider;
import io.trino.plugin.base.classloader.ClassLoaderSafeConnectorPageSourceProvider;
import io.trino.plugin.base.classloader.ClassLoaderSafeConnectorSplitManager;
import io.trino.plugin.base.classloader.ClassLoaderSafeConnectorTableFunction;
import io.trino.plugin.base.classloader.ClassLoaderSafeNodePartitioningProvider;
import io.trino.plugin.base.session.SessionPropertiesProvider;
import io.trino.spi.connector.Connector;
import io.trino.spi.connector.ConnectorMetadata;
import io.trino.spi.connector.ConnectorNodePartitioningProvider;
import io.trino.spi.connector.ConnectorPageSinkProvider;
import io.trino.spi.connector.ConnectorPageSourceProvider;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorSplitManager;
import io.trino.spi.connector.ConnectorTransactionHandle;
import io.trino.spi.connector.SystemTable;
import io.trino.spi.connector.TableProcedureMetadata;
import io.trino.spi.function.FunctionProvider;
import io.trino.spi.function.table.ConnectorTableFunction;
import io.trino.spi.procedure.Procedure;
import io.trino.spi.session.PropertyMetadata;
import io.trino.spi.transaction.IsolationLevel;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static io.trino.spi.transaction.IsolationLevel.READ_UNCOMMITTED;
import static io.trino.spi.transaction.IsolationLevel.checkConnectorSupports;
import static java.util.Objects.requireNonNull;

public class TarnConnector
        implements Connector
{
    private final LifeCycleManager lifeCycleManager;
    private final TarnTransactions transactions;
    private final ViewDefinitions views;
    private final MetadataTables metadataTables;
    private final TableRedirections redirections;
    private final TableStatisticsSource statistics;
    private final ViewStatements viewStatements;
    private final ViewProperties viewProperties;
    private final ConnectorSplitManager splitManager;
    private final ConnectorPageSourceProvider pageSourceProvider;
    private final ConnectorPageSinkProvider pageSinkProvider;
    private final ConnectorNodePartitioningProvider partitioningProvider;
    private final WriteTools tools;
    private final List<PropertyMetadata<?>> tableProperties;
    private final List<PropertyMetadata<?>> sessionProperties;
    private final Set<SystemTable> systemTables;
    private final Set<Procedure> procedures;
    private final Set<ConnectorTableFunction> tableFunctions;
    private final FunctionProvider functionProvider;

    @Inject
    public TarnConnector(
            LifeCycleManager lifeCycleManager,
            TarnTransactions transactions,
            ViewDefinitions views,
            MetadataTables metadataTables,
            TableRedirections redirections,
            TableStatisticsSource statistics,
            ViewStatements viewStatements,
            ViewProperties viewProperties,
            TarnSplitManager splitManager,
            TarnPageSourceProvider pageSourceProvider,
            TarnPageSinkProvider pageSinkProvider,
            TarnNodePartitioningProvider partitioningProvider,
            WriteTools tools,
            TableProperties tableProperties,
            Set<SessionPropertiesProvider> sessionProperties,
            MaintenanceProcedures maintenance,
            AthenaProcedure athena,
            Set<ConnectorTableFunction> tableFunctions,
            TarnFunctionProvider functionProvider,
            CurrentGate currentGate)
    {
        this.lifeCycleManager = requireNonNull(lifeCycleManager, "lifeCycleManager is null");
        this.transactions = requireNonNull(transactions, "transactions is null");
        this.views = requireNonNull(views, "views is null");
        this.metadataTables = requireNonNull(metadataTables, "metadataTables is null");
        this.redirections = requireNonNull(redirections, "redirections is null");
        this.statistics = requireNonNull(statistics, "statistics is null");
        this.viewStatements = requireNonNull(viewStatements, "viewStatements is null");
        this.viewProperties = requireNonNull(viewProperties, "viewProperties is null");
        this.splitManager = new ClassLoaderSafeConnectorSplitManager(splitManager, getClass().getClassLoader());
        this.pageSourceProvider = new ClassLoaderSafeConnectorPageSourceProvider(pageSourceProvider, getClass().getClassLoader());
        this.pageSinkProvider = new ClassLoaderSafeConnectorPageSinkProvider(pageSinkProvider, getClass().getClassLoader());
        this.partitioningProvider = new ClassLoaderSafeNodePartitioningProvider(partitioningProvider, getClass().getClassLoader());
        this.tools = requireNonNull(tools, "tools is null");
        this.tableProperties = tableProperties.properties();
        this.sessionProperties = sessionProperties.stream()
                .flatMap(provider -> provider.getSessionProperties().stream())
                .collect(toImmutableList());
        this.systemTables = QuotaTables.tables(currentGate.view());
        this.procedures = ImmutableSet.<Procedure>builder()
                .addAll(QuotaProcedures.procedures(currentGate.view()))
                .addAll(maintenance.procedures())
                .add(athena.procedure())
                .build();
        this.tableFunctions = tableFunctions.stream()
                .map(function -> new ClassLoaderSafeConnectorTableFunction(function, getClass().getClassLoader()))
                .collect(toImmutableSet());
        this.functionProvider = requireNonNull(functionProvider, "functionProvider is null");
    }

    @Override
    public ConnectorTransactionHandle beginTransaction(IsolationLevel isolationLevel, boolean readOnly, boolean autoCommit)
    {
        checkConnectorSupports(READ_UNCOMMITTED, isolationLevel);
        return transactions.begin();
    }

    @Override
    public void commit(ConnectorTransactionHandle transaction)
    {
        transactions.commit(transaction);
    }

    @Override
    public void rollback(ConnectorTransactionHandle transaction)
    {
        transactions.rollback(transaction);
    }

    @Override
    public ConnectorMetadata getMetadata(ConnectorSession session, ConnectorTransactionHandle transaction)
    {
        HiveMetastore metastore = transactions.metastore(transaction);
        TarnMetadata metadata = new TarnMetadata(
                metastore,
                views,
                viewStatements,
                metadataTables,
                redirections,
                tools,
                transactions.undo(transaction),
                statistics.forTransaction(metastore));
        return new ClassLoaderSafeConnectorMetadata(metadata, getClass().getClassLoader());
    }

    @Override
    public ConnectorSplitManager getSplitManager()
    {
        return splitManager;
    }

    @Override
    public ConnectorPageSourceProvider getPageSourceProvider()
    {
        return pageSourceProvider;
    }

    @Override
    public ConnectorPageSinkProvider getPageSinkProvider()
    {
        return pageSinkProvider;
    }

    @Override
    public ConnectorNodePartitioningProvider getNodePartitioningProvider()
    {
        return partitioningProvider;
    }

    @Override
    public List<PropertyMetadata<?>> getTableProperties()
    {
        return tableProperties;
    }

    @Override
    public List<PropertyMetadata<?>> getSchemaProperties()
    {
        return SchemaStatements.PROPERTIES;
    }

    @Override
    public Set<TableProcedureMetadata> getTableProcedures()
    {
        return Set.of(OptimizeStatements.PROCEDURE);
    }

    @Override
    public boolean isSingleStatementWritesOnly()
    {
        return true;
    }

    @Override
    public List<PropertyMetadata<?>> getSessionProperties()
    {
        return sessionProperties;
    }

    @Override
    public List<PropertyMetadata<?>> getViewProperties()
    {
        return viewProperties.properties();
    }

    @Override
    public List<PropertyMetadata<?>> getAnalyzeProperties()
    {
        return AnalyzeProperties.PROPERTIES;
    }

    @Override
    public Set<SystemTable> getSystemTables()
    {
        return systemTables;
    }

    @Override
    public Set<Procedure> getProcedures()
    {
        return procedures;
    }

    @Override
    public Set<ConnectorTableFunction> getTableFunctions()
    {
        return tableFunctions;
    }

    @Override
    public Optional<FunctionProvider> getFunctionProvider()
    {
        return Optional.of(functionProvider);
    }

    @Override
    public void shutdown()
    {
        lifeCycleManager.stop();
    }
}
