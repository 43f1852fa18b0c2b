package io.tarn.format.orc;

import com.google.common.collect.ImmutableMap;
import io.trino.plugin.base.metrics.LongCount;
import io.trino.spi.metrics.Metrics;

/**
 * What a page source read and left out, as {@code EXPLAIN ANALYZE VERBOSE} shows it.
 *
 * @param stripesPruned stripes of the slice that the filter left out
 */
record ReadCounts(long stripesRead, long stripesPruned)
{
    Metrics metrics()
    {
        return new Metrics(ImmutableMap.of(
                "orc.stripesRead", new LongCount(stripesRead),
                "orc.stripesPruned", new LongCount(stripesPruned)));
    }
}
