package io.tarn.server.thrift;

import com.google.inject.Injector;
import com.google.inject.Module;
import io.airlift.bootstrap.Bootstrap;
import io.airlift.bootstrap.LifeCycleManager;
import io.airlift.json.JsonModule;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import io.tarn.metastore.GlueMetastore;
import io.tarn.metastore.GlueMetastoreModule;
import io.tarn.storage.StorageModule;
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

    private final ThriftMetastore server;
    private final LifeCycleManager lifeCycle;

    private GlueThriftMetastore(ThriftMetastore server, LifeCycleManager lifeCycle)
    {
        this.server = requireNonNull(server, "server is null");
        this.lifeCycle = requireNonNull(lifeCycle, "lifeCycle is null");
    }

    /**
     * @param properties {@code metastore.*} of {@link MetastoreConfig}, and {@code glue.*}, {@code storage.*} and
     *         {@code s3.*} as the connector has them
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
                .setRequiredConfigurationProperties(properties)
                .initialize();
        LifeCycleManager lifeCycle = injector.getInstance(LifeCycleManager.class);
        try {
            GlueMetastore glue = injector.getInstance(GlueMetastore.class);
            ThriftMetastore server = ThriftMetastore.start(
                    injector.getInstance(MetastoreConfig.class),
                    injector.getInstance(HiveMetastore.class),
                    Optional.of(glue),
                    Optional.of(glue.userFunctions()),
                    "%s %s %s".formatted(properties.get("glue.endpoint-url"), properties.get("glue.region"), properties.get("glue.catalog-id")),
                    version);
            return new GlueThriftMetastore(server, lifeCycle);
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

    @Override
    public void close()
            throws IOException
    {
        try (server) {
            lifeCycle.stop();
        }
    }
}
