package io.tarn.athena.execute;

import com.google.common.collect.ImmutableList;
import com.google.inject.Inject;
import io.tarn.athena.print.AthenaPrinter;
import io.tarn.athena.statement.AddColumns;
import io.tarn.athena.statement.AddPartitions;
import io.tarn.athena.statement.AlterDatabaseProperties;
import io.tarn.athena.statement.AthenaStatement;
import io.tarn.athena.statement.ChangeColumn;
import io.tarn.athena.statement.CreateDatabase;
import io.tarn.athena.statement.CreateTable;
import io.tarn.athena.statement.DatabaseStatement;
import io.tarn.athena.statement.DescribeTable;
import io.tarn.athena.statement.DescribeView;
import io.tarn.athena.statement.DropColumn;
import io.tarn.athena.statement.DropDatabase;
import io.tarn.athena.statement.DropPartitions;
import io.tarn.athena.statement.DropTable;
import io.tarn.athena.statement.DropView;
import io.tarn.athena.statement.OptimizeTable;
import io.tarn.athena.statement.PartitionStatement;
import io.tarn.athena.statement.QueryStatement;
import io.tarn.athena.statement.RefusedStatement;
import io.tarn.athena.statement.RenamePartition;
import io.tarn.athena.statement.RenameTable;
import io.tarn.athena.statement.RepairTable;
import io.tarn.athena.statement.ReplaceColumns;
import io.tarn.athena.statement.SetLocation;
import io.tarn.athena.statement.SetTableProperties;
import io.tarn.athena.statement.ShowColumns;
import io.tarn.athena.statement.ShowCreateTable;
import io.tarn.athena.statement.ShowCreateView;
import io.tarn.athena.statement.ShowDatabases;
import io.tarn.athena.statement.ShowPartitions;
import io.tarn.athena.statement.ShowStatement;
import io.tarn.athena.statement.ShowTableProperties;
import io.tarn.athena.statement.ShowTables;
import io.tarn.athena.statement.ShowViews;
import io.tarn.athena.statement.TableStatement;
import io.tarn.athena.statement.UnsetTableProperties;
import io.tarn.athena.statement.VacuumTable;
import io.trino.spi.TrinoException;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static io.tarn.error.TarnErrorCode.TARN_STATEMENT_ELSEWHERE;
import static io.tarn.error.TarnErrorCode.TARN_STATEMENT_REFUSED;
import static java.util.Objects.requireNonNull;

/**
 * Executes Athena's DDL and utility statements on the catalogue, with Athena's semantics. Who may run them is not asked
 * here.
 */
public class StatementExecutor
{
    private final Databases databases;
    private final TableCreation creation;
    private final TableChanges changes;
    private final PartitionChanges partitions;
    private final Listings listings;
    private final Descriptions descriptions;
    private final ViewDescriptions views;
    private final HiveTables tables;

    @Inject
    public StatementExecutor(
            Databases databases,
            TableCreation creation,
            TableChanges changes,
            PartitionChanges partitions,
            Listings listings,
            Descriptions descriptions,
            ViewDescriptions views,
            HiveTables tables)
    {
        this.databases = requireNonNull(databases, "databases is null");
        this.creation = requireNonNull(creation, "creation is null");
        this.changes = requireNonNull(changes, "changes is null");
        this.partitions = requireNonNull(partitions, "partitions is null");
        this.listings = requireNonNull(listings, "listings is null");
        this.descriptions = requireNonNull(descriptions, "descriptions is null");
        this.views = requireNonNull(views, "views is null");
        this.tables = requireNonNull(tables, "tables is null");
    }

    /**
     * Refuses what is not executed here, without a look at the catalogue.
     *
     * @throws TrinoException {@code TARN_STATEMENT_REFUSED} for what Athena refuses, {@code TARN_STATEMENT_ELSEWHERE} for
     *         queries
     */
    public static void requireExecutable(AthenaStatement statement)
    {
        switch (statement) {
            case RefusedStatement refused -> throw new TrinoException(TARN_STATEMENT_REFUSED, refused.reason());
            case QueryStatement query -> throw query(query);
            case DatabaseStatement _, TableStatement _, PartitionStatement _, ShowStatement _ -> {}
        }
    }

    private static TrinoException query(QueryStatement statement)
    {
        return new TrinoException(TARN_STATEMENT_ELSEWHERE, "%s is a query, and only statements of DDL and SHOW, DESCRIBE and MSCK are executed here: run it as a statement of its own".formatted(statement.kind()));
    }

    /**
     * Whether a statement has an answer of its own, rather than that it succeeded.
     */
    public static boolean givesRows(AthenaStatement statement)
    {
        return statement instanceof ShowStatement || statement instanceof RepairTable;
    }

