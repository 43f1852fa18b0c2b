package io.tarn.connector;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.airlift.slice.Slice;
import io.tarn.ddl.TableDeclaration;
import io.tarn.statistics.TransactionStatistics;
import io.tarn.type.DeclaredTypes;
import io.tarn.view.ViewDefinitions;
import io.tarn.view.ViewStatements;
import io.tarn.writelog.WriteLog;
import io.trino.metastore.HiveMetastore;
import io.trino.metastore.Table;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.BeginTableExecuteResult;
import io.trino.spi.connector.CatalogSchemaTableName;
import io.trino.spi.connector.ColumnHandle;
import io.trino.spi.connector.ColumnMetadata;
import io.trino.spi.connector.ColumnPosition;
import io.trino.spi.connector.ConnectorAccessControl;
import io.trino.spi.connector.ConnectorAnalyzeMetadata;
import io.trino.spi.connector.ConnectorInsertTableHandle;
import io.trino.spi.connector.ConnectorMergeTableHandle;
import io.trino.spi.connector.ConnectorMetadata;
import io.trino.spi.connector.ConnectorOutputMetadata;
import io.trino.spi.connector.ConnectorOutputTableHandle;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorTableExecuteHandle;
import io.trino.spi.connector.ConnectorTableHandle;
import io.trino.spi.connector.ConnectorTableLayout;
import io.trino.spi.connector.ConnectorTableMetadata;
import io.trino.spi.connector.ConnectorTableProperties;
import io.trino.spi.connector.ConnectorTableVersion;
import io.trino.spi.connector.ConnectorViewDefinition;
import io.trino.spi.connector.Constraint;
import io.trino.spi.connector.ConstraintApplicationResult;
import io.trino.spi.connector.LimitApplicationResult;
import io.trino.spi.connector.ProjectionApplicationResult;
import io.trino.spi.connector.RelationColumnsMetadata;
import io.trino.spi.connector.RelationType;
import io.trino.spi.connector.RetryMode;
import io.trino.spi.connector.RowChangeParadigm;
import io.trino.spi.connector.SaveMode;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.connector.SystemTable;
import io.trino.spi.connector.TableNotFoundException;
import io.trino.spi.connector.WriterScalingOptions;
import io.trino.spi.expression.ConnectorExpression;
import io.trino.spi.predicate.TupleDomain;
import io.trino.spi.security.TrinoPrincipal;
import io.trino.spi.statistics.ComputedStatistics;
import io.trino.spi.statistics.TableStatistics;
import io.trino.spi.statistics.TableStatisticsMetadata;
import io.trino.spi.type.Type;

import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;

import static io.tarn.connector.TarnSessionProperties.isProjectionPushdownEnabled;
import static io.tarn.write.WriteSessionProperties.isScaleWriters;
import static io.trino.spi.StandardErrorCode.NOT_SUPPORTED;
import static io.trino.spi.connector.RelationType.VIEW;
import static java.util.Objects.requireNonNull;

/**
 * The catalogue's schemas, tables and views as the engine sees them, for one transaction.
 */
