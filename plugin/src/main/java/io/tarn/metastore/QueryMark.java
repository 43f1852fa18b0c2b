package io.tarn.metastore;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The query that created a thing, as Trino's connectors note it among the thing's parameters. A request whose answer
 * was lost is sent again, and then meets what it has made itself: the mark tells that from somebody else's.
 */
final class QueryMark
{
    private static final String QUERY_ID = "trino_query_id";

    private QueryMark() {}

    static boolean isSameQuery(Map<String, String> wanted, Supplier<Optional<Map<String, String>>> existing)
    {
        String queryId = wanted.get(QUERY_ID);
        return queryId != null && existing.get()
                .map(parameters -> queryId.equals(parameters.get(QUERY_ID)))
                .orElse(false);
    }
}
