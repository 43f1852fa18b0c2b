package io.tarn.connector;

import com.google.inject.Inject;
import io.trino.spi.connector.BucketFunction;
import io.trino.spi.connector.ConnectorBucketNodeMap;
import io.trino.spi.connector.ConnectorNodePartitioningProvider;
import io.trino.spi.connector.ConnectorPartitioningHandle;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorTransactionHandle;
import io.trino.spi.type.Type;
import io.trino.spi.type.TypeManager;
import io.trino.spi.type.TypeOperators;

import java.util.List;
import java.util.Optional;

import static io.trino.spi.connector.ConnectorBucketNodeMap.createBucketNodeMap;

/**
 * Distributes the rows of a write to the nodes.
 */
public class TarnNodePartitioningProvider
        implements ConnectorNodePartitioningProvider
{
    private final TypeOperators typeOperators;

    @Inject
    public TarnNodePartitioningProvider(TypeManager typeManager)
    {
        this.typeOperators = typeManager.getTypeOperators();
    }

    /**
     * Without partitions a bucket of the table is one of the engine's; with them there is no telling how many
     * combinations of partition and bucket there will be, and the engine chooses a number.
     */
    @Override
    public Optional<ConnectorBucketNodeMap> getBucketNodeMapping(ConnectorTransactionHandle transaction, ConnectorSession session, ConnectorPartitioningHandle partitioningHandle)
    {
        TarnPartitioningHandle handle = (TarnPartitioningHandle) partitioningHandle;
        return handle.partitioned() ? Optional.empty() : Optional.of(createBucketNodeMap(handle.count()).withCacheKeyHint(handle.hashCode()));
    }

    @Override
    public BucketFunction getBucketFunction(
            ConnectorTransactionHandle transaction,
            ConnectorSession session,
            ConnectorPartitioningHandle partitioningHandle,
            List<Type> partitionChannelTypes,
            int bucketCount)
    {
        TarnPartitioningHandle handle = (TarnPartitioningHandle) partitioningHandle;
        List<Type> keys = partitionChannelTypes.subList(handle.types().size(), partitionChannelTypes.size());
        return new WriterOfRow(handle, handle.partitioned() ? keys : List.of(), typeOperators, bucketCount);
    }
}
