package io.tarn.connector;

import io.airlift.slice.Slice;
import io.tarn.ddl.BucketDeclaration;
import io.tarn.ddl.TableDeclaration;
import io.tarn.statistics.TransactionStatistics;
import io.tarn.type.DeclaredTypes;
import io.tarn.view.ViewDefinitions;
import io.tarn.view.ViewStatements;
import io.trino.metastore.HiveMetastore;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.BeginTableExecuteResult;
import io.trino.spi.connector.ColumnHandle;
import io.trino.spi.connector.ColumnMetadata;
import io.trino.spi.connector.ColumnPosition;
import io.trino.spi.connector.ConnectorAccessControl;
import io.trino.spi.connector.ConnectorAnalyzeMetadata;
import io.trino.spi.connector.ConnectorInsertTableHandle;
import io.trino.spi.connector.ConnectorMergeTableHandle;
import io.trino.spi.connector.ConnectorOutputMetadata;
import io.trino.spi.connector.ConnectorOutputTableHandle;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorTableExecuteHandle;
import io.trino.spi.connector.ConnectorTableHandle;
import io.trino.spi.connector.ConnectorTableLayout;
import io.trino.spi.connector.ConnectorTableMetadata;
import io.trino.spi.connector.ConnectorViewDefinition;
import io.trino.spi.connector.RetryMode;
import io.trino.spi.connector.RowChangeParadigm;
import io.trino.spi.connector.SaveMode;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.connector.WriterScalingOptions;
import io.trino.spi.security.TrinoPrincipal;
import io.trino.spi.statistics.ComputedStatistics;
import io.trino.spi.statistics.TableStatisticsMetadata;
import io.trino.spi.type.Type;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import static io.tarn.write.WriteSessionProperties.isScaleWriters;
import static io.trino.spi.StandardErrorCode.NOT_SUPPORTED;
import static java.util.Objects.requireNonNull;

/**
 * The catalogue's schemas, tables and views as the engine sees and changes them, for one transaction: each statement is
 * the work of a class of its own.
 */
public class TarnMetadata
        extends ReadMetadata
{
    private final HiveMetastore metastore;
    private final ViewStatements viewStatements;
    private final SchemaStatements schemas;
    private final TableStatements tables;
    private final WriteStatements writes;
    private final UnloadStatements unloads;
    private final DeleteStatements deletes;
    private final OptimizeStatements optimizations;
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
        super(metastore, views, metadataTables, redirections, tools.declaration(), statistics);
        this.metastore = metastore;
        this.viewStatements = requireNonNull(viewStatements, "viewStatements is null");
        this.schemas = new SchemaStatements(metastore, tools.liveTables());
        this.tables = new TableStatements(metastore, tools.declaration(), tools.locations(), tools.formats());
        this.writes = new WriteStatements(metastore, tools, tables, undo);
        this.unloads = new UnloadStatements(tools, undo);
        this.deletes = new DeleteStatements(metastore, tools);
        this.optimizations = new OptimizeStatements(metastore, tools, writes, undo);
        this.analysis = new TableAnalysis(metastore);
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
    public TableStatisticsMetadata getStatisticsCollectionMetadataForWrite(ConnectorSession session, ConnectorTableMetadata tableMetadata, boolean tableReplace)
    {
        return UnloadStatements.isUnload(tableMetadata) ? TableStatisticsMetadata.empty() : TableAnalysis.forWrite(session, tableMetadata);
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
        if (UnloadStatements.isUnload(metadata)) {
            return unloads.layout(session, metadata);
        }
        return BucketedWrites.layout(BucketDeclaration.bucketing(metadata), TableDeclaration.partitionedBy(metadata.getProperties()));
    }

    @Override
    public Optional<ConnectorTableLayout> getInsertLayout(ConnectorSession session, ConnectorTableHandle handle)
    {
        return BucketedWrites.layout(BucketedWrites.bucketing(table(handle)), ((TarnTableHandle) handle).partitionKeys().stream().map(TarnColumnHandle::name).toList());
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
        return UnloadStatements.isUnload(metadata) ? unloads.begin(session, metadata, retryMode, replace) : writes.beginCreate(session, metadata, retryMode, replace);
    }

    @Override
    public Optional<ConnectorOutputMetadata> finishCreateTable(ConnectorSession session, ConnectorOutputTableHandle handle, Collection<Slice> fragments, Collection<ComputedStatistics> computedStatistics)
    {
        TarnWriteHandle write = (TarnWriteHandle) handle;
        if (write.newTable().isEmpty()) {
            unloads.finish(session, write.write());
        }
        else {
            writes.finishCreate(session, write, fragments, computedStatistics);
        }
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
}