    /**
     * The columns of a statement's answer, which do not depend on the catalogue.
     *
     * @throws TrinoException as {@link #requireExecutable}
     */
    public static List<ResultColumn> columns(AthenaStatement statement)
    {
        requireExecutable(statement);
        return switch (statement) {
            case ShowDatabases _ -> columns("database_name");
            case ShowTables _ -> columns("tab_name");
            case ShowViews _ -> columns("views");
            case ShowColumns _ -> columns("field");
            case ShowPartitions _ -> columns("partition");
            case ShowTableProperties properties -> properties.key().isPresent() ? columns("prpt_value") : columns("prpt_name", "prpt_value");
            case ShowCreateTable _ -> columns("createtab_stmt");
            case ShowCreateView _ -> columns("create view");
            case DescribeTable _ -> columns("col_name", "data_type", "comment");
            case DescribeView _ -> columns("column", "type", "extra", "comment");
            case RepairTable _ -> columns("result");
            case DatabaseStatement _, TableStatement _, PartitionStatement _, QueryStatement _, RefusedStatement _ -> StatementResult.STATUS;
        };
    }

    private static List<ResultColumn> columns(String... names)
    {
        return Stream.of(names).map(ResultColumn::new).toList();
    }

    /**
     * @throws TrinoException as {@link #requireExecutable}; {@code TARN_STATEMENT_REFUSED} and
     *         {@code TARN_STATEMENT_ELSEWHERE} also by the kind of the table; and as the catalogue and the storage fail
     */
    public StatementResult execute(AthenaStatement statement, StatementContext context)
    {
        List<ResultColumn> columns = columns(statement);
        return new StatementResult(columns, switch (statement) {
            case ShowStatement show -> show(show, context);
            case RepairTable repair -> partitions.repair(repair, context);
            case DatabaseStatement database -> {
                change(database, context);
                yield StatementResult.done();
            }
            case TableStatement table -> StatementResult.done(change(table, context));
            case AddPartitions add -> {
                partitions.add(add, context);
                yield StatementResult.done();
            }
            case DropPartitions drop -> {
                partitions.drop(drop, context);
                yield StatementResult.done();
            }
            case RenamePartition rename -> {
                partitions.rename(rename, context);
                yield StatementResult.done();
            }
            case QueryStatement query -> throw query(query);
            case RefusedStatement refused -> throw new TrinoException(TARN_STATEMENT_REFUSED, refused.reason());
        });
    }

    private void change(DatabaseStatement statement, StatementContext context)
    {
        switch (statement) {
            case CreateDatabase create -> databases.create(create, context);
            case AlterDatabaseProperties alter -> databases.setProperties(alter, context);
            case DropDatabase drop -> databases.drop(drop, context);
        }
    }

    /**
     * @return what the user may not have expected of it
     */
    private Optional<String> change(TableStatement statement, StatementContext context)
    {
        switch (statement) {
            case ReplaceColumns replace -> {
                return changes.replaceColumns(replace, context);
            }
            case CreateTable create -> creation.create(create, context);
            case DropTable drop -> changes.drop(drop, context);
            case DropView drop -> changes.drop(drop, context);
            case AddColumns add -> changes.addColumns(add, context);
            case SetLocation set -> changes.setLocation(set, context);
            case SetTableProperties set -> changes.setProperties(set, context);
            case RenameTable _ -> throw forIceberg(statement, context, "ALTER TABLE RENAME TO", "create a table of the other name at the same LOCATION, and drop this one");
            case ChangeColumn _ -> throw forIceberg(statement, context, "ALTER TABLE CHANGE COLUMN", "use ALTER TABLE REPLACE COLUMNS");
            case DropColumn _ -> throw forIceberg(statement, context, "ALTER TABLE DROP COLUMN", "use ALTER TABLE REPLACE COLUMNS with the columns that are to stay");
            case UnsetTableProperties _ -> throw forIceberg(statement, context, "ALTER TABLE UNSET TBLPROPERTIES", "use ALTER TABLE SET TBLPROPERTIES with another value");
            case OptimizeTable _ -> throw forIceberg(statement, context, "OPTIMIZE", "use ALTER TABLE ... EXECUTE optimize of Trino, or CREATE TABLE AS");
            case VacuumTable _ -> throw forIceberg(statement, context, "VACUUM", "a table of Hive's kind has no snapshots to expire");
        }
        return Optional.empty();
    }

    private TrinoException forIceberg(TableStatement statement, StatementContext context, String kind, String remedy)
    {
        tables.hive(context, context.table(statement.table()), statement);
        return new TrinoException(TARN_STATEMENT_REFUSED, "Athena supports %s for Iceberg tables only, and %s is a table of Hive's kind: %s".formatted(kind, context.table(statement.table()), remedy));
    }

    private Iterator<List<String>> show(ShowStatement statement, StatementContext context)
    {
        return switch (statement) {
            case ShowDatabases show -> listings.databases(show, context);
            case ShowTables show -> listings.tables(show, context);
            case ShowViews show -> listings.views(show, context);
            case ShowColumns show -> listings.columns(show, context);
            case ShowPartitions show -> listings.partitions(show, context);
            case ShowTableProperties show -> listings.properties(show, context);
            case ShowCreateTable show -> createTable(show, context);
            case ShowCreateView show -> views.create(show, context);
            case DescribeTable describe -> descriptions.describe(describe, context);
            case DescribeView describe -> views.describe(describe, context);
        };
    }

    private Iterator<List<String>> createTable(ShowCreateTable statement, StatementContext context)
    {
        String text = AthenaPrinter.print(DeclaredTables.statement(tables.hive(context, context.table(statement.table()), statement)));
        return text.lines().<List<String>>map(ImmutableList::of).iterator();
    }
}
