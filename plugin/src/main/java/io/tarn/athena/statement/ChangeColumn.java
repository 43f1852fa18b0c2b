package io.tarn.athena.statement;

import java.util.Locale;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * {@code ALTER TABLE name CHANGE [COLUMN] column name type [COMMENT] [FIRST|AFTER column]}.
 *
 * @param column the one to change, in lower case
 * @param definition what it is to be, with the same or another name
 * @param position where it is to go, or empty to stay
 */
public record ChangeColumn(TableName table, String column, ColumnDefinition definition, Optional<ColumnPosition> position)
        implements TableStatement
{
    public ChangeColumn
    {
        requireNonNull(table, "table is null");
        column = requireNonNull(column, "column is null").toLowerCase(Locale.ENGLISH);
        requireNonNull(definition, "definition is null");
        requireNonNull(position, "position is null");
    }
}
