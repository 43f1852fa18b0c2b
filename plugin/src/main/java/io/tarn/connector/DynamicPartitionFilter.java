package io.tarn.connector;

import io.trino.spi.connector.ColumnHandle;
import io.trino.spi.predicate.Domain;
import io.trino.spi.predicate.NullableValue;
import io.trino.spi.predicate.TupleDomain;

import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * What the other sides of joins are known to need of the partition keys; it becomes narrower while a query runs.
 */
final class DynamicPartitionFilter
{
    private final List<TarnColumnHandle> keys;
    private volatile TupleDomain<ColumnHandle> predicate = TupleDomain.all();

    DynamicPartitionFilter(List<TarnColumnHandle> keys)
    {
        this.keys = requireNonNull(keys, "keys is null");
    }

    void update(TupleDomain<ColumnHandle> predicate)
    {
        this.predicate = requireNonNull(predicate, "predicate is null");
    }

    boolean isNone()
    {
        return predicate.isNone();
    }

    boolean test(List<NullableValue> values)
    {
        TupleDomain<ColumnHandle> current = predicate;
        if (current.isNone()) {
            return false;
        }
        for (int i = 0; i < values.size(); i++) {
            Domain domain = current.getDomains().orElseThrow().get(keys.get(i));
            if (domain != null && !domain.includesNullableValue(values.get(i).getValue())) {
                return false;
            }
        }
        return true;
    }
}
