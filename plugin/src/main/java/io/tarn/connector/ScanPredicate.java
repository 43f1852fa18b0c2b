package io.tarn.connector;

import io.trino.spi.connector.ColumnHandle;
import io.trino.spi.predicate.TupleDomain;

/**
 * What files are asked with. It is the same when a scan's cost is told as when it is read, or narrower then.
 */
final class ScanPredicate
{
    private ScanPredicate() {}

    static TupleDomain<TarnColumnHandle> of(TarnTableHandle table, int domainCompactionThreshold)
    {
        return table.fileConstraint().simplify(domainCompactionThreshold);
    }

    /**
     * @param dynamicFilter what the other sides of joins are known to need by now
     */
    static TupleDomain<TarnColumnHandle> of(TarnTableHandle table, TupleDomain<ColumnHandle> dynamicFilter, int domainCompactionThreshold)
    {
        TupleDomain<TarnColumnHandle> predicate = of(table, domainCompactionThreshold);
        if (table.limit().isPresent()) {
            // any rows are enough, and looking for certain ones may mean to read on where others would have done
            return predicate;
        }
        // each by itself: widened together they could become wider than the first alone
        return predicate.intersect(dynamicFilter.transformKeys(TarnColumnHandle.class::cast).simplify(domainCompactionThreshold));
    }
}
