package io.tarn.athena.execute;

import io.tarn.athena.statement.AddColumns;
import io.tarn.athena.statement.AthenaStatement;
import io.tarn.athena.statement.ChangeColumn;
import io.tarn.athena.statement.CreateTable;
import io.tarn.athena.statement.DatabaseStatement;
import io.tarn.athena.statement.DropColumn;
import io.tarn.athena.statement.DropTable;
import io.tarn.athena.statement.DropView;
import io.tarn.athena.statement.OptimizeTable;
import io.tarn.athena.statement.PartitionStatement;
import io.tarn.athena.statement.QueryStatement;
import io.tarn.athena.statement.RefusedStatement;
import io.tarn.athena.statement.RenameTable;
import io.tarn.athena.statement.ReplaceColumns;
import io.tarn.athena.statement.SetLocation;
import io.tarn.athena.statement.SetTableProperties;
import io.tarn.athena.statement.ShowCreateTable;
import io.tarn.athena.statement.ShowStatement;
import io.tarn.athena.statement.UnsetTableProperties;
import io.tarn.athena.statement.VacuumTable;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.SchemaTableName;

import static io.tarn.error.TarnErrorCode.TARN_STATEMENT_ELSEWHERE;
import static io.tarn.error.TarnErrorCode.TARN_STATEMENT_REFUSED;

/**
 * What to run instead for an Iceberg table, which is the Iceberg connector's to change.
 */
final class IcebergStatements
{
    private IcebergStatements() {}

    static TrinoException instead(AthenaStatement statement, SchemaTableName table)
    {
        return switch (statement) {
            case CreateTable _ -> elsewhere(table, "CREATE TABLE %s (...) WITH (location = '...', partitioning = ARRAY['...'], format = '...')");
            case DropTable _ -> elsewhere(table, "DROP TABLE %s");
            case AddColumns _ -> elsewhere(table, "ALTER TABLE %s ADD COLUMN name type");
            case ChangeColumn _ -> elsewhere(table, "ALTER TABLE %s RENAME COLUMN name TO name, and ALTER TABLE %1$s ALTER COLUMN name SET DATA TYPE type");
            case DropColumn _ -> elsewhere(table, "ALTER TABLE %s DROP COLUMN name");
            case RenameTable _ -> elsewhere(table, "ALTER TABLE %s RENAME TO name");
            case SetTableProperties _, UnsetTableProperties _ -> elsewhere(table, "ALTER TABLE %s SET PROPERTIES name = value");
            case OptimizeTable _ -> elsewhere(table, "ALTER TABLE %s EXECUTE optimize");
            case VacuumTable _ -> elsewhere(table, "ALTER TABLE %s EXECUTE expire_snapshots, and ALTER TABLE %1$s EXECUTE remove_orphan_files");
            case ShowCreateTable _ -> elsewhere(table, "SHOW CREATE TABLE %s");
            case ReplaceColumns _ -> refused(table, "ALTER TABLE REPLACE COLUMNS", "use ADD COLUMNS, CHANGE COLUMN and DROP COLUMN");
            case SetLocation _ -> refused(table, "ALTER TABLE SET LOCATION", "create a table at the other location");
            case PartitionStatement _ -> refused(table, "the statement on partitions", "its metadata has them, and writes make them");
            case ShowStatement _ -> refused(table, "the statement", "query \"%s$partitions\", \"%<s$files\" or \"%<s$properties\"".formatted(table.getTableName()));
            case DropView _ -> refused(table, "DROP VIEW", "use DROP TABLE");
            case DatabaseStatement _, QueryStatement _, RefusedStatement _ -> throw new IllegalArgumentException("not about a table: " + statement);
        };
    }

    private static TrinoException elsewhere(SchemaTableName table, String remedy)
    {
        return new TrinoException(TARN_STATEMENT_ELSEWHERE, "Table %s is an Iceberg table: run %s in a catalog of the iceberg connector".formatted(table, remedy.formatted(table)));
    }

    private static TrinoException refused(SchemaTableName table, String statement, String remedy)
    {
        return new TrinoException(TARN_STATEMENT_REFUSED, "Athena does not support %s for Iceberg tables, and %s is one: %s".formatted(statement, table, remedy));
    }
}
