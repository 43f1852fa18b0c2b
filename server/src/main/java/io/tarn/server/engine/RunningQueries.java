package io.tarn.server.engine;

import com.google.common.collect.Sets;
import io.airlift.log.Logger;
import io.trino.dispatcher.DispatchManager;
import io.trino.eventlistener.EventListenerManager;
import io.trino.server.BasicQueryInfo;
import io.trino.spi.TrinoException;
import io.trino.spi.eventlistener.EventListener;
import io.trino.spi.eventlistener.QueryCompletedEvent;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import static io.trino.spi.StandardErrorCode.SERVER_SHUTTING_DOWN;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

/**
 * The queries of an engine that is to stop. To be ended before its connections are: then their clients are told why,
 * their writers take back what they wrote, and whoever listens for a query's end, as the quotas do, hears of it.
 */
final class RunningQueries
        implements EventListener
{
    private static final Logger log = Logger.get(RunningQueries.class);
    private static final long POLL_MILLIS = 20;

    private final DispatchManager dispatcher;
    private final EventListenerManager listeners;
    private final Set<String> heardOf = Sets.newConcurrentHashSet();
    private volatile boolean ending;

    private RunningQueries(DispatchManager dispatcher, EventListenerManager listeners)
    {
        this.dispatcher = requireNonNull(dispatcher, "dispatcher is null");
        this.listeners = requireNonNull(listeners, "listeners is null");
    }

    /**
     * To be called before the server loads its event listeners.
     */
    static RunningQueries watch(DispatchManager dispatcher, EventListenerManager listeners)
    {
        RunningQueries queries = new RunningQueries(dispatcher, listeners);
        listeners.addEventListener(queries);
        return queries;
    }

    @Override
    public void queryCompleted(QueryCompletedEvent event)
    {
        if (ending) {
            heardOf.add(event.getMetadata().getQueryId());
        }
    }

    /**
     * Fails what runs, and what comes in meanwhile, and returns when all listeners have heard of every query's end.
     *
     * @param patience how many seconds that may take; what has not ended then is cut with its connections
     */
    void end(long patience)
            throws InterruptedException
    {
        ending = true;
        long begin = System.nanoTime();
        Set<String> failed = new HashSet<>();
        while (true) {
            for (BasicQueryInfo query : dispatcher.getQueries()) {
                if (!query.getState().isDone() && failed.add(query.getQueryId().id())) {
                    log.info("Query %s is cancelled, because the engine stops", query.getQueryId());
                    dispatcher.failQuery(query.getQueryId(), new TrinoException(SERVER_SHUTTING_DOWN, "The engine was stopped, and query %s with it: run it again when the engine is up".formatted(query.getQueryId())));
                }
            }
            Set<String> awaited = Sets.difference(failed, heardOf);
            // this listener comes before the configured ones, which may still be at it
            if (awaited.isEmpty() && listeners.getConcurrentQueryCompletedEvents() == 0) {
                return;
            }
            if (System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(patience)) {
                log.warn("These queries did not end within %s s and are cut: %s", patience, awaited);
                return;
            }
            MILLISECONDS.sleep(POLL_MILLIS);
        }
    }
}
