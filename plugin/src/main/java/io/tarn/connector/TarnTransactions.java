package io.tarn.connector;

import com.google.inject.Inject;
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
    private final Map<ConnectorTransactionHandle, HiveMetastore> metastores = new ConcurrentHashMap<>();

    @Inject
    public TarnTransactions(QueryMetastoreFactory metastoreFactory)
    {
        this.metastoreFactory = requireNonNull(metastoreFactory, "metastoreFactory is null");
    }

    ConnectorTransactionHandle begin()
    {
        TarnTransactionHandle transaction = new TarnTransactionHandle(UUID.randomUUID());
        metastores.put(transaction, metastoreFactory.forQuery());
        return transaction;
    }

    HiveMetastore metastore(ConnectorTransactionHandle transaction)
    {
        HiveMetastore metastore = metastores.get(transaction);
        checkState(metastore != null, "no such transaction: %s", transaction);
        return metastore;
    }

    void end(ConnectorTransactionHandle transaction)
    {
        metastores.remove(transaction);
    }
}
