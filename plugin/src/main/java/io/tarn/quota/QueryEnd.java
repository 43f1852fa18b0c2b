package io.tarn.quota;

import com.google.common.collect.ImmutableList;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * How the engine says a query ended.
 *
 * @param errorName the name of its error code; empty where it did not fail
 * @param bytes read from storage, of all tables
 * @param rows read from storage
 */
public record QueryEnd(QueryOrigin origin, Instant ended, Optional<String> errorName, Optional<String> failure, long bytes, long rows, List<TableRead> tables)
{
    public record TableRead(String catalog, String schema, String table, long bytes, long rows) {}

    public QueryEnd
    {
        requireNonNull(origin, "origin is null");
        requireNonNull(ended, "ended is null");
        requireNonNull(errorName, "errorName is null");
        requireNonNull(failure, "failure is null");
        tables = ImmutableList.copyOf(tables);
    }
}
