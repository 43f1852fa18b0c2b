package io.tarn.athena.statement;

import static java.util.Objects.requireNonNull;

/**
 * {@code VACUUM name}.
 */
public record VacuumTable(TableName table)
        implements TableStatement
{
    public VacuumTable
    {
        requireNonNull(table, "table is null");
    }
}
