package io.tarn.server.engine;

import com.google.common.collect.ImmutableList;
import com.google.inject.Inject;
import com.google.inject.Injector;
import com.google.inject.Module;
import io.airlift.bootstrap.LifeCycleManager;
import io.airlift.bootstrap.LifeCycleStopException;
import io.airlift.http.server.HttpServerInfo;
import io.trino.dispatcher.DispatchManager;
import io.trino.eventlistener.EventListenerManager;
import io.trino.server.Server;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;

import static com.google.common.base.Preconditions.checkState;
import static java.util.Objects.requireNonNull;
import static java.util.function.Predicate.not;

/**
 * Trino's own server, in this process, asked for its address once it runs.
 */
final class TrinoServer
        extends Server
        implements Closeable
{
    private static final io.airlift.log.Logger log = io.airlift.log.Logger.get(TrinoServer.class);
    private static final long QUERIES_PATIENCE_SECONDS = 10;
    private static final long CLIENTS_PATIENCE_SECONDS = 2;

    private final List<Module> modules;
    private volatile Injector injector;
    private volatile RunningQueries queries;

    private TrinoServer(List<Module> modules)
    {
        this.modules = ImmutableList.copyOf(modules);
    }

    /**
     * Returns when queries are answered. When Trino cannot start it ends the process; what it had to say about that is
     * handed to {@code fatal} before.
     *
     * @param settings the system properties that Trino's launcher would set
     * @param modules to be part of the server beside Trino's own
     */
    static TrinoServer start(Map<String, String> settings, List<Module> modules, Consumer<Throwable> fatal)
    {
        settings.forEach(System::setProperty);
        TrinoServer server = new TrinoServer(modules);
        FailureWatch watch = new FailureWatch();
        // a strong reference: the logging keeps only a weak one
        Logger logger = Logger.getLogger(Server.class.getName());
        Thread hook = new Thread(() -> watch.failure().ifPresent(fatal), "trino-start-failed");
        logger.addHandler(watch);
        Runtime.getRuntime().addShutdownHook(hook);
        server.start(requireNonNull(Server.class.getPackage().getImplementationVersion(), "Trino's jar has no version"));
        Runtime.getRuntime().removeShutdownHook(hook);
        logger.removeHandler(watch);
        checkState(server.injector != null, "Trino started without an injector");
        return server;
    }

    URI uri()
    {
        return injector.getInstance(HttpServerInfo.class).getHttpUri();
    }

    @Override
    protected Iterable<? extends Module> getAdditionalModules()
    {
        return ImmutableList.<Module>builder()
                .addAll(modules)
                .add(binder -> binder.requestInjection(this))
                .build();
    }

    @Inject
    void setInjector(Injector injector, DispatchManager dispatcher, EventListenerManager listeners)
    {
        this.injector = requireNonNull(injector, "injector is null");
        queries = RunningQueries.watch(dispatcher, listeners);
    }

    /**
     * Ends the queries that run, and then the server. Connections that are still in use after the time that
     * {@code http-server.stop-timeout} gives them are cut.
     *
     * @throws IOException when a part of the server could not be stopped; the others are
     */
    @Override
    public void close()
            throws IOException
    {
        try {
            queries.end(QUERIES_PATIENCE_SECONDS, CLIENTS_PATIENCE_SECONDS);
        }
        catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            injector.getInstance(LifeCycleManager.class).stopWithoutFailureLogging();
        }
        catch (LifeCycleStopException e) {
            IOException failure = new IOException("Trino did not stop cleanly");
            Stream.of(e.getSuppressed()).filter(not(TrinoServer::isConnectionInUse)).forEach(failure::addSuppressed);
            if (failure.getSuppressed().length > 0) {
                throw failure;
            }
            log.info("Connections that were still in use were cut");
        }
    }

    /**
     * What Jetty's {@code Server.doStop} throws, alone, when all it met with was the end of its patience.
     */
    private static boolean isConnectionInUse(Throwable failure)
    {
        return failure instanceof TimeoutException && failure.getSuppressed().length == 0;
    }

    /**
     * Keeps the error that Trino logs before it ends the process, the only place where it says why.
     */
    private static final class FailureWatch
            extends Handler
    {
        private volatile Throwable failure;

        private Optional<Throwable> failure()
        {
            return Optional.ofNullable(failure);
        }

        @Override
        public void publish(LogRecord record)
        {
            if (record.getLevel().intValue() >= Level.SEVERE.intValue()) {
                failure = record.getThrown() != null ? record.getThrown() : new IllegalStateException(record.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
