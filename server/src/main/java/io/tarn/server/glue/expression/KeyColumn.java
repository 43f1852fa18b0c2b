package io.tarn.server.glue.expression;

import static java.util.Objects.requireNonNull;

/**
 * A partition key that an expression names.
 *
 * @param index among the table's partition keys
 */
record KeyColumn(String name, int index, KeyType type)
{
    KeyColumn
    {
        requireNonNull(name, "name is null");
        requireNonNull(type, "type is null");
    }
}
