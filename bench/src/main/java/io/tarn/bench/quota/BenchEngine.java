package io.tarn.bench.quota;

import com.google.common.collect.ImmutableList;
import io.tarn.TarnPlugin;
import io.trino.Session;
import io.trino.plugin.base.security.DefaultSystemAccessControl;
import io.trino.spi.eventlistener.EventListener;
import io.trino.spi.security.Identity;
import io.trino.spi.security.SystemAccessControl;
import io.trino.testing.DistributedQueryRunner;
import io.trino.testing.MaterializedResult;
import io.trino.testing.QueryRunner;

import java.util.List;
import java.util.Map;

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
    private final Session unlimited;

    private BenchEngine(SystemAccessControl accessControl, List<EventListener> listeners, TarnPlugin plugin, Map<String, String> catalog)
            throws Exception
    {
        session = testSessionBuilder().setCatalog("awsdatacatalog").setSchema(BenchLake.SCHEMA).setIdentity(Identity.ofUser(BenchPolicy.user(0))).build();
        unlimited = Session.builder(session).setIdentity(Identity.ofUser(BenchPolicy.UNLIMITED_USER)).build();
        runner = DistributedQueryRunner.builder(session)
                .setWorkerCount(0)
                .setSystemAccessControl(accessControl)
                .setEventListeners(listeners)
                .build();
        try {
            runner.installPlugin(plugin);
            runner.createCatalog("awsdatacatalog", "tarn", catalog);
        }
        catch (Throwable t) {
            runner.close();
            throw t;
        }
    }

    /**
     * @param quota the properties of {@code access-control.properties}
     * @param catalog the properties of the catalogue
     */
    static BenchEngine withQuotas(Map<String, String> quota, Map<String, String> catalog)
            throws Exception
    {
        TarnPlugin plugin = new TarnPlugin();
        SystemAccessControl accessControl = find(plugin.getSystemAccessControlFactories(), control -> control.getName().equals("tarn-quota")).create(quota, null);
        return new BenchEngine(accessControl, stream(accessControl.getEventListeners()).collect(toImmutableList()), plugin, catalog);
    }

    static BenchEngine withoutQuotas(Map<String, String> catalog)
            throws Exception
    {
        return new BenchEngine(new DefaultSystemAccessControl(), ImmutableList.of(), new TarnPlugin(), catalog);
    }

    /**
     * Without quotas, but with a listener that does nothing: Trino tells it of every query all the same, with its plan
     * written out as text.
     */
    static BenchEngine withListener(Map<String, String> catalog)
            throws Exception
    {
        return new BenchEngine(new DefaultSystemAccessControl(), ImmutableList.of(new EventListener() {}), new TarnPlugin(), catalog);
    }

    MaterializedResult run(String sql)
    {
        return runner.execute(session, sql);
    }

    /**
     * As a user who has no limits, also where others have.
     */
    MaterializedResult runUnlimited(String sql)
    {
        return runner.execute(unlimited, sql);
    }

    @Override
    public void close()
    {
        runner.close();
    }
}
