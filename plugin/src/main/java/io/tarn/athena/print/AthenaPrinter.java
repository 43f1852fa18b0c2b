package io.tarn.athena.print;

import io.tarn.athena.statement.AddColumns;
import io.tarn.athena.statement.AddPartitions;
import io.tarn.athena.statement.AlterDatabaseProperties;
import io.tarn.athena.statement.AthenaStatement;
import io.tarn.athena.statement.ChangeColumn;
import io.tarn.athena.statement.ColumnDefinition;
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
import io.tarn.athena.statement.PartitionValue;
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

import java.util.List;
import java.util.Optional;

import static io.tarn.athena.print.Texts.name;
import static io.tarn.athena.print.Texts.partition;
import static io.tarn.athena.print.Texts.properties;
import static io.tarn.athena.print.Texts.queryTable;
import static io.tarn.athena.print.Texts.string;
import static java.util.stream.Collectors.joining;

/**
 * Writes a statement as Athena takes it.
 */
public final class AthenaPrinter
{
    private AthenaPrinter() {}

    /**
     * The text of a statement, without a semicolon. Read again, it is the same statement. Names have backticks,
     * except in the statements that Athena reads as it reads queries: those of views, OPTIMIZE and VACUUM.
     */
    public static String print(AthenaStatement statement)
    {
        return switch (statement) {
            case DatabaseStatement database -> database(database);
            case TableStatement table -> table(table);
            case PartitionStatement partitions -> partitions(partitions);
            case ShowStatement show -> show(show);
            case QueryStatement query -> query.text();
            case RefusedStatement refused -> refused.text();
        };
    }

    private static String database(DatabaseStatement statement)
    {
        return switch (statement) {
            case CreateDatabase create -> "CREATE DATABASE " + (create.ifNotExists() ? "IF NOT EXISTS " : "") + Texts.database(create.database()) +
                    create.comment().map(comment -> "\nCOMMENT " + string(comment)).orElse("") +
                    create.location().map(location -> "\nLOCATION " + string(location)).orElse("") +
                    (create.properties().isEmpty() ? "" : "\nWITH DBPROPERTIES " + properties(create.properties()));
            case AlterDatabaseProperties alter -> "ALTER DATABASE " + Texts.database(alter.database()) + " SET DBPROPERTIES " + properties(alter.properties());
            case DropDatabase drop -> "DROP DATABASE " + ifExists(drop.ifExists()) + Texts.database(drop.database()) + (drop.cascade() ? " CASCADE" : "");
        };
    }

    private static String table(TableStatement statement)
    {
        return switch (statement) {
            case CreateTable create -> CreateTableText.print(create);
            case DropTable drop -> "DROP TABLE " + ifExists(drop.ifExists()) + Texts.table(drop.table()) + (drop.purge() ? " PURGE" : "");
            case DropView drop -> "DROP VIEW " + ifExists(drop.ifExists()) + queryTable(drop.table());
            case RenameTable rename -> alter(rename) + "RENAME TO " + Texts.table(rename.newName());
            case AddColumns add -> alter(add) + optionalPartition(add.partition()) + "ADD COLUMNS " + columns(add.columns());
            case ReplaceColumns replace -> alter(replace) + optionalPartition(replace.partition()) + "REPLACE COLUMNS " + columns(replace.columns());
            case ChangeColumn change -> alter(change) + "CHANGE COLUMN " + name(change.column()) + " " + Texts.column(change.definition()) +
                    change.position().map(position -> position.after().map(column -> " AFTER " + name(column)).orElse(" FIRST")).orElse("");
            case DropColumn drop -> alter(drop) + "DROP COLUMN " + name(drop.column());
            case SetLocation set -> alter(set) + optionalPartition(set.partition()) + "SET LOCATION " + string(set.location());
            case SetTableProperties set -> alter(set) + "SET TBLPROPERTIES " + properties(set.properties());
            case UnsetTableProperties unset -> alter(unset) + "UNSET TBLPROPERTIES " + ifExists(unset.ifExists()) +
                    unset.keys().stream().map(Texts::string).collect(joining(", ", "(", ")"));
            case OptimizeTable optimize -> "OPTIMIZE " + queryTable(optimize.table()) + " REWRITE DATA USING BIN_PACK" +
                    optimize.where().map(condition -> " WHERE " + condition).orElse("");
            case VacuumTable vacuum -> "VACUUM " + queryTable(vacuum.table());
        };
    }

