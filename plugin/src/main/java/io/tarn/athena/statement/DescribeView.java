package io.tarn.athena.statement;

import static java.util.Objects.requireNonNull;

/**
 * {@code DESCRIBE VIEW view}.
 */
public record DescribeView(TableName view)
        implements ShowStatement
{
    public DescribeView
    {
        requireNonNull(view, "view is null");
    }
}
