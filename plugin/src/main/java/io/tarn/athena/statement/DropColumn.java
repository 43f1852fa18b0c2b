package io.tarn.athena.statement;

import java.util.Locale;

import static java.util.Objects.requireNonNull;

/**
 * {@code ALTER TABLE name DROP COLUMN column}.
 *
 * @param column in lower case
 */
public record DropColumn(TableName table, String column)
        implements TableStatement
{
    public DropColumn
    {
        requireNonNull(table, "table is null");
        column = requireNonNull(column, "column is null").toLowerCase(Locale.ENGLISH);
    }
}
