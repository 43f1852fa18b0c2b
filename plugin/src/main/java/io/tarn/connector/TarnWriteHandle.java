package io.tarn.connector;

import io.tarn.write.TableWrite;
import io.trino.metastore.Table;
import io.trino.spi.connector.ConnectorInsertTableHandle;
import io.trino.spi.connector.ConnectorOutputTableHandle;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * A write that is under way.
 *
 * @param newTable the table that comes into being when the write ends; empty for one that is there, and for files that
 *         never belong to any
 */
public record TarnWriteHandle(TableWrite write, Optional<Table> newTable)
        implements ConnectorInsertTableHandle, ConnectorOutputTableHandle
{
    public TarnWriteHandle
    {
        requireNonNull(write, "write is null");
        requireNonNull(newTable, "newTable is null");
    }

    @Override
    public String toString()
    {
        return write.table().toString();
    }
}
