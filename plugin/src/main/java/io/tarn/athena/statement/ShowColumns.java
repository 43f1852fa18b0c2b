package io.tarn.athena.statement;

import static java.util.Objects.requireNonNull;

/**
 * {@code SHOW COLUMNS FROM|IN table [FROM|IN database]}.
 *
 * @param table with the database, wherever it was written
 */
public record ShowColumns(TableName table)
        implements ShowStatement
{
    public ShowColumns
    {
        requireNonNull(table, "table is null");
    }
}
