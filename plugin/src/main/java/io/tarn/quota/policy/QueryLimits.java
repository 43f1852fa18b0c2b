package io.tarn.quota.policy;

import java.util.OptionalLong;

import static java.util.Objects.requireNonNull;

/**
 * What one query may take.
 *
 * @param price billionths of the currency
 */
public record QueryLimits(OptionalLong bytes, OptionalLong rows, OptionalLong price)
{
    public static final QueryLimits NONE = new QueryLimits(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());

    public QueryLimits
    {
        requireNonNull(bytes, "bytes is null");
        requireNonNull(rows, "rows is null");
        requireNonNull(price, "price is null");
    }
}
