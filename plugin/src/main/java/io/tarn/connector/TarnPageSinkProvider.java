package io.tarn.connector;

import com.google.inject.Inject;
import io.tarn.write.TableSinks;
import io.trino.spi.connector.ConnectorInsertTableHandle;
import io.trino.spi.connector.ConnectorOutputTableHandle;
import io.trino.spi.connector.ConnectorPageSink;
import io.trino.spi.connector.ConnectorPageSinkId;
import io.trino.spi.connector.ConnectorPageSinkProvider;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorTableCredentials;
import io.trino.spi.connector.ConnectorTableExecuteHandle;
import io.trino.spi.connector.ConnectorTransactionHandle;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

public class TarnPageSinkProvider
        implements ConnectorPageSinkProvider
{
    private final TableSinks sinks;

    @Inject
    public TarnPageSinkProvider(TableSinks sinks)
    {
        this.sinks = requireNonNull(sinks, "sinks is null");
    }

    @Override
    public ConnectorPageSink createPageSink(
            ConnectorTransactionHandle transaction,
            ConnectorSession session,
            ConnectorOutputTableHandle handle,
            Optional<ConnectorTableCredentials> credentials,
            ConnectorPageSinkId sinkId)
    {
        return sinks.sink(session, ((TarnWriteHandle) handle).write());
    }

    @Override
    public ConnectorPageSink createPageSink(
            ConnectorTransactionHandle transaction,
            ConnectorSession session,
            ConnectorInsertTableHandle handle,
            Optional<ConnectorTableCredentials> credentials,
            ConnectorPageSinkId sinkId)
    {
        return sinks.sink(session, ((TarnWriteHandle) handle).write());
    }

    @Override
    public ConnectorPageSink createPageSink(
            ConnectorTransactionHandle transaction,
            ConnectorSession session,
            ConnectorTableExecuteHandle handle,
            Optional<ConnectorTableCredentials> credentials,
            ConnectorPageSinkId sinkId)
    {
        return sinks.sink(session, ((TarnOptimizeHandle) handle).write().orElseThrow());
    }
}
