package io.tarn.view;

import com.google.common.collect.ImmutableMap;
import com.google.inject.Inject;
import io.tarn.metastore.GlueMetastore;
import io.trino.metastore.HiveMetastore;
import io.trino.metastore.Table;
import io.trino.metastore.TableAlreadyExistsException;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorViewDefinition;
import io.trino.spi.connector.ConnectorViewDefinition.ViewColumn;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.connector.TableNotFoundException;
import io.trino.spi.connector.ViewNotFoundException;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.tarn.view.ViewProperties.extraProperties;
import static io.trino.metastore.PrincipalPrivileges.NO_PRIVILEGES;
import static io.trino.spi.StandardErrorCode.ALREADY_EXISTS;
import static io.trino.spi.StandardErrorCode.NOT_SUPPORTED;
import static io.trino.spi.StandardErrorCode.TRANSACTION_CONFLICT;
import static java.util.Objects.requireNonNull;

/**
 * The statements that make, change and drop views. Each is one change of the catalogue that checks what it replaces:
 * of two that create a view, one wins and the other is told so; two that change one view follow each other.
 */
public class ViewStatements
{
    // each round that fails is one that somebody else's succeeded in
    private static final int MAX_ATTEMPTS = 20;

    private final ViewTables tables;

    @Inject
    public ViewStatements(ViewTables tables)
    {
        this.tables = requireNonNull(tables, "tables is null");
    }

    /**
     * @param viewProperties as {@link ViewProperties} declares them
     * @param replace whether a view of that name is replaced; never a table or a materialized view
     * @throws TrinoException {@code ALREADY_EXISTS} where there is one that is not replaced, {@code TRANSACTION_CONFLICT}
     *         where others kept changing it
     */
    public void create(HiveMetastore metastore, ConnectorSession session, SchemaTableName name, ConnectorViewDefinition definition, Map<String, Object> viewProperties, boolean replace)
    {
        Table view = tables.create(name, definition, session.getQueryId(), extraProperties(viewProperties));
        untilNoConflict(() -> {
            Optional<Table> existing = metastore.getTable(name.getSchemaName(), name.getTableName());
            if (existing.isEmpty()) {
                create(metastore, name, view, replace);
                return;
            }
            if (!ViewDefinitions.isView(existing.get())) {
                throw new TrinoException(ALREADY_EXISTS, "Table already exists: '%s'. A view does not replace it: drop it first, or choose another name".formatted(name));
            }
            if (ViewDefinitions.isMaterializedView(existing.get())) {
                throw new TrinoException(ALREADY_EXISTS, "Materialized view already exists: '%s'. A view does not replace it: drop it first, or choose another name".formatted(name));
            }
            if (!replace) {
                throw alreadyExists(name);
            }
            replace(metastore, existing.get(), view);
        });
    }

    private static void create(HiveMetastore metastore, SchemaTableName name, Table view, boolean replace)
    {
        try {
            metastore.createTable(view, NO_PRIVILEGES);
        }
        catch (TableAlreadyExistsException e) {
            if (replace) {
                throw new TrinoException(TRANSACTION_CONFLICT, "View %s was created by somebody else at the same time. Run the statement again".formatted(name), e);
            }
            throw alreadyExists(name);
        }
    }

    /**
     * @throws ViewNotFoundException where there is no view of that name; a table is never dropped
     */
    public void drop(HiveMetastore metastore, SchemaTableName name)
    {
        view(metastore, name);
        try {
            metastore.dropTable(name.getSchemaName(), name.getTableName(), false);
        }
        catch (TableNotFoundException _) {
            throw new ViewNotFoundException(name);
        }
    }

