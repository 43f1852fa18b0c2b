package io.tarn.athena.statement;

import static java.util.Objects.requireNonNull;

/**
 * {@code DROP VIEW [IF EXISTS] name}.
 */
public record DropView(TableName table, boolean ifExists)
        implements TableStatement
{
    public DropView
    {
        requireNonNull(table, "table is null");
    }
}