public class TarnMetadata
        implements ConnectorMetadata
{
    private final HiveMetastore metastore;
    private final ViewDefinitions views;
    private final MetadataTables metadataTables;
    private final TableRedirections redirections;
    private final ViewStatements viewStatements;
    private final RelationListing listing;
    private final WriteTools tools;
    private final SchemaStatements schemas;
    private final TableStatements tables;
    private final WriteStatements writes;
    private final DeleteStatements deletes;
    private final OptimizeStatements optimizations;
    private final TransactionStatistics statistics;
    private final TableAnalysis analysis;

    TarnMetadata(
            HiveMetastore metastore,
            ViewDefinitions views,
            ViewStatements viewStatements,
            MetadataTables metadataTables,
            TableRedirections redirections,
            WriteTools tools,
            UndoLog undo,
            TransactionStatistics statistics)
    {
        this.metastore = requireNonNull(metastore, "metastore is null");
        this.views = requireNonNull(views, "views is null");
        this.metadataTables = requireNonNull(metadataTables, "metadataTables is null");
        this.redirections = requireNonNull(redirections, "redirections is null");
        this.viewStatements = requireNonNull(viewStatements, "viewStatements is null");
        this.listing = new RelationListing(metastore, views);
        this.tools = requireNonNull(tools, "tools is null");
        this.schemas = new SchemaStatements(metastore);
        this.tables = new TableStatements(metastore, tools.declaration(), tools.locations());
        this.writes = new WriteStatements(metastore, tools, tables, undo);
        this.deletes = new DeleteStatements(metastore, tools);
        this.optimizations = new OptimizeStatements(metastore, tools, writes, undo);
        this.statistics = requireNonNull(statistics, "statistics is null");
        this.analysis = new TableAnalysis(metastore);
    }

    @Override
    public boolean schemaExists(ConnectorSession session, String schemaName)
    {
        return schemaName.equals(schemaName.toLowerCase(Locale.ENGLISH)) && metastore.getDatabase(schemaName).isPresent();
    }

    @Override
    public List<String> listSchemaNames(ConnectorSession session)
    {
        return metastore.getAllDatabases();
    }

    @Override
    public ConnectorTableHandle getTableHandle(ConnectorSession session, SchemaTableName name, Optional<ConnectorTableVersion> startVersion, Optional<ConnectorTableVersion> endVersion)
    {
        Optional<Table> table = metastore.getTable(name.getSchemaName(), name.getTableName());
        if (table.isEmpty() || ViewDefinitions.isView(table.get()) || table.get().getParameters().containsKey(WriteLog.CREATING)) {
            return null;
        }
        redirections.refuseForeign(table.get());
        if (startVersion.isPresent() || endVersion.isPresent()) {
            throw new TrinoException(NOT_SUPPORTED, "This connector does not support versioned tables: %s keeps no versions, time travel is for Iceberg and Delta tables".formatted(name));
        }
        return TarnTableHandle.of(name, TableColumns.partitionKeys(table.get()));
    }

    @Override
    public ConnectorTableMetadata getTableMetadata(ConnectorSession session, ConnectorTableHandle handle)
    {
        Table table = table(handle);
        return new ConnectorTableMetadata(table.getSchemaTableName(), TableColumns.metadata(table), tools.declaration().properties(table), Optional.ofNullable(table.getParameters().get("comment")));
    }

    @Override
    public SchemaTableName getTableName(ConnectorSession session, ConnectorTableHandle table)
    {
        return ((TarnTableHandle) table).name();
    }

    @Override
    public Map<String, ColumnHandle> getColumnHandles(ConnectorSession session, ConnectorTableHandle handle)
    {
        ImmutableMap.Builder<String, ColumnHandle> columns = ImmutableMap.builder();
        TableColumns.all(table(handle)).forEach(column -> columns.put(column.name(), column));
        return columns.buildOrThrow();
    }

    @Override
    public ColumnMetadata getColumnMetadata(ConnectorSession session, ConnectorTableHandle handle, ColumnHandle columnHandle)
    {
        TarnColumnHandle column = (TarnColumnHandle) columnHandle;
        if (!column.path().isEmpty()) {
            return ColumnMetadata.builder().setName(column.qualifiedName()).setType(column.type()).build();
        }
        return TableColumns.metadata(table(handle)).stream()
                .filter(metadata -> metadata.getName().equals(column.name()))
                .findFirst()
                // the engine asks for a column once more when it has been dropped
                .orElseGet(() -> ColumnMetadata.builder().setName(column.name()).setType(column.type()).build());
    }

    @Override
    public List<SchemaTableName> listTables(ConnectorSession session, Optional<String> schemaName)
    {
        return ImmutableList.copyOf(listing.relations(schemaName).keySet());
    }

    @Override
    public Map<SchemaTableName, RelationType> getRelationTypes(ConnectorSession session, Optional<String> schemaName)
    {
        return listing.relations(schemaName);
    }

    @Override
    public Iterator<RelationColumnsMetadata> streamRelationColumns(ConnectorSession session, Optional<String> schemaName, UnaryOperator<Set<SchemaTableName>> relationFilter)
    {
        return listing.columns(schemaName, relationFilter, table -> redirections.columns(session, table));
    }

    @Override
    public List<SchemaTableName> listViews(ConnectorSession session, Optional<String> schemaName)
    {
        return listing.relations(schemaName).entrySet().stream()
                .filter(entry -> entry.getValue() == VIEW)
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public Optional<ConnectorViewDefinition> getView(ConnectorSession session, SchemaTableName viewName)
    {
        return metastore.getTable(viewName.getSchemaName(), viewName.getTableName())
                .filter(table -> ViewDefinitions.isView(table) && !ViewDefinitions.isMaterializedView(table))
                .map(table -> views.definition(metastore, table));
    }

    @Override
    public Map<SchemaTableName, ConnectorViewDefinition> getViews(ConnectorSession session, Optional<String> schemaName)
    {
        return listing.views(schemaName);
    }

    @Override
    public Map<String, Object> getViewProperties(ConnectorSession session, SchemaTableName viewName)
    {
        return ImmutableMap.of();
    }

    @Override
    public void createView(ConnectorSession session, SchemaTableName viewName, ConnectorViewDefinition definition, Map<String, Object> viewProperties, boolean replace)
    {
        viewStatements.create(metastore, session, viewName, definition, viewProperties, replace);
    }

    @Override
    public void refreshView(ConnectorSession session, SchemaTableName viewName, ConnectorViewDefinition definition)
    {
        viewStatements.refresh(metastore, viewName, definition.getColumns());
    }

    @Override
    public void dropView(ConnectorSession session, SchemaTableName viewName)
    {
        viewStatements.drop(metastore, viewName);
    }

    @Override
    public void renameView(ConnectorSession session, SchemaTableName source, SchemaTableName target)
    {
        viewStatements.rename(metastore, source, target);
    }

    @Override
    public void setViewComment(ConnectorSession session, SchemaTableName viewName, Optional<String> comment)
    {
        viewStatements.setComment(metastore, viewName, comment);
    }

    @Override
    public void setViewColumnComment(ConnectorSession session, SchemaTableName viewName, String columnName, Optional<String> comment)
    {
        viewStatements.setColumnComment(metastore, viewName, columnName, comment);
    }

    @Override
    public Optional<SystemTable> getSystemTable(ConnectorSession session, SchemaTableName tableName)
    {
        return metadataTables.find(session, metastore, tableName);
    }

    @Override
    public Optional<CatalogSchemaTableName> redirectTable(ConnectorSession session, SchemaTableName tableName)
    {
        return redirections.target(session, metastore, tableName);
    }

    @Override
    public ConnectorTableProperties getTableProperties(ConnectorSession session, ConnectorTableHandle tableHandle)
    {
        TarnTableHandle handle = (TarnTableHandle) tableHandle;
        return new ConnectorTableProperties(handle.partitionConstraint().transformKeys(ColumnHandle.class::cast), Optional.empty(), Optional.empty(), ImmutableList.of());
    }

    @Override
    public Optional<Object> getInfo(ConnectorSession session, ConnectorTableHandle table)
    {
        return Optional.of(table.toString());
    }

    @Override
    public TableStatistics getTableStatistics(ConnectorSession session, ConnectorTableHandle tableHandle)
    {
        return ScanStatistics.of(statistics, session, table(tableHandle), (TarnTableHandle) tableHandle);
    }

    @Override
    public TableStatisticsMetadata getStatisticsCollectionMetadataForWrite(ConnectorSession session, ConnectorTableMetadata tableMetadata, boolean tableReplace)
    {
        return TableAnalysis.forWrite(session, tableMetadata);
    }

    @Override
    public ConnectorAnalyzeMetadata getStatisticsCollectionMetadata(ConnectorSession session, ConnectorTableHandle tableHandle, Map<String, Object> analyzeProperties)
    {
        return analysis.begin(table(tableHandle), (TarnTableHandle) tableHandle, analyzeProperties);
    }

    @Override
    public ConnectorTableHandle beginStatisticsCollection(ConnectorSession session, ConnectorTableHandle tableHandle)
    {
        return tableHandle;
    }

    @Override
    public void finishStatisticsCollection(ConnectorSession session, ConnectorTableHandle tableHandle, Collection<ComputedStatistics> computedStatistics)
    {
        analysis.finish((TarnTableHandle) tableHandle, computedStatistics);
    }

    @Override
    public Optional<ConstraintApplicationResult<ConnectorTableHandle>> applyFilter(ConnectorSession session, ConnectorTableHandle tableHandle, Constraint constraint)
    {
        TarnTableHandle handle = (TarnTableHandle) tableHandle;
        TupleDomain<TarnColumnHandle> summary = constraint.getSummary().transformKeys(TarnColumnHandle.class::cast);
        TupleDomain<TarnColumnHandle> partition = handle.partitionConstraint().intersect(summary.filter((column, _) -> column.kind() == TarnColumnHandle.Kind.PARTITION_KEY));
        TupleDomain<TarnColumnHandle> remaining = summary.filter((column, _) -> column.kind() != TarnColumnHandle.Kind.PARTITION_KEY);
        TupleDomain<TarnColumnHandle> file = handle.fileConstraint().intersect(remaining);
        if (partition.equals(handle.partitionConstraint()) && file.equals(handle.fileConstraint())) {
            return Optional.empty();
        }
        return Optional.of(new ConstraintApplicationResult<>(
                handle.withConstraints(partition, file),
                remaining.transformKeys(ColumnHandle.class::cast),
                constraint.getExpression(),
                false));
    }

    @Override
    public Optional<ProjectionApplicationResult<ConnectorTableHandle>> applyProjection(
            ConnectorSession session,
            ConnectorTableHandle handle,
            List<ConnectorExpression> projections,
            Map<String, ColumnHandle> assignments)
    {
        if (!isProjectionPushdownEnabled(session)) {
            return Optional.empty();
        }
        return ProjectionPushdown.apply((TarnTableHandle) handle, projections, assignments);
    }

    @Override
    public Optional<LimitApplicationResult<ConnectorTableHandle>> applyLimit(ConnectorSession session, ConnectorTableHandle tableHandle, long limit)
    {
        TarnTableHandle handle = (TarnTableHandle) tableHandle;
        // a limit below a row filter would cut rows that are still to be filtered
        if (!handle.fileConstraint().isAll() || (handle.limit().isPresent() && handle.limit().getAsLong() <= limit)) {
            return Optional.empty();
        }
        return Optional.of(new LimitApplicationResult<>(handle.withLimit(limit), false, false));
    }

    @Override
    public void createSchema(ConnectorSession session, String schemaName, Map<String, Object> properties, TrinoPrincipal owner)
    {
        schemas.create(session, schemaName, properties, owner);
    }

    @Override
    public void dropSchema(ConnectorSession session, String schemaName, boolean cascade)
    {
        schemas.drop(schemaName, cascade, relation -> tables.drop(relation.tableName()));
    }

    @Override
    public void renameSchema(ConnectorSession session, String source, String target)
    {
        metastore.renameDatabase(source, target);
    }

    @Override
    public Map<String, Object> getSchemaProperties(ConnectorSession session, String schemaName)
    {
        return schemas.properties(schemaName);
    }

    @Override
    public Optional<Type> getSupportedType(ConnectorSession session, Map<String, Object> tableProperties, Type type)
    {
        return DeclaredTypes.nearest(type);
    }

    @Override
    public void createTable(ConnectorSession session, ConnectorTableMetadata metadata, SaveMode saveMode)
    {
        tables.create(session, metadata, saveMode);
    }

    @Override
    public void dropTable(ConnectorSession session, ConnectorTableHandle handle)
    {
        tables.drop(name(handle));
    }

    @Override
    public void renameTable(ConnectorSession session, ConnectorTableHandle handle, SchemaTableName newName)
    {
        tables.rename(name(handle), newName);
    }

    @Override
    public void setTableComment(ConnectorSession session, ConnectorTableHandle handle, Optional<String> comment)
    {
        tables.comment(name(handle), comment);
    }

    @Override
    public void setColumnComment(ConnectorSession session, ConnectorTableHandle handle, ColumnHandle column, Optional<String> comment)
    {
        tables.commentColumn(name(handle), (TarnColumnHandle) column, comment);
    }

    @Override
    public void addColumn(ConnectorSession session, ConnectorTableHandle handle, ColumnMetadata column, ColumnPosition position)
    {
        tables.addColumn(name(handle), column, position);
    }

    @Override
    public void renameColumn(ConnectorSession session, ConnectorTableHandle handle, ColumnHandle source, String target)
    {
        tables.renameColumn(name(handle), (TarnColumnHandle) source, target);
    }

    @Override
    public void dropColumn(ConnectorSession session, ConnectorTableHandle handle, ColumnHandle column)
    {
        tables.dropColumn(name(handle), (TarnColumnHandle) column);
    }

    @Override
    public void setTableProperties(ConnectorSession session, ConnectorTableHandle handle, Map<String, Optional<Object>> properties)
    {
        tables.setProperties(name(handle), properties);
    }

    @Override
    public Optional<ConnectorTableLayout> getNewTableLayout(ConnectorSession session, ConnectorTableMetadata metadata)
    {
        return layout(TableDeclaration.partitionedBy(metadata.getProperties()));
    }

    @Override
    public Optional<ConnectorTableLayout> getInsertLayout(ConnectorSession session, ConnectorTableHandle handle)
    {
        return layout(((TarnTableHandle) handle).partitionKeys().stream().map(TarnColumnHandle::name).toList());
    }

    // the rows of a partition by one writer, as long as it keeps up
    private static Optional<ConnectorTableLayout> layout(List<String> keys)
    {
        return keys.isEmpty() ? Optional.empty() : Optional.of(new ConnectorTableLayout(keys));
    }

    @Override
    public WriterScalingOptions getNewTableWriterScalingOptions(ConnectorSession session, SchemaTableName name, Map<String, Object> properties)
    {
        return isScaleWriters(session) ? WriterScalingOptions.ENABLED : WriterScalingOptions.DISABLED;
    }

    @Override
    public WriterScalingOptions getInsertWriterScalingOptions(ConnectorSession session, ConnectorTableHandle handle)
    {
        return isScaleWriters(session) ? WriterScalingOptions.ENABLED : WriterScalingOptions.DISABLED;
    }

    @Override
    public ConnectorOutputTableHandle beginCreateTable(ConnectorSession session, ConnectorTableMetadata metadata, Optional<ConnectorTableLayout> layout, RetryMode retryMode, boolean replace)
    {
        return writes.beginCreate(session, metadata, retryMode, replace);
    }

    @Override
    public Optional<ConnectorOutputMetadata> finishCreateTable(ConnectorSession session, ConnectorOutputTableHandle handle, Collection<Slice> fragments, Collection<ComputedStatistics> computedStatistics)
    {
        writes.finishCreate(session, (TarnWriteHandle) handle, fragments, computedStatistics);
        return Optional.empty();
    }

    @Override
    public ConnectorInsertTableHandle beginInsert(ConnectorSession session, ConnectorTableHandle handle, List<ColumnHandle> columns, RetryMode retryMode)
    {
        return writes.beginInsert(session, name(handle), columns.stream().map(TarnColumnHandle.class::cast).toList(), retryMode);
    }

    @Override
    public Optional<ConnectorOutputMetadata> finishInsert(
            ConnectorSession session,
            ConnectorInsertTableHandle handle,
            List<ConnectorTableHandle> sources,
            Collection<Slice> fragments,
            Collection<ComputedStatistics> computedStatistics)
    {
        writes.finishInsert(session, (TarnWriteHandle) handle, fragments, computedStatistics);
        return Optional.empty();
    }

    @Override
    public Optional<ConnectorTableHandle> applyDelete(ConnectorSession session, ConnectorTableHandle handle)
    {
        return DeleteStatements.isWholePartitions((TarnTableHandle) handle) ? Optional.of(handle) : Optional.empty();
    }

    @Override
    public OptionalLong executeDelete(ConnectorSession session, ConnectorTableHandle handle)
    {
        deletes.delete(session, (TarnTableHandle) handle);
        return OptionalLong.empty();
    }

    @Override
    public void truncateTable(ConnectorSession session, ConnectorTableHandle handle)
    {
        deletes.delete(session, (TarnTableHandle) handle);
    }

    @Override
    public RowChangeParadigm getRowChangeParadigm(ConnectorSession session, ConnectorTableHandle handle)
    {
        return RowChangeParadigm.DELETE_ROW_AND_INSERT_ROW;
    }

    /**
     * The engine plans a delete by rows before it finds that whole partitions go.
     */
    @Override
    public ColumnHandle getMergeRowIdColumnHandle(ConnectorSession session, ConnectorTableHandle handle)
    {
        return HiddenColumn.PATH.handle();
    }

    @Override
    public ConnectorMergeTableHandle beginMerge(ConnectorSession session, ConnectorTableHandle handle, Map<Integer, Collection<ColumnHandle>> updateCaseColumns, RetryMode retryMode)
    {
        throw new TrinoException(NOT_SUPPORTED, "Rows of table %s cannot be changed one by one: only whole partitions can be deleted, by a filter on partition keys alone".formatted(name(handle)));
    }

    @Override
    public Optional<ConnectorTableExecuteHandle> getTableHandleForExecute(
            ConnectorSession session,
            ConnectorAccessControl accessControl,
            ConnectorTableHandle handle,
            String procedureName,
            Map<String, Object> properties,
            RetryMode retryMode)
    {
        WriteStatements.requireNoRetries(retryMode);
        if (!procedureName.equals(OptimizeStatements.NAME)) {
            throw new TrinoException(NOT_SUPPORTED, "This connector does not support table procedure '%s'".formatted(procedureName));
        }
        accessControl.checkCanInsertIntoTable(null, name(handle));
        accessControl.checkCanDeleteFromTable(null, name(handle));
        return Optional.of(OptimizeStatements.handle((TarnTableHandle) handle, properties));
    }

    @Override
    public Optional<ConnectorTableLayout> getLayoutForTableExecute(ConnectorSession session, ConnectorTableExecuteHandle handle)
    {
        return getInsertLayout(session, ((TarnOptimizeHandle) handle).table());
    }

    @Override
    public BeginTableExecuteResult<ConnectorTableExecuteHandle, ConnectorTableHandle> beginTableExecute(ConnectorSession session, ConnectorTableExecuteHandle handle, ConnectorTableHandle source)
    {
        return optimizations.begin(session, (TarnOptimizeHandle) handle, (TarnTableHandle) source);
    }

    @Override
    public Map<String, Long> finishTableExecute(ConnectorSession session, ConnectorTableExecuteHandle handle, Collection<Slice> fragments, List<Object> scanned)
    {
        return optimizations.finish(session, (TarnOptimizeHandle) handle, fragments, scanned);
    }

    private static SchemaTableName name(ConnectorTableHandle handle)
    {
        return ((TarnTableHandle) handle).name();
    }

    private Table table(ConnectorTableHandle handle)
    {
        SchemaTableName name = ((TarnTableHandle) handle).name();
        return metastore.getTable(name.getSchemaName(), name.getTableName()).orElseThrow(() -> new TableNotFoundException(name));
    }
}
