package io.tarn.quota;

import io.tarn.quota.policy.QueryAttributes;

import java.time.Instant;

import static java.util.Objects.requireNonNull;

/**
 * A query as it came in.
 */
public record QueryOrigin(String queryId, Instant created, QueryAttributes attributes, String text)
{
    public QueryOrigin
    {
        requireNonNull(queryId, "queryId is null");
        requireNonNull(created, "created is null");
        requireNonNull(attributes, "attributes is null");
        requireNonNull(text, "text is null");
    }
}
