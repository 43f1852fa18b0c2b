package io.tarn.bench.quota;

import com.google.common.collect.ImmutableList;
import com.google.inject.Inject;
import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.tarn.TarnPlugin;
import io.trino.Session;
import io.trino.plugin.base.security.DefaultSystemAccessControl;
import io.trino.plugin.base.security.ForwardingSystemAccessControl;
import io.trino.spi.Plugin;
import io.trino.spi.connector.Connector;
import io.trino.spi.connector.ConnectorContext;
import io.trino.spi.connector.ConnectorFactory;
import io.trino.spi.eventlistener.EventListener;
import io.trino.spi.eventlistener.QueryCompletedEvent;
import io.trino.spi.security.Identity;
import io.trino.spi.security.SystemAccessControl;
import io.trino.testing.DistributedQueryRunner;
import io.trino.testing.MaterializedResult;
import io.trino.testing.QueryRunner;
import io.trino.testing.TestingEventListenerManager;

import javax.management.JMException;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;

import static com.google.common.base.Verify.verify;
import static com.google.common.collect.Iterables.find;
import static com.google.common.collect.Iterables.getOnlyElement;
import static com.google.common.util.concurrent.Uninterruptibles.sleepUninterruptibly;
import static io.trino.testing.TestingSession.testSessionBuilder;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

/**
 * A coordinator that works, whose gate is there for one query and not for the next. It is one engine, so that its code
 * is compiled once: two engines of the same kind differ by several hundredths already.
 */
final class BenchEngine
        implements AutoCloseable
{
    /**
     * What stands around a query.
     */
    enum Around
    {
        /**
         * The quotas' access control, listener and splits.
         */
        GATE,
        /**
         * A listener that does nothing: Trino tells it of every query all the same, with its plan written out as text.
         */
        LISTENER,
        /**
         * No listener, Trino's default access control, and a catalogue that knows of no gate.
         */
        NOTHING;

        static final List<Around> ALL = ImmutableList.copyOf(values());
    }

    private static final OperatingSystemMXBean PROCESS = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final ObjectName STATS = statsName();
    private static final long PAUSE_MILLIS = 10;
    private static final long END_SECONDS = 60;

    private final SystemAccessControl gate;
    private final IdleListener idleListener = new IdleListener();
    private final Map<Around, Session> sessions;
    private final QueryRunner runner;
    private Set<EventListener> listeners;
    private volatile SystemAccessControl accessControl = new DefaultSystemAccessControl();

    /**
     * @param quota the properties of {@code access-control.properties}
     * @param catalog the properties of the catalogue
     */
    BenchEngine(Map<String, String> quota, Map<String, String> catalog)
            throws Exception
    {
        TarnPlugin gated = new TarnPlugin();
        gate = find(gated.getSystemAccessControlFactories(), control -> control.getName().equals("tarn-quota")).create(quota, null);
        sessions = Map.of(Around.GATE, session("gated"), Around.LISTENER, session("ungated"), Around.NOTHING, session("ungated"));
        runner = DistributedQueryRunner.builder(sessions.get(Around.NOTHING))
                .setWorkerCount(0)
                .setSystemAccessControl(ForwardingSystemAccessControl.of(() -> accessControl))
                .setAdditionalModule(binder -> binder.requestInjection(this))
                .build();
        try {
            runner.installPlugin(gated);
            runner.createCatalog("gated", "tarn", catalog);
            // a plugin of its own, in which nobody has opened a gate
            runner.installPlugin(renamed(new TarnPlugin(), "ungated"));
            runner.createCatalog("ungated", "ungated", catalog);
        }
        catch (Throwable t) {
            runner.close();
            throw t;
        }
    }

    private static ObjectName statsName()
    {
        try {
            return new ObjectName("tarn.quota:name=QuotaStats");
        }
        catch (MalformedObjectNameException e) {
            throw new IllegalStateException(e);
        }
    }

    @Inject
    void setEventListenerManager(TestingEventListenerManager manager)
    {
        listeners = manager.getConfiguredEventListeners();
    }

    private static Session session(String catalog)
    {
        return testSessionBuilder().setCatalog(catalog).setSchema(BenchLake.SCHEMA).setIdentity(Identity.ofUser(BenchPolicy.user(0))).build();
    }

    private static Plugin renamed(Plugin plugin, String name)
    {
        ConnectorFactory factory = getOnlyElement(plugin.getConnectorFactories());
        return new Plugin()
        {
            @Override
            public Iterable<ConnectorFactory> getConnectorFactories()
            {
                return ImmutableList.of(new ConnectorFactory()
                {
                    @Override
                    public String getName()
                    {
                        return name;
                    }

                    @Override
                    public Connector create(String catalog, Map<String, String> config, ConnectorContext context)
                    {
                        return factory.create(catalog, config, context);
                    }
                });
            }
        };
    }

    /**
     * Runs one query; for one thread at a time.
     */
    QueryCost run(Around around, String sql)
    {
        accessControl = around == Around.GATE ? gate : new DefaultSystemAccessControl();
        listeners.clear();
        switch (around) {
            case GATE -> gate.getEventListeners().forEach(listeners::add);
            case LISTENER -> listeners.add(idleListener);
            case NOTHING -> {}
        }
        long settled = settled();
        long allocated = THREADS.getTotalThreadAllocatedBytes();
        long processors = PROCESS.getProcessCpuTime();
        long start = System.nanoTime();
        MaterializedResult result = runner.execute(sessions.get(around), sql);
        long answered = System.nanoTime();
        // the client does not wait for this, but it is work, and not the next query's
        sleepUninterruptibly(PAUSE_MILLIS, MILLISECONDS);
        switch (around) {
            case GATE -> awaitSettled(settled);
            case LISTENER -> idleListener.awaitOne();
            case NOTHING -> {}
        }
        return new QueryCost(
                result,
                answered - start,
                PROCESS.getProcessCpuTime() - processors,
                THREADS.getTotalThreadAllocatedBytes() - allocated);
    }

    private static long settled()
    {
        try {
            return (long) ManagementFactory.getPlatformMBeanServer().getAttribute(STATS, "Settled.TotalCount");
        }
        catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitSettled(long before)
    {
        long deadline = System.nanoTime() + SECONDS.toNanos(END_SECONDS);
        while (settled() == before) {
            verify(System.nanoTime() < deadline, "the query was not settled");
            sleepUninterruptibly(1, MILLISECONDS);
        }
    }

    @Override
    public void close()
    {
        runner.close();
        gate.shutdown();
    }

    /**
     * @param nanos until the client had the answer
     * @param processorNanos of the whole process, until after the query's end was heard of, and settled
     * @param allocatedBytes of the whole process, until then
     */
    record QueryCost(MaterializedResult result, long nanos, long processorNanos, long allocatedBytes)
    {
        QueryCost
        {
            requireNonNull(result, "result is null");
        }
    }

    private static final class IdleListener
            implements EventListener
    {
        private final Semaphore completed = new Semaphore(0);

        @Override
        public void queryCompleted(QueryCompletedEvent event)
        {
            completed.release();
        }

        private void awaitOne()
        {
            try {
                verify(completed.tryAcquire(END_SECONDS, SECONDS), "the listener was not told of the query's end");
            }
            catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
