package io.tarn.athena.statement;

import static java.util.Objects.requireNonNull;

/**
 * {@code SHOW CREATE TABLE table}.
 */
public record ShowCreateTable(TableName table)
        implements ShowStatement
{
    public ShowCreateTable
    {
        requireNonNull(table, "table is null");
    }
}
