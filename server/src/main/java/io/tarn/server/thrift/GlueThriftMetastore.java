package io.tarn.server.thrift;

import com.google.common.collect.ImmutableMap;
import com.google.inject.Injector;
import com.google.inject.Module;
import io.airlift.bootstrap.Bootstrap;
import io.airlift.bootstrap.LifeCycleManager;
import io.airlift.json.JsonModule;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import io.tarn.metastore.DatabaseChanges;
import io.tarn.metastore.GlueMetastore;
import io.tarn.metastore.GlueMetastoreModule;
import io.tarn.metastore.GlueStats;
import io.tarn.metastore.ParallelCalls;
import io.tarn.metastore.TableCache;
import io.tarn.server.thrift.service.ServedCatalogue;
import io.tarn.storage.StorageModule;
import io.trino.filesystem.TrinoFileSystemFactory;
import io.trino.metastore.HiveMetastore;
import io.trino.plugin.base.jmx.MBeanServerModule;
import org.weakref.jmx.ObjectNameBuilder;
import org.weakref.jmx.ObjectNameGenerator;
import org.weakref.jmx.guice.MBeanModule;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import static io.airlift.configuration.ConfigBinder.configBinder;
import static java.util.Objects.requireNonNull;

/**
 * A Hive metastore over AWS Glue, or what speaks its API. Files of managed tables that are dropped are deleted from the
 * storage that is configured.
 */
public final class GlueThriftMetastore
        implements Closeable
{
    // several in one process are told apart in JMX
    private static final AtomicInteger NUMBER = new AtomicInteger();

    // many clients ask for the same at the same time, and nobody here sees how much else Glue is asked
    private static final Map<String, String> DEFAULTS = ImmutableMap.of("glue.join-reads", "true", "glue.retry-mode", "ADAPTIVE");

    private final ThriftMetastore server;
    private final GlueStats stats;
    private final LifeCycleManager lifeCycle;

    private GlueThriftMetastore(ThriftMetastore server, GlueStats stats, LifeCycleManager lifeCycle)
    {
        this.server = requireNonNull(server, "server is null");
        this.stats = requireNonNull(stats, "stats is null");
        this.lifeCycle = requireNonNull(lifeCycle, "lifeCycle is null");
    }

    /**
     * @param properties {@code metastore.*} of {@link MetastoreConfig}, and {@code glue.*}, {@code storage.*} and
     *         {@code s3.*} as the connector has them, but for {@code glue.join-reads} and {@code glue.retry-mode}, which are
     *         {@code true} and {@code ADAPTIVE} where they are not set
     * @param version of the server, as clients are told
     * @throws io.airlift.bootstrap.ApplicationConfigurationException where a property is unknown or has a wrong value
     * @throws java.io.UncheckedIOException as {@link ThriftMetastore#start}
     */
    public static GlueThriftMetastore start(Map<String, String> properties, String version)
    {
        int number = NUMBER.incrementAndGet();
        Module own = binder -> {
            configBinder(binder).bindConfig(MetastoreConfig.class);
            binder.bind(OpenTelemetry.class).toInstance(OpenTelemetry.noop());
            binder.bind(Tracer.class).toInstance(OpenTelemetry.noop().getTracer("tarn"));
            binder.bind(ObjectNameGenerator.class).toInstance(names(number));
        };
        Injector injector = new Bootstrap("io.tarn.metastore", new MBeanModule(), new MBeanServerModule(), new JsonModule(), new GlueMetastoreModule(), new StorageModule(), own)
                .doNotInitializeLogging()
                .disableSystemProperties()
                .quiet()
                .setRequiredConfigurationProperties(ImmutableMap.<String, String>builder().putAll(DEFAULTS).putAll(properties).buildKeepingLast())
                .initialize();
        LifeCycleManager lifeCycle = injector.getInstance(LifeCycleManager.class);
        try {
            GlueMetastore glue = injector.getInstance(GlueMetastore.class);
            ThriftMetastore server = ThriftMetastore.start(
                    injector.getInstance(MetastoreConfig.class),
                    new ServedCatalogue(
                            injector.getInstance(HiveMetastore.class),
                            Optional.of(injector.getInstance(DatabaseChanges.class)),
                            Optional.of(glue.userFunctions()),
                            Optional.of(glue),
                            Optional.of(injector.getInstance(TableCache.class)),
                            Optional.of(injector.getInstance(TrinoFileSystemFactory.class)),
                            injector.getInstance(ParallelCalls.class)),
                    "%s %s %s".formatted(properties.get("glue.endpoint-url"), properties.get("glue.region"), properties.get("glue.catalog-id")),
                    version);
            return new GlueThriftMetastore(server, glue.stats(), lifeCycle);
        }
        catch (RuntimeException e) {
            lifeCycle.stop();
            throw e;
        }
    }

    private static ObjectNameGenerator names(int number)
    {
        return (_, properties) -> new ObjectNameBuilder("io.tarn.server.thrift.glue")
                .withProperties(properties)
                .withProperty("metastore", String.valueOf(number))
                .build();
    }

    public URI uri()
    {
        return server.uri();
    }

    public ThriftMetastore server()
    {
        return server;
    }

    /**
     * What was asked of Glue.
     */
    public GlueStats glueStats()
    {
        return stats;
    }

    @Override
    public void close()
            throws IOException
    {
        try (server) {
            lifeCycle.stop();
        }
    }
}
