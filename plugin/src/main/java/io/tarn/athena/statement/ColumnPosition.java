package io.tarn.athena.statement;

import java.util.Locale;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * @param after the column before it, in lower case; empty for {@code FIRST}
 */
public record ColumnPosition(Optional<String> after)
{
    public ColumnPosition
    {
        after = after.map(name -> name.toLowerCase(Locale.ENGLISH));
    }

    public static ColumnPosition first()
    {
        return new ColumnPosition(Optional.empty());
    }

    public static ColumnPosition after(String column)
    {
        return new ColumnPosition(Optional.of(requireNonNull(column, "column is null")));
    }
}
