package io.tarn.server.engine;

import com.google.common.collect.Sets;
import io.airlift.log.Logger;
import io.trino.dispatcher.DispatchManager;
import io.trino.dispatcher.DispatchQuery;
import io.trino.eventlistener.EventListenerManager;
import io.trino.spi.TrinoException;
import io.trino.spi.eventlistener.EventListener;
import io.trino.spi.eventlistener.QueryCompletedEvent;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import static io.trino.spi.StandardErrorCode.SERVER_SHUTTING_DOWN;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

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
     * Fails what runs, and what comes in meanwhile, and returns when all listeners have heard of every query's end, and
     * all clients, unless one does not ask.
     *
     * @param patience how many seconds the ends may take; what has not ended then is cut with its connections
     * @param clientPatience how many seconds a client may take to ask
     */
    void end(long patience, long clientPatience)
            throws InterruptedException
    {
        ending = true;
        long begin = System.nanoTime();
        Map<String, Ending> endings = new HashMap<>();
        while (true) {
            for (DispatchQuery query : dispatcher.getQueryTracker().getAllQueries()) {
                if (!query.isDone() && !endings.containsKey(query.getQueryId().id())) {
                    log.info("Query %s is cancelled, because the engine stops", query.getQueryId());
                    endings.put(query.getQueryId().id(), Ending.of(query));
                }
            }
            long elapsed = System.nanoTime() - begin;
            Set<String> awaited = Sets.difference(endings.keySet(), heardOf);
            // this listener comes before the configured ones, which may still be at it
            boolean ended = awaited.isEmpty() && listeners.getConcurrentQueryCompletedEvents() == 0;
            if (ended && (elapsed > SECONDS.toNanos(clientPatience) || endings.values().stream().allMatch(Ending::isAnswered))) {
                return;
            }
            if (elapsed > SECONDS.toNanos(patience)) {
                log.warn("These queries did not end within %s s and are cut: %s", patience, awaited);
                return;
            }
            MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    /**
     * @param heartbeat when the client was last answered before the query failed
     */
    private record Ending(DispatchQuery query, Instant heartbeat)
    {
        static Ending of(DispatchQuery query)
        {
            Instant heartbeat = query.getLastHeartbeat();
            query.fail(new TrinoException(SERVER_SHUTTING_DOWN, "The engine was stopped, and query %s with it: run it again when the engine is up".formatted(query.getQueryId())));
            return new Ending(query, heartbeat);
        }

        boolean isAnswered()
        {
            return !query.getLastHeartbeat().equals(heartbeat);
        }
    }
}
