package io.tarn.metastore;

import io.airlift.stats.CounterStat;
import io.airlift.stats.TimeStat;
import org.weakref.jmx.Managed;
import org.weakref.jmx.Nested;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

/**
 * Calls of one operation: how many, how many of them failed, and how long they took with all their attempts.
 */
public final class CallStats
{
    private final CounterStat calls = new CounterStat();
    private final CounterStat failures = new CounterStat();
    private final TimeStat time = new TimeStat(MILLISECONDS);

    public void record(long nanos, boolean failed)
    {
        calls.update(1);
        time.addNanos(nanos);
        if (failed) {
            failures.update(1);
        }
    }

    public long callCount()
    {
        return calls.getTotalCount();
    }

    public long failureCount()
    {
        return failures.getTotalCount();
    }

    @Managed
    @Nested
    public CounterStat getCalls()
    {
        return calls;
    }

    @Managed
    @Nested
    public CounterStat getFailures()
    {
        return failures;
    }

    @Managed
    @Nested
    public TimeStat getTime()
    {
        return time;
    }
}
