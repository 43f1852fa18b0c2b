package io.tarn.connector;

import com.google.inject.Inject;
import io.tarn.view.ViewDefinitions;
import io.trino.metastore.HiveMetastore;
import io.trino.metastore.Table;
import io.trino.spi.TrinoException;
import io.trino.spi.catalog.CatalogName;
import io.trino.spi.connector.CatalogSchemaTableName;
import io.trino.spi.connector.ColumnMetadata;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.RelationColumnsMetadata;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.type.TypeManager;

import java.util.List;
import java.util.Optional;

import static io.trino.spi.StandardErrorCode.NOT_SUPPORTED;
import static io.trino.spi.connector.RelationColumnsMetadata.forRedirectedTable;
import static io.trino.spi.connector.RelationColumnsMetadata.forTable;
import static java.util.Objects.requireNonNull;

/**
 * Hands tables of Iceberg, Delta Lake and Hudi, and the tables that tell of them ({@code "t$snapshots"}), to the
 * catalogue that reads them.
 */
public class TableRedirections
{
    private final CatalogName catalogName;
    private final TypeManager typeManager;

    @Inject
    public TableRedirections(CatalogName catalogName, TypeManager typeManager)
    {
        this.typeManager = requireNonNull(typeManager, "typeManager is null");
        this.catalogName = requireNonNull(catalogName, "catalogName is null");
    }

    /**
     * Where the engine finds the table.
     *
     * @return empty where it is here, or nowhere
     */
    Optional<CatalogSchemaTableName> target(ConnectorSession session, HiveMetastore metastore, SchemaTableName name)
    {
        if (!RedirectionSessionProperties.isAnyCatalog(session)) {
            return Optional.empty();
        }
        int suffix = name.getTableName().lastIndexOf('$');
        String source = suffix > 0 ? name.getTableName().substring(0, suffix) : name.getTableName();
        return metastore.getTable(name.getSchemaName(), source)
                .flatMap(table -> catalog(session, table))
                .map(catalog -> new CatalogSchemaTableName(catalog, name));
    }

    /**
     * The columns of a table that is handed to another catalogue, for listings: as Glue has them, because asking the
     * other catalogue costs a request or more a table, and one table that is broken there would break the listing of
     * all. Only a table that has none in Glue is left to the other catalogue.
     *
     * @return empty where the table is not handed over
     */
    Optional<RelationColumnsMetadata> columns(ConnectorSession session, Table table)
    {
        if (catalog(session, table).isEmpty()) {
            return Optional.empty();
        }
        List<ColumnMetadata> columns = ForeignColumns.metadata(table, typeManager);
        return Optional.of(columns.isEmpty() ? forRedirectedTable(table.getSchemaTableName()) : forTable(table.getSchemaTableName(), columns));
    }

    private static Optional<String> catalog(ConnectorSession session, Table table)
    {
        if (ViewDefinitions.isView(table)) {
            return Optional.empty();
        }
        return ForeignTables.connector(table).flatMap(connector -> RedirectionSessionProperties.catalog(session, connector));
    }

    /**
     * @throws TrinoException {@code NOT_SUPPORTED} where the table is another connector's to read: it comes here only
     *         when no catalogue is configured for it
     */
    void refuseForeign(Table table)
    {
        ForeignTables.connector(table).ifPresent(connector -> {
            throw new TrinoException(NOT_SUPPORTED, "Table %s is read by the connector '%s', not by 'tarn'. Configure a catalogue with connector.name=%2$s over the same Glue catalogue, and name it in tarn.%s-catalog-name of catalogue %s, or in the session property %4$s.%s_catalog_name."
                    .formatted(table.getSchemaTableName(), connector, connector.replace('_', '-'), catalogName, connector));
        });
    }
}
