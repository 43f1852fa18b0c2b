package io.tarn.quota.ledger;

import com.google.common.collect.ImmutableList;

import java.util.List;
import java.util.OptionalLong;

import static java.util.Objects.requireNonNull;

/**
 * A counter, and what the policy allows it now.
 *
 * @param price billionths of the currency
 * @param thresholds percent of what is allowed at which a {@link Crossing} is told once
 */
public record Account(AccountKey key, OptionalLong bytes, OptionalLong price, List<Integer> thresholds)
{
    public Account
    {
        requireNonNull(key, "key is null");
        requireNonNull(bytes, "bytes is null");
        requireNonNull(price, "price is null");
        thresholds = ImmutableList.copyOf(thresholds);
    }
}
