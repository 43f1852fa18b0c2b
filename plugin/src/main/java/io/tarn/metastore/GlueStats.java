package io.tarn.metastore;

import com.google.common.collect.ImmutableMap;
import io.airlift.stats.CounterStat;
import org.weakref.jmx.Managed;
import org.weakref.jmx.Nested;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

import java.util.EnumMap;
import java.util.Map;

/**
 * What was asked of Glue. A call that was tried three times is one call and three requests, and three calls that were
 * joined are one request.
 */
public final class GlueStats
{
    private final Map<GlueOperation, CallStats> operations;
    private final CounterStat requests = new CounterStat();
    private final CounterStat joinedReads = new CounterStat();
    private final CounterStat throttledCalls = new CounterStat();
    private final CounterStat refusedExpressions = new CounterStat();

    public GlueStats()
    {
        EnumMap<GlueOperation, CallStats> operations = new EnumMap<>(GlueOperation.class);
        for (GlueOperation operation : GlueOperation.values()) {
            operations.put(operation, new CallStats());
        }
        this.operations = ImmutableMap.copyOf(operations);
    }

    public CallStats operation(GlueOperation operation)
    {
        return operations.get(operation);
    }

    /**
     * Calls of all operations together.
     */
    public long callCount()
    {
        return operations.values().stream()
                .mapToLong(CallStats::callCount)
                .sum();
    }

    /**
     * HTTP requests sent, repeated attempts included.
     */
    @Managed
    @Nested
    public CounterStat getRequests()
    {
        return requests;
    }

    /**
     * Calls that had the answer of an equal one that was under way already, and sent no request.
     */
    @Managed
    @Nested
    public CounterStat getJoinedReads()
    {
        return joinedReads;
    }

    /**
     * How often Glue throttled a call in all its attempts, whether it was patiently tried again or failed.
     */
    @Managed
    @Nested
    public CounterStat getThrottledCalls()
    {
        return throttledCalls;
    }

    /**
     * Partition expressions that Glue would not evaluate, so that all partitions were listed and filtered here.
     */
    @Managed
    @Nested
    public CounterStat getRefusedExpressions()
    {
        return refusedExpressions;
    }

    ExecutionInterceptor requestCounter()
    {
        return new ExecutionInterceptor()
        {
            @Override
            public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes executionAttributes)
            {
                requests.update(1);
            }
        };
    }
}
