package io.tarn.connector;

import com.google.common.collect.ImmutableList;
import io.airlift.log.Logger;
import io.tarn.view.ViewDefinitions;
import io.tarn.writelog.WriteLog;
import io.trino.metastore.HiveMetastore;
import io.trino.metastore.Table;
import io.trino.metastore.TableInfo;
import io.trino.spi.connector.ConnectorViewDefinition;
import io.trino.spi.connector.RelationColumnsMetadata;
import io.trino.spi.connector.RelationType;
import io.trino.spi.connector.SchemaTableName;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import static io.trino.spi.connector.RelationType.VIEW;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;

/**
 * Lists what schemas hold: one call a schema for the names, one a table for the columns.
 */
final class RelationListing
{
    private static final Logger log = Logger.get(RelationListing.class);

    private final HiveMetastore metastore;
    private final ViewDefinitions views;

    RelationListing(HiveMetastore metastore, ViewDefinitions views)
    {
        this.metastore = requireNonNull(metastore, "metastore is null");
        this.views = requireNonNull(views, "views is null");
    }

    Map<SchemaTableName, RelationType> relations(Optional<String> schemaName)
    {
        Map<SchemaTableName, RelationType> relations = new HashMap<>();
        for (String schema : schemaName.map(List::of).orElseGet(metastore::getAllDatabases)) {
            for (TableInfo table : metastore.getTables(schema)) {
                relations.put(table.tableName(), table.extendedRelationType().toRelationType());
            }
        }
        return relations;
    }

    /**
     * The views and what they say. One that cannot be read or translated is left out, with a line in the log: it does not
     * hide the others.
     */
    Map<SchemaTableName, ConnectorViewDefinition> views(Optional<String> schemaName)
    {
        Map<SchemaTableName, ConnectorViewDefinition> definitions = new HashMap<>();
        relations(schemaName).forEach((name, type) -> {
            if (type == VIEW) {
                view(name).ifPresent(definition -> definitions.put(name, definition));
            }
        });
        return definitions;
    }

    private Optional<ConnectorViewDefinition> view(SchemaTableName name)
    {
        try {
            return metastore.getTable(name.getSchemaName(), name.getTableName())
                    .filter(table -> ViewDefinitions.isView(table) && !ViewDefinitions.isMaterializedView(table))
                    .map(table -> views.definition(metastore, table));
        }
        catch (RuntimeException e) {
            log.warn(e, "View %s cannot be listed", name);
            return Optional.empty();
        }
    }

    /**
     * A table whose definition cannot be understood is left out, with a line in the log: it does not hide the others.
     *
     * @param foreign the columns of a table that is another catalogue's to read; empty for others
     */
    Iterator<RelationColumnsMetadata> columns(Optional<String> schemaName, UnaryOperator<Set<SchemaTableName>> relationFilter, Function<Table, Optional<RelationColumnsMetadata>> foreign)
    {
        Set<SchemaTableName> names = relationFilter.apply(relations(schemaName).keySet().stream().collect(toSet()));
        return names.stream()
                .map(name -> columns(name, foreign))
                .flatMap(Optional::stream)
                .iterator();
    }

    private Optional<RelationColumnsMetadata> columns(SchemaTableName name, Function<Table, Optional<RelationColumnsMetadata>> foreign)
    {
        try {
            Optional<Table> table = metastore.getTable(name.getSchemaName(), name.getTableName());
            if (table.isEmpty() || ViewDefinitions.isMaterializedView(table.get()) || table.get().getParameters().containsKey(WriteLog.CREATING)) {
                // dropped or created while the schema was listed, or not of this connector
                return Optional.empty();
            }
            if (ViewDefinitions.isView(table.get())) {
                return Optional.of(RelationColumnsMetadata.forView(name, ImmutableList.copyOf(views.columns(table.get()))));
            }
            return foreign.apply(table.get())
                    .or(() -> Optional.of(RelationColumnsMetadata.forTable(name, TableColumns.metadata(table.get()))));
        }
        catch (RuntimeException e) {
            log.warn(e, "Columns of %s cannot be listed", name);
            return Optional.empty();
        }
    }
}
