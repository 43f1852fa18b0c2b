package io.tarn.connector.athena;

import io.trino.spi.connector.ConnectorTransactionHandle;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import static com.google.common.base.Preconditions.checkState;
import static java.util.Objects.requireNonNull;

/**
 * The statements that queries of open transactions name, from their analysis to their execution. Both are on the
 * coordinator, so that they need not travel.
 */
public class PreparedStatements
{
    private final Map<UUID, Pending> statements = new ConcurrentHashMap<>();

    private record Pending(ConnectorTransactionHandle transaction, PreparedStatement statement) {}

    AthenaFunctionHandle add(ConnectorTransactionHandle transaction, PreparedStatement statement)
    {
        requireNonNull(transaction, "transaction is null");
        UUID id = UUID.randomUUID();
        statements.put(id, new Pending(transaction, statement));
        return new AthenaFunctionHandle(id, statement.columns().size());
    }

    /**
     * Executes a statement that is not executed yet, or reads once more.
     */
    public Iterator<List<String>> rows(AthenaFunctionHandle handle)
    {
        Pending pending = statements.get(handle.id());
        checkState(pending != null, "the transaction of statement %s has ended", handle.id());
        return pending.statement().rows();
    }

    /**
     * To be called when a transaction ends.
     */
    public void forget(ConnectorTransactionHandle transaction)
    {
        statements.values().removeIf(pending -> pending.transaction().equals(transaction));
    }
}
