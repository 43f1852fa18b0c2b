package io.tarn.athena.statement;

import static java.util.Objects.requireNonNull;

/**
 * {@code DROP TABLE [IF EXISTS] name [PURGE]}.
 *
 * @param purge which changes nothing for external tables, whose files stay, nor for others, whose files have no bin to go to
 */
public record DropTable(TableName table, boolean ifExists, boolean purge)
        implements TableStatement
{
    public DropTable
    {
        requireNonNull(table, "table is null");
    }
}
