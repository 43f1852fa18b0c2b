package io.tarn.bench.quota;

import io.tarn.TarnPlugin;
import io.trino.Session;
import io.trino.spi.security.Identity;
import io.trino.spi.security.SystemAccessControl;
import io.trino.testing.DistributedQueryRunner;
import io.trino.testing.MaterializedResult;
import io.trino.testing.QueryRunner;

import java.util.Map;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.Iterables.find;
import static com.google.common.collect.Streams.stream;
import static io.trino.testing.TestingSession.testSessionBuilder;

/**
 * A coordinator that works, with quotas or without.
 */
final class BenchEngine
        implements AutoCloseable
{
    private final QueryRunner runner;
    private final Session session;

    /**
     * @param quota the properties of {@code access-control.properties}; empty for an engine without one
     * @param catalog the properties of the catalogue
     */
    BenchEngine(Optional<Map<String, String>> quota, Map<String, String> catalog)
            throws Exception
    {
        TarnPlugin plugin = new TarnPlugin();
        session = testSessionBuilder().setCatalog("awsdatacatalog").setSchema(BenchLake.SCHEMA).setIdentity(Identity.ofUser(BenchPolicy.user(0))).build();
        DistributedQueryRunner.Builder<?> builder = DistributedQueryRunner.builder(session).setWorkerCount(0);
        if (quota.isPresent()) {
            SystemAccessControl accessControl = find(plugin.getSystemAccessControlFactories(), control -> control.getName().equals("tarn-quota")).create(quota.get(), null);
            builder.setSystemAccessControl(accessControl)
                    .setEventListeners(stream(accessControl.getEventListeners()).collect(toImmutableList()));
        }
        runner = builder.build();
        try {
            runner.installPlugin(plugin);
            runner.createCatalog("awsdatacatalog", "tarn", catalog);
        }
        catch (Throwable t) {
            runner.close();
            throw t;
        }
    }

    MaterializedResult run(String sql)
    {
        return runner.execute(session, sql);
    }

    @Override
    public void close()
    {
        runner.close();
    }
}
