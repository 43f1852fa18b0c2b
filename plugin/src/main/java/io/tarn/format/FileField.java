package io.tarn.format;

import io.trino.metastore.HiveType;

import static java.util.Objects.requireNonNull;

/**
 * A data column as a table or partition declares it. The type is the declared one of the <em>file's</em> schema (the
 * partition's, where it differs from the table's).
 */
public record FileField(String name, HiveType type)
{
    public FileField
    {
        requireNonNull(name, "name is null");
        requireNonNull(type, "type is null");
    }
}
