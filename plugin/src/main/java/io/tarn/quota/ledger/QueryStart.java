package io.tarn.quota.ledger;

import com.google.common.collect.ImmutableSet;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * What is known of a query when it begins.
 */
public record QueryStart(
        String queryId,
        Instant created,
        String workgroup,
        String user,
        Set<String> groups,
        Optional<String> source,
        String text,
        String currency)
{
    public QueryStart
    {
        requireNonNull(queryId, "queryId is null");
        requireNonNull(created, "created is null");
        requireNonNull(workgroup, "workgroup is null");
        requireNonNull(user, "user is null");
        groups = ImmutableSet.copyOf(groups);
        requireNonNull(source, "source is null");
        requireNonNull(text, "text is null");
        requireNonNull(currency, "currency is null");
    }
}
