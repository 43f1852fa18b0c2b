package io.tarn.connector;

import com.google.common.collect.ImmutableList;
import io.airlift.log.Logger;
import io.trino.metastore.HiveMetastore;
import io.trino.metastore.Table;
import io.trino.metastore.TableInfo;
import io.trino.spi.connector.RelationColumnsMetadata;
import io.trino.spi.connector.RelationType;
import io.trino.spi.connector.SchemaTableName;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

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
     * A table whose definition cannot be understood is left out, with a line in the log: it does not hide the others.
     */
    Iterator<RelationColumnsMetadata> columns(Optional<String> schemaName, UnaryOperator<Set<SchemaTableName>> relationFilter)
    {
        Set<SchemaTableName> names = relationFilter.apply(relations(schemaName).keySet().stream().collect(toSet()));
        return names.stream()
                .map(this::columns)
                .flatMap(Optional::stream)
                .iterator();
    }

    private Optional<RelationColumnsMetadata> columns(SchemaTableName name)
    {
        try {
            Optional<Table> table = metastore.getTable(name.getSchemaName(), name.getTableName());
            if (table.isEmpty()) {
                // dropped while the schema was listed
                return Optional.empty();
            }
            if (ViewDefinitions.isView(table.get())) {
                return Optional.of(RelationColumnsMetadata.forView(name, ImmutableList.copyOf(views.definition(table.get()).getColumns())));
            }
            return Optional.of(RelationColumnsMetadata.forTable(name, TableColumns.metadata(table.get())));
        }
        catch (RuntimeException e) {
            log.warn(e, "Columns of %s cannot be listed", name);
            return Optional.empty();
        }
    }
}
