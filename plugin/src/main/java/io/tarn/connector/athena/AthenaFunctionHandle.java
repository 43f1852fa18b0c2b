package io.tarn.connector.athena;

import io.trino.spi.function.table.ConnectorTableFunctionHandle;

import java.util.UUID;

import static java.util.Objects.requireNonNull;

/**
 * A statement within a query.
 *
 * @param columns how many texts each row has
 */
public record AthenaFunctionHandle(UUID id, int columns)
        implements ConnectorTableFunctionHandle
{
    public AthenaFunctionHandle
    {
        requireNonNull(id, "id is null");
    }
}
