package io.tarn.athena.dialect;

import io.tarn.athena.statement.AddColumns;
import io.tarn.athena.statement.AddPartitions;
import io.tarn.athena.statement.AlterDatabaseProperties;
import io.tarn.athena.statement.AthenaStatement;
import io.tarn.athena.statement.ChangeColumn;
import io.tarn.athena.statement.CreateDatabase;
import io.tarn.athena.statement.CreateTable;
import io.tarn.athena.statement.DatabaseName;
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
import io.tarn.athena.statement.TableName;
import io.tarn.athena.statement.TableStatement;
import io.tarn.athena.statement.UnsetTableProperties;
import io.tarn.athena.statement.VacuumTable;

import java.util.List;

import static io.tarn.athena.dialect.TableKind.ICEBERG;
import static java.util.Objects.requireNonNull;

/**
 * Athena's DDL and utility statements for Trino: its own statement where it has one that does the same, that of the
 * Iceberg connector for Iceberg tables, and else a call of the connector's {@code system.athena}, which carries out the
 * text itself.
 */
final class DefinitionTranslation
{
    private final String text;
    private final DialectSession session;
    private final Notes notes;
    private final IcebergTables iceberg;

    /**
     * @param text what was parsed
     */
    DefinitionTranslation(String text, DialectSession session, Notes notes)
    {
        this.text = requireNonNull(text, "text is null");
        this.session = requireNonNull(session, "session is null");
        this.notes = requireNonNull(notes, "notes is null");
        iceberg = new IcebergTables(session, notes);
    }

    Translation translate(AthenaStatement statement)
    {
        return switch (statement) {
            case DatabaseStatement database -> Translation.of(database(database));
            case TableStatement table -> Translation.of(table(table), List.of());
            case PartitionStatement partitions -> Translation.of(partitions(partitions));
            case ShowStatement show -> Translation.of(show(show));
            case QueryStatement _, RefusedStatement _ -> throw new IllegalArgumentException("Not a definition: " + statement);
        };
    }

    private String database(DatabaseStatement statement)
    {
        return switch (statement) {
            case CreateDatabase create -> create.comment().isEmpty() && create.properties().isEmpty()
                    ? "CREATE SCHEMA %s%s%s".formatted(
                    create.ifNotExists() ? "IF NOT EXISTS " : "",
                    name(create.database()),
                    create.location().map(location -> " WITH (location = %s)".formatted(SqlText.string(location))).orElse(""))
                    : call();
            case AlterDatabaseProperties _ -> call();
            case DropDatabase drop -> "DROP SCHEMA %s%s%s".formatted(drop.ifExists() ? "IF EXISTS " : "", name(drop.database()), drop.cascade() ? " CASCADE" : "");
        };
    }

    private List<String> table(TableStatement statement)
    {
        return switch (statement) {
            case CreateTable create -> List.of(IcebergTables.isIceberg(create) ? iceberg.create(create) : call());
            case DropTable drop -> List.of("DROP TABLE %s%s".formatted(drop.ifExists() ? "IF EXISTS " : "", name(drop.table())));
            case DropView drop -> List.of("DROP VIEW %s%s".formatted(drop.ifExists() ? "IF EXISTS " : "", name(drop.table())));
            case AddColumns add when add.partition().isEmpty() && isIceberg(add.table()) -> iceberg.addColumns(add);
            case ChangeColumn change when isIceberg(change.table()) -> iceberg.changeColumn(change);
            case DropColumn drop when isIceberg(drop.table()) -> List.of(iceberg.dropColumn(drop));
            case RenameTable rename when isIceberg(rename.table()) -> List.of(iceberg.rename(rename));
            case SetTableProperties set when isIceberg(set.table()) -> List.of(iceberg.setProperties(set));
            case UnsetTableProperties unset when isIceberg(unset.table()) -> List.of(iceberg.unsetProperties(unset));
            case OptimizeTable optimize -> List.of(iceberg.optimize(optimize));
            case VacuumTable vacuum -> iceberg.vacuum(vacuum);
            case AddColumns _, ChangeColumn _, DropColumn _, RenameTable _, SetTableProperties _, UnsetTableProperties _ -> List.of(call());
            case ReplaceColumns replace -> List.of(unlessIceberg(replace.table(), "REPLACE COLUMNS"));
            case SetLocation set -> List.of(unlessIceberg(set.table(), "SET LOCATION"));
        };
    }

