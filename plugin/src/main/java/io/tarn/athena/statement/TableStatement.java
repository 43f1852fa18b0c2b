package io.tarn.athena.statement;

/**
 * Makes, changes or removes a table or a view.
 */
public sealed interface TableStatement
        extends AthenaStatement
        permits AddColumns,
                ChangeColumn,
                CreateTable,
                DropColumn,
                DropTable,
                DropView,
                OptimizeTable,
                RenameTable,
                ReplaceColumns,
                SetLocation,
                SetTableProperties,
                UnsetTableProperties,
                VacuumTable
{
    TableName table();
}
