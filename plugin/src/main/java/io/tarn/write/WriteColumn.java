package io.tarn.write;

import io.trino.spi.type.Type;

import static java.util.Objects.requireNonNull;

/**
 * A column of the pages that a write is given.
 *
 * @param field position among the fields of the files; -1 for a partition key
 * @param key position among the partition keys; -1 for a data column
 */
public record WriteColumn(String name, Type type, int field, int key)
{
    public WriteColumn
    {
        requireNonNull(name, "name is null");
        requireNonNull(type, "type is null");
    }
}
