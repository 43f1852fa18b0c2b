package io.tarn.athena.statement;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * {@code SHOW TBLPROPERTIES table [(key)]}.
 */
public record ShowTableProperties(TableName table, Optional<String> key)
        implements ShowStatement
{
    public ShowTableProperties
    {
        requireNonNull(table, "table is null");
        requireNonNull(key, "key is null");
    }
}