    private static String partitions(PartitionStatement statement)
    {
        return switch (statement) {
            case AddPartitions add -> "ALTER TABLE " + Texts.table(add.table()) + " ADD" + (add.ifNotExists() ? " IF NOT EXISTS" : "") +
                    add.partitions().stream()
                            .map(added -> "\n" + partition(added.values()) + added.location().map(location -> " LOCATION " + string(location)).orElse(""))
                            .collect(joining());
            case DropPartitions drop -> "ALTER TABLE " + Texts.table(drop.table()) + " DROP " + ifExists(drop.ifExists()) +
                    drop.partitions().stream()
                            .map(conditions -> conditions.stream()
                                    .map(condition -> name(condition.column()) + " " + condition.operator().symbol() + " " + string(condition.value()))
                                    .collect(joining(", ", "PARTITION (", ")")))
                            .collect(joining(", "));
            case RenamePartition rename -> "ALTER TABLE " + Texts.table(rename.table()) + " " + partition(rename.partition()) + " RENAME TO " + partition(rename.renamed());
            case RepairTable repair -> "MSCK REPAIR TABLE " + Texts.table(repair.table());
        };
    }

    private static String show(ShowStatement statement)
    {
        return switch (statement) {
            case ShowDatabases show -> "SHOW DATABASES" + like(show.pattern());
            case ShowTables show -> "SHOW TABLES" + show.database().map(Texts::database).map(database -> " IN " + database).orElse("") +
                    show.pattern().map(pattern -> " " + string(pattern)).orElse("");
            case ShowViews show -> "SHOW VIEWS" + show.database().map(Texts::queryDatabase).map(database -> " IN " + database).orElse("") + like(show.pattern());
            case ShowColumns show -> "SHOW COLUMNS IN " + Texts.table(show.table());
            case ShowPartitions show -> "SHOW PARTITIONS " + Texts.table(show.table()) + (show.partition().isEmpty() ? "" : " " + partition(show.partition()));
            case ShowTableProperties show -> "SHOW TBLPROPERTIES " + Texts.table(show.table()) + show.key().map(key -> "(" + string(key) + ")").orElse("");
            case ShowCreateTable show -> "SHOW CREATE TABLE " + Texts.table(show.table());
            case ShowCreateView show -> "SHOW CREATE VIEW " + queryTable(show.view());
            case DescribeView describe -> "DESCRIBE VIEW " + queryTable(describe.view());
            case DescribeTable describe -> describe(describe);
        };
    }

    private static String describe(DescribeTable describe)
    {
        String detail = switch (describe.detail()) {
            case PLAIN -> "";
            case EXTENDED, FORMATTED -> describe.detail().name() + " ";
        };
        String column = describe.column().isEmpty() ? "" : " " + name(describe.column().getFirst()) +
                describe.column().stream()
                .skip(1)
                .map(step -> "." + (step.startsWith("$") ? string(step) : name(step)))
                .collect(joining());
        return "DESCRIBE " + detail + Texts.table(describe.table()) +
                (describe.partition().isEmpty() ? "" : " " + partition(describe.partition())) + column;
    }

    private static String alter(TableStatement statement)
    {
        return "ALTER TABLE " + Texts.table(statement.table()) + " ";
    }

    private static String optionalPartition(List<PartitionValue> values)
    {
        return values.isEmpty() ? "" : partition(values) + " ";
    }

    private static String columns(List<ColumnDefinition> columns)
    {
        return columns.stream().map(Texts::column).collect(joining(", ", "(", ")"));
    }

    private static String like(Optional<String> pattern)
    {
        return pattern.map(written -> " LIKE " + string(written)).orElse("");
    }

    private static String ifExists(boolean written)
    {
        return written ? "IF EXISTS " : "";
    }
}
