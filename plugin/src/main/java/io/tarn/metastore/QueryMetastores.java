package io.tarn.metastore;

import io.trino.metastore.HiveMetastore;

import static com.google.common.base.Preconditions.checkArgument;
import static io.trino.metastore.cache.CachingHiveMetastore.createPerTransactionCache;
import static java.util.Objects.requireNonNull;

/**
 * Gives every query a metastore of its own, which asks for the same thing once.
 */
public class QueryMetastores
{
    private final HiveMetastore metastore;
    private final long maximumSize;

    /**
     * @param maximumSize entries of each kind (tables, partitions, statistics) that one query remembers
     */
    public QueryMetastores(HiveMetastore metastore, long maximumSize)
    {
        this.metastore = requireNonNull(metastore, "metastore is null");
        checkArgument(maximumSize > 0, "maximumSize must be positive");
        this.maximumSize = maximumSize;
    }

    /**
     * A new view, to be used for one query or transaction and then forgotten. What it has read once it gives again, also
     * that something is not there; what is changed through it, it reads anew.
     */
    public HiveMetastore forQuery()
    {
        return createPerTransactionCache(metastore, maximumSize);
    }
}
