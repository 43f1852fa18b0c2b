package io.tarn.connector;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.trino.metastore.HiveMetastore;
import io.trino.metastore.Table;
import io.trino.spi.TrinoException;
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
 * The catalogue's schemas, tables and views as the engine sees them, for one transaction.
 */
public class TarnMetadata
        implements ConnectorMetadata
{
    private final HiveMetastore metastore;
    private final ViewDefinitions views;
    private final RelationListing listing;

    TarnMetadata(HiveMetastore metastore, ViewDefinitions views)
    {
        this.metastore = requireNonNull(metastore, "metastore is null");
        this.views = requireNonNull(views, "views is null");
        this.listing = new RelationListing(metastore, views);
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
        if (startVersion.isPresent() || endVersion.isPresent()) {
            throw new TrinoException(NOT_SUPPORTED, "Table %s keeps no versions: time travel is for Iceberg and Delta tables".formatted(name));
        }
        Optional<Table> table = metastore.getTable(name.getSchemaName(), name.getTableName());
        if (table.isEmpty() || ViewDefinitions.isView(table.get())) {
            return null;
        }
        ForeignTables.connector(table.get()).ifPresent(connector -> {
            throw new TrinoException(NOT_SUPPORTED, "Table %s is read by the connector '%s', not by 'tarn'. Configure a catalogue with connector.name=%s over the same Glue catalogue, and query the table there."
                    .formatted(name, connector, connector));
        });
        return TarnTableHandle.of(name, TableColumns.partitionKeys(table.get()));
    }

    @Override
    public ConnectorTableMetadata getTableMetadata(ConnectorSession session, ConnectorTableHandle handle)
    {
        Table table = table(handle);
        return new ConnectorTableMetadata(table.getSchemaTableName(), TableColumns.metadata(table), ImmutableMap.of(), Optional.ofNullable(table.getParameters().get("comment")));
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
                .orElseThrow();
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
        return listing.columns(schemaName, relationFilter);
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
                .filter(ViewDefinitions::isView)
                .map(views::definition);
    }

    @Override
    public Optional<SystemTable> getSystemTable(ConnectorSession session, SchemaTableName tableName)
    {
        return PartitionsTable.of(metastore, tableName);
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

    private Table table(ConnectorTableHandle handle)
    {
        SchemaTableName name = ((TarnTableHandle) handle).name();
        return metastore.getTable(name.getSchemaName(), name.getTableName()).orElseThrow(() -> new TableNotFoundException(name));
    }
}
