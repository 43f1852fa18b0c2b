package io.tarn.athena.execute;

import com.google.common.collect.ImmutableList;
import com.google.inject.Inject;
import io.tarn.athena.statement.DescribeView;
import io.tarn.athena.statement.ShowCreateView;
import io.tarn.view.ViewDefinitions;
import io.trino.metastore.Table;
import io.trino.spi.connector.ConnectorViewDefinition.ViewColumn;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.connector.ViewNotFoundException;

import java.util.Iterator;
import java.util.List;
import java.util.Set;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;

/**
 * What views are, by the definitions in the catalogue.
 */
public class ViewDescriptions
{
    private final HiveTables tables;
    private final ViewDefinitions views;

    @Inject
    public ViewDescriptions(HiveTables tables, ViewDefinitions views)
    {
        this.tables = requireNonNull(tables, "tables is null");
        this.views = requireNonNull(views, "views is null");
    }

    /**
     * The statement that makes the view, a row a line.
     */
    Iterator<List<String>> create(ShowCreateView statement, StatementContext context)
    {
        Table view = view(context, context.table(statement.view()));
        String text = "CREATE VIEW %s.%s AS\n%s".formatted(quoted(view.getDatabaseName()), quoted(view.getTableName()), views.definition(context.metastore(), view).getOriginalSql());
        return text.lines().<List<String>>map(ImmutableList::of).iterator();
    }

    Iterator<List<String>> describe(DescribeView statement, StatementContext context)
    {
        SchemaTableName name = context.table(statement.view());
        List<ViewColumn> columns = views.columns(view(context, name));
        Set<String> visible = context.visibility().columns(name, columns.stream().map(ViewColumn::getName).collect(toImmutableSet()));
        return columns.stream()
                .filter(column -> visible.contains(column.getName()))
                .<List<String>>map(column -> ImmutableList.of(column.getName(), column.getType().getId(), "", column.getComment().orElse("")))
                .iterator();
    }

    private Table view(StatementContext context, SchemaTableName name)
    {
        return tables.find(context, name)
                .filter(table -> ViewDefinitions.isView(table) && !ViewDefinitions.isMaterializedView(table))
                .orElseThrow(() -> new ViewNotFoundException(name));
    }

    // queries take double quotes
    private static String quoted(String name)
    {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
