package io.tarn.quota.ledger;

/**
 * Bytes scanned and their price.
 *
 * @param price billionths of the currency
 */
public record Cost(long bytes, long price)
{
    public static final Cost ZERO = new Cost(0, 0);

    public Cost plus(Cost other)
    {
        return new Cost(Math.addExact(bytes, other.bytes), Math.addExact(price, other.price));
    }

    public Cost minus(Cost other)
    {
        return new Cost(Math.subtractExact(bytes, other.bytes), Math.subtractExact(price, other.price));
    }
}
