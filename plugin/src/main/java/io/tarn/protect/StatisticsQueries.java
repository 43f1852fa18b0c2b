package io.tarn.protect;

import io.trino.spi.QueryId;
import io.trino.spi.eventlistener.EventListener;
import io.trino.spi.eventlistener.QueryCompletedEvent;
import io.trino.spi.eventlistener.QueryCreatedEvent;
import io.trino.spi.resourcegroups.QueryType;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The running queries that may be {@code SHOW STATS}. An access control is asked the same for those as for a
 * {@code SELECT}, but what they show are the smallest and largest values of all rows, whatever the row filter.
 */
final class StatisticsQueries
        implements EventListener
{
    // the one other statement of its type for which the engine looks at the filters, and it shows types only
    private static final Pattern DESCRIBE = Pattern.compile("(?is)(?:\\s|--[^\\n]*\\n|/\\*.*?\\*/)*DESCRIBE\\b.*");

    private final Set<String> queries = ConcurrentHashMap.newKeySet();

    @Override
    public void queryCreated(QueryCreatedEvent event)
    {
        // an EXECUTE has the type of what it executes
        if (event.getContext().getQueryType().equals(Optional.of(QueryType.DESCRIBE)) && !DESCRIBE.matcher(event.getMetadata().getQuery()).matches()) {
            queries.add(event.getMetadata().getQueryId());
        }
    }

    @Override
    public void queryCompleted(QueryCompletedEvent event)
    {
        queries.remove(event.getMetadata().getQueryId());
    }

    boolean contains(QueryId query)
    {
        return queries.contains(query.toString());
    }
}
