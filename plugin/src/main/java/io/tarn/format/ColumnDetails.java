package io.tarn.format;

import java.util.Optional;
import java.util.OptionalLong;

import static java.util.Objects.requireNonNull;

/**
 * What a file says of one of its columns, all its rows taken together.
 *
 * @param name the table's name of the column, and below it the names of nested fields, joined by dots
 * @param min no value is less; empty where the file does not say, or has no values. As text, for people: what is no text
 *         is written as its type is, binary values as hexadecimal digits. A long text may be cut short.
 * @param max no value is greater, likewise
 * @param nulls how many values are null; empty where the file does not say
 */
public record ColumnDetails(String name, Optional<String> min, Optional<String> max, OptionalLong nulls)
{
    public ColumnDetails
    {
        requireNonNull(name, "name is null");
        requireNonNull(min, "min is null");
        requireNonNull(max, "max is null");
        requireNonNull(nulls, "nulls is null");
    }
}
