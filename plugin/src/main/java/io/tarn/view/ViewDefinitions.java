package io.tarn.view;

import com.google.inject.Inject;
import io.airlift.json.JsonCodec;
import io.tarn.type.HiveTypes;
import io.tarn.view.hive.HiveViewTranslator;
import io.trino.metastore.Column;
import io.trino.metastore.HiveMetastore;
import io.trino.metastore.Table;
import io.trino.spi.TrinoException;
import io.trino.spi.catalog.CatalogName;
import io.trino.spi.connector.ConnectorViewDefinition;
import io.trino.spi.connector.ConnectorViewDefinition.ViewColumn;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.type.Type;
import io.trino.spi.type.TypeManager;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.tarn.error.TarnErrorCode.TARN_INVALID_VIEW;
import static io.trino.metastore.Table.TABLE_COMMENT;
import static io.trino.metastore.TableInfo.ICEBERG_MATERIALIZED_VIEW_COMMENT;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * What the views in the catalogue say, whoever wrote them: Trino, Athena, or Hive.
 */
public class ViewDefinitions
{
    // Athena's name for the Glue catalogue, whatever it is called here
    private static final String ATHENA_CATALOG = "awsdatacatalog";

    private final CatalogName catalogName;
    private final TypeManager typeManager;
    private final ViewText text;

    @Inject
    public ViewDefinitions(CatalogName catalogName, TypeManager typeManager, JsonCodec<ConnectorViewDefinition> codec)
    {
        this.catalogName = requireNonNull(catalogName, "catalogName is null");
        this.typeManager = requireNonNull(typeManager, "typeManager is null");
        this.text = new ViewText(codec);
    }

    public static boolean isView(Table table)
    {
        return table.getTableType().equals("VIRTUAL_VIEW");
    }

    /**
     * Whether the view is a materialized one of Trino's Iceberg connector, which is no business of this one.
     */
    public static boolean isMaterializedView(Table table)
    {
        return isView(table) && ICEBERG_MATERIALIZED_VIEW_COMMENT.equalsIgnoreCase(table.getParameters().get(TABLE_COMMENT));
    }

    /**
     * The definition of a view. One without an owner, as Athena and Hive write them, runs with the rights of who asks;
     * one that was written against {@code awsdatacatalog} reads this catalogue. Of one in Hive's dialect, the SQL is a
     * translation.
     *
     * @param metastore gives the tables that a view in Hive's dialect reads
     * @throws TrinoException {@code TARN_INVALID_VIEW} where the text is none that Trino or Athena writes, or holds what cannot
     *         be translated
     */
    public ConnectorViewDefinition definition(HiveMetastore metastore, Table table)
    {
        if (!ViewText.isTrinoView(table)) {
            List<ViewColumn> columns = hiveColumns(table);
            return new ConnectorViewDefinition(
                    HiveViewTranslator.translate(table, types(columns), name -> relation(metastore, name)),
                    Optional.of(catalogName.toString()),
                    Optional.of(table.getDatabaseName()),
                    columns,
                    Optional.ofNullable(table.getParameters().get(TABLE_COMMENT)),
                    Optional.empty(),
                    true,
                    List.of());
        }
        return readable(table, text.decode(table));
    }

    /**
     * The columns of a view, without a look at the query of one in Hive's dialect.
     *
     * @throws TrinoException {@code TARN_INVALID_VIEW} where the definition cannot be read
     */
    public List<ViewColumn> columns(Table table)
    {
        return ViewText.isTrinoView(table) ? text.decode(table).getColumns() : hiveColumns(table);
    }

    private ConnectorViewDefinition readable(Table table, ConnectorViewDefinition stored)
    {
        Optional<String> owner = stored.isRunAsInvoker() ? Optional.empty() : stored.getOwner();
        if (owner.isPresent() && table.getOwner().isPresent() && ViewTables.isWrittenByTrino(table)) {
            // Trino writes the owner twice, and a later change only here; what Athena writes here is no identity of this cluster
            owner = table.getOwner();
        }
        return new ConnectorViewDefinition(
                stored.getOriginalSql(),
                stored.getCatalog().map(catalog -> catalog.equalsIgnoreCase(ATHENA_CATALOG) ? catalogName.toString() : catalog),
                stored.getSchema(),
                stored.getColumns(),
                stored.getComment(),
                owner,
                owner.isEmpty(),
                stored.getPath());
    }

    private Optional<Map<String, Type>> relation(HiveMetastore metastore, SchemaTableName name)
    {
        return metastore.getTable(name.getSchemaName(), name.getTableName())
                .map(table -> types(isView(table) ? columns(table) : hiveColumns(table)));
    }

    private Map<String, Type> types(List<ViewColumn> columns)
    {
        Map<String, Type> types = new LinkedHashMap<>();
        columns.forEach(column -> types.putIfAbsent(column.getName().toLowerCase(ENGLISH), typeManager.getType(column.getType())));
        return types;
    }

    private static List<ViewColumn> hiveColumns(Table table)
    {
        List<ViewColumn> columns = Stream.concat(table.getDataColumns().stream(), table.getPartitionColumns().stream())
                .map(column -> new ViewColumn(column.getName(), HiveTypes.trinoType(column.getType()).orElseThrow(() -> untyped(table, column)).getTypeId(), column.getComment()))
                .collect(toImmutableList());
        if (columns.isEmpty()) {
            throw new TrinoException(TARN_INVALID_VIEW, "%s has no columns in the catalogue. Create it anew with Trino or Athena.".formatted(table.getSchemaTableName()));
        }
        return columns;
    }

    private static TrinoException untyped(Table table, Column column)
    {
        return new TrinoException(TARN_INVALID_VIEW, "Column %s of %s has the type %s, which Trino does not have. Create the view anew without it.".formatted(column.getName(), table.getSchemaTableName(), column.getType()));
    }
}
