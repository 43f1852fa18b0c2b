package io.tarn.athena.grammar;

import com.google.common.collect.ImmutableMap;
import io.tarn.athena.grammar.AthenaDdlParser.DatabaseClauseContext;
import io.tarn.athena.grammar.AthenaDdlParser.DescribeTableContext;
import io.tarn.athena.grammar.AthenaDdlParser.PathStepContext;
import io.tarn.athena.grammar.AthenaDdlParser.ShowColumnsContext;
import io.tarn.athena.grammar.AthenaDdlParser.StatementContext;
import io.tarn.athena.statement.AlterDatabaseProperties;
import io.tarn.athena.statement.AthenaStatement;
import io.tarn.athena.statement.CreateDatabase;
import io.tarn.athena.statement.DatabaseName;
import io.tarn.athena.statement.DescribeTable;
import io.tarn.athena.statement.DescribeTable.Detail;
import io.tarn.athena.statement.DescribeView;
import io.tarn.athena.statement.DropDatabase;
import io.tarn.athena.statement.DropTable;
import io.tarn.athena.statement.DropView;
import io.tarn.athena.statement.OptimizeTable;
import io.tarn.athena.statement.RepairTable;
import io.tarn.athena.statement.ShowColumns;
import io.tarn.athena.statement.ShowCreateTable;
import io.tarn.athena.statement.ShowCreateView;
import io.tarn.athena.statement.ShowDatabases;
import io.tarn.athena.statement.ShowPartitions;
import io.tarn.athena.statement.ShowTableProperties;
import io.tarn.athena.statement.ShowTables;
import io.tarn.athena.statement.ShowViews;
import io.tarn.athena.statement.TableName;
import io.tarn.athena.statement.VacuumTable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Makes the record of a statement from what the grammar found.
 */
final class Statements
{
    private final SyntaxErrors errors;
    private final Names names;
    private final Clauses clauses;

    Statements(SyntaxErrors errors)
    {
        this.errors = requireNonNull(errors, "errors is null");
        this.names = new Names(errors);
        this.clauses = new Clauses(errors);
    }

    /**
     * @param condition of OPTIMIZE, which the grammar does not know
     */
    AthenaStatement read(StatementContext context, Optional<String> condition)
    {
        return switch (context) {
            case AthenaDdlParser.CreateDatabaseContext create -> createDatabase(create);
            case AthenaDdlParser.AlterDatabasePropertiesContext alter -> new AlterDatabaseProperties(names.database(alter.databaseName()), Clauses.properties(alter.properties()));
            case AthenaDdlParser.DropDatabaseContext drop -> new DropDatabase(names.database(drop.databaseName()), drop.EXISTS() != null, drop.CASCADE() != null);
            case AthenaDdlParser.CreateTableContext create -> TableDefinition.read(create, errors);
            case AthenaDdlParser.DropTableContext drop -> new DropTable(names.table(drop.droppedTable()), drop.EXISTS() != null, drop.PURGE() != null);
            case AthenaDdlParser.DropViewContext drop -> new DropView(names.table(drop.viewName()), drop.EXISTS() != null);
            case AthenaDdlParser.AlterTableContext alter -> new Alterations(errors).read(names.table(alter.tableName()), alter.alteration());
            case AthenaDdlParser.RepairTableContext repair -> new RepairTable(names.table(repair.tableName()));
            case AthenaDdlParser.OptimizeTableContext optimize -> new OptimizeTable(names.table(optimize.tableName()), condition);
            case AthenaDdlParser.VacuumTableContext vacuum -> new VacuumTable(names.table(vacuum.tableName()));
            case AthenaDdlParser.ShowDatabasesContext show -> new ShowDatabases(Clauses.optional(show.text()));
            case AthenaDdlParser.ShowTablesContext show -> new ShowTables(database(show.databaseName()), Clauses.optional(show.text()));
            case AthenaDdlParser.ShowViewsContext show -> new ShowViews(database(show.databaseName()), Clauses.optional(show.text()));
            case ShowColumnsContext show -> showColumns(show);
            case AthenaDdlParser.ShowPartitionsContext show -> new ShowPartitions(names.table(show.tableName()), clauses.partition(show.partitionSpec()));
            case AthenaDdlParser.ShowTablePropertiesContext show -> new ShowTableProperties(names.table(show.tableName()), Clauses.optional(show.text()));
            case AthenaDdlParser.ShowCreateTableContext show -> new ShowCreateTable(names.table(show.tableName()));
            case AthenaDdlParser.ShowCreateViewContext show -> new ShowCreateView(names.table(show.viewName()));
            case AthenaDdlParser.DescribeViewContext describe -> new DescribeView(names.table(describe.viewName()));
            case DescribeTableContext describe -> describeTable(describe);
            default -> throw new IllegalArgumentException("not a statement: " + context.getClass().getSimpleName());
        };
    }

    private CreateDatabase createDatabase(AthenaDdlParser.CreateDatabaseContext context)
    {
        OnceOnly<String> comment = new OnceOnly<>("COMMENT", errors);
        OnceOnly<String> location = new OnceOnly<>("LOCATION", errors);
        OnceOnly<Map<String, String>> properties = new OnceOnly<>("WITH DBPROPERTIES", errors);
        for (DatabaseClauseContext clause : context.databaseClause()) {
            switch (clause) {
                case AthenaDdlParser.DatabaseCommentContext written -> comment.set(written, Clauses.text(written.text()));
                case AthenaDdlParser.DatabaseLocationContext written -> location.set(written, Clauses.text(written.text()));
                case AthenaDdlParser.DatabasePropertiesContext written -> properties.set(written, Clauses.properties(written.properties()));
                default -> throw new IllegalArgumentException("not a clause: " + clause.getClass().getSimpleName());
            }
        }
        return new CreateDatabase(
                names.database(context.databaseName()),
                context.EXISTS() != null,
                comment.value(),
                location.value(),
                properties.value().orElse(ImmutableMap.of()));
    }

    private ShowColumns showColumns(ShowColumnsContext context)
    {
        TableName table = names.table(context.tableName());
        if (context.databaseName() == null) {
            return new ShowColumns(table);
        }
        DatabaseName database = names.database(context.databaseName());
        if (table.database().isPresent() && !table.database().get().equals(database)) {
            throw errors.at(context.databaseName(), "the table is named with another database, " + SyntaxErrors.shown(table.database().get().database()));
        }
        return new ShowColumns(new TableName(Optional.of(database), table.table()));
    }

    private DescribeTable describeTable(DescribeTableContext context)
    {
        List<String> column = new ArrayList<>();
        if (context.columnPath() != null) {
            column.add(names.name(context.columnPath().columnName()));
            context.columnPath().pathStep().forEach(step -> column.add(step(step)));
        }
        Detail detail = context.EXTENDED() != null ? Detail.EXTENDED : context.FORMATTED() != null ? Detail.FORMATTED : Detail.PLAIN;
        return new DescribeTable(names.table(context.tableName()), detail, clauses.partition(context.partitionSpec()), column);
    }

    private String step(PathStepContext context)
    {
        return context.SINGLE_QUOTED() == null ? names.name(context) : HiveStrings.unquote(context.getText());
    }

    private Optional<DatabaseName> database(AthenaDdlParser.DatabaseNameContext context)
    {
        return Optional.ofNullable(context).map(names::database);
    }
}
