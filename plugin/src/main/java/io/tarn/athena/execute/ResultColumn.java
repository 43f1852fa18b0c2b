package io.tarn.athena.execute;

import static java.util.Objects.requireNonNull;

/**
 * A column of a statement's answer; its values are texts.
 *
 * @param name as Athena calls it
 */
public record ResultColumn(String name)
{
    public ResultColumn
    {
        requireNonNull(name, "name is null");
    }
}
