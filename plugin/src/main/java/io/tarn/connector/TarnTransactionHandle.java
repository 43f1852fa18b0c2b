package io.tarn.connector;

import io.trino.spi.connector.ConnectorTransactionHandle;

import java.util.UUID;

import static java.util.Objects.requireNonNull;

public record TarnTransactionHandle(UUID uuid)
        implements ConnectorTransactionHandle
{
    public TarnTransactionHandle
    {
        requireNonNull(uuid, "uuid is null");
    }
}
