package io.tarn.athena.statement;

import java.util.Locale;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * @param name in lower case
 */
public record ColumnDefinition(String name, DataType type, Optional<String> comment)
{
    public ColumnDefinition
    {
        name = requireNonNull(name, "name is null").toLowerCase(Locale.ENGLISH);
        requireNonNull(type, "type is null");
        requireNonNull(comment, "comment is null");
    }
}
