package io.tarn.server.thrift;

import io.airlift.log.Logger;
import io.tarn.metastore.CallStats;
import io.tarn.server.thrift.call.CallDispatcher;
import io.tarn.server.thrift.call.CallTable;
import io.tarn.server.thrift.lock.LockTable;
import io.tarn.server.thrift.service.MetastoreCalls;
import io.tarn.server.thrift.service.ServedCatalogue;
import io.tarn.server.thrift.wire.AddressList;
import io.tarn.server.thrift.wire.ConnectionListener;
import io.tarn.server.thrift.wire.ServerSockets;
import io.tarn.server.thrift.wire.WireLimits;
import org.weakref.jmx.MBeanExporter;

import java.io.Closeable;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;

import static java.lang.Math.toIntExact;
import static java.util.Objects.requireNonNull;

/**
 * The Thrift service of a Hive metastore, over any metastore: the binary protocol, with and without frames. What each
 * method was asked, and what connections there are, is told by JMX under {@code io.tarn.server.thrift}.
 */
public final class ThriftMetastore
        implements Closeable
{
    private static final Logger log = Logger.get(ThriftMetastore.class);
    private static final String DOMAIN = "io.tarn.server.thrift";

    private final URI uri;
    private final ConnectionListener listener;
    private final CallTable calls;
    private final MBeanExporter exporter;

    private ThriftMetastore(URI uri, ConnectionListener listener, CallTable calls, MBeanExporter exporter)
    {
        this.uri = requireNonNull(uri, "uri is null");
        this.listener = requireNonNull(listener, "listener is null");
        this.calls = requireNonNull(calls, "calls is null");
        this.exporter = requireNonNull(exporter, "exporter is null");
    }

    /**
     * Starts listening.
     *
     * @param identity tells the catalogue from others
     * @param version of the server, as clients are told
     * @throws java.io.UncheckedIOException where the port is taken (its cause is a {@link java.net.BindException}), or the
     *         key store cannot be used
     * @throws IllegalArgumentException where an address of the configuration is none
     */
    public static ThriftMetastore start(MetastoreConfig config, ServedCatalogue catalogue, String identity, String version)
    {
        InstantSource clock = InstantSource.system();
        LockTable locks = new LockTable(config.getLockTimeout().toJavaTime(), config.getMaxLocks(), clock);
        CallTable calls = MetastoreCalls.over(catalogue, locks, identity, version, clock);
        ConnectionListener listener = ConnectionListener.start(
                config.getHost(),
                config.getPort(),
                config.getKeyStorePath().map(path -> ServerSockets.tls(path, config.getKeyStorePassword())).orElseGet(ServerSockets::plain),
                AddressList.parse(config.getAllowedAddresses()),
                new WireLimits(
                        config.getMaxConnections(),
                        config.getIdleTimeout().toJavaTime(),
                        config.getReadTimeout().toJavaTime(),
                        toIntExact(config.getMaxMessageSize().toBytes()),
                        config.getMessageMemory().toBytes()),
                new CallDispatcher(calls, config.isReadOnly(), config.getMaxConcurrentCalls(), config.getCallPatience().toJavaTime()));
        String authority = config.getHost().contains(":") ? "[" + config.getHost() + "]" : config.getHost();
        MBeanExporter exporter = new MBeanExporter(ManagementFactory.getPlatformMBeanServer());
        exporter.export("%s:type=Connections,port=%s".formatted(DOMAIN, listener.port()), listener);
        calls.stats().forEach((method, stats) -> exporter.export("%s:type=Method,port=%s,method=%s".formatted(DOMAIN, listener.port(), method), stats));
        return new ThriftMetastore(URI.create("thrift://%s:%s".formatted(authority, listener.port())), listener, calls, exporter);
    }

    /**
     * Where clients reach it, as their {@code hive.metastore.uris} has it.
     */
    public URI uri()
    {
        return uri;
    }

    /**
     * What was asked of each method that is served, by its name.
     */
    public Map<String, CallStats> stats()
    {
        return calls.stats();
    }

    public ConnectionListener connections()
    {
        return listener;
    }

    /**
     * Stops listening; calls that are being answered are cut off.
     */
    @Override
    public void close()
            throws IOException
    {
        listener.close();
        exporter.unexportAllAndReportMissing().forEach((name, failure) -> log.warn(failure, "%s is still known to JMX", name));
    }
}
