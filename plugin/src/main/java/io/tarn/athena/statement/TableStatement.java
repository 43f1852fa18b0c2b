package io.tarn.athena.statement;

/**
 * Makes, changes or removes a table or a view.
 */
public sealed interface TableStatement
        extends AthenaStatement
        permits CreateTable, DropTable, DropView, RenameTable,
        AddColumns, ReplaceColumns, ChangeColumn, DropColumn,
        SetLocation, SetTableProperties, UnsetTableProperties,
        OptimizeTable, VacuumTable
{
    TableName table();
}