    private String partitions(PartitionStatement statement)
    {
        return unlessIceberg(statement.table(), switch (statement) {
            case AddPartitions _ -> "ADD PARTITION";
            case DropPartitions _ -> "DROP PARTITION";
            case RenamePartition _ -> "RENAME PARTITION";
            case RepairTable _ -> "MSCK REPAIR TABLE";
        });
    }

    private String show(ShowStatement statement)
    {
        return switch (statement) {
            case ShowDatabases _, ShowTables _, ShowViews _, ShowCreateView _, DescribeView _ -> rows();
            case ShowColumns show when isIceberg(show.table()) -> "SHOW COLUMNS FROM " + IcebergNames.table(show.table(), session);
            case DescribeTable describe when isIceberg(describe.table()) -> {
                notes.meaning("The Iceberg connector describes the table: columns column, type, extra and comment");
                yield "DESCRIBE " + IcebergNames.table(describe.table(), session);
            }
            case ShowCreateTable show when isIceberg(show.table()) -> {
                notes.meaning("The statement that is shown is the Iceberg connector's");
                yield "SHOW CREATE TABLE " + IcebergNames.table(show.table(), session);
            }
            case ShowTableProperties show when isIceberg(show.table()) -> "SELECT key, value FROM %s%s".formatted(
                    IcebergNames.table(metadataTable(show.table(), "properties"), session),
                    show.key().map(key -> " WHERE key = " + SqlText.string(key)).orElse(""));
            case ShowPartitions show -> {
                if (isIceberg(show.table())) {
                    throw notOfIceberg("SHOW PARTITIONS", show.table(), "query \"%s$partitions\"".formatted(show.table().table()));
                }
                yield rows();
            }
            case ShowColumns _, DescribeTable _, ShowCreateTable _, ShowTableProperties _ -> rows();
        };
    }

    private TableName metadataTable(TableName table, String suffix)
    {
        return TableName.of(TableNames.database(table, session), table.table() + "$" + suffix);
    }

    private boolean isIceberg(TableName table)
    {
        return table.database().map(DatabaseName::database)
                .or(session::schema)
                .map(database -> session.tables().kind(database, table.table()) == ICEBERG)
                .orElse(false);
    }

    private String unlessIceberg(TableName table, String statement)
    {
        if (isIceberg(table)) {
            throw notOfIceberg(statement, table, "its partitions and files are what its metadata says");
        }
        return call();
    }

    private static DialectException notOfIceberg(String statement, TableName table, String remedy)
    {
        return DialectException.refused("%s is not supported for the Iceberg table %s: %s".formatted(statement, table.table(), remedy));
    }

    private String name(DatabaseName database)
    {
        return SqlText.name(session.catalog(), database.database());
    }

    private String name(TableName table)
    {
        return SqlText.name(session.catalog(), TableNames.database(table, session), table.table());
    }

    private String call()
    {
        return "CALL %s(%s)".formatted(SqlText.name(session.catalog(), "system", "athena"), arguments());
    }

    private String rows()
    {
        return "SELECT * FROM TABLE(%s(%s))".formatted(SqlText.name(session.catalog(), "system", "athena"), arguments());
    }

    private String arguments()
    {
        return "statement => " + SqlText.string(text) + session.schema().map(schema -> ", schema => " + SqlText.string(schema)).orElse("");
    }
}
