package io.tarn.quota.ledger;

import static java.util.Objects.requireNonNull;

/**
 * @param used by queries that have ended
 * @param reserved by queries that run
 */
public record Balance(Cost used, Cost reserved)
{
    public static final Balance ZERO = new Balance(Cost.ZERO, Cost.ZERO);

    public Balance
    {
        requireNonNull(used, "used is null");
        requireNonNull(reserved, "reserved is null");
    }
}