    /**
     * @throws TrinoException {@code ALREADY_EXISTS} where the new name is taken
     */
    public void rename(HiveMetastore metastore, SchemaTableName from, SchemaTableName to)
    {
        view(metastore, from);
        try {
            metastore.renameTable(from.getSchemaName(), from.getTableName(), to.getSchemaName(), to.getTableName());
        }
        catch (TableNotFoundException _) {
            throw new ViewNotFoundException(from);
        }
        catch (TableAlreadyExistsException _) {
            throw alreadyExists(to);
        }
    }

    public void setComment(HiveMetastore metastore, SchemaTableName name, Optional<String> comment)
    {
        change(metastore, name, definition -> withComments(definition, definition.getColumns(), comment));
    }

    /**
     * @param columnName as the definition has it
     */
    public void setColumnComment(HiveMetastore metastore, SchemaTableName name, String columnName, Optional<String> comment)
    {
        change(metastore, name, definition -> withComments(
                definition,
                definition.getColumns().stream()
                        .map(column -> column.getName().equals(columnName) ? new ViewColumn(columnName, column.getType(), comment) : column)
                        .collect(toImmutableList()),
                definition.getComment()));
    }

    /**
     * Gives a view the columns that its query has by now; all else of it stays as it is.
     *
     * @param columns what the query has, with their comments
     * @throws TrinoException {@code NOT_SUPPORTED} where the view is written in Hive's dialect
     */
    public void refresh(HiveMetastore metastore, SchemaTableName name, List<ViewColumn> columns)
    {
        change(metastore, name, definition -> withComments(definition, columns, definition.getComment()));
    }

    private void change(HiveMetastore metastore, SchemaTableName name, UnaryOperator<ConnectorViewDefinition> change)
    {
        untilNoConflict(() -> {
            Table view = view(metastore, name);
            if (!ViewText.isTrinoView(view)) {
                throw new TrinoException(NOT_SUPPORTED, "View %s is written in Hive's dialect, and is changed in Hive only. To have it as Trino's, take the query of SHOW CREATE VIEW and run CREATE OR REPLACE VIEW".formatted(name));
            }
            replace(metastore, view, tables.withComments(view, change.apply(tables.written(view))));
        });
    }

    private static void replace(HiveMetastore metastore, Table existing, Table view)
    {
        Map<String, String> context = existing.getViewOriginalText()
                .map(text -> ImmutableMap.of(GlueMetastore.EXPECTED_VIEW_TEXT, text))
                .orElseGet(ImmutableMap::of);
        try {
            metastore.replaceTable(view.getDatabaseName(), view.getTableName(), view, NO_PRIVILEGES, context);
        }
        catch (TableNotFoundException e) {
            throw new TrinoException(TRANSACTION_CONFLICT, "View %s was dropped by somebody else at the same time. Run the statement again".formatted(view.getSchemaTableName()), e);
        }
    }

    private static Table view(HiveMetastore metastore, SchemaTableName name)
    {
        return metastore.getTable(name.getSchemaName(), name.getTableName())
                .filter(table -> ViewDefinitions.isView(table) && !ViewDefinitions.isMaterializedView(table))
                .orElseThrow(() -> new ViewNotFoundException(name));
    }

    private static ConnectorViewDefinition withComments(ConnectorViewDefinition definition, List<ViewColumn> columns, Optional<String> comment)
    {
        return new ConnectorViewDefinition(
                definition.getOriginalSql(),
                definition.getCatalog(),
                definition.getSchema(),
                columns,
                comment,
                definition.getOwner(),
                definition.isRunAsInvoker(),
                definition.getPath());
    }

    private static void untilNoConflict(Runnable change)
    {
        for (int attempt = 1; ; attempt++) {
            try {
                change.run();
                return;
            }
            catch (TrinoException e) {
                if (attempt >= MAX_ATTEMPTS || !e.getErrorCode().equals(TRANSACTION_CONFLICT.toErrorCode())) {
                    throw e;
                }
            }
        }
    }

    private static TrinoException alreadyExists(SchemaTableName name)
    {
        return new TrinoException(ALREADY_EXISTS, "View already exists: '%s'".formatted(name));
    }
}
