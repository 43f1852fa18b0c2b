package io.tarn.clients.hive;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hive.metastore.HiveMetaStoreClient;
import org.apache.hadoop.hive.metastore.IMetaStoreClient;
import org.apache.hadoop.hive.metastore.api.MetaException;

import java.net.URI;

import static java.util.Objects.requireNonNull;

/**
 * A connection of Hive 3's own client, of which nothing is set but where to.
 */
record HiveClient(IMetaStoreClient calls)
        implements AutoCloseable
{
    HiveClient
    {
        requireNonNull(calls, "calls is null");
    }

    static HiveClient connect(URI metastore)
            throws MetaException
    {
        Configuration configuration = new Configuration(false);
        configuration.set("hive.metastore.uris", metastore.toString());
        return new HiveClient(new HiveMetaStoreClient(configuration));
    }

    @Override
    public void close()
    {
        calls.close();
    }
}
