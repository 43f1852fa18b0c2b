package io.tarn.metastore;

import io.airlift.units.Duration;
import io.trino.filesystem.TrinoFileSystemFactory;
import io.trino.filesystem.memory.MemoryFileSystemFactory;

import java.net.URI;
import java.util.concurrent.ExecutorService;

import static java.util.concurrent.Executors.newFixedThreadPool;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

/**
 * A metastore on an endpoint, with waits short enough for tests, and what must be closed with it.
 */
record TestingGlue(GlueMetastore metastore, GlueConnection connection, TrinoFileSystemFactory fileSystems, ExecutorService executor)
        implements AutoCloseable
{
    static GlueMetastoreConfig config(URI endpoint)
    {
        return new GlueMetastoreConfig()
                .setEndpointUrl(endpoint)
                .setRegion("us-east-1")
                .setAwsAccessKey("key")
                .setAwsSecretKey("secret")
                .setMaxAttempts(4)
                .setRetryBaseDelay(new Duration(1, MILLISECONDS))
                .setRetryMaxDelay(new Duration(2, MILLISECONDS))
                .setThrottlingPatience(new Duration(0, MILLISECONDS))
                .setRequestTimeout(new Duration(10, SECONDS));
    }

    static TestingGlue on(URI endpoint)
    {
        return on(config(endpoint));
    }

    static TestingGlue on(GlueMetastoreConfig config)
    {
        GlueStats stats = new GlueStats();
        GlueConnection connection = GlueConnection.create(config, stats);
        ExecutorService executor = newFixedThreadPool(4);
        TrinoFileSystemFactory fileSystems = new MemoryFileSystemFactory();
        return new TestingGlue(new GlueMetastore(connection.client(), config, stats, fileSystems, executor), connection, fileSystems, executor);
    }

    GlueStats stats()
    {
        return metastore.stats();
    }

    @Override
    public void close()
            throws Exception
    {
        executor.shutdownNow();
        connection.close();
    }
}
