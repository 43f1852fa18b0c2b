package io.tarn.athena.statement;

import static java.util.Objects.requireNonNull;

/**
 * {@code DROP TABLE [IF EXISTS] name}.
 */
public record DropTable(TableName table, boolean ifExists)
        implements TableStatement
{
    public DropTable
    {
        requireNonNull(table, "table is null");
    }
}
