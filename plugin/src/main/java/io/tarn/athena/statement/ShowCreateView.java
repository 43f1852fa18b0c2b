package io.tarn.athena.statement;

import static java.util.Objects.requireNonNull;

/**
 * {@code SHOW CREATE VIEW view}.
 */
public record ShowCreateView(TableName view)
        implements ShowStatement
{
    public ShowCreateView
    {
        requireNonNull(view, "view is null");
    }
}
