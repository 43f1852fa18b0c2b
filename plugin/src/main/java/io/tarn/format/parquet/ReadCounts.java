package io.tarn.format.parquet;

import com.google.common.collect.ImmutableMap;
import io.trino.plugin.base.metrics.LongCount;
import io.trino.spi.metrics.Metric;
import io.trino.spi.metrics.Metrics;

import java.util.Map;

/**
 * What a page source read and left out, as {@code EXPLAIN ANALYZE VERBOSE} shows it.
 *
 * @param rowGroupsPruned row groups of the slice that the filter left out
 */
record ReadCounts(long footersRead, long rowGroupsRead, long rowGroupsPruned)
{
    Metrics metrics()
    {
        return metrics(Metrics.EMPTY);
    }

    Metrics metrics(Metrics reader)
    {
        Map<String, Metric<?>> metrics = ImmutableMap.<String, Metric<?>>builder()
                .putAll(reader.getMetrics())
                .put("parquet.footersRead", new LongCount(footersRead))
                .put("parquet.rowGroupsRead", new LongCount(rowGroupsRead))
                .put("parquet.rowGroupsPruned", new LongCount(rowGroupsPruned))
                .buildOrThrow();
        return new Metrics(metrics);
    }
}
