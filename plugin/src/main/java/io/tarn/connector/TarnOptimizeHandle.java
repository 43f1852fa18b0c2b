package io.tarn.connector;

import io.tarn.write.TableWrite;
import io.trino.spi.connector.ConnectorTableExecuteHandle;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * {@code ALTER TABLE … EXECUTE optimize}: small files are written together into larger ones.
 *
 * @param table what is scanned
 * @param thresholdBytes files that are smaller are rewritten
 * @param write empty until it has begun
 */
public record TarnOptimizeHandle(TarnTableHandle table, long thresholdBytes, Optional<TableWrite> write)
        implements ConnectorTableExecuteHandle
{
    public TarnOptimizeHandle
    {
        requireNonNull(table, "table is null");
        requireNonNull(write, "write is null");
    }
}
