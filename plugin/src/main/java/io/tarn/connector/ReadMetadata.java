package io.tarn.connector;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tarn.bucket.Bucketing;
import io.tarn.ddl.TableDeclaration;
import io.tarn.statistics.TransactionStatistics;
import io.tarn.view.ViewDefinitions;
import io.tarn.writelog.WriteLog;
import io.trino.metastore.HiveMetastore;
import io.trino.metastore.Table;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.CatalogSchemaTableName;
import io.trino.spi.connector.ColumnHandle;
import io.trino.spi.connector.ColumnMetadata;
import io.trino.spi.connector.ConnectorMetadata;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorTableHandle;
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
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.connector.SystemTable;
import io.trino.spi.connector.TableNotFoundException;
import io.trino.spi.expression.ConnectorExpression;
import io.trino.spi.predicate.TupleDomain;
import io.trino.spi.statistics.TableStatistics;

import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

import static io.tarn.connector.TarnSessionProperties.isProjectionPushdownEnabled;
import static io.trino.spi.StandardErrorCode.NOT_SUPPORTED;
import static io.trino.spi.connector.RelationType.VIEW;
import static java.util.Objects.requireNonNull;

/**
 * What a query reads of the catalogue, and what of a query is left to the connector: relations, columns, statistics and
 * what is pushed down.
 */
abstract class ReadMetadata
        implements ConnectorMetadata
{
    private final HiveMetastore metastore;
    private final ViewDefinitions views;
    private final MetadataTables metadataTables;
    private final TableRedirections redirections;
    private final RelationListing listing;
    private final TableDeclaration declaration;
    private final TransactionStatistics statistics;

    ReadMetadata(
            HiveMetastore metastore,
            ViewDefinitions views,
            MetadataTables metadataTables,
            TableRedirections redirections,
            TableDeclaration declaration,
            TransactionStatistics statistics)
    {
        this.metastore = requireNonNull(metastore, "metastore is null");
        this.views = requireNonNull(views, "views is null");
        this.metadataTables = requireNonNull(metadataTables, "metadataTables is null");
        this.redirections = requireNonNull(redirections, "redirections is null");
        this.listing = new RelationListing(metastore, views);
        this.declaration = requireNonNull(declaration, "declaration is null");
        this.statistics = requireNonNull(statistics, "statistics is null");
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
        return TarnTableHandle.of(name, TableColumns.partitionKeys(table.get()), Bucketing.of(table.get()));
    }

    @Override
    public ConnectorTableMetadata getTableMetadata(ConnectorSession session, ConnectorTableHandle handle)
    {
        Table table = table(handle);
        return new ConnectorTableMetadata(table.getSchemaTableName(), TableColumns.metadata(table), declaration.properties(table), Optional.ofNullable(table.getParameters().get("comment")));
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
    public Optional<ConstraintApplicationResult<ConnectorTableHandle>> applyFilter(ConnectorSession session, ConnectorTableHandle tableHandle, Constraint constraint)
    {
        TarnTableHandle handle = (TarnTableHandle) tableHandle;
        TupleDomain<TarnColumnHandle> summary = constraint.getSummary().transformKeys(TarnColumnHandle.class::cast);
        TupleDomain<TarnColumnHandle> partition = handle.partitionConstraint().intersect(summary.filter((column, _) -> column.kind() == TarnColumnHandle.Kind.PARTITION_KEY));
        TupleDomain<TarnColumnHandle> remaining = summary.filter((column, _) -> column.kind() != TarnColumnHandle.Kind.PARTITION_KEY);
        TupleDomain<TarnColumnHandle> file = handle.fileConstraint().intersect(remaining.filter((_, domain) -> StructuralDomains.isComparable(domain)));
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

    static SchemaTableName name(ConnectorTableHandle handle)
    {
        return ((TarnTableHandle) handle).name();
    }

    final Table table(ConnectorTableHandle handle)
    {
        SchemaTableName name = ((TarnTableHandle) handle).name();
        return metastore.getTable(name.getSchemaName(), name.getTableName()).orElseThrow(() -> new TableNotFoundException(name));
    }
}
