package io.tarn.connector;

import com.google.inject.Inject;
import io.tarn.connector.athena.PreparedStatements;
import io.trino.metastore.HiveMetastore;
import io.trino.spi.connector.ConnectorTransactionHandle;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import static com.google.common.base.Preconditions.checkState;
import static java.util.Objects.requireNonNull;

/**
 * The transactions that are open, each with a view of the metastore that answers the same question once.
 */
public class TarnTransactions
{
    private final QueryMetastoreFactory metastoreFactory;
    private final PreparedStatements statements;
    private final Map<ConnectorTransactionHandle, OpenTransaction> open = new ConcurrentHashMap<>();

    @Inject
    public TarnTransactions(QueryMetastoreFactory metastoreFactory, PreparedStatements statements)
    {
        this.metastoreFactory = requireNonNull(metastoreFactory, "metastoreFactory is null");
        this.statements = requireNonNull(statements, "statements is null");
    }

    ConnectorTransactionHandle begin()
    {
        TarnTransactionHandle transaction = new TarnTransactionHandle(UUID.randomUUID());
        open.put(transaction, new OpenTransaction(metastoreFactory.forQuery(), new UndoLog()));
        return transaction;
    }

    HiveMetastore metastore(ConnectorTransactionHandle transaction)
    {
        return require(transaction).metastore();
    }

    /**
     * What is to be undone if the transaction does not commit.
     */
    UndoLog undo(ConnectorTransactionHandle transaction)
    {
        return require(transaction).undo();
    }

    private OpenTransaction require(ConnectorTransactionHandle transaction)
    {
        OpenTransaction found = open.get(transaction);
        checkState(found != null, "no such transaction: %s", transaction);
        return found;
    }

    void commit(ConnectorTransactionHandle transaction)
    {
        OpenTransaction ended = open.remove(transaction);
        statements.forget(transaction);
        if (ended != null) {
            ended.undo().committed();
        }
    }

    void rollback(ConnectorTransactionHandle transaction)
    {
        OpenTransaction ended = open.remove(transaction);
        statements.forget(transaction);
        if (ended != null) {
            ended.undo().undo();
        }
    }

    private record OpenTransaction(HiveMetastore metastore, UndoLog undo) {}
}
